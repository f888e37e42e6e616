import { sql } from 'kysely'
import { type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'

/** Who is signed in and who never was, by 従事者番号: who runs the system sees no names and no records (R-003-23). */
export interface SessionsOf {
  accountId: string
  engagementId: string
  number: string
  sessions: number
  lastSeenAt: Instant
  shared: number
}

/** One number for each account: that of the engagement that lasts longest. */
const speaks = sql<boolean>`not exists (select 1 from engagement_current o where o.person_id = ec.person_id and (o.valid_to > ec.valid_to or (o.valid_to = ec.valid_to and o.engagement_id > ec.engagement_id)))`

const sessions = (db: Db, now: Instant) => db
  .selectFrom('session as s').innerJoin('account as a', 'a.id', 's.account_id').innerJoin('engagement_current as ec', 'ec.person_id', 'a.person_id')
  .select(['a.id', 'ec.engagement_id', 'ec.number', ({ fn }) => fn.countAll<number>().as('count'), ({ fn }) => fn.max('s.last_seen_at').as('seen'), ({ fn }) => fn.sum<number>('s.shared_terminal').as('shared')])
  .where('s.expires_at', '>', now).where(speaks).groupBy(['a.id', 'ec.engagement_id', 'ec.number'])

const toSessions = (row: { id: string; engagement_id: string; number: string; count: number; seen: Instant; shared: number }): SessionsOf =>
  ({ accountId: row.id, engagementId: row.engagement_id, number: row.number, sessions: Number(row.count), lastSeenAt: Number(row.seen), shared: Number(row.shared) })

/** One page of who is signed in, by number. */
export async function listSessionStates(db: Db, page: { number: string; after: string; limit: number; now: Instant }): Promise<SessionsOf[]> {
  let query = sessions(db, page.now).where('ec.number', '>', page.after).orderBy('ec.number').limit(page.limit)
  if (page.number !== '') query = query.where('ec.number', '=', page.number)
  return (await query.execute()).map(toSessions)
}

/** What one account is signed in to. */
export async function findSessionsOf(db: Db, accountId: string, now: Instant): Promise<SessionsOf | undefined> {
  const row = await sessions(db, now).where('a.id', '=', accountId).executeTakeFirst()
  return row && toSessions(row)
}

/** One page of those in force who have never signed in: no password was ever set. */
export async function listNeverSignedIn(db: Db, page: { after: string; limit: number; day: Day }): Promise<{ number: string; kind: EngagementKind; company: string; since: Day }[]> {
  return db
    .selectFrom('engagement_current as ec').innerJoin('account as a', 'a.person_id', 'ec.person_id')
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', page.day)))
    .select(['ec.number', 'ec.kind', sql<string>`coalesce(c.name, '')`.as('company'), 'ec.valid_from as since'])
    .where('a.password_hash', 'is', null).where('a.disabled_at', 'is', null).where('ec.valid_from', '<=', page.day).where('ec.valid_to', '>', page.day).where('ec.number', '>', page.after).orderBy('ec.number').limit(page.limit).execute()
}

/** How many have never signed in, and of how many. */
export async function countNeverSignedIn(db: Db, day: Day): Promise<{ never: number; all: number }> {
  const row = await db.selectFrom('engagement_current as ec').innerJoin('account as a', 'a.person_id', 'ec.person_id')
    .select([({ fn }) => fn.countAll<number>().as('all'), sql<number>`sum(case when a.password_hash is null then 1 else 0 end)`.as('never')])
    .where('a.disabled_at', 'is', null).where('ec.valid_from', '<=', day).where('ec.valid_to', '>', day).executeTakeFirstOrThrow()
  return { never: Number(row.never ?? 0), all: Number(row.all) }
}
