import { addDays, dayOf, fullDay, OPEN_DAY, type Day, type Instant } from '../domain/calendar'
import { byDayWords, dayWords, instantWords, partsOf, shortDay, slotWords, timeWords } from '../domain/day-words'

/** How days and times are written for people (look.md §5). Every clock on a page shows Japanese time. */
export { byDayWords, dayWords, fullDay, instantWords, shortDay, slotWords, timeWords }

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

/** 2026年11月20日 10時12分 */
export const fullInstant = (at: Instant): string => `${fullDay(dayOf(at))} ${timeWords(at)}`

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
/** 20 November 2026: beside a text in English. */
export function englishDay(day: Day): string {
  const { year, month, date } = partsOf(day)
  return `${date} ${MONTHS[month - 1]} ${year}`
}

/** 20 November 2026, 10:12: on paper, beside a text in English. */
export const englishInstant = (at: Instant): string => `${englishDay(dayOf(at))}, ${timeWords(at).replace('時', ':').replace('分', '')}`

/** 今日の13時15分 / 明日の0時10分 / 11月24日(火) 13時15分: a time that somebody waits for. */
export function timeInWords(at: Instant, now: Instant): string {
  const [day, today] = [dayOf(at), dayOf(now)]
  const near = day === today ? '今日の' : day === addDays(today, 1) ? '明日の' : ''
  return near ? `${near}${timeWords(at)}` : instantWords(at, today)
}
