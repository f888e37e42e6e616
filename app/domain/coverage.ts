import { addDays, OPEN_DAY, type Day } from './calendar'
import type { EngagementKind } from './people'
import { SOON_DAYS } from './progress'

/**
 * The numbers of 「全体の状況」, defined once (domain.md §5.10): 対象者数(全体) = 稼働 + 休職等 + 開始前; 対象 = 稼働 − 対象外 − 免除;
 * 期限内 + 期限後 + 未了 = 対象; 期限内率 counts those whose due day is past. Contractors' people are never among them.
 */

/** What one duty asks of a person and what came of it: nothing asked, nothing assigned though asked, excused, … */
export type DutyState = 'none' | 'gap' | 'exempted' | 'open' | 'begun' | 'declined' | 'inTime' | 'late'

/** So many people who are alike in everything that is counted. Days are as they are, so that midnight changes no row. */
export interface CoverageRow {
  kind: EngagementKind
  beginsOn: Day
  /** Exclusive. */
  endsOn: Day
  /** The leave at hand or next to come, half-open; both OPEN_DAY when there is none. */
  awayFrom: Day
  awayTo: Day
  duty: DutyState
  dueOn: Day
  /** Whether the pledge of the entry is signed, or certified by the employer. */
  isPledged: boolean
  /** Why an open duty waits: 猶予, or a question that has no answer yet. */
  hold: '' | 'deferred' | 'asked'
  people: number
}

export interface Coverage {
  /** 対象者数(全体): 稼働 + 休職等 + 開始前. */
  all: number
  before: number
  away: number
  working: number
  /** 対象外: the rules ask nothing. */
  notAsked: number
  exempted: number
  /** 対象: 稼働 − 対象外 − 免除. */
  target: number
  /** 対象なのに割当がない. */
  gap: number
  assigned: number
  /** 未着手, with those who answered that they do not sign. */
  todo: number
  begun: number
  doing: number
  passed: number
  inTime: number
  late: number
  unfinished: number
  declined: number
  pledged: number
  unpledged: number
  overdue: number
  soon: number
  deferred: number
  asked: number
  /** Those whose due day is past, and of these who finished in time. */
  dueCome: number
  dueInTime: number
}

const NOTHING: Coverage = {
  all: 0, before: 0, away: 0, working: 0, notAsked: 0, exempted: 0, target: 0, gap: 0, assigned: 0, todo: 0, begun: 0, doing: 0, passed: 0, inTime: 0, late: 0, unfinished: 0, declined: 0,
  pledged: 0, unpledged: 0, overdue: 0, soon: 0, deferred: 0, asked: 0, dueCome: 0, dueInTime: 0,
}

/** The groups of 「全体の状況」 to which one person belongs on a day; none before anything is known, or after the end. */
export function groupsOf(row: Omit<CoverageRow, 'people'>, day: Day): (keyof Coverage)[] {
  if (row.endsOn <= day) return []
  if (row.beginsOn > day) return ['all', 'before']
  if (row.awayFrom <= day && day < row.awayTo) return ['all', 'away']
  if (row.duty === 'none') return ['all', 'working', 'notAsked']
  if (row.duty === 'exempted') return ['all', 'working', 'exempted']
  const asked: (keyof Coverage)[] = ['all', 'working', 'target']
  if (row.duty === 'gap') return [...asked, 'gap', 'unfinished']
  const isDue = row.dueOn < day && row.hold !== 'asked'
  if (row.duty === 'inTime' || row.duty === 'late') return [...asked, 'assigned', 'begun', 'passed', row.duty, row.isPledged ? 'pledged' : 'unpledged', ...(row.dueOn < day ? (['dueCome'] as const) : []), ...(row.dueOn < day && row.duty === 'inTime' ? (['dueInTime'] as const) : [])]
  const open: (keyof Coverage)[] = [...asked, 'assigned', 'unfinished', ...(row.duty === 'begun' ? (['begun', 'doing'] as const) : (['todo'] as const)), ...(isDue ? (['dueCome'] as const) : [])]
  if (row.duty === 'declined') return [...open, 'declined']
  return [...open, ...(row.hold === '' ? [] : [row.hold]), ...(isDue ? (['overdue'] as const) : row.hold !== 'asked' && row.dueOn >= day && row.dueOn <= addDays(day, SOON_DAYS) && row.dueOn !== OPEN_DAY ? (['soon'] as const) : [])]
}

/** Adds rows up as of a day. */
export function coverageOf(rows: readonly CoverageRow[], day: Day): Coverage {
  const sum = { ...NOTHING }
  for (const row of rows) for (const group of groupsOf(row, day)) sum[group] += row.people
  return sum
}


/** One step of the funnel 在籍→対象→割当→着手→合格→誓約, each among the one before. */
export interface FunnelStep {
  key: 'all' | 'target' | 'assigned' | 'begun' | 'passed' | 'pledged'
  people: number
}

/** The funnel of a training; of a text to sign the last step is the signature itself. */
export function funnelOf(coverage: Coverage, about: 'training' | 'signature'): FunnelStep[] {
  const keys: FunnelStep['key'][] = ['all', 'target', 'assigned', 'begun', 'passed', ...(about === 'training' ? (['pledged'] as const) : [])]
  return keys.map((key) => ({ key, people: coverage[key] }))
}
