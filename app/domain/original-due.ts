import type { Day, Instant } from './calendar'

/** A day that an event gave to a duty, oldest first. */
export interface GivenDue {
  kind: string
  at: Instant
}

/** A due day that was moved: which had been in force until then, oldest first. */
export interface MovedDue {
  at: Instant
  dueBefore: Day
}

/**
 * 元の期限: the due day that was in force before a 猶予 that still gives the day; however often it was put off since, the first. Null
 * where no 猶予 gives the day: a question answered, or an approval taken back, begins anew.
 */
export function originalDueOf(given: readonly GivenDue[], moved: readonly MovedDue[]): Day | null {
  let since: Instant | null = null
  for (const { kind, at } of given) since = kind === 'defer' ? (since ?? at) : null
  const first = since
  return first === null ? null : (moved.find(({ at }) => at === first)?.dueBefore ?? null)
}
