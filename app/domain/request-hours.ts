import { addBusinessDays, addDays, dayOf, HOUR_MS, isBusinessDay, MINUTE_MS, rollForward, startOf, type Day, type Instant, type WorkCalendar } from './calendar'

/** The hours of a 営業日 in which whatever asks for something may leave, Japanese time; a setting (content/operator.yaml). */
export interface RequestHours {
  from: number
  to: number
}

/** Never at night: no installation may say earlier or later hours than these. */
export const WIDEST_HOURS: RequestHours = { from: 8, to: 20 }

/** Reads hours written `9-18`; undefined when they are none, or reach into the night. */
export function parseRequestHours(text: string): RequestHours | undefined {
  const [, from, to] = (/^(\d{1,2})-(\d{1,2})$/.exec(text) ?? []).map(Number)
  if (from === undefined || to === undefined) return undefined
  return from >= WIDEST_HOURS.from && to <= WIDEST_HOURS.to && from < to ? { from, to } : undefined
}

/** The post takes its time: nothing is begun so shortly before the hours end. */
const LAST_CALL_MS = 10 * MINUTE_MS
/** What several people ask of one within so long comes in one mail. */
export const COLLECT_MS = 15 * MINUTE_MS

const opensOn = (day: Day, { from }: RequestHours): Instant => startOf(day) + from * HOUR_MS
const closesOn = (day: Day, { to }: RequestHours): Instant => startOf(day) + to * HOUR_MS - LAST_CALL_MS

/** Whether a request may begin its way at this moment. */
export function mayLeave(at: Instant, hours: RequestHours, calendar: WorkCalendar): boolean {
  const day = dayOf(at)
  return isBusinessDay(day, calendar) && at >= opensOn(day, hours) && at < closesOn(day, hours)
}

/** When a request that is entered at `at` leaves at the earliest: within the hours a little later, so that more can join it; else when the hours of the next 営業日 begin. */
export function leavesAt(at: Instant, hours: RequestHours, calendar: WorkCalendar): Instant {
  const day = dayOf(at)
  if (mayLeave(at, hours, calendar)) return Math.min(at + COLLECT_MS, closesOn(day, hours) - 1)
  if (isBusinessDay(day, calendar) && at < opensOn(day, hours)) return opensOn(day, hours)
  return opensOn(rollForward(addDays(day, 1), calendar), hours)
}

/** With which day's mails something goes that was asked on a day: that day's, those of the next 営業日, or later ones where somebody has a mail on that day already. */
export type LeavesIn = 'sameDay' | 'nextBusinessDay' | 'later'

/** As it was placed when it was asked, for the record: what becomes of the calendar or of the mail changes nothing about it. */
export function leavesIn(askedAt: Instant, at: Instant, calendar: WorkCalendar): LeavesIn {
  if (dayOf(at) === dayOf(askedAt)) return 'sameDay'
  return dayOf(at) === rollForward(addDays(dayOf(askedAt), 1), calendar) ? 'nextBusinessDay' : 'later'
}

/** When the hours of the first 営業日 after a day begin. */
export const leavesAfter = (day: Day, hours: RequestHours, calendar: WorkCalendar): Instant => opensOn(addBusinessDays(day, 1, calendar), hours)

/** A request mail of one person as far as the choice of a mail needs it. */
export interface DayMail {
  id: string
  day: Day
  state: string
  leavesAt: Instant
  /** Which letter it is, and for which engagement: one mail speaks in one name. */
  about: string
}

/**
 * Into which mail a request goes: the one of the same kind that is still waiting, else a new one on the first 営業日 on which the
 * person has none yet. So nobody gets two a day, and none is lost (issue 3 §4).
 */
export function placeRequest(mails: readonly DayMail[], about: string, now: Instant, hours: RequestHours, calendar: WorkCalendar): { join: DayMail } | { leavesAt: Instant } {
  // one at an address that is nobody's never moves from its state: its time tells whether it has "gone"
  const waits = (mail: DayMail) => mail.state === 'waiting' || (mail.state === 'fictional' && mail.leavesAt > now)
  const joinable = mails.filter((mail) => waits(mail) && mail.about === about).sort((a, b) => a.leavesAt - b.leavesAt)[0]
  if (joinable) return { join: joinable }
  const taken = new Set(mails.filter(({ state }) => state !== 'needless').map(({ day }) => day))
  let at = leavesAt(now, hours, calendar)
  while (taken.has(dayOf(at))) at = leavesAfter(dayOf(at), hours, calendar)
  return { leavesAt: at }
}
