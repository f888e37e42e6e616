import { addDays, OPEN_DAY, type Day } from './calendar'
import type { Segment } from './timeline'

/** One leave as one text of a report: first day, last day and kind; empty where there is none. */
export const writeLeave = (leave: Segment<string> | undefined): string => (leave ? `${leave.from}〜${leave.to === OPEN_DAY ? '' : addDays(leave.to, -1)}〜${leave.attrs}` : '')

/** What such a text says. */
export function readLeave(text: string): { from: Day | ''; lastDay: Day | ''; reason: string } {
  const [from = '', lastDay = '', reason = ''] = text.split('〜')
  return { from, lastDay, reason }
}
