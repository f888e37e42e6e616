import { isNoted, recordAccessRow } from '../../db/access-log.server'
import { lockAccountRow } from '../../db/access-watch.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { openingsSince, UNASKED, type Unasked } from '../domain/record-access'
import { actorOf, recordEvidence } from './evidence.server'
import { watchAccess } from './watch-access.server'

/** A page of one person that is read without being asked why: of an engagement, or of a class, which is its request. */
export interface UnaskedLook {
  page: Unasked
  subjectId: string
  /** Whose page it is, when it is one person's. */
  engagementId?: string
}

/** Notes that somebody read such a page, once an account, page and day: the account's row is locked, so two tabs at once note it once. */
export async function noteLook(context: SignedInContext, { page, subjectId, engagementId }: UnaskedLook): Promise<void> {
  const { now, viewer } = context
  const reason = UNASKED[page]
  await inTransaction(context.db, async (tx) => {
    await lockAccountRow(tx, viewer.accountId)
    if (await isNoted(tx, viewer.accountId, { act: 'view', subjectKind: page, subjectId }, openingsSince(now))) return
    const id = context.newId()
    await recordAccessRow(tx, { id, at: now, actor: actorOf(context), act: 'view', subjectKind: page, subjectId, reason, sha256: null })
    await recordEvidence(tx, context, { type: 'record.opened', ...(engagementId && { subjectEngagementId: engagementId }), payload: { access: id, kind: page, of: subjectId, reason } })
    await watchAccess(tx, context)
  })
}
