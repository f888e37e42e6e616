import type { DutyOfPerson } from '../../db/approvals.server'
import { settleExempted } from '../../db/approvals.server'
import { recordCompletion } from '../../db/attempts.server'
import type { Tx } from '../../db/database.server'
import { settleAssignment } from '../../db/learning.server'
import { recordBlob } from '../../db/ledger.server'
import { findOperatorCompany, PAPER_GRADE, recordAssignmentEvent, recordPledgeAct, settlePledge } from '../../db/pledges.server'
import type { ApprovalRequestTable } from '../../db/schema'
import { targetTitle } from '../content/target-titles'
import { PLEDGE_TRACK } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import type { Done } from '../domain/approval'
import { startOf, type Day } from '../domain/calendar'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import type { PaperStatement } from '../domain/paper-pledge'

/** What became of a duty, for the evidence. */
export interface Settled {
  event: string
  completion?: string
  act?: string
  receipt?: string
}

/**
 * Puts into force what was approved, in the transaction of the decision: a later due day, being exempt, or the record of what was
 * done elsewhere. That is settled on the day it was done, so that late stays late (A22). The event names the request.
 */
export async function settleApproved(tx: Tx, context: SignedInContext, request: ApprovalRequestTable, duty: DutyOfPerson, effect: { dueOn: Day | null; words: string; receipt: string }): Promise<Settled> {
  const { viewer, now } = context
  const event = context.newId()
  const note = { id: event, assignmentId: duty.assignmentId, reasonCode: request.reason_code, note: effect.words, requestedBy: request.asked_by, approvedBy: viewer.accountId, at: now }
  const refs = { request: request.id }
  if (request.kind === 'defer') {
    await recordAssignmentEvent(tx, { ...note, kind: 'defer', newDueOn: effect.dueOn!, refs: { ...refs, from: duty.dueOn } })
    return { event }
  }
  if (request.kind === 'exempt') {
    await recordAssignmentEvent(tx, { ...note, kind: 'exempt', refs })
    mustHit(await settleExempted(tx, duty.assignmentId, now))
    return { event }
  }
  const done = JSON.parse(request.proposal) as Done
  const id = context.newId()
  if (request.kind === 'paperPledge') {
    await recordAssignmentEvent(tx, { ...note, kind: 'credit', refs: { ...refs, act: id } })
    await recordPaper(tx, context, request, duty, { id, done, receipt: effect.receipt })
    return { event, act: id, receipt: effect.receipt }
  }
  await recordAssignmentEvent(tx, { ...note, kind: 'credit', refs: { ...refs, completion: id } })
  await recordCompletion(tx, {
    id, assignment_id: duty.assignmentId, attempt_id: null, content_version: done.version, bank_version: null, rendered_sha256: request.scan_sha256!, completed_at: startOf(done.on), minutes: done.minutes,
    route: request.kind, scan_sha256: request.scan_sha256, entered_by: request.asked_by, approved_by: viewer.accountId, settle_slot: 1,
  })
  mustHit(await settleAssignment(tx, duty.assignmentId, startOf(done.on), { version: done.version, route: request.kind }))
  return { event, completion: id }
}

/** A pledge on paper: the statement names the scan, the signed day and who entered and accepted it (A36). */
async function recordPaper(tx: Tx, context: SignedInContext, request: ApprovalRequestTable, duty: DutyOfPerson, { id, done, receipt }: { id: string; done: Done; receipt: string }): Promise<void> {
  const addressee = await findOperatorCompany(tx)
  const statement: PaperStatement = {
    format: 'shuhi-paper-pledge-1', receipt, ...(context.settings.demo && { demonstration: true as const }), template: { slug: duty.slug, version: done.version, title: targetTitle(context.library, 'pledge', duty.slug) }, addressee: { companyId: addressee, name: context.library.words.operator },
    signer: { engagementId: duty.engagementId, number: duty.number, kind: duty.kind, nameRegistered: duty.name, nameOnPaper: done.name }, signedOn: done.on, scan: request.scan_sha256!, enteredBy: request.asked_by, acceptedBy: context.viewer.accountId, acceptedAt: context.now,
  }
  const bytes = canonicalBytes(statement)
  await recordBlob(tx, { sha256: sha256(bytes), mediaType: 'application/json', bytes })
  await recordPledgeAct(tx, {
    id, assignment_id: duty.assignmentId, outcome: 'signed', template: duty.slug, version: done.version, track: PLEDGE_TRACK, addressee_company_id: addressee, statement_sha256: sha256(bytes), pages_shown: '[]', clauses_ticked: '[]',
    name_typed: done.name, name_registered: duty.name, auth_method: PAPER_GRADE, credential_origin: PAPER_GRADE, evidence_grade: PAPER_GRADE, signed_at: startOf(done.on), signed_at_text: done.on, address: '', agent: '', note: '', receipt, settle_slot: 1,
  })
  mustHit(await settlePledge(tx, duty.assignmentId, 'completed', startOf(done.on), { version: done.version, route: 'paper' }))
}

function mustHit(hit: boolean): void {
  if (!hit) throw new Error('A duty was settled under the lock of its engagement')
}
