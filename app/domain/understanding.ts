import type { QuizQuestion } from './quiz'

/** What people answered at their first attempt, counted: so many chose this answer who had so many of the other questions right. */
export interface AnswerCell {
  answer: string | null
  /** Right by the key that holds today. */
  right: boolean
  /** Right answers among the other questions of the same attempt, and how many others there were. */
  rest: number
  others: number
  people: number
}

/** Below this many people a number of a question is a hint, not a finding. */
export const FEW_ANSWERS = 20
/** Groups of own people that are smaller are not shown: their number would be somebody's score. */
export const SMALLEST_GROUP = 5
/** The people of contractors are shown only as one sum, and only from this many on: answers stay with the employer (domain.md L25). */
export const SMALLEST_COMPANY_SUM = 10
/** Share of the people at either end whose answers are compared. */
const TAIL = 0.27

export type Doubt = 'reversed' | 'distractor' | 'flat' | 'hard'

/** A wrong answer: how many gave it, and how many of the upper 27 %. */
export interface Tempting {
  answer: string
  people: number
  amongUpper: number
}

/** How a question works (classical test theory), from first attempts only. */
export interface ItemStats {
  people: number
  right: number
  /** Point-biserial correlation of the answer with the share of right answers to the other questions; null where nothing varies. */
  discrimination: number | null
  /** Share of right answers among the upper 27 %, less that of the lower 27 %. */
  upperLower: number | null
  /** The wrong answer that most people gave. */
  attracts: Tempting | null
  /** The wrong answer that most of the upper 27 % gave. */
  rival: Tempting | null
  /** Right answers among the upper 27 %, people there. */
  upper: { people: number; right: number }
  isFew: boolean
  doubts: Doubt[]
}

const shareOf = ({ rest, others }: AnswerCell) => (others === 0 ? 0 : rest / others)
const sum = <T>(rows: readonly T[], of: (row: T) => number) => rows.reduce((all, row) => all + of(row), 0)

/** How one question works. Few answers raise no doubt; a doubt asks to look, it decides nothing. */
export function itemStats(cells: readonly AnswerCell[]): ItemStats {
  const people = sum(cells, (cell) => cell.people)
  const right = sum(cells, (cell) => (cell.right ? cell.people : 0))
  const [upper, lower] = [tail(cells, people, 1), tail(cells, people, -1)]
  const rightIn = (weights: ReadonlyMap<AnswerCell, number>) => sum([...weights], ([cell, weight]) => (cell.right ? weight : 0))
  const size = people * TAIL
  const upperLower = people === 0 ? null : (rightIn(upper) - rightIn(lower)) / size
  const wrong = wrongAnswers(cells, upper)
  const most = (of: (one: Tempting) => number) => wrong.reduce<Tempting | null>((best, one) => (best === null || of(one) > of(best) ? one : best), null)
  const stats: ItemStats = { people, right, discrimination: correlation(cells, people), upperLower, attracts: most((one) => one.people), rival: most((one) => one.amongUpper), upper: { people: size, right: rightIn(upper) }, isFew: people < FEW_ANSWERS, doubts: [] }
  return { ...stats, doubts: doubtsOf(stats) }
}

/** How many of each cell stand among the upper (1) or lower (-1) 27 %; who are equal at the edge share it. */
function tail(cells: readonly AnswerCell[], people: number, side: 1 | -1): Map<AnswerCell, number> {
  const weights = new Map<AnswerCell, number>()
  const sorted = [...cells].sort((a, b) => side * (shareOf(b) - shareOf(a)))
  let left = people * TAIL
  for (let at = 0; at < sorted.length && left > 0; ) {
    const equal = sorted.slice(at).filter((cell) => shareOf(cell) === shareOf(sorted[at]!))
    const there = sum(equal, (cell) => cell.people)
    for (const cell of equal) weights.set(cell, cell.people * Math.min(1, left / there))
    left -= there
    at += equal.length
  }
  return weights
}

function correlation(cells: readonly AnswerCell[], people: number): number | null {
  if (people === 0) return null
  const meanRight = sum(cells, (cell) => (cell.right ? cell.people : 0)) / people
  const meanShare = sum(cells, (cell) => shareOf(cell) * cell.people) / people
  const over = (of: (cell: AnswerCell) => number) => sum(cells, (cell) => of(cell) * cell.people) / people
  const x = (cell: AnswerCell) => (cell.right ? 1 : 0) - meanRight
  const y = (cell: AnswerCell) => shareOf(cell) - meanShare
  const spread = Math.sqrt(over((cell) => x(cell) ** 2) * over((cell) => y(cell) ** 2))
  return spread < 1e-9 ? null : Math.max(-1, Math.min(1, over((cell) => x(cell) * y(cell)) / spread))
}

