import type { Tx } from './database.server'

/** Removes what has served its time: old command keys, import drafts, ended sessions, forgotten throttles. Returns how many rows. */
export async function deleteExpired(tx: Tx, before: { commandKeys: number; throttles: number; now: number }): Promise<{ commandKeys: number; drafts: number; sessions: number; throttles: number }> {
  const count = ({ numDeletedRows }: { numDeletedRows: bigint }) => Number(numDeletedRows)
  return {
    commandKeys: count(await tx.deleteFrom('command_key').where('at', '<', before.commandKeys).executeTakeFirst()),
    drafts: count(await tx.deleteFrom('import_draft').where('expires_at', '<', before.now).executeTakeFirst()),
    sessions: count(await tx.deleteFrom('session').where('expires_at', '<', before.now).executeTakeFirst()),
    throttles: count(await tx.deleteFrom('throttle').where('refilled_at', '<', before.throttles).executeTakeFirst()),
  }
}
