import type { SelectQueryBuilder } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { Db } from './database.server'
import type { AccessLogTable, Schema } from './schema'

/** What the 監査責任者 reads: evidence, looks, and what left the house; newest first, paged by time and identifier. */
export interface AuditPage {
  /** `time~id` of the last row shown. */
  before: string
  limit: number
}

/** A stretch of time, half-open. */
export interface Between {
  from: Instant | null
  to: Instant | null
}

const keyOf = (row: { at: Instant; id: string }) => `${row.at}~${row.id}`

export interface LedgerRow {
  id: string
  type: string
  at: Instant
  isPerson: boolean
  subject: { engagementId: string; number: string } | null
  /** The payload as it was hashed; null when it has been erased. */
  payload: Record<string, unknown> | null
  key: string
}

/** Ledger entries of a time, about somebody's engagements, by somebody, of one type. How often a contractor's worker took a test stays with the employer (L25). */
export async function listLedgerEntries(db: Db, filter: Between & { engagementIds: readonly string[] | null; account: string | null; type: string }, page: AuditPage): Promise<LedgerRow[]> {
  let query = db
    .selectFrom('ledger_entry as l').leftJoin('ledger_payload as p', 'p.entry_id', 'l.id').leftJoin('engagement as e', 'e.id', 'l.subject_engagement_id')
    .select(['l.id', 'l.type', 'l.at', 'l.actor_kind', 'e.id as engagement_id', 'e.number', 'p.bytes']).orderBy('l.at', 'desc').orderBy('l.id', 'desc').limit(page.limit)
    .where(({ eb, or, not, exists, selectFrom }) => or([eb('l.type', '!=', 'test.finished'), not(exists(selectFrom('engagement_current as ec').select('ec.engagement_id').whereRef('ec.engagement_id', '=', 'l.subject_engagement_id').where('ec.relation', '=', 'contract')))]))
  if (filter.engagementIds) query = query.where('l.subject_engagement_id', 'in', filter.engagementIds.length > 0 ? [...filter.engagementIds] : [''])
  if (filter.account !== null) query = query.where('l.actor_account_id', '=', filter.account)
  if (filter.type) query = query.where('l.type', '=', filter.type)
  if (filter.from !== null) query = query.where('l.at', '>=', filter.from)
  if (filter.to !== null) query = query.where('l.at', '<', filter.to)
  const [at, id] = page.before.split('~')
  if (id) query = query.where(({ eb, or, and }) => or([eb('l.at', '<', Number(at) || 0), and([eb('l.at', '=', Number(at) || 0), eb('l.id', '<', id)])]))
  return (await query.execute()).map((row) => ({
    id: row.id, type: row.type, at: row.at, isPerson: row.actor_kind === 'person', subject: row.engagement_id && row.number ? { engagementId: row.engagement_id, number: row.number } : null,
    payload: row.bytes ? (JSON.parse(new TextDecoder().decode(row.bytes)) as Record<string, unknown>) : null, key: keyOf(row),
  }))
}

export interface AccessRow {
  id: string
  at: Instant
  account: string | null
  system: string
  act: AccessLogTable['act']
  subjectKind: string
  subjectId: string
  reason: string
  sha256: string | null
  key: string
}

/** The access log: by who looked, by whom it is about, by time, by what was done. */
export async function listAccesses(db: Db, filter: Between & { account: string | null; subjectIds: readonly string[] | null; acts: readonly AccessLogTable['act'][] }, page: AuditPage): Promise<AccessRow[]> {
  let query: SelectQueryBuilder<Schema, 'access_log', AccessLogTable> = db.selectFrom('access_log').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(page.limit)
  if (filter.acts.length > 0) query = query.where('act', 'in', [...filter.acts])
  if (filter.account !== null) query = query.where('actor_account_id', '=', filter.account)
  if (filter.subjectIds) query = query.where('subject_id', 'in', filter.subjectIds.length > 0 ? [...filter.subjectIds] : ['-'])
  if (filter.from !== null) query = query.where('at', '>=', filter.from)
  if (filter.to !== null) query = query.where('at', '<', filter.to)
  const [at, id] = page.before.split('~')
  if (id) query = query.where(({ eb, or, and }) => or([eb('at', '<', Number(at) || 0), and([eb('at', '=', Number(at) || 0), eb('id', '<', id)])]))
  return (await query.execute()).map((row) => ({ id: row.id, at: row.at, account: row.actor_account_id, system: row.actor_system, act: row.act, subjectKind: row.subject_kind, subjectId: row.subject_id, reason: row.reason, sha256: row.sha256, key: keyOf(row) }))
}

