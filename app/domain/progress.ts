import { daysBetween, OPEN_DAY, type Day, type Instant, dayOf } from './calendar'

/** Where an assignment stands is derived from facts and now, never stored (house.md §3); the words are look.md §3. */

/** Due within so many days is 「あとN日」. */
export const SOON_DAYS = 7

export interface Due {
  mark: 'todo' | 'soon' | 'late' | 'stop'
  /** Days left; days past when late. */
  days: number
}

/** How near the due day is. Leave stops the clock, and an open-ended one leaves no due day at all. */
export function dueOf(dueOn: Day, today: Day, onLeave = false): Due {
  if (dueOn === OPEN_DAY) return { mark: 'stop', days: 0 }
  const days = daysBetween(today, dueOn)
  if (onLeave) return { mark: 'stop', days: Math.max(0, days) }
  if (days < 0) return { mark: 'late', days: -days }
  return { mark: days <= SOON_DAYS ? 'soon' : 'todo', days }
}

/** Done in time or late; late stays late for ever (A22). */
export const doneMark = (settledAt: Instant, dueOn: Day): 'done' | 'donelate' => (dayOf(settledAt) <= dueOn ? 'done' : 'donelate')

/** The work that is now: what is nearest its due day first, begun before untouched, reading before signing. */
export function inOrderOfUrgency<T extends { dueOn: Day; begun: boolean; kind: string; title: string }>(tasks: readonly T[]): T[] {
  const rank = (task: T) => `${task.dueOn} ${task.begun ? 0 : 1} ${task.kind === 'module' ? 0 : 1}`
  return [...tasks].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
