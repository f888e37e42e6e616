import { MINUTE_MS, type Instant } from './calendar'
import { groupedBy } from './grouped'
import { diceOf } from './random'
import { refuse, type Refusal } from './refusal'

/** What the rules of examination need of a question; content/ holds the words. */
export interface QuizQuestion {
  id: string
  topic: string
  kind: 'single' | 'multiple' | 'truefalse' | 'order'
  options: readonly { id: string; correct?: boolean | undefined }[]
}

/** A question with its key, for whoever edits it. */
export interface EditorsQuestion {
  id: string
  topic: string
  kind: QuizQuestion['kind']
  situational: boolean
  reportFirst: boolean
  difficulty: number
  html: string
  options: { html: string; isKey: boolean; why: string }[]
  explanation: string
  section: string
  laws: string[]
  provisions: readonly string[]
}

export interface QuizRules {
  draw: number
  passPercent: number
  waitMinutes: number
  /** 0 = as often as needed. */
  maxAttempts: number
}

export interface DrawnItem {
  questionId: string
  /** Ids of the options in the order they are shown. */
  optionOrder: readonly string[]
}

/**
 * The questions of one attempt (domain.md §2.1): every topic is asked, the last attempt's questions come back only where a
 * topic has no others, questions and options are mixed. The seed alone decides, so the draw can be repeated as proof.
 */
export function drawQuestions(bank: readonly QuizQuestion[], draw: number, seed: string, previousQuestionIds: ReadonlySet<string> = new Set()): DrawnItem[] {
  const dice = diceOf(seed)
  const piles = dice.shuffled([...groupedBy(bank, ({ topic }) => topic).values()]).map((questions) => {
    const mixed = dice.shuffled(questions)
    return { fresh: mixed.filter(({ id }) => !previousQuestionIds.has(id)), seen: mixed.filter(({ id }) => previousQuestionIds.has(id)) }
  })
  const drawn: QuizQuestion[] = []
  const take = (from: 'fresh' | 'seen', pile: (typeof piles)[number]): boolean => {
    const question = drawn.length < draw ? pile[from].pop() : undefined
    if (question) drawn.push(question)
    return question !== undefined
  }
  for (const pile of piles) if (!take('fresh', pile)) take('seen', pile)
  for (const from of ['fresh', 'seen'] as const) for (let round = piles; round.length > 0; ) round = round.filter((pile) => take(from, pile))
  return dice.shuffled(drawn).map((question) => ({ questionId: question.id, optionOrder: mixedOptions(question, dice.shuffled) }))
}

/** True/false stays in its usual order; steps to be put in order are never shown in the right one. */
function mixedOptions(question: QuizQuestion, shuffled: <T>(items: readonly T[]) => T[]): string[] {
  const ids = question.options.map(({ id }) => id)
  if (question.kind === 'truefalse') return ids
  let mixed = shuffled(ids)
  while (question.kind === 'order' && ids.length > 1 && mixed.join() === ids.join()) mixed = shuffled(ids)
  return mixed
}

/** The right answer as it is stored: option ids joined by commas; the order counts only where steps are ordered. */
export function keyOf(question: Pick<QuizQuestion, 'kind' | 'options'>): string {
  if (question.kind === 'order') return question.options.map(({ id }) => id).join()
  return question.options.filter(({ correct }) => correct).map(({ id }) => id).sort().join()
}

/** What somebody chose, as it is stored; undefined when it is no answer to this question at all. */
export function answerOf(question: Pick<QuizQuestion, 'kind' | 'options'>, chosen: readonly string[]): string | undefined {
  const known = question.options.map(({ id }) => id)
  if (new Set(chosen).size !== chosen.length || chosen.some((id) => !known.includes(id))) return undefined
  if (question.kind === 'order') return chosen.length === known.length ? chosen.join() : undefined
  if (question.kind === 'multiple') return chosen.length > 0 ? [...chosen].sort().join() : undefined
  return chosen.length === 1 ? chosen[0] : undefined
}

