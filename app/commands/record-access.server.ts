import { recordAccessRow, recordExportRow } from '../../db/access-log.server'
import { inTransaction } from '../../db/database.server'
import type { Context } from '../context'
import { sha256 } from '../domain/ledger/entry'
import { actorOf, recordEvidence } from './evidence.server'
import { watchAccess } from './watch-access.server'

export interface Taken {
  act: 'download' | 'export'
  /** What was taken: `roster`, `pledge`, `importErrors`, … */
  subjectKind: string
  /** Several where one file holds several companies: each reads of it under its own. */
  subjectId: string | readonly string[]
  /** Whose it is, when it is one person's. */
  subjectEngagementId?: string
  reason: string
  /** The bytes as they leave, or their hash: it tells later which file it was. */
  bytes: Uint8Array | { sha256: string }
  /** For an export: what was in it, as counts and scope, never the data itself. */
  subjects?: Readonly<Record<string, string | number>>
}

/**
 * Records a download in the access log, and an export in the export record too, before the bytes leave (house.md §4.9), with its
 * evidence: a row that somebody deletes is missed in the ledger (R-003-21b).
 */
export async function recordAccess(context: Context, taken: Taken): Promise<{ sha256: string }> {
  const hash = taken.bytes instanceof Uint8Array ? sha256(taken.bytes) : taken.bytes.sha256
  const { now: at } = context
  const actor = actorOf(context)
  const { act, subjectKind, subjectId, reason } = taken
  await inTransaction(context.db, async (tx) => {
    const rows = [subjectId].flat().map((one) => ({ id: context.newId(), subjectId: one }))
    for (const row of rows) await recordAccessRow(tx, { ...row, at, actor, act, subjectKind, reason, sha256: hash })
    if (act === 'export') await recordExportRow(tx, { id: context.newId(), at, actor, reason, kind: subjectKind, subjects: JSON.stringify(taken.subjects ?? {}), sha256: hash })
    await recordEvidence(tx, context, {
      type: 'record.taken', ...(taken.subjectEngagementId && { subjectEngagementId: taken.subjectEngagementId }),
      payload: { access: rows.length === 1 ? rows[0]!.id : rows.map(({ id }) => id), act, kind: subjectKind, of: subjectId, reason, sha256: hash, ...(taken.subjects && { subjects: taken.subjects }) },
    })
    await watchAccess(tx, context)
  })
  return { sha256: hash }
}
