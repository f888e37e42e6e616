import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findListedApprovals, listExceptions } from '../../../db/approval-list.server'
import { listApprovalEvents } from '../../../db/approvals.server'
import { listActors } from '../../../db/actors.server'
import { decideApproval } from '../../commands/decide-approval.server'
import { voidApproval } from '../../commands/void-approval.server'
import { withdrawApproval } from '../../commands/withdraw-approval.server'
import { targetTitle } from '../../content/target-titles'
import { may } from '../../domain/access'
import { APPROVAL_KINDS, daysToPutOff, reasonWords, type Done } from '../../domain/approval'
import { refusalToDecide, refusalToVoid } from '../../domain/approval-decision'
import { dayOf } from '../../domain/calendar'
import { periodWords } from '../../domain/duty-words'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { standingOf } from '../../domain/standing'
import { actorWords, approvalsInHandOf, approvalsSeenBy } from '../../http/approvals-seen.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { lookIsNoted } from '../../http/noted.server'
import { effectWords, shownName, whatIsAsked } from '../../ui/approval'
import { ApprovalView } from '../../ui/approval-view'
import { dayWords, instantWords } from '../../ui/format'
import { Page } from '../../ui/page-head'
import { employedAs } from '../../ui/people'
import { Refused } from '../../ui/refused'

const params = z.object({ requestId: z.uuid() })
const MOST_EXCEPTIONS = 20

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data ? data.heading : '申請'}｜守秘` }]

/** One request with what is needed to decide it: the duty, where it stands, earlier exceptions. Never what somebody answered in a test. */
export const loader = guardLoader({ act: 'readApprovals', params, query: z.object({ sent: z.string().max(10).optional() }) }, async ({ context, params: { requestId }, query: { sent } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const seen = await approvalsSeenBy(context)
  const sheet = await findListedApprovals(db, seen, requestId, today)
  const [request] = sheet
  if (!request) throw notFound()
  await lookIsNoted(context, request.together > 1 ? { page: 'classRequest', subjectId: request.id, personId: '' } : { page: 'request', subjectId: request.engagementId, engagementId: request.engagementId, personId: request.personId })
  const [actors, exceptions, events] = [await listActors(db, [request.askedBy, request.decidedBy], today), request.together > 1 ? [] : await listExceptions(db, request.engagementId, MOST_EXCEPTIONS), await listApprovalEvents(db, [request.assignmentId])]
  const by = (account: string | null) => { const actor = account === null ? undefined : actors.get(account); return actor ? actorWords(actor, seen) : '' }
  const voided = events.find(({ kind, refs }) => kind === 'void' && refs.request === request.id)
  const title = targetTitle(library, request.targetKind, request.slug)
  const mayDecide = may(viewer, 'decideApprovals')
  const parties = { askedBy: request.askedBy, decidedBy: request.decidedBy, personId: request.personId }
  const open = sheet.filter(({ outcome }) => outcome === null)
  const done = request.proposal === '' ? null : (JSON.parse(request.proposal) as Done)
  const standing = (one: typeof request) => standingOf({ kind: one.targetKind, dueOn: one.dueOn, settledAt: one.settledAt, settledAs: one.settledAs, begun: one.begun }, { onLeave: one.onLeave, ended: one.validTo <= today }, today)
  const why = mayDecide && open.length > 0 ? refusalToDecide(viewer, parties) : null
  return {
    id: request.id, kind: request.kind, heading: `${APPROVAL_KINDS[request.kind]}の申請`, sent: sent ?? null, together: request.together, title, period: periodWords(request.period), dueOn: dayWords(request.dueOn, today), relation: request.relation, standing: standing(request),
    person: { name: shownName(request.name), number: request.number, employed: employedAs({ kind: request.personKind, relation: request.relation, companyName: request.companyName }), unit: request.unitName },
    reason: reasonWords(request.kind, request.reasonCode), note: request.note, wished: whatIsAsked(request, today), done: done && { on: dayWords(done.on, today), minutes: done.minutes, version: done.version, name: done.name }, hasScan: request.scanSha256 !== null,
    asked: { as: request.askedAs, by: by(request.askedBy), at: instantWords(request.askedAt, today) },
    outcome: request.outcome, decided: request.decidedAt === null ? null : { by: by(request.decidedBy), at: instantWords(request.decidedAt, today), words: request.answer }, voided: voided ? { at: instantWords(voided.at, today), words: voided.note } : null,
    effect: effectWords({ ...request, title, together: open.length }, today), wishedDueOn: request.wishedDueOn, days: daysToPutOff(request.dueOn, today),
    people: request.together > 1 ? sheet.map((one) => ({ id: one.id, name: shownName(one.name), number: one.number, employed: ENGAGEMENT_KINDS[one.personKind], dueOn: dayWords(one.dueOn, today), outcome: one.outcome, relation: one.relation, standing: standing(one) })) : [],
    exceptions: exceptions.map((one) => ({ id: one.id, at: instantWords(one.at, today), kind: one.kind, title: targetTitle(library, one.target_kind, one.target_slug), period: periodWords(one.period), dueOn: one.new_due_on === null ? null : dayWords(one.new_due_on, today) })),
    mayDecide: mayDecide && open.length > 0 && why === null, why: why?.refused ?? null, mayWithdraw: request.outcome === null && request.together === 1 && request.askedBy === viewer.accountId,
    mayVoid: mayDecide && !voided && (request.outcome === 'accepted' || request.outcome === 'partly') && refusalToVoid(viewer, parties) === null,
  }
})

const words = z.string().trim().max(500, '500字までで書いてください。').default('')
const form = z.discriminatedUnion('go', [
  z.object({ go: z.literal('accept'), dueOn: z.string().max(10).optional(), words }),
  z.object({ go: z.literal('return'), dueOn: z.string().max(10).optional(), words }),
  z.object({ go: z.literal('withdraw') }),
  z.object({ go: z.literal('void'), words }),
])

/** Decides, withdraws or takes back; what became of it stands on the page that follows. */
export const action = guardAction({ act: 'readApprovals', params, form }, async ({ context, params: { requestId }, form: sent }) => {
  // What is not in one's hands is not there, also for whoever guesses an address or only reads.
  if ((await findListedApprovals(context.db, await approvalsInHandOf(context), requestId, dayOf(context.now))).length === 0) throw notFound()
  if (!sent.ok) return data({ refused: { refused: 'approvalWords' as const }, given: sent.given as Record<string, unknown> }, { status: 400 })
  const { value } = sent
  const answer = value.go === 'withdraw' ? await withdrawApproval(context, { requestId })
    : value.go === 'void' ? await voidApproval(context, { requestId, words: value.words })
    : await decideApproval(context, { requestId, verdict: value.go === 'accept' ? { is: 'accept', dueOn: value.dueOn || null } : { is: 'return', words: value.words }, words: value.words })
  if (!isRefusal(answer)) return redirect(value.go === 'withdraw' ? '/approvals?view=decided&sent=withdrawn' : `/approvals/${requestId}?sent=${value.go}`, 303)
  if (answer.refused === 'notFound') throw notFound()
  return data({ refused: answer, given: { ...value } as Record<string, unknown> }, { status: 409 })
})

export default function Request() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  return (
    <Page>
      <Refused refused={tried?.refused} />
      <ApprovalView {...page} given={tried?.given ?? {}} />
      {page.mayWithdraw && <Form method="post" className="acts"><button className="btn btn-sm" name="go" value="withdraw">この申請を取り下げる</button></Form>}
    </Page>
  )
}
