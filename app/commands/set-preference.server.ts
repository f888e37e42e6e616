import { setReading } from '../../db/learning.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import type { Reading } from '../domain/tracks'

/** Keeps how a person likes to read, on every device; what is not named stays. */
export async function setPreference(context: SignedInContext, preference: Partial<Reading>): Promise<void> {
  await inTransaction(context.db, (tx) => setReading(tx, context.viewer.accountId, preference))
}
