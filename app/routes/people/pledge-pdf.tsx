import { z } from 'zod'
import { findBlob } from '../../../db/ledger.server'
import { findPersonsSignedAct } from '../../../db/person.server'
import { PAPER_GRADE } from '../../../db/pledges.server'
import { dayOf } from '../../domain/calendar'
import { makePledgePdf } from '../../commands/make-pledge-pdf.server'
import { recordAccess } from '../../commands/record-access.server'
import { download } from '../../http/download.server'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { findSignedScan } from '../../http/signed-scan.server'

export const loader = guardLoader({ act: 'readPeople' }, toItsForm)

/** The paper of a pledge signed towards the operator: a POST, because who took it is recorded, for the reason for which the record was opened. One towards an employer is not there. */
export const action = guardAction(
  { act: 'readPeople', params: z.object({ engagementId: z.uuid() }), form: z.object({ assignmentId: z.uuid() }) },
  async ({ context, params, form }) => {
    if (!form.ok) throw notFound()
    const reason = await mustBeOpen(context, params.engagementId)
    const act = await findPersonsSignedAct(context.db, params.engagementId, form.value.assignmentId, dayOf(context.now))
    const taken = (bytes: Uint8Array) => recordAccess(context, { act: 'download', subjectKind: 'pledge', subjectId: act!.id, subjectEngagementId: params.engagementId, reason, bytes })
    const scan = act?.evidence_grade === PAPER_GRADE ? await findSignedScan(context.db, act) : undefined
    if (scan) {
      await taken(scan.bytes)
      return scan.answer()
    }
    const hash = act && (await makePledgePdf(context, act.id))
    const blob = hash && (await findBlob(context.db, hash))
    if (!act || !blob) throw notFound()
    await taken(blob.bytes)
    return download(blob.bytes, { name: `誓約書_${act.receipt}.pdf`, plainName: `pledge_${act.receipt}.pdf`, type: 'application/pdf' })
  },
)
