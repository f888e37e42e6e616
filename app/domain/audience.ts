import { OPEN_DAY, type Day } from './calendar'
import type { Category, CompanyKind, EngagementKind } from './people'

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
  /** `unitCodes`: the unit and those above it; may stay empty while no requirement names units. */
  versions: readonly (Span & { kind: EngagementKind; unitCodes: readonly string[] })[]
  scopes: readonly (Span & { category: Category })[]
  leaves: readonly Span[]
}

/** Who is asked for something. What is not named is not asked for. */
export interface Audience {
  kinds: readonly EngagementKind[]
  companyKinds?: readonly CompanyKind[]
  units?: readonly string[]
  categories?: readonly Category[]
}

/** The stretches of days on which an engagement belongs to an audience, in order, neighbours joined. */
export function spansInAudience(audience: Audience, facts: EngagementFacts): Span[] {
  if (audience.companyKinds && !audience.companyKinds.includes(facts.companyKind)) return []
  const { units, categories } = audience
  const byVersion = joinSpans(facts.versions.filter((version) => audience.kinds.includes(version.kind) && (!units || version.unitCodes.some((code) => units.includes(code)))))
  if (!categories || byVersion.length === 0) return byVersion
  const byScope = joinSpans(facts.scopes.filter((scope) => categories.includes(scope.category)))
  return byVersion.flatMap((a) => byScope.filter((b) => a.from < b.to && b.from < a.to).map((b) => ({ from: a.from > b.from ? a.from : b.from, to: a.to < b.to ? a.to : b.to })))
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
