import { addDays, daysBetween, OPEN_DAY, type Day } from './calendar'
import { groupsOf, type CoverageRow } from './coverage'

/** So many due days ahead the line leads to; later ones are few people’s own. */
const DUES_AHEAD = 2
const POINTS = 30

export interface TrendPoint {
  day: Day
  /** Finished until the end of that day; null when it has not come. */
  now: number | null
  /** A year before; null where nothing is known of it. */
  before: number | null
}

export interface Trend {
  points: TrendPoint[]
  /** Due days still to come, the nearest first, with how many have not finished. */
  dues: { day: Day; left: number }[]
}

type Done = readonly { day: Day; people: number }[]

/** A day a year later, as text: only compared with others. */
const yearLater = (day: Day): Day => `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`

/** How many had finished by each day: this year up to `day`, and the year before as far as the line goes. */
export function trendOf({ rows, done, doneBefore, opensOn, day }: { rows: readonly CoverageRow[]; done: Done; doneBefore: Done; opensOn: Day; day: Day }): Trend {
  const dues = new Map<Day, number>()
  for (const row of rows) if ((row.duty === 'open' || row.duty === 'begun') && row.dueOn >= day && row.dueOn < OPEN_DAY && groupsOf(row, day).includes('working')) dues.set(row.dueOn, (dues.get(row.dueOn) ?? 0) + row.people)
  const ahead = [...dues].map(([due, left]) => ({ day: due, left })).sort((a, b) => (a.day < b.day ? -1 : 1))
  const before = doneBefore.map((one) => ({ ...one, day: yearLater(one.day) }))
  const firsts = [...done, ...before].map((one) => one.day).sort()
  const first = firsts[0] === undefined ? addDays(day, -28) : addDays(firsts[0], -1)
  const from = first > opensOn ? first : opensOn < day ? opensOn : addDays(day, -28)
  const last = ahead.slice(0, DUES_AHEAD).at(-1)?.day ?? day
  const sum = (list: Done, until: Day) => list.reduce((total, one) => (one.day <= until ? total + one.people : total), 0)
  return { dues: ahead, points: daysOf(from, day, last).map((at) => ({ day: at, now: at <= day ? sum(done, at) : null, before: before.length > 0 ? sum(before, at) : null })) }
}

/** Days from the first to the last in equal steps, `day` and the last among them. */
function daysOf(from: Day, day: Day, last: Day): Day[] {
  const step = Math.max(1, Math.ceil(daysBetween(from, last) / POINTS))
  const days = new Set<Day>([from, day, last])
  for (let at = from; at < last; at = addDays(at, step)) days.add(at)
  return [...days].sort()
}
