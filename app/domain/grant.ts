import { dayOf, DAY_MS, HOUR_MS, isDay, isNightForMinors, MINUTE_MS, startOf, type Day, type Instant } from './calendar'
import { isOpenOn, type LineDuty } from './line'
import { refuse, type Refusal } from './refusal'
import { isMinorOn } from './study'

/** 受講機会の付与: time within the working day that a manager sets aside for somebody (domain.md §5.4, 003 art. 7(4)). */

export interface Slot {
  startsAt: Instant
  endsAt: Instant
}

/** Nobody studies longer than this at a stretch of work. */
export const LONGEST_SLOT_MS = 8 * HOUR_MS
const MOST_DAYS_AHEAD = 180
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/

export type SlotRefusal = Refusal<'slotUnreadable' | 'slotPast' | 'slotBackwards' | 'slotTooLong' | 'slotTooFar'>

/** A slot from what was typed, in Japanese time, or what is wrong with it. It lies within one day. */
export function slotOf(typed: { day: string; from: string; to: string }, now: Instant): Slot | SlotRefusal {
  const [from, to] = [TIME.exec(typed.from), TIME.exec(typed.to)]
  if (!isDay(typed.day) || !from || !to) return refuse('slotUnreadable')
  const at = (time: RegExpExecArray) => startOf(typed.day) + Number(time[1]) * HOUR_MS + Number(time[2]) * MINUTE_MS
  const slot = { startsAt: at(from), endsAt: at(to) }
  if (slot.endsAt <= slot.startsAt) return refuse('slotBackwards')
  if (slot.startsAt < now) return refuse('slotPast')
  if (slot.endsAt - slot.startsAt > LONGEST_SLOT_MS) return refuse('slotTooLong')
  return slot.startsAt > now + MOST_DAYS_AHEAD * DAY_MS ? refuse('slotTooFar', { days: MOST_DAYS_AHEAD }) : slot
}

/** Whether a slot touches the hours in which nobody under 18 works. */
const touchesNight = ({ startsAt, endsAt }: Slot): boolean => isNightForMinors(startsAt) || isNightForMinors(endsAt - 1)

/** Why somebody is given no time; each with words. */
export type NoGrant = 'nothingOpen' | 'minorNight' | 'onLeave' | 'notStarted' | 'ended'

export interface Grantee {
  under18Until: Day | ''
  validFrom: Day
  /** Exclusive. */
  validTo: Day
  leaves: readonly { from: Day; to: Day }[]
}

type OwnDuty = Pick<LineDuty, 'kind' | 'opensOn' | 'settledAt' | 'asked' | 'dueOn'> & { id: string }

/** For which duty somebody is given the slot: of what is theirs to do on that day the one that falls due first; or why there is none. */
export function decideGrant(person: Grantee, duties: readonly OwnDuty[], slot: Slot): { assignmentId: string } | { why: NoGrant } {
  const day = dayOf(slot.startsAt)
  if (person.validTo <= day) return { why: 'ended' }
  if (person.validFrom > day) return { why: 'notStarted' }
  if (person.leaves.some(({ from, to }) => from <= day && day < to)) return { why: 'onLeave' }
  if (isMinorOn(person.under18Until, day) && touchesNight(slot)) return { why: 'minorNight' }
  const [first] = duties.filter((duty) => duty.kind !== 'certificate' && !duty.asked && isOpenOn(duty, day)).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.id < b.id ? -1 : 1))
  return first ? { assignmentId: first.id } : { why: 'nothingOpen' }
}