/** The order that numbers beside the steps mean: each number from 1 once, or what is wrong with them. */
export function orderFromPlaces(places: Readonly<Record<string, string | undefined>>): readonly string[] | Refusal<'sameNumberTwice' | 'numberMissing'> {
  const entries = Object.entries(places)
  const taken = entries.flatMap(([, number]) => number || [])
  const twice = taken.find((number, at) => taken.indexOf(number) < at)
  if (twice !== undefined) return refuse('sameNumberTwice', { number: twice, count: entries.length })
  const order = entries.map((_, at) => entries.find(([, number]) => number === String(at + 1))?.[0])
  return order.every((id) => id !== undefined) ? order : refuse('numberMissing', { count: entries.length })
}

/** Whether an answer is right. A wrong key that was found later only ever helps: right by any known key is right (A21). */
export function grade(question: QuizQuestion, answer: string | null, correctedKeys: readonly string[] = []): boolean {
  return answer !== null && (answer === keyOf(question) || correctedKeys.includes(answer))
}

/** The number of right answers that passes. */
export const neededToPass = (total: number, passPercent: number): number => Math.ceil((total * passPercent) / 100)

/** Whether an attempt is passed. */
export const isPassed = (score: number, total: number, passPercent: number): boolean => total > 0 && score >= neededToPass(total, passPercent)

/** Whether a failed attempt came near the pass mark: within a fifth of the paper. Only then is it called so. */
export const isNearPass = (score: number, total: number, passPercent: number): boolean => neededToPass(total, passPercent) - score <= Math.floor(total / 5)

export interface FinishedAttempt {
  ordinal: number
  finishedAt: Instant
}

/** When the next attempt may begin: now, at a time, or not without help from HR. The wait runs from the last finished attempt. */
export function nextAttempt(rules: Pick<QuizRules, 'waitMinutes' | 'maxAttempts'>, failed: readonly FinishedAttempt[], now: Instant): { open: true } | { open: false; at: Instant } | { open: false; exhausted: true } {
  if (rules.maxAttempts > 0 && failed.length >= rules.maxAttempts) return { open: false, exhausted: true }
  const at = Math.max(0, ...failed.map(({ finishedAt }) => finishedAt)) + rules.waitMinutes * MINUTE_MS
  return failed.length === 0 || at <= now ? { open: true } : { open: false, at }
}

/** The end of an attempt: none unless the module sets a limit; extra time per person is added to it (障害者雇用促進法36条の3, L28). */
export const closesAt = (openedAt: Instant, limitMinutes: number | undefined, extraMinutes: number): Instant | null =>
  limitMinutes === undefined ? null : openedAt + (limitMinutes + extraMinutes) * MINUTE_MS

/** The topics to read again: those with a wrong answer, the weakest first, in the module's order where equal. */
export function topicsToReread<T extends { id: string }>(topics: readonly T[], items: readonly { topic: string; correct: boolean }[]): { topic: T; right: number; asked: number }[] {
  return topics
    .map((topic) => {
      const asked = items.filter((item) => item.topic === topic.id)
      return { topic, asked: asked.length, right: asked.filter(({ correct }) => correct).length }
    })
    .filter(({ asked, right }) => right < asked)
    .sort((a, b) => a.right / a.asked - b.right / b.asked)
}

/** As many sections as are named to be read again: more would be the whole module. */
export const MOST_TO_REREAD = 3

/** The sections to read again, the weakest topic's first, none twice: topics of one section stand together. */
export function sectionsToReread<T extends { id: string; sections: readonly string[] }>(topics: readonly T[], items: readonly { topic: string; correct: boolean }[]): { section: string; topics: T[]; right: number; asked: number }[] {
  const bySection = new Map<string, { section: string; topics: T[]; right: number; asked: number }>()
  for (const { topic, right, asked } of topicsToReread(topics, items)) {
    const section = topic.sections[0] ?? ''
    const one = bySection.get(section) ?? { section, topics: [], right: 0, asked: 0 }
    bySection.set(section, { section, topics: [...one.topics, topic], right: one.right + right, asked: one.asked + asked })
  }
  return [...bySection.values()].slice(0, MOST_TO_REREAD)
}
