import type { Day } from './calendar'

/** A stretch of days (half-open) on which the same holds. Facts of one owner in force never overlap. */
export interface Segment<A> {
  /** The stored fact; absent while it is only wanted. */
  id?: string
  from: Day
  to: Day
  attrs: A
}

/** Which stored facts are superseded and which are recorded instead. */
export interface TimelineChange<A> {
  supersede: Segment<A>[]
  insert: Segment<A>[]
}

/** What is left of segments within [from, to). */
export function within<A>(segments: readonly Segment<A>[], from: Day, to: Day): Segment<A>[] {
  return segments.filter((one) => one.from < to && one.to > from).map((one) => ({ from: one.from < from ? from : one.from, to: one.to > to ? to : one.to, attrs: one.attrs }))
}

/** Joins neighbours that say the same. */
export function joined<A>(segments: readonly Segment<A>[], same: (a: A, b: A) => boolean): Segment<A>[] {
  const result: Segment<A>[] = []
  for (const one of [...segments].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1)
    if (last && last.to === one.from && same(last.attrs, one.attrs)) last.to = one.to
    else result.push({ from: one.from, to: one.to, attrs: one.attrs })
  }
  return result
}

/** The step from what is stored to what is wanted: a fact that stays as it is is not touched. */
export function changeTimeline<A>(stored: readonly Segment<A>[], wanted: readonly Segment<A>[], same: (a: A, b: A) => boolean): TimelineChange<A> {
  const equal = (a: Segment<A>, b: Segment<A>) => a.from === b.from && a.to === b.to && same(a.attrs, b.attrs)
  return {
    supersede: stored.filter((one) => !wanted.some((other) => equal(one, other))),
    insert: wanted.filter((one) => !stored.some((other) => equal(one, other))),
  }
}

/** The segment that holds on a day; before the first the first, after the last the last. Segments come sorted by day. */
export function segmentOn<A>(segments: readonly Segment<A>[], day: Day): Segment<A> | undefined {
  return segments.findLast((one) => one.from <= day) ?? segments[0]
}

/** `attrs` hold from a day on until the end; what held before stays. */
export function holdFrom<A>(segments: readonly Segment<A>[], day: Day, to: Day, attrs: A, same: (a: A, b: A) => boolean): Segment<A>[] {
  return joined([...within(segments, '0000-01-01', day), { from: day, to, attrs }], same)
}
