import { closeApproval, findApproval } from '../../db/approvals.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Takes one's own request back while it waits. */
export async function withdrawApproval(context: SignedInContext, given: { requestId: string }): Promise<{ requestId: string } | Refusal<'notFound' | 'approvalDecided'>> {
  const { viewer, now } = context
  return inTransaction(context.db, async (tx) => {
    const request = await findApproval(tx, given.requestId)
    if (!request || request.asked_by !== viewer.accountId) return refuse('notFound')
    if (!(await closeApproval(tx, request.id, { accountId: viewer.accountId, at: now, outcome: 'withdrawn', answer: '' }))) return refuse('approvalDecided')
    await recordEvidence(tx, context, { type: 'approval.withdrawn', subjectEngagementId: request.engagement_id, payload: { request: request.id, assignment: request.assignment_id } })
    return { requestId: request.id }
  })
}
