import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { findBlob } from '../../../db/ledger.server'
import { recordAccess } from '../../commands/record-access.server'
import { SCAN_TYPES, type ScanType } from '../../domain/scan'
import { download } from '../../http/download.server'
import { openFinding } from '../../http/findings.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'

const params = z.object({ findingId: z.uuid(), fileId: z.uuid() })

export const loader = guardLoader({ act: 'readChecks', params }, async ({ params: { findingId } }) => redirect(`/checks/findings/${findingId}`))

/** A file that came with a report, for who reports and who reads it: a POST, because who took it is recorded. */
export const action = guardAction({ act: 'readChecks', params, form: z.object({}) }, async ({ context, params: { findingId, fileId } }) => {
  const { acts } = await openFinding(context, findingId)
  const file = acts.flatMap(({ files }) => files).find(({ id }) => id === fileId)
  const blob = file && (await findBlob(context.db, file.sha256))
  if (!file || !blob) throw notFound()
  await recordAccess(context, { act: 'download', subjectKind: 'finding', subjectId: findingId, reason: '直したことを確かめるため', bytes: blob.bytes })
  const type = SCAN_TYPES[file.type as ScanType]
  return download(blob.bytes, { name: `${file.name.replace(/\.(pdf|jpe?g|png)$/i, '')}.${type}`, plainName: `finding_${fileId}.${type}`, type: file.type })
})
