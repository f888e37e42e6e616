import type { ExpressionBuilder } from 'kysely'
import type { Instant } from '../app/domain/calendar'
import { hitOne, insertAbsentRows, type Db, type Tx } from './database.server'
import type { MailTable, Schema } from './schema'

export type NewMail = Pick<MailTable, 'id' | 'day' | 'class' | 'template' | 'recipient_id' | 'dedupe_key' | 'to_address' | 'props' | 'next_try_at'> & { state: 'waiting' | 'fictional' }

/** Puts mails into the outbox; of two with the same key the first one stands. */
export async function createMails(tx: Tx, mails: readonly NewMail[]): Promise<void> {
  if (mails.length === 0) return
  await insertAbsentRows(tx, 'mail', 'dedupe_key', mails.map((mail) => ({ ...mail, tries: 0, leased_until: 0, lease_owner: '', sent_at: null, message_id: '', error: '' })))
}

const isDue = (now: Instant) => (on: ExpressionBuilder<Schema, 'mail'>) =>
  on.or([on.and([on('state', '=', 'waiting'), on('next_try_at', '<=', now)]), on.and([on('state', '=', 'sending'), on('leased_until', '<=', now)])])

/** Mails whose time has come: waiting ones, and ones that a sender took and never brought back. */
export async function listDueMails(db: Db, now: Instant, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('mail').select('id')
    .where(isDue(now))
    .orderBy('next_try_at').limit(limit).execute()
  return rows.map(({ id }) => id)
}

export type ClaimedMail = Pick<MailTable, 'id' | 'template' | 'class' | 'recipient_id' | 'to_address' | 'props' | 'tries'>

/** Takes one mail for one sender until an instant; undefined when another was faster. The try counts from now on. */
export async function claimMail(tx: Tx, id: string, claim: { owner: string; now: Instant; until: Instant }): Promise<ClaimedMail | undefined> {
  const taken = await tx.updateTable('mail')
    .set((at) => ({ state: 'sending' as const, lease_owner: claim.owner, leased_until: claim.until, tries: at('tries', '+', 1) }))
    .where('id', '=', id)
    .where(isDue(claim.now))
    .executeTakeFirst()
  if (!hitOne(taken)) return undefined
  return tx.selectFrom('mail').select(['id', 'template', 'class', 'recipient_id', 'to_address', 'props', 'tries']).where('id', '=', id).executeTakeFirst()
}

/** Brings a claimed mail to its next state; false when the lease went to another sender meanwhile. */
export async function settleMail(tx: Tx, id: string, owner: string, to: Partial<Pick<MailTable, 'state' | 'sent_at' | 'message_id' | 'error' | 'next_try_at' | 'props'>>): Promise<boolean> {
  return hitOne(await tx.updateTable('mail').set({ ...to, lease_owner: '', leased_until: 0 }).where('id', '=', id).where('state', '=', 'sending').where('lease_owner', '=', owner).executeTakeFirst())
}

/** The account of a person, to whom a mail is entered; undefined when there is none or it is closed. */
export async function findAccountOf(db: Db, personId: string): Promise<string | undefined> {
  return (await db.selectFrom('account').select('id').where('person_id', '=', personId).where('disabled_at', 'is', null).executeTakeFirst())?.id
}
