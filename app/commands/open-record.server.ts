import { findOpening, recordAccessRow } from '../../db/access-log.server'
import { inTransaction } from '../../db/database.server'
import { lockEngagements } from '../../db/engagements.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { openingsSince, reasonInWords, type LookReason } from '../domain/record-access'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { actorOf, recordEvidence } from './evidence.server'
import { watchAccess } from './watch-access.server'

/**
 * Opens one person's record for the rest of the day: who, when and why are written before anything is shown. Opened again the
 * same day, nothing is added and the first reason stands. The engagement's row is locked, so a double click opens once.
 */
export async function openRecord(context: SignedInContext, given: { engagementId: string; reason: LookReason; words: string }): Promise<{ reason: string } | Refusal<'notFound' | 'reasonInOwnWords'>> {
  const { now, viewer } = context
  if (!may(viewer, 'readPeople')) return refuse('notFound')
  const reason = reasonInWords(given.reason, given.words)
  if (isRefusal(reason)) return reason
  return inTransaction(context.db, async (tx) => {
    if ((await lockEngagements(tx, [given.engagementId])) === 0) return refuse('notFound')
    const before = await findOpening(tx, viewer.accountId, given.engagementId, openingsSince(now))
    if (before) return { reason: before.reason }
    const id = context.newId()
    await recordAccessRow(tx, { id, at: now, actor: actorOf(context), act: 'view', subjectKind: 'person', subjectId: given.engagementId, reason, sha256: null })
    await recordEvidence(tx, context, { type: 'record.opened', subjectEngagementId: given.engagementId, payload: { access: id, reason } })
    await watchAccess(tx, context)
    return { reason }
  })
}
