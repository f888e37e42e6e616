import type { ExistingAssignment, Wanted } from './planning'
import { firstOf, isEventPeriod, stands, under, type Year } from './wanted'

/** How requirements for the same target share a duty, so that the same thing is not asked for twice. */

/** By what a duty is told from others of its engagement. */
export const keyOf = ({ kind, slug, period }: Pick<Wanted, 'kind' | 'slug' | 'period'>) => `${kind} ${slug} ${period}`

interface Given {
  existing: readonly ExistingAssignment[]
  year: Year
}

/** Adds what is wanted, or joins it to the same: the earliest days win. */
export function join(wanted: Map<string, Wanted>, want: Wanted): void {
  const there = wanted.get(keyOf(want))
  if (!there) return void wanted.set(keyOf(want), want)
  there.causes.push(...want.causes)
  if (want.due < there.due) there.due = want.due
  if (want.opens < there.opens) there.opens = want.opens
}

/**
 * What follows from an event joins what stands open for the same target: the duty of the entry, that of this year, one of an earlier
 * year that it had joined, or that of another event; answers with what is left to want. What has been told to somebody is not made
 * due earlier by it.
 */
export function joinOpen(want: Wanted, wanted: Map<string, Wanted>, { yearly, existing, year }: Given & { yearly: readonly Wanted[] }): Wanted | undefined {
  const same = existing.filter((one) => one.kind === want.kind && one.slug === want.slug && stands(one))
  if (same.some(({ period }) => period === want.period)) return want
  const open = same.filter(({ settledAs }) => settledAs === null)
  if (open.some(({ period, causes }) => period < year.period && period.startsWith('FY') && want.causes.every(({ requirementId }) => causes.includes(requirementId)))) return undefined
  const entry = wanted.get(keyOf({ ...want, period: 'entry' }))
  const before = same.find(({ period }) => period === 'entry')
  if (entry && (!before || before.settledAs === null)) {
    entry.causes.push(...want.causes)
    if (!before && want.due < entry.due && want.due >= entry.opens) entry.due = want.due
    return undefined
  }
  const ofYear = yearly.find((one) => keyOf(one) === keyOf({ ...want, period: one.period }))
  if (ofYear && open.some(({ period }) => period === ofYear.period)) return void ofYear.causes.push(...want.causes)
  return under(want, firstOf(open.filter(({ period }) => isEventPeriod(period))))
}

/**
 * The yearly duty joins that of the entry, or of an appointment or new scope, for the same target while that one is open or when it
 * was settled within this year (so always in the year of entry): the same thing is not asked for twice. Otherwise each year is a row
 * of its own (A23).
 */
export function joinEvent(want: Wanted, wanted: Map<string, Wanted>, { existing, year }: Given): boolean {
  if (existing.some((one) => keyOf(one) === keyOf(want) && stands(one))) return false
  for (const other of wanted.values()) {
    if (other.kind !== want.kind || other.slug !== want.slug || (other.period !== 'entry' && !isEventPeriod(other.period))) continue
    const before = existing.find((one) => keyOf(one) === keyOf(other))
    const open = !before || before.settledAs === null || !stands(before)
    if (!open && (before.settledOn ?? '') < year.from) continue
    other.causes.push(...want.causes)
    if (want.due < other.due && want.due >= other.opens) other.due = want.due
    return true
  }
  return false
}
