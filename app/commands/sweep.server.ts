import { inTransaction } from '../../db/database.server'
import { deleteExpired } from '../../db/sweep.server'
import type { Context } from '../context'
import { DAY_MS } from '../domain/calendar'

const COMMAND_KEY_DAYS = 30
const THROTTLE_DAYS = 2

/** Removes expired drafts, sessions, throttles and command keys; nothing that is evidence. */
export async function sweep(context: Context): Promise<Record<string, number>> {
  const { now } = context
  return inTransaction(context.db, (tx) => deleteExpired(tx, { now, commandKeys: now - COMMAND_KEY_DAYS * DAY_MS, throttles: now - THROTTLE_DAYS * DAY_MS }))
}
