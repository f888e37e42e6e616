import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { findBlob } from '../../../db/ledger.server'
import { signedFiles } from '../../content/filing-record.server'
import { recordAccess } from '../../commands/record-access.server'
import { SCAN_TYPES, type ScanType } from '../../domain/scan'
import { download } from '../../http/download.server'
import { openSheet } from '../../http/filings.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'

const params = z.object({ filingId: z.uuid(), fileId: z.uuid() })

export const loader = guardLoader({ act: 'readChecks', params }, async ({ params: { filingId } }) => redirect(`/checks/${filingId}/record`))

/** A file that lies with a checklist, or lay with it when it was signed, for who answers and who reads it: a POST, because who took it is recorded. */
export const action = guardAction({ act: 'readChecks', params, form: z.object({}) }, async ({ context, params: { filingId, fileId } }) => {
  const { sheet } = await openSheet(context, filingId)
  const file = [...sheet.items.flatMap(({ files }) => files), ...(await signedFiles(context.db, sheet))].find(({ id }) => id === fileId)
  const blob = file && (await findBlob(context.db, file.sha256))
  if (!file || !blob) throw notFound()
  await recordAccess(context, { act: 'download', subjectKind: 'filing', subjectId: filingId, reason: '点検を確かめるため', bytes: blob.bytes })
  const type = SCAN_TYPES[file.type as ScanType]
  const stem = file.name.replace(/\.(pdf|jpe?g|png)$/i, '')
  return download(blob.bytes, { name: `${stem}.${type}`, plainName: `check_${fileId}.${type}`, type: file.type })
})
