import { randomBytes } from 'node:crypto'
import type { Tx } from '../../db/database.server'
import { recordLedgerEntry } from '../../db/ledger.server'
import type { Context } from '../context'
import { SALT_BYTES, unsequencedEntry } from '../domain/ledger/entry'
import type { LedgerType } from './catalog'

/** Who acts: the account, the operating system's user at the command line, or the jobs. */
export const actorOf = ({ viewer, systemUser }: Context): { account: string } | { system: string } => (viewer ? { account: viewer.accountId } : { system: systemUser || 'jobs' })

/**
 * Appends the evidence of a fact in the fact's own transaction (house.md §4.1). The payload names the actor, the time, whom it is
 * about and what was done, so that the commitment covers all of it; it lives apart from the entry so that it can be erased alone.
 * Subject and account beside the entry are an index to find it by. Returns the entry's id.
 */
export async function recordEvidence(
  tx: Tx,
  context: Context,
  entry: { type: LedgerType; subjectEngagementId?: string; commandKey?: string; payload: object },
): Promise<string> {
  const id = context.newId()
  const salt = randomBytes(SALT_BYTES)
  const subject = entry.subjectEngagementId ?? null
  const { bytes, commitment } = unsequencedEntry({ ...entry.payload, actor: actorOf(context), at: context.now, entry: id, subject, type: entry.type }, salt)
  await recordLedgerEntry(tx, {
    id, type: entry.type, at: context.now, actorKind: context.viewer ? 'person' : 'system', commitment, salt, bytes,
    subjectEngagementId: subject, actorAccountId: context.viewer?.accountId ?? null, commandKey: entry.commandKey ?? null,
  })
  return id
}
