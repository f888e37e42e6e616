import { inTransaction } from '../../db/database.server'
import { findDeath } from '../../db/deaths.server'
import { listContactTries, lockExitPledge, recordContactTry } from '../../db/departures.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { decideContactTry, type ContactChannel } from '../domain/departure'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Notes a try to reach somebody about the pledge at the end (A16). The same try entered twice by a double click is one. */
export async function noteContactTry(
  context: SignedInContext,
  given: { engagementId: string; assignmentId: string; onDay: Day; channel: ContactChannel; note: string },
): Promise<{ id: string } | Refusal<'notFound' | 'tryOutside' | 'ownDeparture' | 'personDied'>> {
  const { now, viewer } = context
  if (!may(viewer, 'enterRecords')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const pledge = await lockExitPledge(tx, given.engagementId, given.assignmentId)
    if (!pledge) return refuse('notFound')
    if (pledge.personId === viewer.personId) return refuse('ownDeparture')
    if (await findDeath(tx, pledge.personId)) return refuse('personDied')
    const decided = decideContactTry({ opensOn: pledge.opens_on }, given.onDay, dayOf(now))
    if (isRefusal(decided)) return decided
    const same = (await listContactTries(tx, given.assignmentId)).find((one) => one.onDay === given.onDay && one.channel === given.channel && one.note === given.note)
    if (same) return { id: same.id }
    const one = { id: context.newId(), onDay: given.onDay, channel: given.channel, note: given.note, by: viewer.accountId, at: now }
    await recordContactTry(tx, { ...one, assignmentId: given.assignmentId })
    await recordEvidence(tx, context, { type: 'contact.tried', subjectEngagementId: given.engagementId, payload: { try: one.id, assignment: given.assignmentId, on: one.onDay, channel: one.channel } })
    return { id: one.id }
  })
}
