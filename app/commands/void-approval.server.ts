import { findApproval, findDutyOfPerson, listApprovalEvents, lockDuties, reopenSettled, voidCompletion, voidPaperPledge } from '../../db/approvals.server'
import { inTransaction } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import { recordAssignmentEvent } from '../../db/pledges.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dueAfterVoid, refusalToVoid } from '../domain/approval-decision'
import { dayOf, OPEN_DAY, OPEN_INSTANT, type Day } from '../domain/calendar'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/**
 * Takes back what was accepted by mistake: the duty is open again, or has its due day again. Request, acceptance and record stay as
 * they were; a 'void' that names them is added, and the record loses the slot by which it settled. Another approver does it.
 */
export async function voidApproval(context: SignedInContext, given: { requestId: string; words: string }): Promise<{ dueOn: Day } | Refusal<'notFound' | 'approvalAboutYou' | 'approvalYouDecided' | 'approvalPast' | 'approvalWords'>> {
  const { viewer, now, library } = context
  if (!may(viewer, 'decideApprovals')) return refuse('notFound')
  if (given.words.trim() === '') return refuse('approvalWords')
  const today = dayOf(now)
  return inTransaction(context.db, async (tx) => {
    const request = await findApproval(tx, given.requestId)
    if (!request || (request.outcome !== 'accepted' && request.outcome !== 'partly')) return refuse('notFound')
    await lockDuties(tx, [request.assignment_id])
    const duty = await findDutyOfPerson(tx, request.assignment_id, today)
    if (!duty) return refuse('notFound')
    const notYours = refusalToVoid(viewer, { askedBy: request.asked_by, decidedBy: request.decided_by, personId: duty.personId })
    if (notYours) return notYours
    const events = await listApprovalEvents(tx, [request.assignment_id])
    const accepted = events.find(({ kind, refs }) => kind !== 'void' && refs.request === request.id)
    if (!accepted || events.some(({ refs }) => refs.voids === accepted.id)) return refuse('approvalPast')
    const { kind, refs } = accepted
    // A day that was given again since, or a duty that was settled since, no longer hangs on this acceptance.
    const holds = kind === 'defer' ? duty.settledAt === OPEN_INSTANT && duty.dueOn !== OPEN_DAY && events.filter(({ new_due_on }) => new_due_on !== null).at(-1)!.id === accepted.id
      : kind === 'exempt' ? await reopenSettled(tx, duty.assignmentId, 'exempted')
      : await reopenSettled(tx, duty.assignmentId, 'completed')
    if (!holds) return refuse('approvalPast')
    if (kind === 'credit' && !(refs.act ? await voidPaperPledge(tx, refs.act) : await voidCompletion(tx, refs.completion ?? ''))) throw new Error('A completed duty had lost its record')
    const dueOn = dueAfterVoid(kind === 'defer' ? refs.from! : duty.dueOn, accepted.at, today, library.calendar)
    const event = context.newId()
    await recordAssignmentEvent(tx, {
      id: event, assignmentId: duty.assignmentId, kind: 'void', ...((kind === 'defer' || dueOn !== duty.dueOn) && { newDueOn: dueOn }), reasonCode: request.kind, note: given.words.trim(), requestedBy: null, approvedBy: viewer.accountId, at: now,
      refs: { request: request.id, voids: accepted.id },
    })
    await refreshLine(tx, [duty.engagementId], today)
    await recordEvidence(tx, context, { type: 'approval.voided', subjectEngagementId: duty.engagementId, payload: { request: request.id, assignment: duty.assignmentId, event, voids: accepted.id, dueOn } })
    return { dueOn }
  })
}
