import type { Instant } from '../app/domain/calendar'
import { insertRows, type Tx } from './database.server'
import type { AccessLogTable } from './schema'

/** Who acts: an account, or the user of the operating system at the command line. */
export type Actor = { account: string } | { system: string }

const columnsOf = (actor: Actor) => ('account' in actor ? { actor_account_id: actor.account, actor_system: '' } : { actor_account_id: null, actor_system: actor.system })

/** Appends who opened, took or looked up what, when and why. */
export async function recordAccessRow(tx: Tx, row: { id: string; at: Instant; actor: Actor; act: AccessLogTable['act']; subjectKind: string; subjectId: string; reason: string; sha256: string | null }): Promise<void> {
  await insertRows(tx, 'access_log', [{ id: row.id, at: row.at, ...columnsOf(row.actor), act: row.act, subject_kind: row.subjectKind, subject_id: row.subjectId, reason: row.reason, sha256: row.sha256 }])
}

/** Appends what left the system in bulk: which subjects, why, and the hash of the bytes. */
export async function recordExportRow(tx: Tx, row: { id: string; at: Instant; actor: Actor; reason: string; kind: string; subjects: string; sha256: string }): Promise<void> {
  await insertRows(tx, 'export_record', [{ id: row.id, at: row.at, ...columnsOf(row.actor), reason: row.reason, kind: row.kind, subjects: row.subjects, sha256: row.sha256 }])
}
