import { inTransaction } from '../../db/database.server'
import { endSession, endSessions } from '../../db/sessions.server'
import type { SignedInContext } from '../context'

/** Ends the session at hand. */
export async function signOut(context: SignedInContext): Promise<void> {
  const { accountId, sessionId } = context.viewer
  await inTransaction(context.db, (tx) => endSession(tx, accountId, sessionId))
}

/** Ends one of one's own sessions, by the hash of its token; somebody else's is not found. */
export async function endOwnSession(context: SignedInContext, sessionId: string): Promise<boolean> {
  return inTransaction(context.db, (tx) => endSession(tx, context.viewer.accountId, sessionId))
}

/** Ends all of one's own sessions but the one at hand. */
export async function endOtherSessions(context: SignedInContext): Promise<void> {
  const { accountId, sessionId } = context.viewer
  await inTransaction(context.db, (tx) => endSessions(tx, accountId, sessionId))
}
