import { inTransaction } from '../../db/database.server'
import { listEngagementsInForce, lockAccount, recordPassword } from '../../db/accounts.server'
import { endSessions } from '../../db/sessions.server'
import { revokeCodes } from '../../db/sign-in-codes.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { normalisePassword } from '../domain/login'
import { faultOfPassword, type PasswordFault } from '../domain/password'
import { refuse, type Refusal } from '../domain/refusal'
import { byAccount, confirmPassword, hashPassword, startSession } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { ownWords } from './redeem-code.server'

/** Changes one's own password: the old one is asked, every session ends, and this browser goes on under a new token, no longer than it would have. */
export async function changePassword(
  context: SignedInContext,
  given: { current: string; password: string },
): Promise<{ token: string } | Refusal<'slowDown' | 'wrongPassword' | 'passwordSame' | PasswordFault>> {
  const refused = await confirmPassword(context, given.current)
  if (refused) return refused
  const { viewer } = context
  const held = await listEngagementsInForce(context.db, viewer.personId, dayOf(context.now))
  const fault = faultOfPassword(given.password, ownWords(held)) ?? (normalisePassword(given.password) === normalisePassword(given.current) ? 'passwordSame' : null)
  if (fault) return refuse(fault)
  const passwordHash = await hashPassword(byAccount(viewer.accountId), given.password)
  return inTransaction(context.db, async (tx) => {
    await lockAccount(tx, viewer.accountId)
    await recordPassword(tx, viewer.accountId, passwordHash)
    await revokeCodes(tx, [viewer.accountId], context.now)
    await endSessions(tx, viewer.accountId)
    await recordEvidence(tx, context, { type: 'account.passwordSet', subjectEngagementId: viewer.engagements[0]?.id, payload: { account: viewer.accountId, by: 'self', address: context.from.address } })
    return { token: await startSession(tx, context, { accountId: viewer.accountId, shared: viewer.sharedTerminal, authMethod: viewer.authMethod, endsAt: viewer.sessionEndsAt }) }
  })
}
