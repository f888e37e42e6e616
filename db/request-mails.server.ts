import type { Day, Instant } from '../app/domain/calendar'
import type { RequestTemplate } from '../app/domain/mail'
import type { DayMail } from '../app/domain/request-hours'
import { hitOne, insertAbsentRows, type Db, type Tx } from './database.server'
import { failureOf, lockRows } from './dialect.server'
import type { MailTable } from './schema'

const PART = 1000

/** At most one a person a day: the key that holds it in the database (schema.md). */
export const requestKey = (personId: string, day: Day) => `${personId}|${day}|request`

/** A request mail speaks about one engagement, or to a 会社側担当者 about companies. */
const aboutOf = (template: string, props: string) => `${template} ${(JSON.parse(props) as { engagementId?: string }).engagementId ?? ''}`

export type RequestMail = DayMail & { accountId: string; leasedUntil: Instant }

/** The request mails of accounts that have not left, or are of today or later, locked until the transaction ends. */
export async function lockRequestMails(tx: Tx, accountIds: readonly string[], today: Day): Promise<RequestMail[]> {
  const found: RequestMail[] = []
  const ids = [...new Set(accountIds)].sort()
  for (let start = 0; start < ids.length; start += PART) found.push(...(await lockRows(tx, requestMails(tx, ids.slice(start, start + PART), today)).execute()).map(dayMail))
  return found
}

/** The same, only read: for a preview. */
export async function listRequestMails(db: Db, accountIds: readonly string[], today: Day): Promise<RequestMail[]> {
  const found: RequestMail[] = []
  const ids = [...new Set(accountIds)]
  for (let start = 0; start < ids.length; start += PART) found.push(...(await requestMails(db, ids.slice(start, start + PART), today).execute()).map(dayMail))
  return found
}

const requestMails = (db: Db, accountIds: readonly string[], today: Day) =>
  db.selectFrom('mail').select(['id', 'recipient_id', 'day', 'state', 'next_try_at', 'leased_until', 'template', 'props'])
    .where('recipient_id', 'in', [...accountIds]).where('class', '=', 'request')
    .where((on) => on.or([on('day', '>=', today), on('state', 'in', ['waiting', 'sending'])]))
    .orderBy('id')

const dayMail = (row: Pick<MailTable, 'id' | 'recipient_id' | 'day' | 'state' | 'next_try_at' | 'leased_until' | 'template' | 'props'>): RequestMail => ({
  id: row.id, accountId: row.recipient_id, day: row.day, state: row.state, leavesAt: row.next_try_at, leasedUntil: row.leased_until, about: row.state === 'sent' ? '' : aboutOf(row.template, row.props),
})

export interface NewRequestMail {
  id: string
  personId: string
  accountId: string
  template: RequestTemplate
  engagementId: string | null
  to: string
  day: Day
  leavesAt: Instant
  fictional: boolean
}

/** Enters request mails; answers which of the ids stand. Of two with the same key the first one stands. */
export async function createRequestMails(tx: Tx, mails: readonly NewRequestMail[]): Promise<Set<string>> {
  if (mails.length === 0) return new Set()
  await insertAbsentRows(tx, 'mail', 'dedupe_key', mails.map((mail) => ({
    id: mail.id, day: mail.day, class: 'request' as const, template: mail.template, recipient_id: mail.accountId, dedupe_key: requestKey(mail.personId, mail.day), to_address: mail.to, props: JSON.stringify(mail.engagementId === null ? {} : { engagementId: mail.engagementId }),
    state: mail.fictional ? ('fictional' as const) : ('waiting' as const), tries: 0, next_try_at: mail.leavesAt, leased_until: 0, lease_owner: '', sent_at: null, message_id: '', error: '',
  })))
  const standing = new Set<string>()
  for (let start = 0; start < mails.length; start += PART)
    for (const { id } of await tx.selectFrom('mail').select('id').where('id', 'in', mails.slice(start, start + PART).map(({ id }) => id)).execute()) standing.add(id)
  return standing
}

/** The letters of some kinds that these accounts got since an instant, or will get: which, when, and what they said or are about. */
export async function listLettersSince(db: Db, accountIds: readonly string[], templates: readonly RequestTemplate[], since: Instant): Promise<{ accountId: string; template: string; state: string; props: string; at: Instant }[]> {
  const found: { accountId: string; template: string; state: string; props: string; at: Instant }[] = []
  const ids = [...new Set(accountIds)]
  for (let start = 0; start < ids.length; start += PART)
    found.push(...(await db.selectFrom('mail').select(['recipient_id as accountId', 'template', 'state', 'props', 'next_try_at as at']).where('recipient_id', 'in', ids.slice(start, start + PART)).where('class', '=', 'request')
      .where('template', 'in', [...templates]).where('state', '!=', 'needless').where('next_try_at', '>=', since).execute()))
  return found
}

/** Moves a mail that missed its day to another day; false when the person has one on that day. */
export async function moveRequestMail(tx: Tx, id: string, personId: string, to: { day: Day; at: Instant }): Promise<boolean> {
  const key = requestKey(personId, to.day)
  if (await lockRows(tx, tx.selectFrom('mail').select('id').where('dedupe_key', '=', key).where('id', '<>', id)).executeTakeFirst()) return false
  try {
    return hitOne(await tx.updateTable('mail').set({ state: 'waiting', lease_owner: '', leased_until: 0, day: to.day, dedupe_key: key, next_try_at: to.at }).where('id', '=', id).where('state', 'in', ['waiting', 'sending']).executeTakeFirst())
  } catch (error) {
    if (failureOf(error) === 'duplicate') return false
    throw error
  }
}
