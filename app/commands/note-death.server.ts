import { findDeath, recordDeath, voidDeath as takeBack } from '../../db/deaths.server'
import { inTransaction, type Tx } from '../../db/database.server'
import { findPersonOfEngagement, lockEngagements } from '../../db/engagements.server'
import { endSessionsOfPeople } from '../../db/sessions.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

type Noted = { personId: string } | Refusal<'notFound' | 'ownDeparture'>

/**
 * Notes that somebody has died (domain.md A32). For the register it is an ordinary end; from now on nothing is sent, asked or handed
 * over, no pledge is sought, the account is closed, and the records are kept as long as any. Noted twice it is noted once.
 */
export function noteDeath(context: SignedInContext, engagementId: string): Promise<Noted> {
  return ofPerson(context, engagementId, async (tx, personId) => {
    if (await findDeath(tx, personId)) return
    await recordDeath(tx, { id: context.newId(), personId, by: context.viewer.accountId, at: context.now })
    await endSessionsOfPeople(tx, [personId])
    await recordEvidence(tx, context, { type: 'person.died', subjectEngagementId: engagementId, payload: { person: personId } })
  })
}

/** Takes it back when it was an error: what was noted stays on record, and the account opens again. */
export function voidDeath(context: SignedInContext, engagementId: string): Promise<Noted> {
  return ofPerson(context, engagementId, async (tx, personId) => {
    if (await takeBack(tx, { personId, by: context.viewer.accountId, at: context.now })) await recordEvidence(tx, context, { type: 'person.died', subjectEngagementId: engagementId, payload: { person: personId, takenBack: true } })
  })
}

function ofPerson(context: SignedInContext, engagementId: string, act: (tx: Tx, personId: string) => Promise<void>): Promise<Noted> {
  return inTransaction(context.db, async (tx) => {
    if (!may(context.viewer, 'enterRecords') || (await lockEngagements(tx, [engagementId])) === 0) return refuse('notFound')
    const personId = (await findPersonOfEngagement(tx, engagementId))!
    if (personId === context.viewer.personId) return refuse('ownDeparture')
    await act(tx, personId)
    return { personId }
  })
}
