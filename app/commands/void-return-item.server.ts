import { inTransaction } from '../../db/database.server'
import { findPersonOfEngagement, lockEngagements } from '../../db/engagements.server'
import { voidReturnItem as takeOff } from '../../db/return-items.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Takes an item off the list that does not concern the person; the row stays, with who took it off. Nobody takes one off the own list. */
export async function voidReturnItem(context: SignedInContext, given: { engagementId: string; itemId: string }): Promise<{ id: string } | Refusal<'notFound' | 'ownDeparture'>> {
  const { now, viewer } = context
  if (!may(viewer, 'enterRecords')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    if ((await lockEngagements(tx, [given.engagementId])) === 0) return refuse('notFound')
    if ((await findPersonOfEngagement(tx, given.engagementId)) === viewer.personId) return refuse('ownDeparture')
    if (!(await takeOff(tx, { id: given.itemId, engagementId: given.engagementId, by: viewer.accountId, at: now }))) return refuse('notFound')
    await recordEvidence(tx, context, { type: 'return.voided', subjectEngagementId: given.engagementId, payload: { item: given.itemId } })
    return { id: given.itemId }
  })
}
