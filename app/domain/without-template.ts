import { kindOn, spansInAudience, termOf, type EngagementFacts } from './audience'
import { OPEN_DAY } from './calendar'
import { companyKindsFor, ENGAGEMENT_KINDS, type CompanyKind, type EngagementKind } from './people'
import type { PlannedRequirement, Rules } from './planning'
import { isLawful, requirementsInForce } from './requirement'

type PledgeRules = Pick<Rules, 'requirements' | 'targets' | 'today'>

const entryPledges = (rules: PledgeRules): PlannedRequirement[] =>
  requirementsInForce(rules.requirements, rules.today).map(({ requirement }) => requirement).filter(({ when, target }) => when.on === 'start' && (target.kind === 'pledge' || target.kind === 'certificate'))

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

/** Kinds of which not everybody is sure to get a lawful text: somebody without unit and scopes, in some kind of company, would be left out. */
export function kindsInDoubt(rules: PledgeRules): EngagementKind[] {
  const plain = (kind: EngagementKind, companyKind: CompanyKind): EngagementFacts =>
    ({ engagementId: companyKind, companyKind, versions: [{ kind, from: rules.today, to: OPEN_DAY, unitCodes: [] }], scopes: [], leaves: [] })
  return (Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]).filter((kind) => engagementsWithoutTemplate(companyKindsFor(kind).map((companyKind) => plain(kind, companyKind)), rules).length > 0)
}
