import { fiscalYearOf, fiscalYearStartDay, type Day, type WorkCalendar } from './calendar'

/** What came of the pledge at the end (domain.md L31, A16): four answers, and those of whom none is asked. */
export const EXIT_STATES = { signed: '署名', declined: '説明済・辞退', unreachable: '連絡不能', open: '未' } as const
export type ExitState = keyof typeof EXIT_STATES | 'none'

/** So many people left on a day with one answer. */
export interface ExitRow {
  /** The first day on which they were gone. */
  leftOn: Day
  outcome: ExitState
  people: number
}

/** The leavers of a fiscal year until a day: 対象 = 署名 + 説明済・辞退 + 連絡不能 + 未; the whole = 対象 + 対象外. */
export interface ExitCoverage extends Record<ExitState, number> {
  all: number
  target: number
}

/** Adds up who left within the year of a day, until that day. */
export function exitCoverage(rows: readonly ExitRow[], { from, until }: { from: Day; until: Day }): ExitCoverage {
  const sum: ExitCoverage = { all: 0, target: 0, signed: 0, declined: 0, unreachable: 0, open: 0, none: 0 }
  for (const { leftOn, outcome, people } of rows) {
    if (leftOn <= from || leftOn > until) continue
    sum.all += people
    sum[outcome] += people
    if (outcome !== 'none') sum.target += people
  }
  return sum
}

/** The period of which leavers are counted: the fiscal year of a day, up to that day. */
export const exitPeriod = (day: Day, calendar: WorkCalendar): { from: Day; until: Day } => ({ from: fiscalYearStartDay(fiscalYearOf(day, calendar), calendar), until: day })

/** Which pledges are asked at the end, one for each legal relation. */
export const exitPledgesOf = (requirements: readonly { when: { on: string }; target: { kind: string; slug: string } }[]): string[] =>
  [...new Set(requirements.flatMap(({ when, target }) => (when.on === 'end' && target.kind === 'pledge' ? [target.slug] : [])))]
