import { recordAccessRow, recordExportRow } from '../../db/access-log.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { sha256 } from '../domain/ledger/entry'

export interface Taken {
  act: 'download' | 'export'
  /** What was taken: `roster`, `pledge`, `importErrors`, … */
  subjectKind: string
  subjectId: string
  reason: string
  /** The bytes as they leave: their hash tells later which file it was. */
  bytes: Uint8Array
  /** For an export: what was in it, as counts and scope, never the data itself. */
  subjects?: Readonly<Record<string, string | number>>
}

/** Records a download in the access log, and an export in the export record too, before the bytes leave (house.md §4.9). */
export async function recordAccess(context: SignedInContext, taken: Taken): Promise<{ sha256: string }> {
  const hash = sha256(taken.bytes)
  const { now: at, viewer: { accountId: actor } } = context
  await inTransaction(context.db, async (tx) => {
    await recordAccessRow(tx, { id: context.newId(), at, actor, act: taken.act, subjectKind: taken.subjectKind, subjectId: taken.subjectId, reason: taken.reason, sha256: hash })
    if (taken.act === 'export') await recordExportRow(tx, { id: context.newId(), at, actor, reason: taken.reason, kind: taken.subjectKind, subjects: JSON.stringify(taken.subjects ?? {}), sha256: hash })
  })
  return { sha256: hash }
}
