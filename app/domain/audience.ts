import { OPEN_DAY, type Day } from './calendar'
import type { AskedRole, Category, CompanyKind, EngagementKind, UnitKind } from './people'

/** Days, half-open. */
export interface Span {
  from: Day
  to: Day
}

/** What planning knows of one engagement: the facts in force as known now, none when the engagement was undone. */
export interface EngagementFacts {
  engagementId: string
  /** True while it is only about to begin, or has just begun: nothing can have been assigned to it. */
  begins?: boolean
  companyKind: CompanyKind
  /** `unitCodes`, `unitKinds`: the unit and those above it; may stay empty while no requirement names units. */
  versions: readonly (Span & { kind: EngagementKind; unitCodes: readonly string[]; unitKinds?: readonly UnitKind[] })[]
  scopes: readonly (Span & { category: Category })[]
  /** What somebody is appointed to; may be left out while no requirement names roles. */
  roles?: readonly (Span & { role: AskedRole })[]
  leaves: readonly Span[]
}

/** Who is asked for something: whoever meets every condition that is named. */
export interface Audience {
  /** Everybody when left out. */
  kinds?: readonly EngagementKind[]
  companyKinds?: readonly CompanyKind[]
  units?: readonly string[]
  unitKinds?: readonly UnitKind[]
  roles?: readonly AskedRole[]
  categories?: readonly Category[]
}

/** One audience, or several of which any is enough. */
export type Audiences = Audience | readonly Audience[]

/** The alternatives of which any is enough. */
export const eachAudience = (audiences: Audiences): readonly Audience[] => (Array.isArray(audiences) ? (audiences as readonly Audience[]) : [audiences as Audience])

/** Whether an audience leaves a kind in. */
export const asksKind = (audiences: Audiences, kind: EngagementKind): boolean => eachAudience(audiences).some(({ kinds }) => !kinds || kinds.includes(kind))

/** The stretches of days on which an engagement belongs to an audience, in order, neighbours joined. */
export function spansInAudience(audiences: Audiences, facts: EngagementFacts): Span[] {
  const each = eachAudience(audiences)
  return each.length === 1 ? spansIn(each[0]!, facts) : joinSpans(each.flatMap((audience) => spansIn(audience, facts)))
}

function spansIn(audience: Audience, facts: EngagementFacts): Span[] {
  const placed = spansOfPlace(audience, facts)
  if (!audience.categories || placed.length === 0) return placed
  return overlapsOf(placed, joinSpans(facts.scopes.filter(({ category }) => audience.categories!.includes(category))))
}

/** The stretches by kind, company, unit and role: all but what is handled. */
function spansOfPlace({ kinds, companyKinds, units, unitKinds, roles }: Audience, facts: EngagementFacts): Span[] {
  if (companyKinds && !companyKinds.includes(facts.companyKind)) return []
  const byVersion = joinSpans(facts.versions.filter((version) =>
    (!kinds || kinds.includes(version.kind)) && (!units || version.unitCodes.some((code) => units.includes(code))) && (!unitKinds || version.unitKinds?.some((kind) => unitKinds.includes(kind)))))
  if (!roles || byVersion.length === 0) return byVersion
  return overlapsOf(byVersion, joinSpans((facts.roles ?? []).filter(({ role }) => roles.includes(role))))
}

/**
 * The days on which an engagement was given something new to handle, category by category, of what it handles today or will. What it
 * handles from its first day on is no such day: that is part of beginning.
 */
export function daysOfNewScope(audiences: Audiences, facts: EngagementFacts, today: Day): Day[] {
  const first = termOf(facts)?.from
  const days = eachAudience(audiences).flatMap((audience) => {
    const placed = spansOfPlace(audience, facts)
    const categories = audience.categories ?? [...new Set(facts.scopes.map(({ category }) => category))]
    return categories.flatMap((one) => overlapsOf(placed, joinSpans(facts.scopes.filter(({ category }) => category === one)))).filter(({ from, to }) => to > today && from !== first).map(({ from }) => from)
  })
  return [...new Set(days)].sort()
}

function overlapsOf(some: readonly Span[], others: readonly Span[]): Span[] {
  return some.flatMap((a) => others.filter((b) => a.from < b.to && b.from < a.to).map((b) => ({ from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to })))
}

/** Joins stretches that touch or overlap. */
export function joinSpans(spans: readonly Span[]): Span[] {
  if (spans.length === 1) return [{ from: spans[0]!.from, to: spans[0]!.to }]
  const joined: Span[] = []
  for (const { from, to } of [...spans].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = joined.at(-1)
    if (last && last.to >= from) last.to = last.to > to ? last.to : to
    else joined.push({ from, to })
  }
  return joined
}

/** When the engagement begins and ends (end exclusive); undefined when no fact of it is in force. */
export function termOf(facts: Pick<EngagementFacts, 'versions'>): Span | undefined {
  if (facts.versions.length === 0) return undefined
  const ends = facts.versions.map(({ to }) => to)
  return { from: facts.versions.map(({ from }) => from).reduce((a, b) => (a < b ? a : b)), to: ends.includes(OPEN_DAY) ? OPEN_DAY : ends.reduce((a, b) => (a > b ? a : b)) }
}

/** The kind in force on a day, else the first to come, else the last that was. */
export function kindOn(facts: Pick<EngagementFacts, 'versions'>, day: Day): EngagementKind | undefined {
  const sorted = [...facts.versions].sort((a, b) => (a.from < b.from ? -1 : 1))
  return (sorted.find(({ from, to }) => from <= day && day < to) ?? sorted.find(({ from }) => from > day) ?? sorted.at(-1))?.kind
}
