import { dayOf, weekdayOf, type Day, type Instant } from './calendar'

/** How days and times are written for people (look.md §5). Every clock shows Japanese time. */
const WEEKDAYS = ['日', '月', '火', '水', '木', '金', '土'] as const

/** A day in its parts. */
export const partsOf = (day: Day) => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)), weekday: WEEKDAYS[weekdayOf(day)] })
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

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** 13時31分 */
export function timeWords(at: Instant): string {
  const [hour, minute] = clock.format(at).split(':') as [string, string]
  return `${Number(hour)}時${minute}分`
}

/** 11月20日(金) 13時31分; with the year when it is not this fiscal year. */
export const instantWords = (at: Instant, today?: Day): string => `${dayWords(dayOf(at), today)} ${timeWords(at)}`

/** 11月24日(火) 15時0分〜15時30分: a time set aside for learning. */
export const slotWords = ({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }, today?: Day): string => `${instantWords(startsAt, today)}〜${timeWords(endsAt)}`

/** A day by which something is to be done, as it is called where it stands, or that it has passed. */
export const byDayWords = (day: Day, called: string, today: Day): string => (day < today ? `${called}を過ぎています` : called)
