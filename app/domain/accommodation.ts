/** 合理的配慮 (障害者雇用促進法36条の3; domain.md L28, A28): more time for tests, for all of them or for one module's. */
export const MOST_EXTRA_MINUTES = 240

export interface ExtraTime {
  id: string
  /** '' for every test. */
  target: string
  minutes: number
}

/**
 * What granting does to what is in force: nothing when the same is granted already, else the new one takes the place of the one
 * for the same tests. Attempts that are open keep the time they were opened with.
 */
export function planExtraTime(inForce: readonly ExtraTime[], asked: Omit<ExtraTime, 'id'>): { same: string } | { replaces: string | null } {
  const held = inForce.find(({ target }) => target === asked.target)
  return held?.minutes === asked.minutes ? { same: held.id } : { replaces: held?.id ?? null }
}

/** The minutes that count for a module's test: the more helpful of what is granted for all tests and for this one. */
export const extraMinutesFor = (inForce: readonly Omit<ExtraTime, 'id'>[], slug: string): number =>
  Math.max(0, ...inForce.filter(({ target }) => target === '' || target === slug).map(({ minutes }) => minutes))
