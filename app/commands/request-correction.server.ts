import { inTransaction } from '../../db/database.server'
import { createCorrectionRequest, findOwnDuty } from '../../db/records.server'
import type { SignedInContext } from '../context'
import { sha256 } from '../domain/ledger/entry'
import type { Refusal } from '../domain/refusal'
import { countWords } from './credentials.server'
import { recordEvidence } from './evidence.server'

export type CorrectionSubject = 'minutes' | 'record' | 'registered'

/** Keeps a person's wish that minutes, a record or registered facts be corrected (L32, A35); HR answers it. A duty of others is not found. */
export async function requestCorrection(context: SignedInContext, given: { subject: CorrectionSubject; assignmentId?: string | undefined; body: string }): Promise<{ id: string } | Refusal<'tooManyWords'> | undefined> {
  const { viewer, now } = context
  return inTransaction(context.db, async (tx) => {
    const duty = given.assignmentId ? await findOwnDuty(tx, given.assignmentId, viewer.personId) : undefined
    if (given.assignmentId && !duty) return undefined
    const refused = await countWords(tx, context)
    if (refused) return refused
    const id = context.newId()
    const engagementId = duty?.engagement_id ?? viewer.engagements[0]?.id ?? null
    await createCorrectionRequest(tx, {
      id, person_id: viewer.personId, engagement_id: engagementId, subject: given.subject, assignment_id: duty?.id ?? null, body: given.body, at: now, answered_at: null, answered_by: null, answer: '',
    })
    await recordEvidence(tx, context, {
      type: 'record.correctionRequested', ...(engagementId && { subjectEngagementId: engagementId }),
      payload: { request: id, about: given.subject, assignment: duty?.id ?? '', body: sha256(given.body) },
    })
    return { id }
  })
}
