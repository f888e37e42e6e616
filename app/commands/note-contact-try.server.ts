import { inTransaction } from '../../db/database.server'
import { findDeath } from '../../db/deaths.server'
import { listContactTries, recordContactTry } from '../../db/departures.server'
import { lockExitDuty, type ExitSide } from '../../db/exit-duties.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { decideContactTry, type ContactChannel } from '../domain/departure'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { companiesOf } from './ask-approval.server'
import { recordEvidence } from './evidence.server'

/** Who notes what came of a text at the end: HR of the pledge towards the operator, a 会社側担当者 of the certificate of the own company's people. */
export type NotedBy = 'office' | 'employer'

/** The side on which the viewer may note it, or undefined. */
export async function exitSideOf(context: SignedInContext, as: NotedBy): Promise<ExitSide | undefined> {
  if (as === 'office') return may(context.viewer, 'enterRecords') ? { is: 'operator' } : undefined
  const companyIds = may(context.viewer, 'runCompany') ? await companiesOf(context) : []
  return companyIds.length > 0 ? { is: 'employer', companyIds } : undefined
}

/** Why the viewer may note nothing of this person's end: it is their own, or the person has died. */
export async function refusalToNote(tx: Parameters<typeof findDeath>[0], { viewer }: SignedInContext, as: NotedBy, personId: string): Promise<Refusal<'ownDeparture' | 'ownExit' | 'personDied' | 'exitDied'> | null> {
  if (personId === viewer.personId) return refuse(as === 'office' ? 'ownDeparture' : 'ownExit')
  return (await findDeath(tx, personId)) ? refuse(as === 'office' ? 'personDied' : 'exitDied') : null
}

/** Notes a try to reach somebody about the text at the end (A16). The same try entered twice by a double click is one. */
export async function noteContactTry(
  context: SignedInContext,
  given: { engagementId: string; assignmentId: string; onDay: Day; channel: ContactChannel; note: string; as?: NotedBy },
): Promise<{ id: string } | Refusal<'notFound' | 'tryOutside' | 'ownDeparture' | 'ownExit' | 'personDied' | 'exitDied'>> {
  const { now, viewer } = context
  const as = given.as ?? 'office'
  const side = await exitSideOf(context, as)
  if (!side) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const duty = await lockExitDuty(tx, side, given.engagementId, given.assignmentId)
    if (!duty) return refuse('notFound')
    const refused = await refusalToNote(tx, context, as, duty.personId)
    if (refused) return refused
    const decided = decideContactTry(duty, given.onDay, dayOf(now))
    if (isRefusal(decided)) return decided
    const same = (await listContactTries(tx, given.assignmentId)).find((one) => one.onDay === given.onDay && one.channel === given.channel && one.note === given.note)
    if (same) return { id: same.id }
    const one = { id: context.newId(), onDay: given.onDay, channel: given.channel, note: given.note, by: viewer.accountId, at: now }
    await recordContactTry(tx, { ...one, assignmentId: given.assignmentId })
    await recordEvidence(tx, context, { type: 'contact.tried', subjectEngagementId: given.engagementId, payload: { try: one.id, assignment: given.assignmentId, on: one.onDay, channel: one.channel } })
    return { id: one.id }
  })
}
