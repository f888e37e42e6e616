import type { BankWords, Question } from './schema'

const known = new WeakMap<BankWords, ReadonlyMap<string, BankWords['questions'][number]>>()

/** A question in the words that its bank has for a track; as it is where they do not tell it. */
export function toldQuestion(question: Question, words: BankWords): Question {
  const byId = known.get(words) ?? new Map(words.questions.map((told) => [told.id, told]))
  known.set(words, byId)
  const told = byId.get(question.id)
  if (!told) return question
  const options = new Map(told.options.map((option) => [option.id, option]))
  return { ...question, text: told.text, explanation: told.explanation, options: question.options.map((option) => ({ ...option, text: options.get(option.id)?.text ?? option.text, why: options.get(option.id)?.why ?? option.why })) }
}
