import { decideNewDue, MOST_NOTE } from './approval'
import { addDays, isDay, type Day, type WorkCalendar } from './calendar'
import { refuse, type Refusal } from './refusal'

/** Why the duties of a whole unit are put off at once (domain.md A33). */
export const UNIT_REASONS = { disaster: '災害', outage: 'システムの障害', transport: '交通や電気の停止', strike: '争議行為', other: 'そのほか' } as const
export type UnitReason = keyof typeof UNIT_REASONS

/** As far back as the event may lie that is the reason. */
export const DAYS_BACK = 31

/** The new due day of everything in a unit that falls due from a day on, or what to mend. Who was late before that day stays late. */
export function decideUnitDeferral(asked: { from: Day; dueOn: Day; words: string }, today: Day, calendar: WorkCalendar): { from: Day; dueOn: Day } | Refusal<'unitFrom' | 'approvalDay' | 'approvalNoDue' | 'unitWords'> {
  const earliest = addDays(today, -DAYS_BACK)
  if (!isDay(asked.from) || asked.from < earliest || asked.from > today) return refuse('unitFrom', { from: earliest, to: today })
  if (asked.words.trim() === '' || asked.words.length > MOST_NOTE) return refuse('unitWords', { most: MOST_NOTE })
  const decided = decideNewDue(today, asked.dueOn, today, calendar)
  return 'dueOn' in decided ? { from: asked.from, dueOn: decided.dueOn } : decided
}
