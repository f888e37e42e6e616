import { inTransaction } from '../../db/database.server'
import { findAccountByNumber, listEngagementsInForce, lockAccount, recordPassword } from '../../db/accounts.server'
import { endSessions } from '../../db/sessions.server'
import { codeOpens, findCode, revokeCodes, useCode } from '../../db/sign-in-codes.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { cleanLogin } from '../domain/login'
import { faultOfPassword, type PasswordFault } from '../domain/password'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { cleanCode } from '../domain/sign-in-code'
import { beginTry, byAccount, byAddress, forgiveTry, hashCode, hashPassword, noteFailure, startSession, tryAt } from './credentials.server'
import { recordEvidence } from './evidence.server'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Sets a password with number and code, once; ends every session and every other code of the account, writes what
 * 「わたしの記録」 shows, and signs in. A missing account, a wrong code, a used one and an expired one are one answer.
 */
export async function redeemCode(
  context: Context,
  given: { number: string; code: string; password: string; shared: boolean },
): Promise<{ token: string } | Refusal<'slowDown' | 'wrongCode' | 'notInForce' | PasswordFault>> {
  const account = await findAccountByNumber(context.db, cleanLogin(given.number))
  const buckets = tryAt(context, 'code', given.number, account?.id)
  const refused = await beginTry(context, buckets)
  if (refused) return refused
  const code = cleanCode(given.code)
  const hash = await hashCode(byAddress(context), account?.id ?? NOBODY, code ?? '22222222')
  if (isRefusal(hash)) return hash
  if (!code || !account || !(await codeOpens(context.db, hash, account.id, context.now))) {
    await noteFailure(context, buckets)
    return refuse('wrongCode')
  }
  const held = await listEngagementsInForce(context.db, account.person_id, dayOf(context.now))
  const fault = held.length === 0 || account.disabled_at !== null ? ('notInForce' as const) : faultOfPassword(given.password, ownWords(held))
  if (fault) {
    await inTransaction(context.db, (tx) => forgiveTry(tx, buckets))
    return refuse(fault)
  }
  const passwordHash = await hashPassword(byAccount(account.id), given.password)
  return inTransaction(context.db, async (tx) => {
    await lockAccount(tx, account.id)
    if (!(await useCode(tx, hash, account.id, context.now))) return refuse('wrongCode')
    const origin = await findCode(tx, hash)
    await forgiveTry(tx, buckets)
    await recordPassword(tx, account.id, passwordHash)
    await revokeCodes(tx, [account.id], context.now)
    await endSessions(tx, account.id)
    await recordEvidence(tx, context, {
      type: 'account.passwordSet', subjectEngagementId: held[0]!.id,
      payload: { account: account.id, by: 'code', purpose: origin!.purpose, issuedBy: origin!.issued_by, issuedAt: origin!.created_at, address: context.from.address },
    })
    return { token: await startSession(tx, context, { accountId: account.id, shared: given.shared, authMethod: 'password' }) }
  })
}

/** What a password must not be made of: the person's own numbers, names and addresses. */
export const ownWords = (held: readonly { number: string; display_name: string; kana: string; mail: string; company_name: string | null }[]): string[] =>
  held.flatMap(({ number, display_name, kana, mail, company_name }) => [number, display_name, kana, mail, company_name ?? '', ...display_name.split(/\s/), ...kana.split(/\s/)]).filter((word) => word !== '')
