import { keyOf, type QuizQuestion } from '../domain/quiz'

/** A number that stays the same for a text. */
const mark = (text: string): number => [...text].reduce((all, sign) => (all * 31 + sign.codePointAt(0)!) % 1_000_003, 7)

/** One question in so many has a key that the able doubt: the demonstration shows what a doubtful key looks like. */
const DOUBTFUL = 19
const isDoubtful = ({ id, kind }: QuizQuestion): boolean => kind === 'single' && mark(id) % DOUBTFUL === 0

/**
 * What one person of the demonstration answers: some questions are harder than others, some people err more, the same wrong answer
 * attracts most of them, and everybody passes all the same.
 */
export function demoAnswers(asked: readonly QuizQuestion[], person: string, passPercent: number): Map<string, string[]> {
  const mostErrors = Math.floor((asked.length * (100 - passPercent)) / 100)
  const ability = mark(person) % 4
  const right = (question: QuizQuestion) => keyOf(question).split(',')
  const hardness = (question: QuizQuestion) => (mark(question.id) % 100) + (mark(person + question.id) % 60)
  const singles = asked.filter(({ kind }) => kind === 'single')
  const missed = ability === 0 ? singles.filter(isDoubtful).slice(0, mostErrors) : singles.filter((question) => !isDoubtful(question)).sort((a, b) => hardness(b) - hardness(a)).slice(0, Math.min(ability, mostErrors))
  return new Map(asked.map((question) => {
    if (!missed.includes(question)) return [question.id, right(question)]
    const wrong = question.options.filter(({ correct }) => !correct)
    const tempting = wrong[(mark(question.id) + (mark(question.id + person) % 4 === 0 ? 1 : 0)) % wrong.length]!
    return [question.id, [tempting.id]]
  }))
}
