import { addDays, dayOf, fullDay, OPEN_DAY, weekdayOf, type Day, type Instant } from '../domain/calendar'

/** How days and times are written for people (look.md §5). Every clock on a page shows Japanese time. */
export { fullDay }
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const

const partsOf = (day: Day) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)), weekday: WEEKDAYS[weekdayOf(day)] })
const fiscalYear = (day: Day) => Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0)

/** 11月24日(火); with the year when the day is not in the fiscal year of `today`. */
export function dayWords(day: Day, today?: Day): string {
  const { year, month, date, weekday } = partsOf(day)
  return `${today !== undefined && fiscalYear(day) !== fiscalYear(today) ? `${year}年` : ''}${month}月${date}日(${weekday})`
}

/** 11/24(火), for tables; with the year when the day is not in the fiscal year of `today`. */
export function shortDay(day: Day, today?: Day): string {
  const { year, month, date, weekday } = partsOf(day)
  return `${today !== undefined && fiscalYear(day) !== fiscalYear(today) ? `${year}/` : ''}${month}/${date}(${weekday})`
}

/** What stands for a due day that nobody knows yet: an open-ended leave has taken it away (domain.md A01). */
const DUE_UNKNOWN = '復帰後に決まります'

/** A due day in words, 11月24日(火); 復帰後に決まります while there is none. */
export const dueDay = (due: Day, today: Day): string => (due === OPEN_DAY ? DUE_UNKNOWN : dayWords(due, today))

/** A due day in a table, 11/24(火); 復帰後に決まります while there is none. */
export const shortDueDay = (due: Day, today: Day): string => (due === OPEN_DAY ? DUE_UNKNOWN : shortDay(due, today))

/** 2026年11月20日(金), for the 基準日 line. */
export const fullDayWithWeekday = (day: Day): string => `${fullDay(day)}(${partsOf(day).weekday})`

/** 2026/11/9; the open day is an empty word. */
export function slashDay(day: Day): string {
  const { year, month, date } = partsOf(day)
  return day === OPEN_DAY ? '' : `${year}/${month}/${date}`
}

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** 13時31分 */
export function timeWords(at: Instant): string {
  const [hour, minute] = clock.format(at).split(':') as [string, string]
  return `${Number(hour)}時${minute}分`
}

/** 11月20日(金) 13時31分; with the year when it is not this fiscal year. */
export const instantWords = (at: Instant, today?: Day): string => `${dayWords(dayOf(at), today)} ${timeWords(at)}`

/** 2026年11月20日 10時12分 */
export const fullInstant = (at: Instant): string => `${fullDay(dayOf(at))} ${timeWords(at)}`

/** 今日の13時15分 / 明日の0時10分 / 11月24日(火) 13時15分: a time that somebody waits for. */
export function timeInWords(at: Instant, now: Instant): string {
  const [day, today] = [dayOf(at), dayOf(now)]
  const near = day === today ? '今日の' : day === addDays(today, 1) ? '明日の' : ''
  return near ? `${near}${timeWords(at)}` : instantWords(at, today)
}
