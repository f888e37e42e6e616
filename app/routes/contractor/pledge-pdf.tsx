import { z } from 'zod'
import { findPledgeKeptBy } from '../../../db/certificates.server'
import { findBlob } from '../../../db/ledger.server'
import { makePledgePdf } from '../../commands/make-pledge-pdf.server'
import { recordAccess } from '../../commands/record-access.server'
import { reachOf } from '../../domain/access'
import { download } from '../../http/download.server'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'

export const loader = guardLoader({ act: 'runCompany' }, toItsForm)

/**
 * The paper of a pledge that the viewer's own company was promised and keeps (domain.md PL2, PL3). A lower tier keeps its own.
 * A POST, because who took it is recorded.
 */
export const action = guardAction({ act: 'runCompany', form: z.object({ assignmentId: z.uuid() }) }, async ({ context, form }) => {
  if (!form.ok) throw notFound()
  const reach = reachOf(context.viewer, 'runCompany')
  const act = reach.all ? undefined : await findPledgeKeptBy(context.db, reach.companyIds, form.value.assignmentId)
  const hash = act && (await makePledgePdf(context, act.id))
  const blob = hash && (await findBlob(context.db, hash))
  if (!act || !blob) throw notFound()
  await recordAccess(context, { act: 'download', subjectKind: 'pledge', subjectId: act.id, reason: '雇い主としての保管', bytes: blob.bytes })
  return download(blob.bytes, { name: `誓約書_${act.receipt}.pdf`, plainName: `pledge_${act.receipt}.pdf`, type: 'application/pdf' })
})
