import type { Instant } from '../app/domain/calendar'
import { insertRows, type Tx } from './database.server'
import type { AccessLogTable } from './schema'

/** Appends who took or looked up what, when and why. */
export async function recordAccessRow(tx: Tx, row: { id: string; at: Instant; actor: string; act: AccessLogTable['act']; subjectKind: string; subjectId: string; reason: string; sha256: string | null }): Promise<void> {
  await insertRows(tx, 'access_log', [{ id: row.id, at: row.at, actor_account_id: row.actor, act: row.act, subject_kind: row.subjectKind, subject_id: row.subjectId, reason: row.reason, sha256: row.sha256 }])
}

/** Appends what left the system in bulk: which subjects, why, and the hash of the bytes. */
export async function recordExportRow(tx: Tx, row: { id: string; at: Instant; actor: string; reason: string; kind: string; subjects: string; sha256: string }): Promise<void> {
  await insertRows(tx, 'export_record', [{ id: row.id, at: row.at, actor_account_id: row.actor, reason: row.reason, kind: row.kind, subjects: row.subjects, sha256: row.sha256 }])
}
