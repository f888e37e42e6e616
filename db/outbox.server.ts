import { sql } from 'kysely'
import { startOf, type Day, type Instant } from '../app/domain/calendar'
import type { OutboxTab } from '../app/domain/outbox'
import { hitOne, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import type { MailTable } from './schema'

/** What the outbox shows of a mail: whose it is by number, never what it says. */
export interface OutboxRow {
  id: string
  state: MailTable['state']
  class: MailTable['class']
  template: string
  to: string
  tries: number
  nextTryAt: Instant
  error: string
  number: string | null
  engagementId: string | null
  /** Whether HR may open it. */
  ownKind: boolean
  key: string
}

/** Given up first, then what is tried again, then what waits: those are all that have not left. */
const RANK = sql<number>`case when m.state = 'givenUp' then 0 when m.tries > 0 then 1 else 2 end`
const waiting = sql<boolean>`m.state in ('waiting', 'sending')`
const tabs = (today: Day) => ({
  open: sql<boolean>`m.state in ('waiting', 'sending', 'givenUp')`, waiting: sql<boolean>`${waiting} and m.tries = 0`, again: sql<boolean>`${waiting} and m.tries > 0`, givenUp: sql<boolean>`m.state = 'givenUp'`,
  sent: sql<boolean>`m.state = 'sent' and m.next_try_at >= ${startOf(today)}`, needless: sql<boolean>`m.state = 'needless' and m.next_try_at >= ${startOf(today)}`, fictional: sql<boolean>`m.state = 'fictional'`,
}) satisfies Record<OutboxTab, unknown>

/**
 * The mails whose bodies HR opens: requests, receipts and digests of those whose employer it is or who work under it, and what it has
 * asked a company. Codes are nobody's to read, an alarm about HR is the auditor's, and between the two remain what a contractor's
 * worker hears and whatever a company asked of its own people, 派遣社員 included, in its own name (domain.md L25).
 */
const OWN_KIND = sql<boolean>`(m.class <> 'code' and m.template <> 'accessAlarm'
  and not exists (select 1 from reminder r where r.mail_id = m.id and r.reason_code = 'company')
  and (m.template = 'companyRequest' or not exists (select 1 from account w inner join engagement_current ec on ec.person_id = w.person_id where w.id = m.recipient_id and ec.relation = 'contract')))`

/** How many mails each tab holds. */
export async function countOutbox(db: Db, today: Day): Promise<Record<OutboxTab, number>> {
  const of = tabs(today)
  const count = (tab: OutboxTab) => sql<number>`coalesce(sum(case when ${of[tab]} then 1 else 0 end), 0)`.as(tab)
  const row = await db.selectFrom('mail as m').select([count('open'), count('waiting'), count('again'), count('givenUp'), count('sent'), count('needless'), count('fictional')])
    .where(sql<boolean>`m.state in ('waiting', 'sending', 'givenUp', 'fictional') or (m.state in ('sent', 'needless') and m.next_try_at >= ${startOf(today)})`).executeTakeFirstOrThrow()
  return Object.fromEntries(Object.entries(row).map(([tab, number]) => [tab, Number(number)])) as Record<OutboxTab, number>
}

/** One page of a tab: of what has not left, the most urgent first; else the newest first. */
export async function listOutbox(db: Db, tab: OutboxTab, today: Day, page: { after: string; limit: number }): Promise<OutboxRow[]> {
  const open = ['open', 'waiting', 'again', 'givenUp'].includes(tab)
  let query = db
    .selectFrom('mail as m').leftJoin('account as s', 's.id', 'm.recipient_id')
    .select(['m.id', 'm.state', 'm.class', 'm.template', 'm.to_address', 'm.tries', 'm.next_try_at', 'm.error', RANK.as('rank'), sql<0 | 1>`case when ${OWN_KIND} then 1 else 0 end`.as('own_kind'), 's.person_id'])
    .where(tabs(today)[tab]).limit(page.limit)
  query = open ? query.orderBy('rank').orderBy('m.next_try_at').orderBy('m.id') : query.orderBy('m.next_try_at', 'desc').orderBy('m.id', 'desc')
  const [rank, at, id] = page.after.split(' ')
  if (id !== undefined)
    query = query.where(open
      ? sql<boolean>`(${RANK} > ${Number(rank)} or (${RANK} = ${Number(rank)} and (m.next_try_at > ${Number(at)} or (m.next_try_at = ${Number(at)} and m.id > ${id}))))`
      : sql<boolean>`(m.next_try_at < ${Number(at)} or (m.next_try_at = ${Number(at)} and m.id < ${id}))`)
  const rows = await query.execute()
  const people = await holdersOf(db, rows.flatMap(({ person_id: person }) => person ?? []))
  return rows.map((row) => ({
    id: row.id, state: row.state, class: row.class, template: row.template, to: row.to_address, tries: row.tries, nextTryAt: row.next_try_at, error: row.error, ownKind: Number(row.own_kind) === 1, key: `${row.rank} ${row.next_try_at} ${row.id}`,
    ...(people.get(row.person_id ?? '') ?? { number: null, engagementId: null }),
  }))
}

async function holdersOf(db: Db, personIds: readonly string[]): Promise<Map<string, { number: string; engagementId: string }>> {
  if (personIds.length === 0) return new Map()
  const rows = await db.selectFrom('engagement_current').select(['person_id', 'number', 'engagement_id']).where('person_id', 'in', [...personIds]).orderBy('valid_to').orderBy('valid_from').execute()
  return new Map(rows.map((row) => [row.person_id, { number: row.number, engagementId: row.engagement_id }]))
}

/** One mail as it is kept, of those that HR may open; another is not there. */
export async function findOwnKindMail(db: Db, id: string) {
  const mail = await db.selectFrom('mail as m').select(['m.id', 'm.class', 'm.template', 'm.state', 'm.props', 'm.recipient_id', 'm.to_address', 'm.sent_at']).where('m.id', '=', id).where(OWN_KIND).executeTakeFirst()
  if (!mail) return undefined
  const held = await db.selectFrom('account as s').innerJoin('engagement_current as ec', 'ec.person_id', 's.person_id').select('ec.engagement_id').where('s.id', '=', mail.recipient_id).orderBy('ec.valid_to', 'desc').limit(1).executeTakeFirst()
  return { ...mail, engagementId: held?.engagement_id ?? null }
}

/** How many mails were given up, counted no further than `limit`. */
export async function countGivenUp(db: Db, limit: number): Promise<number> {
  const row = await db.selectFrom(db.selectFrom('mail').select('id').where('state', '=', 'givenUp').limit(limit).as('m')).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(row.count)
}

/** A mail that was given up, locked. One with a code is not sent again: whoever needs a code asks for a new one. */
export const lockGivenUp = (tx: Tx, id: string) => lockRows(tx, tx.selectFrom('mail').select(['id', 'recipient_id', 'class', 'template']).where('id', '=', id).where('state', '=', 'givenUp').where('class', '!=', 'code')).executeTakeFirst()

/** Lets a mail that was given up wait again, for the address of today; what it asks for is open again. */
export async function recordResent(tx: Tx, id: string, to: string, at: Instant): Promise<boolean> {
  const waits = await tx.updateTable('mail').set({ state: 'waiting', tries: 0, next_try_at: at, to_address: to, error: '' }).where('id', '=', id).where('state', '=', 'givenUp').executeTakeFirst()
  if (!hitOne(waits)) return false
  await tx.updateTable('reminder').set({ result: '', result_at: null }).where('mail_id', '=', id).where('result', '=', 'givenUp').execute()
  return true
}

