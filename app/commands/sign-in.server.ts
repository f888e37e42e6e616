import { inTransaction } from '../../db/database.server'
import { findAccountByLogin, listEngagementsInForce } from '../../db/accounts.server'
import { endSession } from '../../db/sessions.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { sha256 } from '../domain/ledger/entry'
import { cleanLogin, foldLogin } from '../domain/login'
import { refuse, type Refusal } from '../domain/refusal'
import { beginTry, forgiveTry, noteFailure, startSession, verifyPassword } from './credentials.server'

/**
 * Signs in with 従事者番号 or mail and password. The answer and its time are the same whether the account is missing, has no
 * password or the password is wrong. A session that the browser still had ends; the new one has a new token.
 */
export async function signIn(
  context: Context,
  given: { login: string; password: string; shared: boolean },
): Promise<{ token: string } | Refusal<'slowDown' | 'wrongLogin' | 'notInForce'>> {
  const bucket = `login:${sha256(foldLogin(given.login))}`
  const refused = await beginTry(context, bucket)
  if (refused) return refused
  const account = await findAccountByLogin(context.db, cleanLogin(given.login))
  const fits = await verifyPassword(account?.password_hash, given.password)
  if (!account || !fits) {
    await noteFailure(context)
    return refuse('wrongLogin')
  }
  const held = await listEngagementsInForce(context.db, account.person_id, dayOf(context.now))
  return inTransaction(context.db, async (tx) => {
    await forgiveTry(tx, bucket)
    if (account.disabled_at !== null || held.length === 0) return refuse('notInForce')
    if (context.viewer) await endSession(tx, context.viewer.accountId, context.viewer.sessionId)
    return { token: await startSession(tx, context, { accountId: account.id, shared: given.shared, authMethod: 'password' }) }
  })
}
