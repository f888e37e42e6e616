import { DAY_MS, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import { insertAbsentRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { knownOn } from './in-force.server'
import { speaksOn } from './people-search.server'

/** How long an alarm stands on the auditor's first screen. */
export const ALARM_SHOWN_MS = 14 * DAY_MS

/** What is taken of oneself, or is about no single person. */
const NOT_OF_OTHERS = ['ownRecord', 'importErrors', 'search']
const MOST_SUBJECTS = 20_000
const PART = 1_000

/** Two openings of one account at once stand in line here, so that the second counts the first. */
export async function lockAccountRow(tx: Tx, accountId: string): Promise<void> {
  await lockRows(tx, tx.selectFrom('account').select('id').where('id', '=', accountId)).execute()
}

/** How many other people's records an account has opened or taken since then: each person once, and everybody in what was taken in bulk. */
export async function countLookedAt(db: Db, account: { id: string; personId: string }, since: Instant): Promise<number> {
  const rows = await db.selectFrom('access_log').select('subject_id').distinct().where('actor_account_id', '=', account.id).where('at', '>=', since).where('subject_kind', 'not in', NOT_OF_OTHERS).where(({ eb, or, and }) => or([eb('act', 'in', ['view', 'download']), and([eb('act', '=', 'export'), eb('subject_kind', '=', 'dossier')])])).limit(MOST_SUBJECTS).execute()
  const people = await personsOf(db, rows.map(({ subject_id: id }) => id))
  people.delete(account.personId)
  return people.size + (await countExported(db, account.id, since))
}

/** The people behind subjects of the access log: engagements, signed papers, requests, mails; what is none of these stands for itself. */
export async function personsOf(db: Db, subjectIds: readonly string[]): Promise<Set<string>> {
  const found = new Map<string, string>()
  const keep = (rows: readonly { id: string; person_id: string }[]) => rows.forEach(({ id, person_id }) => found.set(id, person_id))
  for (let at = 0; at < subjectIds.length; at += PART) {
    const part = subjectIds.slice(at, at + PART)
    keep(await db.selectFrom('engagement').select(['id', 'person_id']).where('id', 'in', part).execute())
    const others = part.filter((id) => !found.has(id))
    if (others.length === 0) continue
    keep(await db.selectFrom('pledge_act as p').innerJoin('assignment as a', 'a.id', 'p.assignment_id').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select(['p.id', 'e.person_id']).where('p.id', 'in', others).execute())
    keep(await db.selectFrom('approval_request as r').innerJoin('engagement as e', 'e.id', 'r.engagement_id').select(['r.id', 'e.person_id']).where('r.id', 'in', others).execute())
    keep(await db.selectFrom('mail as m').innerJoin('account as s', 's.id', 'm.recipient_id').select(['m.id', 's.person_id']).where('m.id', 'in', others).execute())
  }
  return new Set(subjectIds.map((id) => found.get(id) ?? id))
}

/** How many people were in what an account took in bulk: an export says so as `people` or `rows`. Dossiers have a row for each person. */
async function countExported(db: Db, accountId: string, since: Instant): Promise<number> {
  const rows = await db.selectFrom('export_record').select('subjects').where('actor_account_id', '=', accountId).where('at', '>=', since).where('kind', 'not in', ['dossier', 'dossiers']).execute()
  return rows.reduce((sum, { subjects }) => {
    const told = JSON.parse(subjects) as { people?: unknown; rows?: unknown }
    return sum + (typeof told.people === 'number' ? told.people : typeof told.rows === 'number' ? told.rows : 0)
  }, 0)
}

/** Notes an alarm, one an account and day; later on the day only its number grows. True when it is new. Call under the account's lock. */
export async function recordAlarm(tx: Tx, alarm: { id: string; accountId: string; day: Day; people: number; at: Instant }): Promise<boolean> {
  const known = await tx.selectFrom('access_alarm').select('id').where('actor_account_id', '=', alarm.accountId).where('day', '=', alarm.day).executeTakeFirst()
  if (known) await tx.updateTable('access_alarm').set({ people: alarm.people }).where('id', '=', known.id).where('people', '<', alarm.people).execute()
  else await insertAbsentRows(tx, 'access_alarm', 'actor_account_id', [{ id: alarm.id, actor_account_id: alarm.accountId, day: alarm.day, people: alarm.people, at: alarm.at }])
  return known === undefined
}

/** How many alarms there were since then. */
export async function countAlarms(db: Db, since: Instant): Promise<number> {
  return Number((await db.selectFrom('access_alarm').select(({ fn }) => fn.countAll<number>().as('count')).where('at', '>=', since).executeTakeFirstOrThrow()).count)
}

/** One page of alarms, newest first. */
export async function listAlarms(db: Db, page: { before: string; limit: number }) {
  let query = db.selectFrom('access_alarm').selectAll().orderBy('day', 'desc').orderBy('id', 'desc').limit(page.limit)
  const [day, id] = page.before.split('~')
  if (id) query = query.where(({ eb, or, and }) => or([eb('day', '<', day!), and([eb('day', '=', day!), eb('id', '<', id)])]))
  return query.execute()
}

export interface Auditor {
  accountId: string
  mail: string
  name: string
  relation: Relation
  kind: EngagementKind
  companyName: string
}

/** Who is 監査責任者 on a day, with where a letter reaches them. */
export async function listAuditors(db: Db, day: Day): Promise<Auditor[]> {
  const rows = await db
    .selectFrom('appointment as r')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'r.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(day)))
    .innerJoin('account as a', 'a.person_id', 'ec.person_id')
    .select(['a.id', 'v.mail', 'v.display_name', 'v.kind', 'ec.relation'])
    .where('r.role', '=', 'auditLead').where(knownOn('r', day)).where('ec.valid_from', '<=', day).where('ec.valid_to', '>', day).where('a.disabled_at', 'is', null)
    .execute()
  return rows.map((row) => ({ accountId: row.id, mail: row.mail, name: row.display_name, relation: row.relation, kind: row.kind, companyName: '' }))
}
