import { sql } from 'kysely'
import { hitOne, insertRows, type Db, type Tx } from './database.server'
import { knownOn } from './in-force.server'
import { prepared } from './prepared.server'

/** One row per (engagement in force × role in force) of the account behind a session: session, account and roles in one query. */
export const findSessionRows = prepared((db, idHash: string, today: string) =>
  db
    .selectFrom('session as s')
    .innerJoin('account as a', 'a.id', 's.account_id')
    .leftJoin('engagement as e', 'e.person_id', 'a.person_id')
    .leftJoin('engagement_version as v', (on) =>
      on.onRef('v.engagement_id', '=', 'e.id').on(knownOn('v', today)))
    .leftJoin('company_version as c', (on) =>
      on.onRef('c.company_id', '=', 'e.employer_company_id').on(knownOn('c', today)))
    .leftJoin('appointment as r', (on) =>
      on.onRef('r.engagement_id', '=', 'e.id').on(knownOn('r', today)))
    .select([
      's.id_hash', 's.created_at', 's.last_seen_at', 's.expires_at', 's.shared_terminal', 's.auth_method', 's.account_id',
      'a.person_id', 'a.must_change', 'a.disabled_at', 'a.notice_version', 'a.furigana', 'a.track',
      'e.id as engagement_id', 'e.number', 'e.sequence', 'e.employer_company_id', 'c.name as company_name',
      'v.id as version_id', 'v.kind', 'v.display_name', 'v.unit_id', 'v.under18_until', 'v.valid_from', 'v.valid_to',
      'r.role', 'r.scope_kind', 'r.scope_id',
      // 上長: somebody reports to this number. One look into an index, whatever the size of the company.
      sql<number | null>`(select 1 from engagement_current t where t.supervisor_engagement_id = e.id and t.valid_to > ${today} limit 1)`.as('supervises'),
    ])
    .where('s.id_hash', '=', idHash)
    .orderBy('v.valid_from', 'desc')
    .orderBy('e.id'))
export type SessionRow = Awaited<ReturnType<typeof findSessionRows>>[number]

/** Enters a session under the hash of its token. */
export async function createSession(tx: Tx, session: { idHash: string; accountId: string; at: number; expiresAt: number; shared: boolean; address: string; agent: string; authMethod: string }) {
  await insertRows(tx, 'session', [{
    id_hash: session.idHash, account_id: session.accountId, created_at: session.at, last_seen_at: session.at, expires_at: session.expiresAt,
    shared_terminal: session.shared ? 1 : 0, address: session.address.slice(0, 64), agent: session.agent.slice(0, 400), auth_method: session.authMethod,
  }])
}

/** Moves the idle clock; the only write that a GET may cause. */
export async function touchSession(tx: Tx, idHash: string, at: number) {
  await tx.updateTable('session').set({ last_seen_at: at }).where('id_hash', '=', idHash).where('last_seen_at', '<', at).execute()
}

/** Ends one session of an account; true when there was one. */
export async function endSession(tx: Tx, accountId: string, idHash: string) {
  return hitOne(await tx.deleteFrom('session').where('id_hash', '=', idHash).where('account_id', '=', accountId).executeTakeFirst())
}

/** Ends all sessions of an account, except one when it is named. */
export async function endSessions(tx: Tx, accountId: string, except = '') {
  await tx.deleteFrom('session').where('account_id', '=', accountId).where('id_hash', '!=', except).execute()
}

/** Ends all sessions of people. */
export async function endSessionsOfPeople(tx: Tx, personIds: readonly string[]) {
  if (personIds.length === 0) return
  await tx.deleteFrom('session').where('account_id', 'in', (inner) => inner.selectFrom('account').select('id').where('person_id', 'in', [...personIds])).execute()
}

/** One's own sessions, newest use first. */
export async function listSessions(db: Db, accountId: string) {
  return db.selectFrom('session').select(['id_hash', 'created_at', 'last_seen_at', 'expires_at', 'shared_terminal', 'address', 'agent']).where('account_id', '=', accountId).orderBy('last_seen_at', 'desc').limit(50).execute()
}

/** 1 when the database answers. */
export async function pingDatabase(db: Db): Promise<number> {
  return (await sql<{ one: number }>`select 1 as one`.execute(db)).rows[0]?.one ?? 0
}
