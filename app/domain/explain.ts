import { eachAudience, kindOn, spansInAudience, termOf, type Audience, type EngagementFacts } from './audience'
import { dayOf, OPEN_DAY, type Day } from './calendar'
import type { EngagementKind } from './people'
import type { ExistingAssignment, PlannedRequirement, Rules } from './planning'
import { requirementsInForce } from './requirement'
import { isEventPeriod, wantedBy, yearAt, type NotWanted } from './wanted'
import { Workdays } from './workdays'

/** Why somebody is not in the audience: which of its conditions fails first. */
export type NotAsked = Exclude<NotWanted, 'notInAudience'> | 'over' | 'otherCompany' | 'otherKind' | 'otherUnit' | 'otherRole' | 'otherCategory' | 'past'

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
  const by = { targets, today, calendar, days: new Workdays(calendar), year: yearAt(today, calendar) }
  return requirementsInForce(rules.requirements, today).map((held) => {
    const { requirement, since } = held
    const name = { requirementId: requirement.id, version: requirement.version, since }
    const same = existing.filter(({ kind, slug, settledAs }) => kind === requirement.target.kind && slug === requirement.target.slug && settledAs !== 'withdrawn')
    const byCause = same.find(({ causes }) => causes.includes(requirement.id))
    if (!term || term.to <= today) return { ...name, asked: { not: 'over', kind: kindOn(facts, today) }, served: byCause ?? null, dueSteps: [] }
    const want = wantedBy(held, facts, term, by, existing)
    if (typeof want === 'string') return { ...name, asked: { not: want === 'notInAudience' ? notAskedOf(requirement, facts, today) : want, kind: kindOn(facts, today) }, served: byCause ?? null, dueSteps: [] }
    const served = byCause ?? same.find(({ period }) => period === want.period) ?? same.find(({ period }) => period === 'entry') ?? same.find(({ period }) => isEventPeriod(period)) ?? null
    return { ...name, asked: { opens: want.opens, ruleDue: want.due, period: want.period }, served, dueSteps: served ? dueStepsOf(want.due, served, facts) : [] }
  })
}

/** The condition of an audience that keeps somebody out, tried from the outside in; of several audiences that in which most is met. */
function notAskedOf({ audience }: PlannedRequirement, facts: EngagementFacts, today: Day): NotAsked {
  const reasons = eachAudience(audience).map((one) => notMetOf(one, facts, today))
  return TRIED.findLast((reason) => reasons.includes(reason)) ?? 'past'
}

const TRIED = ['otherCompany', 'otherKind', 'otherUnit', 'otherRole', 'otherCategory', 'past'] as const

function notMetOf({ kinds, companyKinds, units, unitKinds, roles, categories }: Audience, facts: EngagementFacts, today: Day): (typeof TRIED)[number] {
  const meets = (part: Audience) => spansInAudience(part, facts).some(({ to }) => to > today)
  if (companyKinds && !companyKinds.includes(facts.companyKind)) return 'otherCompany'
  if (!meets({ kinds })) return 'otherKind'
  if ((units || unitKinds) && !meets({ kinds, units, unitKinds })) return 'otherUnit'
  if (roles && !meets({ kinds, units, unitKinds, roles })) return 'otherRole'
  if (categories && !meets({ kinds, units, unitKinds, roles, categories })) return 'otherCategory'
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
