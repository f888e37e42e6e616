import { asksKind, type Span } from './audience'
import { OPEN_DAY, type Day } from './calendar'
import type { EngagementKind } from './people'
import type { PlannedRequirement, Rules, TargetKind, Targets } from './planning'

/** On which days others stop a requirement: each version of an entry that names it, from its first day to the day on which a later version of that entry begins. */
export function stopsOf(entries: readonly { id: string; version: number; validFrom: Day; stops?: readonly string[] | undefined }[]): Map<string, Span[]> {
  const spans = new Map<string, Span[]>()
  for (const { id, version, validFrom, stops } of entries) {
    const to = entries.filter((one) => one.id === id && one.version > version).map((one) => one.validFrom).reduce((a, b) => (a < b ? a : b), OPEN_DAY)
    if (to > validFrom) for (const stopped of stops ?? []) spans.set(stopped, [...(spans.get(stopped) ?? []), { from: validFrom, to }])
  }
  return spans
}

/** Whether another entry has stopped a requirement on a day. */
export const isStopped = ({ stopped }: Pick<PlannedRequirement, 'stopped'>, day: Day): boolean => stopped?.some(({ from, to }) => from <= day && day < to) ?? false

/** Of each requirement the newest version that holds on a day, and the day since which any version of it has held; without those that are stopped. */
export function requirementsInForce(requirements: readonly PlannedRequirement[], today: Day): { requirement: PlannedRequirement; since: Day }[] {
  const byId = new Map<string, { requirement: PlannedRequirement; since: Day }>()
  for (const requirement of [...requirements].sort((a, b) => a.version - b.version)) {
    if (requirement.validFrom > today) continue
    byId.set(requirement.id, { requirement, since: byId.get(requirement.id)?.since ?? requirement.validFrom })
  }
  return [...byId.values()].filter(({ requirement }) => !isStopped(requirement, today))
}

/** Whether the texts are there at all; what is assigned stays while they are not. */
export function targetExists({ kind, slug }: { kind: TargetKind; slug: string }, targets: Targets): boolean {
  return kind === 'module' ? targets.hasModule(slug) : targets.lawfulKinds(slug) !== undefined
}

/** Whether there is such a thing to assign, and, for a pledge or its certificate, whether it is lawful for this kind. */
export function isLawful({ target }: PlannedRequirement, kind: EngagementKind, targets: Targets): boolean {
  if (target.kind === 'module') return targets.hasModule(target.slug)
  return targets.lawfulKinds(target.slug)?.includes(kind) ?? false
}

/** Whether a training is asked of this kind before the end: only then may a page speak of one. */
export const hasExitTraining = ({ requirements, targets, today }: Pick<Rules, 'requirements' | 'targets' | 'today'>, kind: EngagementKind): boolean =>
  requirementsInForce(requirements, today).some(({ requirement: { when, target, audience } }) => when.on === 'end' && target.kind === 'module' && asksKind(audience, kind) && targets.hasModule(target.slug))
