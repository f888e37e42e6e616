import { kindOn, spansInAudience, termOf, type EngagementFacts } from './audience'
import { dayOf, OPEN_DAY, type Day } from './calendar'
import type { EngagementKind } from './people'
import type { ExistingAssignment, PlannedRequirement, Rules } from './planning'
import { requirementsInForce } from './requirement'
import { wantedBy, yearAt, type NotWanted } from './wanted'
import { Workdays } from './workdays'

/** Why somebody is not in the audience: which of its conditions fails first. */
export type NotAsked = Exclude<NotWanted, 'notInAudience'> | 'over' | 'otherCompany' | 'otherKind' | 'otherUnit' | 'otherCategory' | 'past'

/** How the due day in force came about, in this order. */
export type DueStep = { how: 'rule'; day: Day } | { how: 'heardLate'; day: Day } | { how: 'given'; day: Day } | { how: 'leave'; day: Day } | { how: 'joined'; day: Day } | { how: 'whenBack' }

export interface Explanation {
  requirementId: string
  version: number
  since: Day
  /** What it asks for now; or why it asks nothing. */
  asked: { opens: Day; ruleDue: Day; period: string } | { not: NotAsked; kind: EngagementKind | undefined }
  /** The assignment that serves it, which may be that of another requirement for the same thing. */
  served: ExistingAssignment | null
  dueSteps: DueStep[]
}

/**
 * 「なぜ割り当てられたか／なぜ無いか」, requirement by requirement. Whether something is asked is what planning decides by
 * (domain/wanted), so that the two never differ; a test holds them together.
 */
export function explainAudience(facts: EngagementFacts, existing: readonly ExistingAssignment[], rules: Rules): Explanation[] {
  const { today, targets, calendar } = rules
  const term = termOf(facts)
  const by = { targets, today, days: new Workdays(calendar), year: yearAt(today, calendar) }
  return requirementsInForce(rules.requirements, today).map((held) => {
    const { requirement, since } = held
    const name = { requirementId: requirement.id, version: requirement.version, since }
    const same = existing.filter(({ kind, slug, settledAs }) => kind === requirement.target.kind && slug === requirement.target.slug && settledAs !== 'withdrawn')
    const byCause = same.find(({ causes }) => causes.includes(requirement.id))
    if (!term || term.to <= today) return { ...name, asked: { not: 'over', kind: kindOn(facts, today) }, served: byCause ?? null, dueSteps: [] }
    const want = wantedBy(held, facts, term, by)
    if (typeof want === 'string') return { ...name, asked: { not: want === 'notInAudience' ? notAskedOf(requirement, facts, today) : want, kind: kindOn(facts, today) }, served: byCause ?? null, dueSteps: [] }
    const served = byCause ?? same.find(({ period }) => period === want.period) ?? same.find(({ period }) => period === 'entry') ?? null
    return { ...name, asked: { opens: want.opens, ruleDue: want.due, period: want.period }, served, dueSteps: served ? dueStepsOf(want.due, served, facts) : [] }
  })
}

/** The condition of an audience that keeps somebody out, tried from the outside in. */
function notAskedOf({ audience }: PlannedRequirement, facts: EngagementFacts, today: Day): NotAsked {
  const meets = (part: Partial<typeof audience>) => spansInAudience({ kinds: audience.kinds, ...part }, facts).some(({ to }) => to > today)
  if (audience.companyKinds && !audience.companyKinds.includes(facts.companyKind)) return 'otherCompany'
  if (!meets({})) return 'otherKind'
  if (audience.units && !meets({ units: audience.units })) return 'otherUnit'
  if (audience.categories && !meets({ ...(audience.units && { units: audience.units }), categories: audience.categories })) return 'otherCategory'
  return 'past'
}

/** From the rule's day to the one in force, naming what moved it. */
function dueStepsOf(ruleDue: Day, served: ExistingAssignment, facts: EngagementFacts): DueStep[] {
  const steps: DueStep[] = [{ how: 'rule', day: ruleDue }]
  if (served.due === OPEN_DAY) return [...steps, { how: 'whenBack' }]
  if (served.due === ruleDue) return steps
  if (served.dueGiven !== undefined && served.due === served.dueGiven) return [...steps, { how: 'given', day: served.due }]
  if (facts.leaves.some(({ from, to }) => from <= served.due && to > served.opens && to <= served.due)) return [...steps, { how: 'leave', day: served.due }]
  return [...steps, served.due > ruleDue && ruleDue < dayOf(served.createdAt) ? { how: 'heardLate', day: served.due } : { how: 'joined', day: served.due }]
}
