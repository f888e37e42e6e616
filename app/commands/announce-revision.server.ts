import { countEngagements, recordPlanChangeSet } from '../../db/assignments.server'
import type { Db, Tx } from '../../db/database.server'
import { createPlanning } from '../../db/planning.server'
import { countForRevision, isAnnounced, recordRevision, type RevisionCount } from '../../db/revisions.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { decideRevision, isOlder, type Revision, type RevisionRefusal } from '../domain/revision'
import { yearAt } from '../domain/wanted'
import { recordEvidence } from './evidence.server'

/** A new version of a module as it is to be announced; `reason` is what everybody reads to whom something is given. */
export type AskedRevision = Omit<Revision, 'onDay'> & { reason: string }

export interface RevisionPreview {
  counts: RevisionCount[]
  people: { finished: number; begun: number; untouched: number }
}

/** Why a revision is not announced. */
export type AnnouncementRefusal = RevisionRefusal | Refusal<'notFound' | 'revisionAnnounced'>

/** Whom a revision would reach, by kind and by where they stand; nothing is written. `inUse` is the version that is served, or is being published. */
export async function previewRevision(context: SignedInContext, asked: AskedRevision, db: Db = context.db, inUse = context.library.current('module', asked.slug)?.meta.version): Promise<RevisionPreview | AnnouncementRefusal> {
  const { viewer, library, now } = context
  const today = dayOf(now)
  if (!may(viewer, 'editContent')) return refuse('notFound')
  const older = library.folder.versions.some((one) => one.kind === 'module' && one.slug === asked.slug && isOlder(one.number, asked.version))
  const counts = await countForRevision(db, { slug: asked.slug, version: asked.version, since: yearAt(today, library.calendar).from, today })
  const refused = decideRevision(asked, { current: inUse, older: older || counts.some(({ finished, begun }) => finished + begun > 0), unitExists: library.current('module', asked.unitSlug) !== undefined })
  if (refused) return refused
  if (await isAnnounced(db, asked.slug, asked.version)) return refuse('revisionAnnounced')
  const sum = (of: (one: RevisionCount) => number) => counts.reduce((all, one) => all + of(one), 0)
  return { counts, people: { finished: sum(({ finished }) => finished), begun: sum(({ begun }) => begun), untouched: sum(({ untouched }) => untouched) } }
}

/**
 * Announces what a new version changes, once a version, in the transaction that brings it into use: a refusal has written nothing. Who
 * finished an older one is given the 差分, or the whole, with ten business days; the planning of everybody is left open for
 * `continuePlanning`, and the nights go on with whoever finishes an older one later.
 */
export async function announceRevision(tx: Tx, context: SignedInContext, asked: AskedRevision): Promise<(RevisionPreview & { revisionId: string; changeSetId: string }) | AnnouncementRefusal> {
  const { viewer, now } = context
  const preview = await previewRevision(context, asked, tx, asked.version)
  if (isRefusal(preview)) return preview as AnnouncementRefusal
  const [revisionId, changeSetId, reason] = [context.newId(), context.newId(), asked.reason.trim()]
  await recordRevision(tx, { id: revisionId, slug: asked.slug, version: asked.version, impact: asked.impact, gives: asked.gives, unit_slug: asked.unitSlug, reason, on_day: dayOf(now), at: now, announced_by: viewer.accountId })
  await recordPlanChangeSet(tx, { id: changeSetId, at: now, actorAccountId: viewer.accountId, note: reason, summary: JSON.stringify({ revision: revisionId, ...preview.people }) })
  if (asked.gives !== 'none') await createPlanning(tx, { id: context.newId(), change_set_id: changeSetId, at: now, total: await countEngagements(tx) })
  await recordEvidence(tx, context, { type: 'content.revised', payload: { module: asked.slug, version: asked.version, impact: asked.impact, gives: asked.gives, unit: asked.unitSlug, reason, people: preview.people } })
  return { ...preview, revisionId, changeSetId }
}