export interface ExportRow {
  id: string
  at: Instant
  account: string | null
  system: string
  kind: string
  reason: string
  subjects: Record<string, unknown>
  sha256: string
  key: string
}

/** What was taken in bulk, with what was in it and its hash. */
export async function listExports(db: Db, filter: Between & { account: string | null }, page: AuditPage): Promise<ExportRow[]> {
  let query = db.selectFrom('export_record').selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(page.limit)
  if (filter.account !== null) query = query.where('actor_account_id', '=', filter.account)
  if (filter.from !== null) query = query.where('at', '>=', filter.from)
  if (filter.to !== null) query = query.where('at', '<', filter.to)
  const [at, id] = page.before.split('~')
  if (id) query = query.where(({ eb, or, and }) => or([eb('at', '<', Number(at) || 0), and([eb('at', '=', Number(at) || 0), eb('id', '<', id)])]))
  return (await query.execute()).map((row) => ({ id: row.id, at: row.at, account: row.actor_account_id, system: row.actor_system, kind: row.kind, reason: row.reason, subjects: JSON.parse(row.subjects) as Record<string, unknown>, sha256: row.sha256, key: keyOf(row) }))
}

/** The engagements and the account of whoever bears a 従事者番号. */
export async function findByNumber(db: Db, number: string): Promise<{ personId: string; engagementIds: string[]; account: string | null } | undefined> {
  const rows = await db.selectFrom('engagement as e').leftJoin('account as a', 'a.person_id', 'e.person_id').select(['e.id', 'e.person_id', 'a.id as account']).where('e.number', '=', number).orderBy('e.sequence').execute()
  return rows[0] && { personId: rows[0].person_id, engagementIds: rows.map(({ id }) => id), account: rows[0].account }
}

/** The numbers of subjects that are engagements. Words that somebody looked for are none: MariaDB does not even compare them with ids. */
export async function listNumbers(db: Db, subjectIds: readonly string[]): Promise<Map<string, string>> {
  const ids = subjectIds.filter((id) => ID_SHAPE.test(id))
  if (ids.length === 0) return new Map()
  return new Map((await db.selectFrom('engagement').select(['id', 'number']).where('id', 'in', ids).execute()).map(({ id, number }) => [id, number]))
}

const ID_SHAPE = /^[0-9a-f-]{36}$/

/** Which of these records an account has opened since then. */
export async function listOpened(db: Db, account: string, engagementIds: readonly string[], since: Instant): Promise<Set<string>> {
  if (engagementIds.length === 0) return new Set()
  const rows = await db.selectFrom('access_log').select('subject_id').where('actor_account_id', '=', account).where('at', '>=', since).where('act', '=', 'view').where('subject_kind', '=', 'person').where('subject_id', 'in', [...engagementIds]).execute()
  return new Set(rows.map(({ subject_id: id }) => id))
}

/** What was published of content and requirements, and when. */
export async function listPublished(db: Db) {
  const [versions, requirements] = await Promise.all([
    db.selectFrom('content_version').select(['kind', 'slug', 'version', 'status_at_publish', ({ fn }) => fn.min('published_at').as('published_at')]).groupBy(['kind', 'slug', 'version', 'status_at_publish']).orderBy('kind').orderBy('slug').orderBy('version').execute(),
    db.selectFrom('requirement_version').select(['requirement_id', 'version', 'valid_from', 'published_at', 'sha256']).orderBy('requirement_id').orderBy('version').execute(),
  ])
  return { versions, requirements }
}

/** What units, companies, engagements and assignments that evidence names are called now: by name, number, kind and slug. */
export async function listNamesOfEvidence(db: Db, ids: Record<'units' | 'companies' | 'engagements' | 'assignments', readonly string[]>, today: Day) {
  const [units, companies, engagements, assignments] = await Promise.all([
    ids.units.length === 0 ? [] : db.selectFrom('org_unit_version').select(['unit_id', 'name']).where('unit_id', 'in', [...ids.units]).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', today).orderBy('valid_from').execute(),
    ids.companies.length === 0 ? [] : db.selectFrom('company_version').select(['company_id', 'name']).where('company_id', 'in', [...ids.companies]).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', today).orderBy('valid_from').execute(),
    listNumbers(db, ids.engagements),
    ids.assignments.length === 0 ? [] : db.selectFrom('assignment').select(['id', 'target_kind', 'target_slug']).where('id', 'in', [...ids.assignments]).execute(),
  ])
  return {
    units: new Map(units.map((row) => [row.unit_id, row.name])), companies: new Map(companies.map((row) => [row.company_id, row.name])), engagements,
    assignments: new Map(assignments.map((row): [string, [kind: string, slug: string]] => [row.id, [row.target_kind, row.target_slug]])),
  }
}
