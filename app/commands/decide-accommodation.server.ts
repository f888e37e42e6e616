import { listExtraTime, recordExtraTime, voidExtraTime } from '../../db/accommodations.server'
import { inTransaction } from '../../db/database.server'
import { lockEngagements } from '../../db/engagements.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { planExtraTime } from '../domain/accommodation'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/**
 * Grants more time for tests (domain.md L28, A28). It counts from the next attempt that is opened; one that is open keeps its time.
 * Granted twice it is granted once. The evidence holds no reason: that is 要配慮 and stays in the row, for HR and the person.
 */
export async function grantExtraTime(context: SignedInContext, given: { engagementId: string; target: string; minutes: number; note: string }): Promise<{ id: string } | Refusal<'notFound'>> {
  const { viewer, now, library } = context
  if (!may(viewer, 'decideAccommodations') || (given.target !== '' && !library.current('module', given.target))) return refuse('notFound')
  const { engagementId, target, minutes } = given
  return inTransaction(context.db, async (tx) => {
    if ((await lockEngagements(tx, [engagementId])) === 0) return refuse('notFound')
    const plan = planExtraTime(await listExtraTime(tx, engagementId), given)
    if ('same' in plan) return { id: plan.same }
    if (plan.replaces !== null) await voidExtraTime(tx, { id: plan.replaces, engagementId, by: viewer.accountId, at: now })
    const id = context.newId()
    await recordExtraTime(tx, { id, engagementId, target, minutes, note: given.note, decidedBy: viewer.accountId, at: now })
    await recordEvidence(tx, context, { type: 'accommodation.decided', subjectEngagementId: engagementId, payload: { act: 'granted', accommodation: id, target, minutes, replaces: plan.replaces } })
    return { id }
  })
}

/** Takes extra time back from the next attempt on. */
export async function voidAccommodation(context: SignedInContext, given: { engagementId: string; id: string }): Promise<{ id: string } | Refusal<'notFound'>> {
  const { viewer, now } = context
  if (!may(viewer, 'decideAccommodations')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    await lockEngagements(tx, [given.engagementId])
    if (!(await voidExtraTime(tx, { ...given, by: viewer.accountId, at: now }))) return refuse('notFound')
    await recordEvidence(tx, context, { type: 'accommodation.decided', subjectEngagementId: given.engagementId, payload: { act: 'voided', accommodation: given.id } })
    return { id: given.id }
  })
}
