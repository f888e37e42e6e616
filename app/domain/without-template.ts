import { kindOn, spansInAudience, termOf, type EngagementFacts } from './audience'
import type { EngagementKind } from './people'
import type { PlannedRequirement, Rules } from './planning'
import { isLawful, requirementsInForce } from './requirement'

type PledgeRules = Pick<Rules, 'requirements' | 'targets' | 'today'>

const entryPledges = (rules: PledgeRules): PlannedRequirement[] =>
  requirementsInForce(rules.requirements, rules.today).map(({ requirement }) => requirement).filter(({ when, target }) => when.on === 'start' && (target.kind === 'pledge' || target.kind === 'certificate'))

/** 「様式なし」: kinds of engagement for which no requirement at the start gives a pledge or certificate by a lawful template. */
export function kindsWithoutTemplate(rules: PledgeRules, kinds: readonly EngagementKind[]): EngagementKind[] {
  const starts = entryPledges(rules)
  return kinds.filter((kind) => !starts.some((requirement) => requirement.audience.kinds.includes(kind) && isLawful(requirement, kind, rules.targets)))
}

/** 「様式なし」: engagements in force to which no lawful template is given. */
export function engagementsWithoutTemplate(engagements: readonly EngagementFacts[], rules: PledgeRules): string[] {
  const starts = entryPledges(rules)
  return engagements.filter((facts) => {
    const term = termOf(facts)
    const kind = kindOn(facts, rules.today)
    if (!term || !kind || term.to <= rules.today) return false
    return !starts.some((requirement) => isLawful(requirement, kind, rules.targets) && spansInAudience(requirement.audience, facts).some(({ to }) => to > rules.today))
  }).map(({ engagementId }) => engagementId)
}
