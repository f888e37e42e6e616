import { addBusinessDays, addDays, fiscalYearOf, fiscalYearStartDay, isBusinessDay, OPEN_DAY, rollForward, type Day, type WorkCalendar } from './calendar'
import { periodWords } from './duty-words'

/** When a checklist is due: each fiscal year, each month, or at the end of a contract. */
export type PeriodRule =
  | { every: 'fiscalYear'; opens: string; due: string }
  | { every: 'month' }
  | { every: 'end'; opensDaysBefore: number; dueBusinessDays: number }

/** Since when there is somebody or something to check, and the first day after. */
export interface Lifetime {
  since: Day
  until: Day
}

/** The same of a form that is asked for since a day: what was due before it is nobody's to do. */
export type FilingLife = Lifetime & { inForce: Day }

export interface Term {
  /** FY2026, 2026-11, or end. */
  period: string
  opensOn: Day
  dueOn: Day
}

/** Whoever begins shortly before a due day, or after it, has so many 営業日. */
export const GRACE_BUSINESS_DAYS = 10
export const END_PERIOD = 'end'

/** 2026年度 / 2026年11月 / 終了時 */
export const filingPeriodWords = (period: string): string =>
  period === END_PERIOD ? '終了時' : periodWords(period).replace(/^(\d{4})-0?(\d+)$/, '$1年$2月')

/** First day of a period and the first day after it; undefined for what is no period of the rule. */
export function boundsOf(rule: PeriodRule, period: string, calendar: WorkCalendar): Lifetime | undefined {
  if (rule.every === 'fiscalYear' && /^FY\d{4}$/.test(period)) return { since: fiscalYearStartDay(period, calendar), until: fiscalYearStartDay(`FY${Number(period.slice(2)) + 1}`, calendar) }
  if (rule.every === 'month' && /^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return { since: `${period}-01`, until: `${monthAfter(period)}-01` }
  return rule.every === 'end' && period === END_PERIOD ? { since: '0001-01-01', until: OPEN_DAY } : undefined
}

const monthAfter = (month: string): string => (month.endsWith('-12') ? `${Number(month.slice(0, 4)) + 1}-01` : `${month.slice(0, 5)}${String(Number(month.slice(5)) + 1).padStart(2, '0')}`)
const monthBefore = (month: string): string => (month.endsWith('-01') ? `${Number(month.slice(0, 4)) - 1}-12` : `${month.slice(0, 5)}${String(Number(month.slice(5)) - 1).padStart(2, '0')}`)

/** What a subject owes for one period, or undefined when it was not there in it, or it was due before the form was in force. A day off rolls forward; the last day of a month rolls back (L34). */
export function termOf(rule: PeriodRule, period: string, life: FilingLife, calendar: WorkCalendar): Term | undefined {
  const term = termAlways(rule, period, life, calendar)
  if (!term || term.dueOn < life.inForce) return undefined
  if (term.opensOn >= life.inForce) return term
  const grace = addBusinessDays(life.inForce, GRACE_BUSINESS_DAYS, calendar)
  return { ...term, opensOn: life.inForce, dueOn: grace > term.dueOn ? grace : term.dueOn }
}

/** Whether a period is asked of anybody: not when all of it was due before the form was in force. */
export const isAsked = (rule: PeriodRule, period: string, inForce: Day, calendar: WorkCalendar): boolean =>
  rule.every === 'end' || termOf(rule, period, { since: '0001-01-01', until: OPEN_DAY, inForce }, calendar) !== undefined

function termAlways(rule: PeriodRule, period: string, life: Lifetime, calendar: WorkCalendar): Term | undefined {
  const bounds = boundsOf(rule, period, calendar)
  if (!bounds || life.since >= bounds.until || life.until <= bounds.since) return undefined
  if (rule.every === 'end') {
    if (life.until === OPEN_DAY) return undefined
    const lastDay = addDays(life.until, -1)
    return { period, opensOn: addDays(lastDay, -rule.opensDaysBefore), dueOn: addBusinessDays(lastDay, rule.dueBusinessDays, calendar) }
  }
  const [opens, due] = rule.every === 'month' ? [bounds.since, lastBusinessDay(bounds.until, calendar)] : [inFiscalYear(rule.opens, period, calendar), rollForward(inFiscalYear(rule.due, period, calendar), calendar)]
  const grace = life.since > opens || life.since > bounds.since ? addBusinessDays(life.since, GRACE_BUSINESS_DAYS, calendar) : due
  return { period, opensOn: life.since > opens ? life.since : opens, dueOn: grace > due ? grace : due }
}

/** The last 営業日 before a day. */
function lastBusinessDay(before: Day, calendar: WorkCalendar): Day {
  let day = addDays(before, -1)
  while (!isBusinessDay(day, calendar)) day = addDays(day, -1)
  return day
}

/** A month and day within a fiscal year: 03-31 of FY2026 is 2027-03-31. */
function inFiscalYear(monthDay: string, period: string, calendar: WorkCalendar): Day {
  const year = Number(period.slice(2)) + (Number(monthDay.slice(0, 2)) < calendar.fiscalYearStart ? 1 : 0)
  const [month, date] = monthDay.split('-') as [string, string]
  const last = new Date(Date.UTC(year, Number(month), 0)).getUTCDate()
  return `${year}-${month}-${String(Math.min(Number(date), last)).padStart(2, '0')}`
}

/** The period that a day lies in. */
export const periodOf = (rule: PeriodRule, day: Day, calendar: WorkCalendar): string => (rule.every === 'fiscalYear' ? fiscalYearOf(day, calendar) : rule.every === 'month' ? day.slice(0, 7) : END_PERIOD)

/** The period before another, or null where there is none. */
export const periodBefore = (period: string): string | null => (period === END_PERIOD ? null : period.startsWith('FY') ? `FY${Number(period.slice(2)) - 1}` : monthBefore(period))

/** A period and those before it, newest first. */
export function periodsBack(rule: PeriodRule, day: Day, count: number, calendar: WorkCalendar): string[] {
  const found: string[] = []
  for (let period: string | null = periodOf(rule, day, calendar); period !== null && found.length < count; period = periodBefore(period)) found.push(period)
  return found
}

/** Of months two are asked for, so that one that was missed does not vanish overnight. */
const ASKED_BACK: Readonly<Record<PeriodRule['every'], number>> = { fiscalYear: 1, month: 2, end: 1 }

/** What a subject owes and may answer today, newest first: the running period, and of months the one before. */
export function termsAskedOn(rule: PeriodRule, life: FilingLife, today: Day, calendar: WorkCalendar): Term[] {
  return periodsBack(rule, today, ASKED_BACK[rule.every], calendar).flatMap((period) => {
    const term = termOf(rule, period, life, calendar)
    return term && term.opensOn <= today ? [term] : []
  })
}
