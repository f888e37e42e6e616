import type { Instant } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import type { AccessLogTable } from './schema'

/** Who acts: an account, or the user of the operating system at the command line. */
export type Actor = { account: string } | { system: string }

const columnsOf = (actor: Actor) => ('account' in actor ? { actor_account_id: actor.account, actor_system: '' } : { actor_account_id: null, actor_system: actor.system })

/** Appends who opened, took or looked up what, when and why. */
export async function recordAccessRow(tx: Tx, row: { id: string; at: Instant; actor: Actor; act: AccessLogTable['act']; subjectKind: string; subjectId: string; reason: string; sha256: string | null }): Promise<void> {
  await insertRows(tx, 'access_log', [{ id: row.id, at: row.at, ...columnsOf(row.actor), act: row.act, subject_kind: row.subjectKind, subject_id: row.subjectId, reason: row.reason, sha256: row.sha256 }])
}

/** Appends what left the system in bulk: which subjects, why, and the hash of the bytes. */
export async function recordExportRow(tx: Tx, row: { id: string; at: Instant; actor: Actor; reason: string; kind: string; subjects: string; sha256: string }): Promise<void> {
  await insertRows(tx, 'export_record', [{ id: row.id, at: row.at, ...columnsOf(row.actor), reason: row.reason, kind: row.kind, subjects: row.subjects, sha256: row.sha256 }])
}

/** The opening of one engagement's record by this account since then: with a reason; a page read without one opens nothing. */
export async function findOpening(db: Db, account: string, engagementId: string, since: Instant): Promise<{ reason: string; at: Instant } | undefined> {
  return db.selectFrom('access_log').select(['reason', 'at']).where('subject_id', '=', engagementId).where('at', '>=', since).where('actor_account_id', '=', account).where('act', '=', 'view').where('subject_kind', '=', 'person').orderBy('at', 'desc').limit(1).executeTakeFirst()
}

/** Something that is noted once a day: a page of one person, or a search. */
export interface Noted {
  act: 'view' | 'search'
  subjectKind: string
  subjectId: string
}

/** Whether this account has that noted since then. */
export async function isNoted(db: Db, account: string, { act, subjectKind, subjectId }: Noted, since: Instant): Promise<boolean> {
  return (await db.selectFrom('access_log').select('id').where('subject_id', '=', subjectId).where('at', '>=', since).where('actor_account_id', '=', account).where('act', '=', act).where('subject_kind', '=', subjectKind).limit(1).executeTakeFirst()) !== undefined
}

/** What is one person's in the access log: the record under each engagement, signed papers, requests, downloads of one's own, exports of a roster that one stood in. */
export interface OwnSubjects {
  ids: readonly string[]
  /** Exports before this did not hold the person. */
  since: Instant
}

/** Under which subjects the looks at one person are filed. */
export async function findOwnSubjects(db: Db, personId: string): Promise<OwnSubjects> {
  const [engagements, acts, requests] = await Promise.all([
    db.selectFrom('engagement as e').innerJoin('company as c', 'c.id', 'e.employer_company_id').select(['e.id', 'e.created_at', 'c.code']).where('e.person_id', '=', personId).execute(),
    db.selectFrom('pledge_act as p').innerJoin('assignment as s', 's.id', 'p.assignment_id').innerJoin('engagement as e', 'e.id', 's.engagement_id').select('p.id').where('e.person_id', '=', personId).execute(),
    db.selectFrom('approval_request as r').innerJoin('engagement as e', 'e.id', 'r.engagement_id').select('r.id').where('e.person_id', '=', personId).execute(),
  ])
  return {
    ids: [...new Set([personId, ...engagements.flatMap(({ id, code }) => [id, `=${code}`]), ...acts.map(({ id }) => id), ...requests.map(({ id }) => id), WHOLE_ROSTER])],
    since: Math.min(...engagements.map(({ created_at: at }) => at), Number.MAX_SAFE_INTEGER),
  }
}

/** The subject of an export that holds every company; `=code` names one (ui/roster-form). */
const WHOLE_ROSTER = ''

export interface Look {
  id: string
  at: Instant
  act: AccessLogTable['act']
  subjectKind: string
  reason: string
  /** Null for the command line. */
  account: string | null
  /** Where this row stands: the next page begins after it. */
  key: string
}

/** One page of who opened or took one person's records, newest first. */
export async function listLooks(db: Db, { ids, since }: OwnSubjects, page: { after: string; limit: number }): Promise<Look[]> {
  const [at, id] = page.after.split(' ')
  let query = db
    .selectFrom('access_log').select(['id', 'at', 'act', 'subject_kind', 'reason', 'actor_account_id'])
    .where('subject_id', 'in', ids)
    .where(({ eb, or, and }) => or([eb('subject_kind', 'in', ['person', 'lineFile', 'companyFile', 'request', 'classRequest', 'scan', 'pledge', 'ownRecord', 'dossier']), and([eb('subject_kind', '=', 'roster'), eb('at', '>=', since)])]))
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(page.limit)
  if (id !== undefined) query = query.where(({ eb, or, and }) => or([eb('at', '<', Number(at) || 0), and([eb('at', '=', Number(at) || 0), eb('id', '<', id)])]))
  return (await query.execute()).map((row) => ({ id: row.id, at: row.at, act: row.act, subjectKind: row.subject_kind, reason: row.reason, account: row.actor_account_id, key: `${row.at} ${row.id}` }))
}
