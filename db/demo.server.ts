import { sql } from 'kysely'
import { dayOf, OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { Role } from '../app/domain/people'
import { insertRows, type Db, type Tx } from './database.server'
import { engineOf } from './dialect.server'
import { knownOn } from './in-force.server'

/** Whether nobody is registered yet. */
export async function isEmptyCompany(db: Db): Promise<boolean> {
  return (await db.selectFrom('engagement').select('id').limit(1).executeTakeFirst()) === undefined
}

/** Whether the people registered are those of the demonstration: their sign-ins have its published password. */
export async function holdsDemo(db: Db, login: string): Promise<boolean> {
  return (await db.selectFrom('login_identifier').select('account_id').where('folded', '=', login).executeTakeFirst()) !== undefined
}

/** Everybody with account, company and open assignments, as the demonstration's history needs them. */
export async function listDemoPeople(db: Db, day: Day) {
  return db
    .selectFrom('engagement as e')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on(knownOn('v', day)))
    .innerJoin('account as a', 'a.person_id', 'e.person_id')
    .innerJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'e.employer_company_id').on('c.superseded_at', '=', OPEN_INSTANT))
    .leftJoin('assignment as s', (on) => on.onRef('s.engagement_id', '=', 'e.id').on('s.settled_at', '=', OPEN_INSTANT))
    .select([
      'e.id as engagement_id', 'e.person_id', 'e.number', 'e.sequence', 'e.employer_company_id', 'c.name as company_name', 'a.id as account_id', 'v.kind', 'v.display_name', 'v.unit_id', 'v.under18_until', 'v.valid_from', 'v.valid_to',
      's.id as assignment_id', 's.target_kind', 's.target_slug', 's.due_on', 's.opens_on',
    ])
    .orderBy('e.number')
    .orderBy('s.target_slug')
    .execute()
}

/** Gives everybody who has begun the demonstration's password, and the notice as shown to those named. */
export async function openDemoAccounts(tx: Tx, passwordHash: string, notice: { version: string; at: number; accountIds: readonly string[] }): Promise<void> {
  const begun = tx.selectFrom('engagement_current').select('person_id').where('valid_from', '<=', dayOf(notice.at))
  await tx.updateTable('account').set({ password_hash: passwordHash }).where('person_id', 'in', begun).execute()
  if (notice.accountIds.length > 0) await tx.updateTable('account').set({ notice_version: notice.version, notice_at: notice.at }).where('id', 'in', notice.accountIds).execute()
}

/** Enters the office roles of the demonstration. */
export async function createDemoAppointments(tx: Tx, changeSet: { id: string; at: number }, appointments: readonly { id: string; engagementId: string; role: Role; from: Day }[]): Promise<void> {
  await insertRows(tx, 'change_set', [{ id: changeSet.id, kind: 'edit', actor_account_id: null, at: changeSet.at, source_sha256: null, undoes: null, note: 'デモの役割', summary: '{}' }])
  await insertRows(tx, 'appointment', appointments.map(({ id, engagementId, role, from }) => ({
    id, engagement_id: engagementId, role, scope_kind: 'all' as const, scope_id: '', delegated_from: null, valid_from: from, valid_to: '9999-12-31', recorded_at: changeSet.at, superseded_at: OPEN_INSTANT, recorded_by: changeSet.id, superseded_by: null,
  })))
}

/** While the demonstration's history is written, the embedded file need not reach the disk after each of thousands of commits. */
export async function withoutDiskWaits<T>(db: Db, work: () => Promise<T>): Promise<T> {
  if (engineOf(db) === 'mysql') return work()
  await sql`pragma synchronous = off`.execute(db)
  try {
    return await work()
  } finally {
    await sql`pragma synchronous = full`.execute(db)
  }
}
