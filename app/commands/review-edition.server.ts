import { recordReviews } from '../../db/content.server'
import { inTransaction } from '../../db/database.server'
import { findEdition } from '../content/editions.server'
import type { ReviewStatus } from '../content/library-parts'
import { servePublished } from '../content/published.server'
import type { Kind } from '../content/versions.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Writes down what a review said of a version, beside its sealed words; readers see the last one. */
export async function reviewEdition(context: SignedInContext, given: { kind: Kind; slug: string; version: string; status: ReviewStatus; by: string; note: string }): Promise<{ reviewed: true } | Refusal<'notFound' | 'sameReview'>> {
  const { library, viewer, now, db } = context
  const { kind, slug, version, status } = given
  if (!may(viewer, 'editContent') || !findEdition(library, kind, slug, version)) return refuse('notFound')
  if (library.reviewStatus(kind, slug, version) === status) return refuse('sameReview')
  await inTransaction(db, async (tx) => {
    const id = context.newId()
    await recordReviews(tx, now, [{ id, kind, slug, version, status, by: given.by, on: dayOf(now), note: given.note, entered: id }])
    await recordEvidence(tx, context, { type: 'content.reviewed', commandKey: `content.reviewed ${id}`, payload: { record: id, version: `${kind} ${slug} ${version}`, review: status, reviewer: given.by, words: given.note } })
  })
  await servePublished(library, db)
  return { reviewed: true }
}