/** The wrong answers that were given, in the order of their ids. */
function wrongAnswers(cells: readonly AnswerCell[], upper: ReadonlyMap<AnswerCell, number>): Tempting[] {
  const wrong = new Map<string, Tempting>()
  for (const cell of cells) {
    if (cell.right || cell.answer === null) continue
    const known = wrong.get(cell.answer) ?? { answer: cell.answer, people: 0, amongUpper: 0 }
    wrong.set(cell.answer, { ...known, people: known.people + cell.people, amongUpper: known.amongUpper + (upper.get(cell) ?? 0) })
  }
  return [...wrong.values()].sort((a, b) => (a.answer < b.answer ? -1 : 1))
}

/** A correlation this far below nothing, for so many people, comes about by chance once in twenty times: less is no finding. */
const CHANCE = 1.645
/** By so many of the upper 27 % a wrong answer must be ahead of the key. */
const AHEAD = 2
/** A question that tells nobody apart: below this, and neither all nor nobody right. */
const FLAT = 0.1

/** What is to be looked at, the gravest first. */
function doubtsOf({ people, right, discrimination, rival, upper, isFew }: ItemStats): Doubt[] {
  if (isFew) return []
  const facility = right / people
  const isReversed = discrimination !== null && discrimination * Math.sqrt(people) < -CHANCE
  const doubts: Doubt[] = []
  if (isReversed) doubts.push('reversed')
  if (rival !== null && rival.amongUpper - upper.right >= AHEAD) doubts.push('distractor')
  if (!isReversed && discrimination !== null && discrimination < FLAT && facility > 0.1 && facility < 0.9) doubts.push('flat')
  if (facility < 0.5) doubts.push('hard')
  return doubts
}

/** Whether the key itself is in doubt. */
export const isSuspicious = ({ doubts }: Pick<ItemStats, 'doubts'>): boolean => doubts.includes('reversed') || doubts.includes('distractor')

/** A wrong answer, told. */
export interface ToldTempting extends Omit<Tempting, 'answer'> {
  /** The words of the answer. */
  words: string
}

/** A question with its words and how it works. */
export interface QuestionFigures extends Omit<ItemStats, 'attracts' | 'rival'> {
  id: string
  text: string
  kind: QuizQuestion['kind']
  topic: string
  section: string
  key: string
  isCorrected: boolean
  attracts: ToldTempting | null
  rival: ToldTempting | null
}

/** Answers to questions: how many, and how many right. */
export interface Answered {
  people: number
  right: number
}

/** A group of people whose answers are counted. */
export interface Group {
  group: string
  /** How many people, whatever they took. */
  persons: number
}

/**
 * The groups whose numbers are not shown: those of too few people; and, where these could still be found by taking the others from the
 * whole, the next smallest too, until what is missing is the answers of enough.
 */
export function hiddenGroups(groups: readonly Group[], smallest: number): Set<string> {
  const [few, others] = [groups.filter(({ persons }) => persons < smallest), groups.filter(({ persons }) => persons >= smallest)]
  const hidden = new Set(few.map(({ group }) => group))
  let missing = sum(few, ({ persons }) => persons)
  for (const { group, persons } of [...others].sort((a, b) => a.persons - b.persons || (a.group < b.group ? -1 : 1))) {
    if (missing === 0 || missing >= smallest) break
    hidden.add(group)
    missing += persons
  }
  return hidden
}

/** The share of right answers of a group, to the next twentieth: exact numbers of groups that overlap (a unit and a 雇用形態, one module and all) would give away who makes the difference. */
export const aboutPercent = ({ people, right }: Answered): number => Math.round((right / people) * 20) * 5

/** Adds what was answered up under names; a question may stand under several. */
export function answeredUnder<T extends Answered>(rows: readonly T[], namesOf: (row: T) => readonly string[]): Map<string, Answered> {
  const all = new Map<string, Answered>()
  for (const row of rows)
    for (const name of new Set(namesOf(row))) {
      const known = all.get(name) ?? { people: 0, right: 0 }
      all.set(name, { people: known.people + row.people, right: known.right + row.right })
    }
  return all
}

/** The least understood first; what nobody was asked comes last, equal ones in the order of their names. */
export function weakestFirst<T extends Answered & { key: string }>(rows: readonly T[]): T[] {
  const share = ({ people, right }: Answered) => (people === 0 ? 2 : right / people)
  return [...rows].sort((a, b) => share(a) - share(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}
