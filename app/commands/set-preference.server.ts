import { setFurigana } from '../../db/learning.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'

/** Keeps how a person likes to read, on every device. */
export async function setPreference(context: SignedInContext, preference: { furigana: boolean }): Promise<void> {
  await inTransaction(context.db, (tx) => setFurigana(tx, context.viewer.accountId, preference.furigana))
}
