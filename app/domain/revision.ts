import { spansInAudience, type EngagementFacts } from './audience'
import type { Day } from './calendar'
import type { ExistingAssignment, PlannedRequirement, Wanted } from './planning'
import { refuse, type Refusal } from './refusal'
import { later, stands, yearAt, type WantingRules } from './wanted'

/** What a new version of a module changes for those who have finished an older one (domain.md A19, A20). */
export const IMPACTS = { minor: '軽微', major: '重要', law: '法改正' } as const
export type Impact = keyof typeof IMPACTS
/** What they are given: nothing, a 差分 unit, or the whole module again. */
export const GIVES = { none: '割り当てない', unit: '差分の研修', whole: '全体をもう一度' } as const
export type Gives = keyof typeof GIVES

export interface Revision {
  slug: string
  /** The new version. */
  version: string
  impact: Impact
  gives: Gives
  /** The 差分 unit; empty where none is given. */
  unitSlug: string
  onDay: Day
}

/** Business days for a 差分, from the announcement or from finishing an older version after it. */
export const REVISION_BUSINESS_DAYS = 10
/** So long may the reason be that everybody reads to whom it is given. */
export const LONGEST_REASON = 200

/** The period of what a revision gives, and under the same name its cause: once a version. */
export const periodOfRevision = ({ slug, version }: Pick<Revision, 'slug' | 'version'>): string => `rev-${slug}-${version}`
/** The module whose revision gives under this period. */
export const slugOfRevision = (period: string): string => period.slice('rev-'.length, period.lastIndexOf('-'))
export const isRevisionPeriod = (period: string): boolean => period.startsWith('rev-')

/** Whether a version is older than another: 1.10 is younger than 1.9. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((one) => one.split('.').map(Number)) as [number[], number[]]
  return a[0]! < b[0]! || (a[0] === b[0] && (a[1] ?? 0) < (b[1] ?? 0))
}

export type RevisionRefusal = Refusal<'revisionNotInUse' | 'revisionIsFirst' | 'revisionImpact' | 'revisionUnit' | 'revisionReason'>

/** Whether a revision may be announced so: of the version in use, with an older one; 軽微 gives nothing, 重要 and 法改正 give something (issue of the 差分). */
export function decideRevision(asked: Omit<Revision, 'onDay'> & { reason: string }, texts: { current?: string; older: boolean; unitExists: boolean }): RevisionRefusal | null {
  if (texts.current !== asked.version) return refuse('revisionNotInUse', { version: texts.current ?? '' })
  if (!texts.older) return refuse('revisionIsFirst')
  if ((asked.impact === 'minor') !== (asked.gives === 'none')) return refuse('revisionImpact')
  if (asked.gives === 'unit' ? !texts.unitExists || asked.unitSlug === asked.slug : asked.unitSlug !== '') return refuse('revisionUnit')
  const length = [...asked.reason.trim()].length
  return length === 0 || length > LONGEST_REASON ? refuse('revisionReason', { most: LONGEST_REASON }) : null
}

/**
 * What a revision gives an engagement: to whoever finished an older version since the fiscal year of the announcement began, while the
 * module is asked of them at all. What was finished stays finished. Who has not begun reads the new version anyway; who is in the
 * middle finishes the old one, and is given the 差分 then.
 */
export function revisionWant(revision: Revision, facts: EngagementFacts, by: WantingRules & { inForce: readonly { requirement: PlannedRequirement }[] }, existing: readonly ExistingAssignment[]): Wanted | undefined {
  if (revision.gives === 'none' || revision.onDay > by.today) return undefined
  const [slug, period] = [revision.gives === 'unit' ? revision.unitSlug : revision.slug, periodOfRevision(revision)]
  const asks = by.inForce.some(({ requirement: { target, audience } }) => target.kind === 'module' && target.slug === revision.slug && spansInAudience(audience, facts).some(({ from, to }) => from <= by.today && by.today < to))
  if (!asks || !by.targets.hasModule(slug)) return undefined
  const same = existing.filter((one) => one.kind === 'module' && one.slug === revision.slug && one.period !== period && stands(one))
  const { from } = yearAt(revision.onDay, by.calendar)
  const finished = same.flatMap(({ settledAs, settledOn, version }) => (settledAs === 'completed' && settledOn !== null && settledOn >= from && version !== undefined && isOlder(version, revision.version) ? [settledOn] : [])).sort()[0]
  if (finished === undefined) return undefined
  const given = existing.some((one) => one.kind === 'module' && one.slug === slug && one.period === period && stands(one))
  const hasNew = same.some(({ settledAs, version }) => settledAs === null || (settledAs === 'completed' && version !== undefined && !isOlder(version, revision.version)))
  if (hasNew && !given) return undefined
  const opens = later(revision.onDay, finished)
  return { kind: 'module', slug, period, opens, due: by.days.after(opens, REVISION_BUSINESS_DAYS), causes: [{ requirementId: period, version: 1 }] }
}
