import { sha256 } from '../app/domain/ledger/entry'
import { insertAbsentRows, insertRows, type Db, type Tx } from './database.server'

/** Appends an unsequenced entry with its erasable payload; the sequencer gives it its place later. */
export async function recordLedgerEntry(
  tx: Tx,
  entry: { id: string; type: string; at: number; actorKind: 'person' | 'system'; commitment: string; subjectEngagementId: string | null; actorAccountId: string | null; commandKey: string | null; salt: Uint8Array; bytes: Uint8Array },
): Promise<void> {
  await insertRows(tx, 'ledger_entry', [
    { id: entry.id, type: entry.type, at: entry.at, actor_kind: entry.actorKind, commitment: entry.commitment, subject_engagement_id: entry.subjectEngagementId, actor_account_id: entry.actorAccountId, command_key: entry.commandKey, seq: null, leaf_hash: null },
  ])
  await insertRows(tx, 'ledger_payload', [{ entry_id: entry.id, salt: entry.salt, bytes: entry.bytes }])
}

/** Keeps bytes once under their hash. */
export async function recordBlob(tx: Tx, blob: { sha256: string; mediaType: string; bytes: Uint8Array }): Promise<void> {
  await insertAbsentRows(tx, 'blob', 'sha256', [{ sha256: blob.sha256, media_type: blob.mediaType, size: blob.bytes.byteLength, bytes: blob.bytes }])
}

/** Kept bytes no longer have the hash under which they were kept: the store was changed by another hand, or damaged. */
export class DamagedBytes extends Error {
  constructor(readonly sha256: string) {
    super(`The bytes kept under ${sha256} have another hash`)
  }
}

/** Bytes by their hash, which is taken again each time: what does not fit is never given out. */
export async function findBlob(db: Db, hash: string) {
  const blob = await db.selectFrom('blob').selectAll().where('sha256', '=', hash).executeTakeFirst()
  if (blob && sha256(blob.bytes) !== hash) throw new DamagedBytes(hash)
  return blob
}

/** The answer an earlier run of the same command key gave. */
export async function findCommandResult(db: Db, key: string): Promise<string | undefined> {
  return (await db.selectFrom('command_key').select('result').where('command_key', '=', key).executeTakeFirst())?.result
}

/** Notes that the command of this key has run, in its own transaction; a second run meets the unique key. */
export async function recordCommandKey(tx: Tx, row: { key: string; command: string; at: number; result: string }): Promise<void> {
  await insertRows(tx, 'command_key', [{ command_key: row.key, command: row.command, at: row.at, result: row.result }])
}

/** The newest entry of a type that has no subject, with its payload while that is kept. */
export async function findLastEntry(db: Db, type: string): Promise<{ id: string; payload: Record<string, unknown> } | undefined> {
  const row = await db.selectFrom('ledger_entry as l').innerJoin('ledger_payload as p', 'p.entry_id', 'l.id').select(['l.id', 'p.bytes']).where('l.subject_engagement_id', 'is', null).where('l.type', '=', type).orderBy('l.at', 'desc').orderBy('l.id', 'desc').limit(1).executeTakeFirst()
  return row && { id: row.id, payload: JSON.parse(new TextDecoder().decode(row.bytes)) as Record<string, unknown> }
}
