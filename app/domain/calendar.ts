/** Days are Japanese days, instants are UTC milliseconds. Japan has no summer time: its day starts 9 hours before UTC's. */
export type Day = string & { readonly __day?: never }
export type Instant = number

export const OPEN_DAY: Day = '9999-12-31'
export const OPEN_INSTANT: Instant = 253_402_300_799_999
export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
const JAPAN_MS = 9 * HOUR_MS

/** The days named lately, by their number since 1970: thousands of instants fall on few days. More are not kept. */
const named = new Map<number, Day>()
const MOST_NAMED = 4_000

/** The Japanese day an instant falls on. */
export function dayOf(at: Instant): Day {
  const since = Math.floor((at + JAPAN_MS) / DAY_MS)
  let day = named.get(since)
  if (day === undefined) {
    day = new Date(at + JAPAN_MS).toISOString().slice(0, 10)
    if (named.size >= MOST_NAMED) named.clear()
    named.set(since, day)
  }
  return day
}
/** The instant at which a Japanese day begins. */
export const startOf = (day: Day): Instant => Date.parse(`${day}T00:00:00+09:00`)
/** Hour of the Japanese day, 0–23. */
export const hourOf = (at: Instant): number => new Date(at + JAPAN_MS).getUTCHours()
/** The day `count` days later; earlier when negative. The open day stays open. */
export const addDays = (day: Day, count: number): Day => (day === OPEN_DAY ? OPEN_DAY : dayOf(startOf(day) + count * DAY_MS))
/** Whole days from one day to another. */
export const daysBetween = (from: Day, to: Day): number => Math.round((startOf(to) - startOf(from)) / DAY_MS)
/** 0 = Sunday. */
export const weekdayOf = (day: Day): number => new Date(startOf(day) + JAPAN_MS).getUTCDay()

/** 2026年11月9日 */
export const fullDay = (day: Day): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日')

/** A length of time in words: days from a week on, else hours, else minutes. */
export const spanWords = (ms: number): string => (ms >= 7 * DAY_MS ? `${ms / DAY_MS}日` : ms >= HOUR_MS ? `${ms / HOUR_MS}時間` : `${ms / MINUTE_MS}分`)

/** True for a real day written YYYY-MM-DD between 1900 and 9998. */
export function isDay(text: string): text is Day {
  if (!/^(19|[2-9]\d)\d{2}-\d{2}-\d{2}$/.test(text) || text >= '9999') return false
  const at = Date.parse(`${text}T00:00:00+09:00`)
  return !Number.isNaN(at) && dayOf(at) === text
}

/** Reads YYYY-MM-DD or YYYY/M/D; undefined when there is no such day. */
export function parseDay(text: string): Day | undefined {
  const parts = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})$/.exec(text)
  if (!parts || (parts[2] === '-' && text.length !== 10)) return undefined
  const day = `${parts[1]}-${parts[3]!.padStart(2, '0')}-${parts[4]!.padStart(2, '0')}`
  return isDay(day) ? day : undefined
}

/** What a calendar file says: 国民の祝日 with their substitutes, and the company's own days off. */
export interface WorkCalendar {
  holidays: ReadonlySet<Day>
  /** First month of the fiscal year, 4 unless the company says otherwise. */
  fiscalYearStart: number
}

/** 営業日: neither weekend, holiday, nor 12/29–1/3 (domain.md L34). */
export function isBusinessDay(day: Day, calendar: WorkCalendar): boolean {
  const weekday = weekdayOf(day)
  const monthDay = day.slice(5)
  return weekday !== 0 && weekday !== 6 && !calendar.holidays.has(day) && monthDay < '12-29' && monthDay > '01-03'
}

/** The day itself when it is a 営業日, else the next one (A26). */
export function rollForward(day: Day, calendar: WorkCalendar): Day {
  let at = day
  while (!isBusinessDay(at, calendar)) at = addDays(at, 1)
  return at
}

/** The N-th 営業日 after a day, the day itself not counted (民法140条, domain.md L34). */
export function addBusinessDays(day: Day, count: number, calendar: WorkCalendar): Day {
  let at = day
  for (let left = count; left > 0; left -= isBusinessDay(at, calendar) ? 1 : 0) at = addDays(at, 1)
  return at
}

/** How many 営業日 lie after a day up to another, this one included. */
export function businessDaysBetween(from: Day, to: Day, calendar: WorkCalendar): number {
  let count = 0
  for (let at = addDays(from, 1); at <= to && to < OPEN_DAY; at = addDays(at, 1)) if (isBusinessDay(at, calendar)) count++
  return count
}

/** The fiscal year a day lies in: `FY2026` = 2026-04-01 to 2027-03-31 when years start in April. */
export function fiscalYearOf(day: Day, calendar: WorkCalendar): string {
  const year = Number(day.slice(0, 4))
  return `FY${Number(day.slice(5, 7)) >= calendar.fiscalYearStart ? year : year - 1}`
}

/** First day of a fiscal year. */
export const fiscalYearStartDay = (period: string, calendar: WorkCalendar): Day =>
  `${period.slice(2)}-${String(calendar.fiscalYearStart).padStart(2, '0')}-01`

/** 22:00–05:00, when nobody under 18 may work (労基法61条, domain.md L27). */
export const isNightForMinors = (at: Instant): boolean => hourOf(at) >= 22 || hourOf(at) < 5
