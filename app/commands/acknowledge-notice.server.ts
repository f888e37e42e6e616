import { inTransaction } from '../../db/database.server'
import { recordNotice } from '../../db/accounts.server'
import type { SignedInContext } from '../context'
import { recordEvidence } from './evidence.server'

/** Records that the notice of purposes was shown: which version, which bytes and when. A second press changes nothing. */
export async function acknowledgeNotice(context: SignedInContext, shown: { version: string; sha256: readonly string[] }): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    if (!(await recordNotice(tx, context.viewer.accountId, shown.version, context.now))) return
    await recordEvidence(tx, context, {
      type: 'account.noticeShown', subjectEngagementId: context.viewer.engagements[0]?.id,
      payload: { account: context.viewer.accountId, notice: shown.version, rendered: [...shown.sha256] },
    })
  })
}
