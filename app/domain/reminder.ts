import { addDays, isBusinessDay, weekdayOf, type Day, type WorkCalendar } from './calendar'
import type { TargetKind } from './planning'
import type { Relation } from './people'
import { pledgeStageOf } from './standing'

/** 督促: who is asked for what, through which channel, and who is not, and why (domain.md §5.4, L23–L25). */

/** One open duty as far as asking for it needs it. */
export interface OpenDuty {
  assignmentId: string
  kind: TargetKind
  slug: string
  opensOn: Day
  dueOn: Day
  /** 猶予: the day until which it was put off, '' when it was not. */
  deferredTo: Day | ''
  /** A question stops the due day until it is answered. */
  asked: boolean
  /** How the person answered the pledge last. */
  answer: string | null
}

/** Somebody who might be asked. */
export interface Askable {
  engagementId: string
  relation: Relation
  /** Whether there is an address at which the person reads mail. */
  reached: boolean
  onLeave: boolean
  validFrom: Day
  validTo: Day
  /** The account is closed. */
  closed: boolean
  /** Something was exempted (免除): that is not the same as done. */
  exempted: boolean
  duties: readonly OpenDuty[]
}

/** Why somebody is not asked. */
export type WhyNot = 'done' | 'exempt' | 'deferred' | 'asked' | 'declined' | 'onLeave' | 'notStarted' | 'gone' | 'opensLater' | 'awaitsEmployer' | 'throughCompany'

export type Way =
  | { by: 'mail' | 'paper' | 'agency'; duties: OpenDuty[] }
  | { by: 'nobody'; why: WhyNot }

/** Who asks: the operator (a manager, a job), or the company that employs, in its own name. */
export type AskedFrom = 'operator' | 'employer'

/** Why one duty is not asked for on a day; null when it is the person's turn. */
export function whyNotAskedFor(duty: OpenDuty, from: AskedFrom, today: Day): WhyNot | null {
  if (duty.opensOn > today) return 'opensLater'
  if (duty.deferredTo !== '' && duty.deferredTo === duty.dueOn && today <= duty.deferredTo) return 'deferred'
  const stage = pledgeStageOf({ answer: duty.kind === 'certificate' || duty.kind === 'pledge' ? duty.answer : null, asked: duty.asked })
  if (stage === 'asked' || stage === 'declined') return stage
  if (duty.kind !== 'certificate') return null
  return stage === 'signed' || from === 'operator' ? 'awaitsEmployer' : null
}

/** Why a person gets nothing at all on a day, whatever is open: gone (also deceased, A32), not begun, on leave (A01). */
export function whyNotWritten({ closed, validFrom, validTo, onLeave }: Pick<Askable, 'closed' | 'validFrom' | 'validTo' | 'onLeave'>, today: Day): WhyNot | null {
  if (validTo <= today || closed) return 'gone'
  if (validFrom > today) return 'notStarted'
  return onLeave ? 'onLeave' : null
}

/** The reason that tells most, when nothing is asked for. */
const TELLING: readonly WhyNot[] = ['asked', 'declined', 'deferred', 'awaitsEmployer', 'opensLater']

/**
 * Through which channel a person is asked today. A contractor's worker is never asked by the operator, whatever is open; of a
 * 派遣社員 for whom only the certificate is left, the 派遣元 is asked. Whoever has no mail is told on paper (A09).
 */
export function wayTo(person: Askable, from: AskedFrom, today: Day): Way {
  const never = whyNotWritten(person, today)
  if (never) return { by: 'nobody', why: never }
  if (person.relation === 'contract' && from === 'operator') return { by: 'nobody', why: 'throughCompany' }
  if (person.duties.length === 0) return { by: 'nobody', why: person.exempted ? 'exempt' : 'done' }
  const whys = new Map(person.duties.map((duty) => [duty, whyNotAskedFor(duty, from, today)]))
  const duties = person.duties.filter((duty) => whys.get(duty) === null)
  if (duties.length > 0) return { by: person.reached ? 'mail' : 'paper', duties }
  const certificates = person.duties.filter((duty) => duty.kind === 'certificate' && whys.get(duty) === 'awaitsEmployer')
  if (from === 'operator' && person.relation === 'dispatched' && certificates.length > 0) return { by: 'agency', duties: certificates }
  return { by: 'nobody', why: TELLING.find((why) => [...whys.values()].includes(why)) ?? 'done' }
}

/** Why a request was entered, when no person did it. */
export type Step = 'before14' | 'before7' | 'before1' | 'after1' | 'weekly'
const BEFORE: Readonly<Record<number, Step>> = { 14: 'before14', 7: 'before7', 1: 'before1' }
/** After the first 営業日 past due, again each fifth. */
const WEEK = 5
/** Due days further back are asked for on the first 営業日 of a week. */
export const FARTHEST_BACK = 400
const FARTHEST_AHEAD = 45

/**
 * The due days for which a request goes out on a 営業日, each with its step: 14, 7 and 1 営業日 before, 1 after, then weekly
 * (domain.md §5.4, A26). Empty on any other day.
 */
export function stepsOn(today: Day, calendar: WorkCalendar): Map<Day, Step> {
  const steps = new Map<Day, Step>()
  if (!isBusinessDay(today, calendar)) return steps
  let count = 0
  for (let day = addDays(today, 1); day <= addDays(today, FARTHEST_AHEAD); day = addDays(day, 1)) {
    if (isBusinessDay(day, calendar)) count++
    const step = BEFORE[count]
    if (step) steps.set(day, step)
  }
  count = 0
  for (let day = today; day > addDays(today, -FARTHEST_BACK); ) {
    if (isBusinessDay(day, calendar)) count++
    day = addDays(day, -1)
    if (count === 1) steps.set(day, 'after1')
    else if (count > 1 && (count - 1) % WEEK === 0) steps.set(day, 'weekly')
  }
  return steps
}

/** Whether a 営業日 is the first of its week: then the digests go. */
export function isFirstOfWeek(today: Day, calendar: WorkCalendar): boolean {
  if (!isBusinessDay(today, calendar)) return false
  for (let day = addDays(today, -1), weekday = 1; weekday < 7; weekday++, day = addDays(day, -1)) {
    if (weekdayOf(day) === 0) return true
    if (isBusinessDay(day, calendar)) return false
  }
  return true
}
