import { z } from 'zod'
import { findListedApprovals } from '../../../db/approval-list.server'
import { findBlob } from '../../../db/ledger.server'
import { recordAccess } from '../../commands/record-access.server'
import { APPROVAL_KINDS } from '../../domain/approval'
import { dayOf } from '../../domain/calendar'
import { SCAN_TYPES, type ScanType } from '../../domain/scan'
import { approvalsSeenBy } from '../../http/approvals-seen.server'
import { download } from '../../http/download.server'
import { guardAction, guardLoader, notFound, toItsForm } from '../../http/guard.server'

export const loader = guardLoader({ act: 'readApprovals' }, toItsForm)

/** The scan of a request, for who asked and who decides: a POST, because who took it is recorded. */
export const action = guardAction({ act: 'readApprovals', params: z.object({ requestId: z.uuid() }), form: z.object({}) }, async ({ context, params }) => {
  const [request] = await findListedApprovals(context.db, await approvalsSeenBy(context), params.requestId, dayOf(context.now))
  const blob = request?.scanSha256 && (await findBlob(context.db, request.scanSha256))
  if (!request || !blob) throw notFound()
  await recordAccess(context, { act: 'download', subjectKind: 'scan', subjectId: request.id, subjectEngagementId: request.engagementId, reason: `${APPROVAL_KINDS[request.kind]}の申請を確かめるため`, bytes: blob.bytes })
  const type = SCAN_TYPES[blob.media_type as ScanType]
  return download(blob.bytes, { name: `控え_${APPROVAL_KINDS[request.kind]}_${request.together > 1 ? `${request.together}人` : request.number}.${type}`, plainName: `scan_${request.id}.${type}`, type: blob.media_type })
})
