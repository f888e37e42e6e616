import { addDays, OPEN_DAY, OPEN_INSTANT, type Day, type Instant } from './calendar'
import type { EngagementKind } from './people'
import { doneMark, SOON_DAYS } from './progress'
import { wayTo, type Askable, type WhyNot } from './reminder'

/** A manager's line (house.md §3): where each person of it stands, in one word, and how many stand where (domain.md §5.4, §5.10). */

/** Where somebody stands as a whole. Each person of a line is in one of these at a time. */
export const BUCKETS = ['before', 'todo', 'doing', 'deferred', 'held', 'leave', 'done', 'doneLate', 'exempt', 'none'] as const
export type Bucket = (typeof BUCKETS)[number]

/** One duty as far as the line needs it; withdrawn ones and those that ended with an engagement never count. */
export interface LineDuty {
  kind: 'module' | 'pledge' | 'certificate'
  slug: string
  opensOn: Day
  /** The due day in force. */
  dueOn: Day
  settledAt: Instant
  settledAs: string | null
  /** Something of it was read or tried. */
  begun: boolean
  /** A question stops the due day. */
  asked: boolean
  /** Its due day was given last by an approved 猶予. */
  deferred: boolean
}

/** An open duty as far as asking for it needs it. */
export interface AskedDuty extends Pick<LineDuty, 'kind' | 'slug' | 'opensOn' | 'dueOn' | 'asked' | 'deferred'> {
  id: string
  /** How its pledge was answered last. It decides whom to ask, and is not shown: what a worker told their employer is between the two. */
  answered: string | null
}

export interface Place {
  bucket: Bucket
  /** The earliest due day that runs, of those held the earliest that stands still; the open day where nothing falls due. */
  nextDue: Day
}

/** What is asked of a person on a day: open, and its time has come. */
export const isOpenOn = (duty: Pick<LineDuty, 'settledAt' | 'opensOn'>, today: Day): boolean => duty.settledAt === OPEN_INSTANT && duty.opensOn <= today

/**
 * Where a person stands. Whoever has not begun or is on leave is out of the count (A01). Of what is open and runs the earliest day
 * speaks; when all of it has a day given by 猶予, or waits for an answer, nobody is asked meanwhile. Of what is settled the newest
 * round of each thing speaks, and late stays late (A22); a pledge that was declined is an outcome, not a completion (A17).
 */
export function placeOf(duties: readonly LineDuty[], person: { onLeave: boolean; validFrom: Day }, today: Day): Place {
  if (person.validFrom > today) return { bucket: 'before', nextDue: earliest(duties.filter(({ settledAt }) => settledAt === OPEN_INSTANT)) }
  if (person.onLeave) return { bucket: 'leave', nextDue: OPEN_DAY }
  const open = duties.filter((duty) => isOpenOn(duty, today))
  const running = open.filter(({ asked }) => !asked)
  if (running.length > 0) return { bucket: running.every(({ deferred }) => deferred) ? 'deferred' : isBegun(running) ? 'doing' : 'todo', nextDue: earliest(running) }
  if (open.length > 0) return { bucket: 'held', nextDue: earliest(open) }
  const rounds = newestRounds(duties)
  if (rounds.some(({ settledAs }) => settledAs === 'declined')) return { bucket: 'held', nextDue: OPEN_DAY }
  return { bucket: settledBucket(rounds), nextDue: OPEN_DAY }
}

function settledBucket(rounds: readonly LineDuty[]): Bucket {
  if (rounds.length === 0) return 'none'
  const done = rounds.filter(({ settledAs }) => settledAs === 'completed')
  if (done.length === 0) return 'exempt'
  return done.some(({ settledAt, dueOn }) => doneMark(settledAt, dueOn) === 'donelate') ? 'doneLate' : 'done'
}

const earliest = (duties: readonly LineDuty[]): Day => duties.reduce<Day>((first, { dueOn }) => (dueOn < first ? dueOn : first), OPEN_DAY)

/** Begun: something that the person does was begun, or only an employer's certificate is left. */
const isBegun = (running: readonly LineDuty[]): boolean => running.some(({ kind, begun }) => begun && kind !== 'certificate') || running.every(({ kind }) => kind === 'certificate')

/** Of each thing that was settled the round that fell due last. */
function newestRounds(duties: readonly LineDuty[]): LineDuty[] {
  const newest = new Map<string, LineDuty>()
  for (const duty of duties) {
    if (duty.settledAt === OPEN_INSTANT || !['completed', 'declined', 'exempted'].includes(duty.settledAs ?? '')) continue
    const key = `${duty.kind} ${duty.slug}`
    const before = newest.get(key)
    if (!before || duty.dueOn > before.dueOn || (duty.dueOn === before.dueOn && duty.settledAt > before.settledAt)) newest.set(key, duty)
  }
  return [...newest.values()]
}

/** The tabs of 「わたしのチーム」: which buckets, and between which days the next due day lies (`until` inclusive). */
export const TABS = ['open', 'late', 'soon', 'todo', 'doing', 'hold', 'leave', 'done', 'doneLate', 'exempt', 'before', 'all'] as const
export type Tab = (typeof TABS)[number]

