import { fiscalYearOf, type Day } from './calendar'
import { asksKind, eachAudience, type Audience } from './audience'
import type { PlannedRequirement, Rules, TargetKind } from './planning'
import { ENGAGEMENT_KINDS, isWorkforce, type EngagementKind } from './people'
import { requirementsInForce } from './requirement'
import { dayOfYear, yearOf } from './wanted'

/** Who is asked; `pledgedBefore`: only those whose pledge of the entry was done before this day (domain/wanted). */
export type AskedAudience = Audience & { pledgedBefore?: Day }

/** One thing that is counted over everybody: a target in a period. */
export interface CoverageScope {
  /** How the address and the derived tables call it: `module-M01-FY2026`. */
  key: string
  kind: TargetKind
  slug: string
  /** 'entry', or a fiscal year. */
  period: string
  /** The days of the fiscal year, half-open: the duty of the entry serves as that of the year (domain/planning). */
  year: { from: Day; to: Day } | null
  /** Who is asked, by the requirements in force; kinds are those for whom the text is lawful. */
  audiences: readonly AskedAudience[]
  /** Since when it is asked. */
  opensOn: Day
}

export const keyOfScope = ({ kind, slug, period }: Pick<CoverageScope, 'kind' | 'slug' | 'period'>): string => `${kind}-${slug}-${period}`

type ScopeRules = Pick<Rules, 'requirements' | 'targets' | 'calendar'>

const KINDS = Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]

/**
 * What can be counted on a day: the trainings of its fiscal year, then what is asked of everybody at the entry. Somebody of the
 * workforce must be asked. What only newcomers are asked, or those whose role or handling is new, is counted with its year.
 */
export function countedScopes(rules: ScopeRules, day: Day): CoverageScope[] {
  const inForce = requirementsInForce(rules.requirements, day)
  const scopes = new Map<string, CoverageScope>()
  for (const on of ['fiscalYear', 'start'] as const)
    for (const { requirement, since } of inForce) {
      const { when, audience } = requirement
      if (when.on !== on || (when.on === 'start' && when.newOnly) || !KINDS.some((kind) => isWorkforce(kind) && asksKind(audience, kind))) continue
      const scope = scopeOf(requirement, since, on === 'start' ? 'entry' : fiscalYearOf(day, rules.calendar), rules)
      if (scope.year !== null && since > scope.opensOn) continue
      const known = scopes.get(scope.key)
      scopes.set(scope.key, known ? { ...known, audiences: [...known.audiences, ...scope.audiences], opensOn: known.opensOn < scope.opensOn ? known.opensOn : scope.opensOn } : scope)
    }
  return [...scopes.values()]
}

/** The same a year before, to be drawn beside it; what is asked once has none. */
export function yearBefore(scope: CoverageScope): { key: string; period: string } | null {
  if (scope.year === null) return null
  const period = `FY${Number(scope.period.slice(2)) - 1}`
  return { key: keyOfScope({ ...scope, period }), period }
}

function scopeOf({ audience, target, when }: PlannedRequirement, since: Day, period: string, { targets, calendar }: ScopeRules): CoverageScope {
  const lawful = target.kind !== 'module' ? (targets.lawfulKinds(target.slug) ?? []) : targets.hasModule(target.slug) ? KINDS : []
  const year = when.on === 'fiscalYear' ? yearOf(period, calendar) : null
  const confirms = year !== null && when.on === 'fiscalYear' && when.confirmsEntry
  const asked = eachAudience(audience).map((one) => ({ ...one, kinds: (one.kinds ?? KINDS).filter((kind) => lawful.includes(kind)), ...(confirms && { pledgedBefore: year.from }) }))
  return {
    key: keyOfScope({ ...target, period }), kind: target.kind, slug: target.slug, period, year, audiences: asked,
    opensOn: year !== null && when.on === 'fiscalYear' ? dayOfYear(year, when.opens) : since,
  }
}
