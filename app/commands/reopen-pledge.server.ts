import { inTransaction } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import { recordAssignmentEvent, reopenPledge } from '../../db/pledges.server'
import { lockSettledPledge } from '../../db/questions.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { decideReopening } from '../domain/pledge'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'
import { tellOfAnswer } from './tell-of-answer.server'

/**
 * After a talk HR hands a declined pledge out again, with a new due day and words for the person. The refusal stays as it was
 * given; whether to sign is still the person's own choice (domain.md A17). Done twice it is done once.
 */
export async function reopenDeclined(
  context: SignedInContext,
  given: { assignmentId: string; dueOn: Day; words: string },
): Promise<{ dueOn: Day } | Refusal<'notFound' | 'notDeclined' | 'templateNotForThem' | 'dueTooSoon'>> {
  const { now, viewer, library } = context
  if (!may(viewer, 'answerLearners')) return refuse('notFound')
  const today = dayOf(now)
  return inTransaction(context.db, async (tx) => {
    const duty = await lockSettledPledge(tx, given.assignmentId, { is: 'operator' }, today)
    if (!duty) return refuse('notFound')
    const inForce = duty.valid_from <= today && today < duty.valid_to
    const decided = decideReopening(library.current('pledge', duty.target_slug)?.meta, { settledAs: duty.settled_as, kind: duty.kind, inForce }, given.dueOn, today, library.calendar)
    if (isRefusal(decided)) return decided
    if (!(await reopenPledge(tx, given.assignmentId))) return refuse('notDeclined')
    const eventId = context.newId()
    await recordAssignmentEvent(tx, { id: eventId, assignmentId: given.assignmentId, kind: 'resume', newDueOn: decided.dueOn, reasonCode: 'reopened', note: given.words, requestedBy: null, approvedBy: viewer.accountId, at: now })
    await recordEvidence(tx, context, { type: 'pledge.reopened', subjectEngagementId: duty.engagement_id, payload: { assignment: given.assignmentId, event: eventId, dueOn: decided.dueOn } })
    await tellOfAnswer(tx, context, { personId: duty.person_id, engagementId: duty.engagement_id, answerId: eventId })
    await refreshLine(tx, [duty.engagement_id], today)
    return decided
  })
}
