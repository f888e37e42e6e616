import { randomInt } from 'node:crypto'
import { inTransaction } from '../../db/database.server'
import { claimMail, listDueMails, settleMail, type ClaimedMail } from '../../db/mail.server'
import { createCodes, revokeCodes } from '../../db/sign-in-codes.server'
import type { Context } from '../context'
import { MINUTE_MS, type Instant } from '../domain/calendar'
import { MOST_TRIES, waitAfterTry } from '../domain/mail'
import { CODE_ALPHABET, codeOf, codeTerms, type CodePurpose } from '../domain/sign-in-code'
import { hashShortCode } from './credentials.server'

/** Longer than so many mails take when the post answers none of them; after a crash they wait no longer. */
const LEASE_MS = 2 * MINUTE_MS
const AT_ONCE = 5

/** Takes the mails whose time has come for this sender; each is taken by one sender only. */
export async function claimDueMails(context: Context, owner: string): Promise<ClaimedMail[]> {
  const claimed: ClaimedMail[] = []
  for (const id of await listDueMails(context.db, context.now, AT_ONCE)) {
    const mail = await inTransaction(context.db, (tx) => claimMail(tx, id, { owner, now: context.now, until: context.now + LEASE_MS }))
    if (mail) claimed.push(mail)
  }
  return claimed
}

/** Makes the code that a code mail carries, at the moment it leaves: nobody can read it here, before or after. Earlier mailed codes end. */
export async function makeMailedCode(context: Context, mail: { recipient_id: string; props: string }, purpose: CodePurpose): Promise<{ code: string; until: Instant }> {
  const { length, livesMs } = codeTerms(purpose)
  const code = codeOf(Array.from({ length }, () => randomInt(CODE_ALPHABET.length)))
  const hash = await hashShortCode(mail.recipient_id, code)
  const until = context.now + livesMs
  const { issuedBy } = JSON.parse(mail.props) as { issuedBy?: string | null }
  await inTransaction(context.db, async (tx) => {
    await revokeCodes(tx, [mail.recipient_id], context.now, ['invite', 'reset'])
    await createCodes(tx, [{ hash, accountId: mail.recipient_id, purpose, issuedBy: issuedBy ?? null, at: context.now, expiresAt: until }])
  })
  return { code, until }
}

/** Notes that a mail has left. What a code mail said is forgotten. */
export async function noteSent(context: Context, mail: ClaimedMail, owner: string, messageId: string): Promise<void> {
  await inTransaction(context.db, (tx) =>
    settleMail(tx, mail.id, owner, { state: 'sent', sent_at: context.now, message_id: messageId.slice(0, 190), error: '', ...(mail.class === 'code' && { props: '{}' }) }))
}

/** Notes why a mail did not leave: it waits longer each time, and is given up visibly after the eighth. */
export async function noteNotSent(context: Context, mail: ClaimedMail, owner: string, reason: string): Promise<'waiting' | 'givenUp'> {
  const state = mail.tries >= MOST_TRIES ? 'givenUp' : 'waiting'
  await inTransaction(context.db, (tx) =>
    settleMail(tx, mail.id, owner, { state, error: reason.slice(0, 500), next_try_at: context.now + waitAfterTry(mail.tries), ...(state === 'givenUp' && mail.class === 'code' && { props: '{}' }) }))
  return state
}
