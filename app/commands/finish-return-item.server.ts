import { inTransaction } from '../../db/database.server'
import { findPersonOfEngagement, lockEngagements } from '../../db/engagements.server'
import { finishReturnItem as finish } from '../../db/return-items.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Notes on which day things came back, were erased or stopped. What was noted already stays as it is; nothing else waits for it. Nobody notes it of oneself. */
export async function finishReturnItems(context: SignedInContext, given: { engagementId: string; itemIds: readonly string[]; onDay: Day }): Promise<{ done: number } | Refusal<'notFound' | 'ownDeparture' | 'doneInFuture' | 'nothingChosen'>> {
  const { now, viewer } = context
  if (!may(viewer, 'enterRecords')) return refuse('notFound')
  if (given.itemIds.length === 0) return refuse('nothingChosen')
  if (given.onDay > dayOf(now)) return refuse('doneInFuture')
  return inTransaction(context.db, async (tx) => {
    if ((await lockEngagements(tx, [given.engagementId])) === 0) return refuse('notFound')
    if ((await findPersonOfEngagement(tx, given.engagementId)) === viewer.personId) return refuse('ownDeparture')
    const done: string[] = []
    for (const id of new Set(given.itemIds)) if (await finish(tx, { id, engagementId: given.engagementId, onDay: given.onDay, by: viewer.accountId, at: now })) done.push(id)
    if (done.length > 0) await recordEvidence(tx, context, { type: 'return.done', subjectEngagementId: given.engagementId, payload: { items: done, on: given.onDay } })
    return { done: done.length }
  })
}
