import { inTransaction } from '../../db/database.server'
import { findAccountByLogin, listEngagementsInForce } from '../../db/accounts.server'
import { endSession } from '../../db/sessions.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { cleanLogin } from '../domain/login'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { beginTry, byAddress, forgiveTry, noteFailure, startSession, tryAt, verifyPassword } from './credentials.server'

/**
 * Signs in with 従事者番号 or mail and password. The answer and its time are the same whether the account is missing, has no
 * password or the password is wrong. A session that the browser still had ends; the new one has a new token.
 */
export async function signIn(
  context: Context,
  given: { login: string; password: string; shared: boolean },
): Promise<{ token: string } | Refusal<'slowDown' | 'wrongLogin' | 'notInForce'>> {
  const account = await findAccountByLogin(context.db, cleanLogin(given.login))
  const buckets = tryAt(context, 'login', given.login, account?.id)
  const refused = await beginTry(context, buckets)
  if (refused) return refused
  const fits = await verifyPassword(byAddress(context), account?.password_hash, given.password)
  if (isRefusal(fits)) return fits
  if (!account || !fits) {
    await noteFailure(context, buckets)
    return refuse('wrongLogin')
  }
  const held = await listEngagementsInForce(context.db, account.person_id, dayOf(context.now))
  return inTransaction(context.db, async (tx) => {
    await forgiveTry(tx, buckets)
    if (account.disabled_at !== null || held.length === 0) return refuse('notInForce')
    if (context.viewer) await endSession(tx, context.viewer.accountId, context.viewer.sessionId)
    return { token: await startSession(tx, context, { accountId: account.id, shared: given.shared, authMethod: 'password' }) }
  })
}