export interface Part {
  buckets: readonly Bucket[]
  from?: Day
  until?: Day
}

const RUNNING = ['todo', 'doing', 'deferred'] as const

/** What a tab shows on a day: parts that do not overlap. */
export function partsOf(tab: Tab, today: Day): Part[] {
  switch (tab) {
    case 'open': return [{ buckets: [...RUNNING, 'held'] }]
    case 'late': return [{ buckets: RUNNING, until: addDays(today, -1) }]
    case 'soon': return [{ buckets: RUNNING, from: today, until: addDays(today, SOON_DAYS) }]
    case 'hold': return [{ buckets: ['held'] }, { buckets: ['deferred'], from: today }]
    case 'exempt': return [{ buckets: ['exempt', 'none'] }]
    case 'all': return [{ buckets: BUCKETS }]
    default: return [{ buckets: [tab] }]
  }
}

/** Whether somebody who stands there is shown under a tab. */
export const isUnder = (tab: Tab, place: Place, today: Day): boolean => isWithin(partsOf(tab, today), place)

const isWithin = (parts: readonly Part[], { bucket, nextDue }: Place): boolean => parts.some(({ buckets, from = '', until = OPEN_DAY }) => buckets.includes(bucket) && nextDue >= from && nextDue <= until)

/** So many people stand alike. */
export interface Group extends Place {
  people: number
}

/** How many people each tab shows. */
export function tabCounts(groups: readonly Group[], today: Day): Record<Tab, number> {
  const count = (tab: Tab) => {
    const parts = partsOf(tab, today)
    return groups.reduce((sum, group) => sum + (isWithin(parts, group) ? group.people : 0), 0)
  }
  return Object.fromEntries(TABS.map((tab) => [tab, count(tab)])) as Record<Tab, number>
}

export interface Completion {
  /** 対象者数(全体) = 稼働 + 休職等 + 開始前. */
  whole: number
  working: number
  onLeave: number
  before: number
  /** 対象 = 稼働 − 対象外 − 免除. */
  counted: number
  done: number
  inTime: number
  late: number
}

/** The figures of domain.md §5.10 of a line; contractors' people are in none of them. */
export function completionOf(groups: readonly Group[]): Completion {
  const of = (...buckets: Bucket[]) => groups.reduce((sum, { bucket, people }) => sum + (buckets.includes(bucket) ? people : 0), 0)
  const [onLeave, before, inTime, late] = [of('leave'), of('before'), of('done'), of('doneLate')]
  const whole = of(...BUCKETS)
  const working = whole - onLeave - before
  return { whole, working, onLeave, before, counted: working - of('exempt', 'none'), done: inTime + late, inTime, late }
}

/** Above so many people a line is counted by a job; a smaller one is counted when it is asked for. */
export const COUNTED_LIVE = 1_000

/** Through whom somebody of a line may be asked now, or why nobody is (domain.md L23, L25; A01). */
export type Asking = { through: 'person' | 'agency' } | { through: null; why: 'answer' | 'declined' | 'deferred' | 'leave' | 'before' | 'nothing' }

const STANDS: Readonly<Partial<Record<WhyNot, Extract<Asking, { through: null }>['why']>>> = { asked: 'answer', declined: 'declined', deferred: 'deferred', onLeave: 'leave', notStarted: 'before' }

/** Whom the button of a row asks: the one whom the request will ask (domain/reminder wayTo). Of a pledge that was declined for good, HR speaks. */
export function askingOf({ bucket }: Pick<Place, 'bucket'>, { engagementId, relation, onLeave, validFrom, validTo, closed }: Omit<Askable, 'reached' | 'exempted' | 'duties'>, open: readonly AskedDuty[], today: Day): Asking {
  const duties = open.map(({ id, kind, slug, opensOn, dueOn, deferred, asked, answered }) => ({ assignmentId: id, kind, slug, opensOn, dueOn, deferredTo: deferred ? dueOn : ('' as const), asked, answer: answered }))
  const way = wayTo({ engagementId, relation, onLeave, validFrom, validTo, closed, reached: true, exempted: false, duties }, 'operator', today)
  if (way.by !== 'nobody') return { through: way.by === 'agency' ? 'agency' : 'person' }
  return { through: null, why: STANDS[way.why] ?? (bucket === 'held' ? 'declined' : 'nothing') }
}

/** The filter of 雇用形態, as few words as a manager needs. */
export const KIND_GROUPS = {
  employed: { words: '正社員・契約社員・嘱託社員', kinds: ['regular', 'contractEmployee', 'commissioned'] },
  hourly: { words: 'パート・アルバイト', kinds: ['partTime', 'casual'] },
  dispatched: { words: '派遣社員', kinds: ['dispatched'] },
  others: { words: '役員・出向受入・個人受託者', kinds: ['officer', 'executive', 'auditOfficer', 'secondedIn', 'soleContractor'] },
} as const satisfies Record<string, { words: string; kinds: readonly EngagementKind[] }>
export type KindGroup = keyof typeof KIND_GROUPS
