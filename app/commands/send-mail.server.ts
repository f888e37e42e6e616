import { randomInt } from 'node:crypto'
import { inTransaction, type Tx } from '../../db/database.server'
import { claimMail, dropMail, findPersonOf, freeKey, isClosed, listDueMails, postponeRequests, settleMail, type ClaimedMail } from '../../db/mail.server'
import { passReminders, recordResults } from '../../db/reminders.server'
import { lockRequestMails, moveRequestMail } from '../../db/request-mails.server'
import { createCodes, revokeCodes } from '../../db/sign-in-codes.server'
import type { Context } from '../context'
import { dayOf, MINUTE_MS, type Instant } from '../domain/calendar'
import { MOST_TRIES, waitAfterTry } from '../domain/mail'
import { leavesAfter, leavesAt, mayLeave } from '../domain/request-hours'
import { CODE_ALPHABET, codeOf, codeTerms, type CodePurpose } from '../domain/sign-in-code'
import { hashShortCode } from './credentials.server'
import { requestHoursOf } from './enter-request.server'

/** Longer than so many mails take when the post answers none of them; after a crash they wait no longer. */
const LEASE_MS = 2 * MINUTE_MS
const AT_ONCE = 4

/**
 * Takes the mails whose time has come for this sender; each is taken by one sender only. What asks for something is taken within the
 * hours only, and counts for the day on which it leaves; nothing is written to a closed account (A32). `seen` tells whether there may be more.
 */
export async function claimDueMails(context: Context, owner: string): Promise<{ claimed: ClaimedMail[]; seen: number }> {
  const { db, now, library } = context
  const [hours, calendar] = [requestHoursOf(context), library.calendar]
  if (!mayLeave(now, hours, calendar)) await inTransaction(db, (tx) => postponeRequests(tx, now, leavesAt(now, hours, calendar)))
  const claimed: ClaimedMail[] = []
  const due = await listDueMails(db, now, AT_ONCE)
  for (const { id, class: kind, day, recipientId } of due) {
    const mail = await inTransaction(db, async (tx) => {
      if (await isClosed(tx, recipientId)) {
        await dropMail(tx, id, 'gone')
        return void (await recordResults(tx, id, new Set(), { asked: 'gone', rest: 'gone' }, now))
      }
      const missed = kind === 'request' && day !== dayOf(now)
      if (missed && !(await bringToToday(tx, context, id, recipientId))) return undefined
      return claimMail(tx, id, { owner, now, until: now + LEASE_MS })
    })
    if (mail) claimed.push(mail)
  }
  return { claimed, seen: due.length }
}

/** A request that missed its day counts for today; when the person has one today, what it asks for goes into that one, or into the next day's. */
async function bringToToday(tx: Tx, { now, library, ...context }: Context, id: string, accountId: string): Promise<boolean> {
  const [hours, calendar] = [requestHoursOf({ library }), library.calendar]
  const mails = await lockRequestMails(tx, [accountId], dayOf(now))
  const own = mails.find((mail) => mail.id === id)
  const personId = await findPersonOf(tx, accountId)
  // what another sender took since it was seen to be due is that sender's
  if (!own || !personId || !(own.state === 'waiting' || (own.state === 'sending' && own.leasedUntil <= now))) return false
  if (own.day === dayOf(now)) return true
  const others = mails.filter((mail) => mail.id !== id && mail.day >= dayOf(now))
  const joined = others.find((mail) => mail.state === 'waiting' && mail.about === own.about)
  if (joined) {
    await passReminders(tx, id, joined.id)
    await dropMail(tx, id, 'joined')
    return false
  }
  let at = now
  while (others.some(({ day, state }) => day === dayOf(at) && state !== 'needless')) at = leavesAfter(dayOf(at), hours, calendar)
  if (await moveRequestMail(tx, id, personId, { day: dayOf(at), at })) return at === now
  context.log('warn', '依頼のメールの日を変えられませんでした', { mail: id })
  return false
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

/** What a mail said that was written when it left, to which address, and for which duties it asked. */
export interface Written {
  to: string
  props: object
  asked: ReadonlySet<string>
}

/** Notes that a mail has left; of one that waits no longer, the time of the next try is when that was settled. What a code mail said is forgotten; what was written when it left is kept. */
export async function noteSent(context: Context, mail: ClaimedMail, owner: string, messageId: string, written?: Written): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const kept = mail.class === 'code' ? { props: '{}' } : written ? { props: JSON.stringify(written.props), to_address: written.to } : {}
    const settled = await settleMail(tx, mail.id, owner, { state: 'sent', sent_at: context.now, next_try_at: context.now, message_id: messageId.slice(0, 190), error: '', ...kept })
    if (settled && written) await recordResults(tx, mail.id, written.asked, { asked: 'sent', rest: 'notOpen' }, context.now)
  })
}

/** Notes that a mail is not needed any more, and why: nothing is left to ask, or the person may not be asked now. */
export async function noteNeedless(context: Context, mail: ClaimedMail, owner: string, why: string): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    if (await settleMail(tx, mail.id, owner, { state: 'needless', next_try_at: context.now, error: why, ...(mail.class === 'request' && { dedupe_key: freeKey(mail.id) }) })) await recordResults(tx, mail.id, new Set(), { asked: why, rest: why }, context.now)
  })
}

/** Notes why a mail did not leave: it waits longer each time, and is given up visibly after the eighth. */
export async function noteNotSent(context: Context, mail: ClaimedMail, owner: string, reason: string): Promise<'waiting' | 'givenUp'> {
  const state = mail.tries >= MOST_TRIES ? 'givenUp' : 'waiting'
  await inTransaction(context.db, async (tx) => {
    const settled = await settleMail(tx, mail.id, owner, { state, error: reason.slice(0, 500), next_try_at: context.now + (state === 'givenUp' ? 0 : waitAfterTry(mail.tries)), ...(state === 'givenUp' && mail.class === 'code' && { props: '{}' }) })
    if (settled && state === 'givenUp' && mail.class === 'request') await recordResults(tx, mail.id, new Set(), { asked: 'givenUp', rest: 'givenUp' }, context.now)
  })
  return state
}
