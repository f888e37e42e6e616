import { randomBytes } from 'node:crypto'
import type { Tx } from '../../db/database.server'
import { recordLedgerEntry } from '../../db/ledger.server'
import type { Context } from '../context'
import { SALT_BYTES, unsequencedEntry } from '../domain/ledger/entry'
import type { LedgerType } from './catalog'

/**
 * Appends the evidence of a fact in the fact's own transaction (house.md §4.1). The payload names the actor, the time and what
 * was done; it lives apart from the entry so that it can be erased alone. Returns the entry's id.
 */
export async function recordEvidence(
  tx: Tx,
  context: Context,
  entry: { type: LedgerType; subjectEngagementId?: string; commandKey?: string; payload: object },
): Promise<string> {
  const id = context.newId()
  const salt = randomBytes(SALT_BYTES)
  const actor = context.viewer ? { account: context.viewer.accountId } : { system: true }
  const { bytes, commitment } = unsequencedEntry({ ...entry.payload, actor, at: context.now, entry: id, type: entry.type }, salt)
  await recordLedgerEntry(tx, {
    id, type: entry.type, at: context.now, actorKind: context.viewer ? 'person' : 'system', commitment, salt, bytes,
    subjectEngagementId: entry.subjectEngagementId ?? null, commandKey: entry.commandKey ?? null,
  })
  return id
}
