import { inTransaction } from '../../db/database.server'
import { listHeardCompanies } from '../../db/hearing.server'
import { refreshLine } from '../../db/line-members.server'
import { findSuspension, recordAssignmentEvent } from '../../db/pledges.server'
import { answerCorrection, answerNote, findRequester, lockAskedPledge, type Ear, type NoteOutcome } from '../../db/questions.server'
import type { SignedInContext } from '../context'
import { may, reachOf } from '../domain/access'
import { dayOf, OPEN_DAY } from '../domain/calendar'
import { dueAfterAnswer } from '../domain/pledge'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'
import { tellOfAnswer } from './tell-of-answer.server'

/** Whose words the viewer may read and answer here: a lower tier's only while it has no 会社側担当者 of its own. */
export async function earOf(context: SignedInContext, as: 'operator' | 'employer'): Promise<Ear | null> {
  const { viewer, db, now } = context
  if (as === 'operator') return may(viewer, 'answerLearners') ? { is: 'operator' } : null
  const reach = reachOf(viewer, 'runCompany')
  return reach.all || reach.companyIds.length === 0 ? null : { is: 'employer', companyIds: await listHeardCompanies(db, reach.companyIds, dayOf(now)) }
}

type Answered = { dueOn: string | null } | Refusal<'notFound' | 'alreadyAnswered' | 'ownRequest'>

/** Answers a question about a pledge: the due date runs again with the days that were left, and the person reads the answer there. */
export async function answerQuestion(context: SignedInContext, given: { assignmentId: string; words: string; as: 'operator' | 'employer' }): Promise<Answered> {
  const { now, viewer, library } = context
  const ear = await earOf(context, given.as)
  if (!ear) return refuse('notFound')
  const today = dayOf(now)
  return inTransaction(context.db, async (tx) => {
    const duty = await lockAskedPledge(tx, given.assignmentId, ear, today)
    if (!duty) return refuse('notFound')
    if (given.as === 'operator' && viewer.engagements.some(({ id }) => id === duty.engagement_id)) return refuse('ownRequest')
    const suspended = await findSuspension(tx, given.assignmentId)
    if (suspended?.reasonCode !== 'question') return refuse('alreadyAnswered')
    const dueOn = dueAfterAnswer({ dueOn: duty.due_on, askedOn: dayOf(suspended.at) }, today, library.calendar)
    const eventId = context.newId()
    await recordAssignmentEvent(tx, { id: eventId, assignmentId: given.assignmentId, kind: 'resume', ...(dueOn !== OPEN_DAY && { newDueOn: dueOn }), reasonCode: 'answered', note: given.words, requestedBy: null, approvedBy: viewer.accountId, at: now })
    await recordEvidence(tx, context, { type: 'learner.answered', subjectEngagementId: duty.engagement_id, payload: { about: 'question', assignment: given.assignmentId, event: eventId, dueOn } })
    await tellOfAnswer(tx, context, { personId: duty.person_id, engagementId: duty.engagement_id, answerId: eventId })
    await refreshLine(tx, [duty.engagement_id], today)
    return { dueOn }
  })
}

/** Answers a request to correct a record, once; never one's own: the record of who decides is kept by another. */
export async function answerCorrectionRequest(context: SignedInContext, given: { requestId: string; words: string }): Promise<Answered> {
  if (!may(context.viewer, 'answerLearners')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    if ((await findRequester(tx, given.requestId)) === context.viewer.personId) return refuse('ownRequest')
    const answered = await answerCorrection(tx, { id: given.requestId, by: context.viewer.accountId, at: context.now, words: given.words })
    if (!answered) return refuse('alreadyAnswered')
    await recordEvidence(tx, context, { type: 'learner.answered', ...(answered.engagementId && { subjectEngagementId: answered.engagementId }), payload: { about: 'correction', request: given.requestId } })
    await tellOfAnswer(tx, context, { ...answered, answerId: given.requestId })
    return { dueOn: null }
  })
}

/** Says what became of a reader's note, once. Who wrote it stays unknown to whoever answers. */
export async function answerReaderNote(context: SignedInContext, given: { noteId: string; outcome: NoteOutcome; words: string }): Promise<Answered> {
  if (!may(context.viewer, 'answerLearners') && !may(context.viewer, 'editContent')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const answered = await answerNote(tx, { id: given.noteId, by: context.viewer.accountId, at: context.now, words: given.words, outcome: given.outcome })
    if (!answered) return refuse('alreadyAnswered')
    await recordEvidence(tx, context, { type: 'learner.answered', payload: { about: 'note', note: given.noteId, outcome: given.outcome } })
    await tellOfAnswer(tx, context, { ...answered, engagementId: null, answerId: given.noteId })
    return { dueOn: null }
  })
}
