import { randomBytes } from 'node:crypto'
import { closeApproval, findDutyOfPerson, listSheet, lockDuties, type DutyOfPerson } from '../../db/approvals.server'
import { inTransaction, type Tx } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import type { ApprovalRequestTable } from '../../db/schema'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import type { AskRefusal, ApprovalOutcome } from '../domain/approval'
import { decideVerdict, refusalToDecide, type Effect, type Verdict } from '../domain/approval-decision'
import { dayOf, type Day } from '../domain/calendar'
import { RECEIPT_BYTES, receiptNumber } from '../domain/pledge'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'
import { settleApproved } from './settle-approved.server'
import { tellOfDecision } from './tell-of-approval.server'

export interface Decided {
  /** How many requests were decided, and how many of a class could not be, because the duty was settled meanwhile or is the approver's own. */
  count: number
  left: number
  outcome: ApprovalOutcome
}

type Refused = AskRefusal | Refusal<'notFound' | 'approvalDecided' | 'approvalAboutYou' | 'approvalYouAsked' | 'approvalWords'>

/**
 * Decides a request, once: accepts it, for 猶予 with another day, or sends it back with words. What it asked comes into force in the
 * same transaction. Those who came to one class are decided together; whoever cannot be is left for another.
 */
export async function decideApproval(context: SignedInContext, given: { requestId: string; verdict: Verdict; words: string }): Promise<Decided | Refused> {
  if (!may(context.viewer, 'decideApprovals')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const named = await listSheet(tx, given.requestId)
    if (named.length === 0) return refuse('notFound')
    await lockDuties(tx, named.map(({ assignment_id }) => assignment_id))
    const sheet = await listSheet(tx, given.requestId) // as it stands under the lock: another may have been quicker
    const asked = sheet.find(({ id }) => id === given.requestId)!
    const open = sheet.filter(({ open_slot }) => open_slot === 1)
    if (open.length === 0 || (asked.kind !== 'class' && asked.open_slot === null)) return refuse('approvalDecided')
    let first: Refused | undefined
    let decided: Decided | undefined
    for (const request of open) {
      const answer = await decideOne(tx, context, request, given)
      if (isRefusal(answer)) first ??= answer
      else {
        // of a class the asker hears once
        if (!decided) await tellOfDecision(tx, context, { requestId: request.id, kind: request.kind, duty: answer.duty, together: open.length }, { askedBy: request.asked_by, askedAs: request.asked_as, outcome: answer.outcome, dueOn: answer.dueOn })
        decided = { count: (decided?.count ?? 0) + 1, left: 0, outcome: answer.outcome }
      }
    }
    await refreshLine(tx, open.map(({ engagement_id }) => engagement_id), dayOf(context.now))
    return decided ? { ...decided, left: open.length - decided.count } : first!
  })
}

async function decideOne(tx: Tx, context: SignedInContext, request: ApprovalRequestTable, { verdict, words }: { verdict: Verdict; words: string }): Promise<{ outcome: Effect['outcome']; dueOn: Day | null; duty: DutyOfPerson } | Refused> {
  const { viewer, now, library } = context
  const today = dayOf(now)
  const duty = await findDutyOfPerson(tx, request.assignment_id, today)
  if (!duty) return refuse('notFound')
  const notYours = refusalToDecide(viewer, { askedBy: request.asked_by, decidedBy: null, personId: duty.personId })
  if (notYours) return notYours
  const effect = decideVerdict({ kind: request.kind, wishedDueOn: request.wished_due_on }, verdict, duty, today, library.calendar)
  if (isRefusal(effect)) return effect
  const said = verdict.is === 'return' ? verdict.words.trim() : words.trim()
  if (!(await closeApproval(tx, request.id, { accountId: viewer.accountId, at: now, outcome: effect.outcome, answer: said }))) return refuse('approvalDecided')
  const settled = verdict.is === 'accept' ? await settleApproved(tx, context, request, duty, { dueOn: effect.dueOn, words: said, receipt: receiptNumber(now, randomBytes(RECEIPT_BYTES)) }) : undefined
  await recordEvidence(tx, context, { type: 'approval.decided', subjectEngagementId: duty.engagementId, payload: { request: request.id, assignment: duty.assignmentId, kind: request.kind, outcome: effect.outcome, dueOn: effect.dueOn, words: said, ...settled } })
  return { ...effect, duty }
}
