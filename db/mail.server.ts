import type { ExpressionBuilder } from 'kysely'
import { type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import { hitOne, insertAbsentRows, type Db, type Tx } from './database.server'
import { knownOn } from './in-force.server'
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
export async function listDueMails(db: Db, now: Instant, limit: number): Promise<{ id: string; class: MailTable['class']; day: Day; recipientId: string }[]> {
  return db.selectFrom('mail').select(['id', 'class', 'day', 'recipient_id as recipientId'])
    .where(isDue(now))
    .orderBy('next_try_at').limit(limit).execute()
}

export type ClaimedMail = Pick<MailTable, 'id' | 'template' | 'class' | 'recipient_id' | 'to_address' | 'props' | 'tries'>

/** Puts whatever asks for something back to an instant, when its time came outside the hours; one that a sender never brought back too. */
export async function postponeRequests(tx: Tx, now: Instant, until: Instant): Promise<void> {
  await tx.updateTable('mail').set({ state: 'waiting', next_try_at: until, lease_owner: '', leased_until: 0 }).where('class', 'in', ['request', 'digest']).where(isDue(now)).execute()
}

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
export async function settleMail(tx: Tx, id: string, owner: string, to: Partial<Pick<MailTable, 'state' | 'sent_at' | 'message_id' | 'error' | 'next_try_at' | 'props' | 'to_address' | 'dedupe_key'>>): Promise<boolean> {
  return hitOne(await tx.updateTable('mail').set({ ...to, lease_owner: '', leased_until: 0 }).where('id', '=', id).where('state', '=', 'sending').where('lease_owner', '=', owner).executeTakeFirst())
}

/** The account of a person, to whom a mail is entered; undefined when there is none or it is closed. */
export async function findAccountOf(db: Db, personId: string): Promise<string | undefined> {
  return (await db.selectFrom('account').select('id').where('person_id', '=', personId).where('disabled_at', 'is', null).executeTakeFirst())?.id
}

/** Whom an account's mail goes to today: the engagement that lasts longest; undefined when none is in force or the account is closed. */
export async function findAddressee(db: Db, accountId: string, today: Day): Promise<{ name: string; mail: string; kind: EngagementKind; companyName: string | null; engagementId: string; personId: string } | undefined> {
  return db
    .selectFrom('account as s').innerJoin('engagement_current as ec', 'ec.person_id', 's.person_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .select(['v.display_name as name', 'v.mail', 'v.kind', 'c.name as companyName', 'ec.engagement_id as engagementId', 's.person_id as personId'])
    .where('s.id', '=', accountId).where('s.disabled_at', 'is', null).where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today)
    .orderBy('ec.valid_to', 'desc').orderBy('ec.valid_from').limit(1).executeTakeFirst()
}

/** The key of a mail that never leaves: the day is free for another one. */
export const freeKey = (id: string) => `needless|${id}`

/** Takes a waiting mail out, with the reason. */
export async function dropMail(tx: Tx, id: string, why: string): Promise<void> {
  await tx.updateTable('mail').set({ state: 'needless', error: why, dedupe_key: freeKey(id), lease_owner: '', leased_until: 0 }).where('id', '=', id).where('state', 'in', ['waiting', 'sending']).execute()
}

/** Whether an account is closed: nobody reads what is written to it. */
export async function isClosed(db: Db, accountId: string): Promise<boolean> {
  return ((await db.selectFrom('account').select('disabled_at').where('id', '=', accountId).executeTakeFirst())?.disabled_at ?? null) !== null
}

/** Whose account it is. */
export async function findPersonOf(db: Db, accountId: string): Promise<string | undefined> {
  return (await db.selectFrom('account').select('person_id').where('id', '=', accountId).executeTakeFirst())?.person_id
}

/** Whether the letters that ask somebody are written in やさしい日本語: for whoever reads in it, or with ふりがな (domain.md L29). */
export async function readsEasily(db: Db, accountId: string): Promise<boolean> {
  const account = await db.selectFrom('account').select(['furigana', 'track']).where('id', '=', accountId).executeTakeFirst()
  return account !== undefined && (account.furigana === 1 || account.track !== 'ja')
}
