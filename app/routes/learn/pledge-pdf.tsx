import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { findBlob } from '../../../db/ledger.server'
import { findOwnSignedAct, PAPER_GRADE } from '../../../db/pledges.server'
import { paperInWork } from '../../commands/make-pledge-pdf.server'
import { download } from '../../http/download.server'
import { guardLoader, notFound } from '../../http/guard.server'
import { findSignedScan } from '../../http/signed-scan.server'

const params = z.object({ assignmentId: z.string().max(64) })

/** One's copy as PDF: the bytes that were kept, always the same. Not made yet, one is asked to wait a moment. */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { assignmentId } }) => {
  const find = () => findOwnSignedAct(context.db, assignmentId, context.viewer.personId)
  let act = await find()
  if (act?.evidence_grade === PAPER_GRADE) {
    const scan = await findSignedScan(context.db, act)
    if (!scan) throw notFound()
    return scan.answer()
  }
  if (act && act.pdf_sha256 === null) {
    await paperInWork(act.id)
    act = await find()
  }
  if (!act) throw notFound()
  const pdf = act.pdf_sha256 === null ? undefined : await findBlob(context.db, act.pdf_sha256)
  if (!pdf) return redirect(`/pledges/${assignmentId}/receipt?pdf=soon`)
  return download(pdf.bytes, { name: `誓約書_${act.receipt}.pdf`, plainName: `pledge_${act.receipt}.pdf`, type: 'application/pdf' })
})
