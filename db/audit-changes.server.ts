import { sql } from 'kysely'
import type { Instant } from '../app/domain/calendar'
import { after, CHANGING_TYPES, type ChangeKind } from '../app/domain/audit-changes'
import type { AuditPage, Between } from './audit.server'
import type { Db } from './database.server'
import type { ChangeSetTable } from './schema'

/** What changed who is who, who may what, what is due from whom, and by which words and settings: register and evidence read as one list. */
export interface ChangeRow {
  id: string
  at: Instant
  kind: ChangeKind
  account: string | null
  /** A change set of the register: what it is called and says. */
  set: Pick<ChangeSetTable, 'kind' | 'note' | 'summary'> & { isUndone: boolean } | null
  /** An entry of the ledger. */
  entry: { type: string; subject: { engagementId: string; number: string } | null; system: string; payload: Record<string, unknown> | null } | null
  key: string
}

export interface ChangeFilter extends Between {
  kind: ChangeKind | null
  /** Whom it changed something about. */
  engagementIds: readonly string[] | null
  /** Who did it. */
  account: string | null
}

/** One page of changes, newest first: each source gives a page, and the newest of both are kept. */
export async function listChanges(db: Db, filter: ChangeFilter, page: AuditPage): Promise<ChangeRow[]> {
  const [sets, entries] = await Promise.all([listSets(db, filter, page), listEntries(db, filter, page)])
  return [...sets, ...entries].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, page.limit)
}

const keyOf = (row: { at: Instant; id: string }) => `${row.at}~${row.id}`
const FACTS = ['engagement_version', 'handling_scope', 'leave_period', 'appointment'] as const
const within = (ids: readonly string[]) => sql.join(ids.length > 0 ? [...ids] : [''])

/** 1 where change set `s` wrote or superseded a row of a table. */
const touches = (table: (typeof FACTS)[number]) => sql<0 | 1>`case when exists (select 1 from ${sql.table(table)} f where f.recorded_by = s.id) or exists (select 1 from ${sql.table(table)} f where f.superseded_by = s.id) then 1 else 0 end`

async function listSets(db: Db, filter: ChangeFilter, page: AuditPage): Promise<ChangeRow[]> {
  if (filter.kind !== null && filter.kind in CHANGING_TYPES) return []
  const isRole = sql<boolean>`${touches('appointment')} = 1`
  const roleOnly = sql<boolean>`(s.kind = 'edit' and ${touches('appointment')} = 1 and ${touches('engagement_version')} = 0)`
  let query = db.selectFrom('change_set as s').leftJoin('change_set as r', 'r.undoes', 's.id')
    .select(['s.id', 's.at', 's.kind', 's.note', 's.summary', 's.actor_account_id', 'r.id as undone_by', sql<0 | 1>`case when ${roleOnly} then 1 else 0 end`.as('role_only')])
    .where('s.kind', '!=', 'plan').orderBy('s.at', 'desc').orderBy('s.id', 'desc').limit(page.limit)
  if (filter.kind === 'role') query = query.where(isRole)
  else if (filter.kind === 'edit') query = query.where('s.kind', '=', 'edit').where(sql<boolean>`not ${roleOnly}`)
  else if (filter.kind === 'import' || filter.kind === 'undo') query = query.where('s.kind', '=', filter.kind)
  const { engagementIds } = filter
  if (engagementIds) query = query.where(sql<boolean>`s.id in (${sql.join(FACTS.flatMap((table) => (['recorded_by', 'superseded_by'] as const).map((column) => sql`select ${sql.ref(column)} from ${sql.table(table)} where engagement_id in (${within(engagementIds)})`)), sql` union `)})`)
  if (filter.account !== null) query = query.where('s.actor_account_id', '=', filter.account)
  if (filter.from !== null) query = query.where('s.at', '>=', filter.from)
  if (filter.to !== null) query = query.where('s.at', '<', filter.to)
  const last = after(page.before)
  if (last) query = query.where(({ eb, or, and }) => or([eb('s.at', '<', last.at), and([eb('s.at', '=', last.at), eb('s.id', '<', last.id)])]))
  return (await query.execute()).map((row) => ({
    id: row.id, at: row.at, kind: Number(row.role_only) === 1 ? 'role' : (row.kind as 'import' | 'edit' | 'undo'), account: row.actor_account_id, entry: null, key: keyOf(row),
    set: { kind: row.kind, note: row.note, summary: row.summary, isUndone: row.undone_by !== null },
  }))
}

async function listEntries(db: Db, filter: ChangeFilter, page: AuditPage): Promise<ChangeRow[]> {
  if (filter.kind !== null && !(filter.kind in CHANGING_TYPES)) return []
  const kinds = (Object.keys(CHANGING_TYPES) as (keyof typeof CHANGING_TYPES)[]).filter((kind) => filter.kind === null || filter.kind === kind)
  const types = kinds.flatMap((kind) => [...CHANGING_TYPES[kind]])
  let query = db.selectFrom('ledger_entry as l').leftJoin('ledger_payload as p', 'p.entry_id', 'l.id').leftJoin('engagement as e', 'e.id', 'l.subject_engagement_id')
    .select(['l.id', 'l.at', 'l.type', 'l.actor_account_id', 'e.id as engagement_id', 'e.number', 'p.bytes']).where('l.type', 'in', types).orderBy('l.at', 'desc').orderBy('l.id', 'desc').limit(page.limit)
  const { engagementIds } = filter
  // what was done to many at once names nobody in the entry: it is found by what it wrote to each, in the same transaction
  if (engagementIds) query = query.where(sql<boolean>`(l.subject_engagement_id in (${within(engagementIds)})
    or (l.type = 'duties.deferred' and exists (select 1 from assignment_event v join assignment a on a.id = v.assignment_id where a.engagement_id in (${within(engagementIds)}) and v.kind = 'defer' and v.at = l.at))
    or (l.type = 'class.entered' and exists (select 1 from approval_request q where q.engagement_id in (${within(engagementIds)}) and q.kind = 'class' and q.asked_at = l.at)))`)
  if (filter.account !== null) query = query.where('l.actor_account_id', '=', filter.account)
  if (filter.from !== null) query = query.where('l.at', '>=', filter.from)
  if (filter.to !== null) query = query.where('l.at', '<', filter.to)
  const last = after(page.before)
  if (last) query = query.where(({ eb, or, and }) => or([eb('l.at', '<', last.at), and([eb('l.at', '=', last.at), eb('l.id', '<', last.id)])]))
  return (await query.execute()).map((row) => {
    const payload = row.bytes ? (JSON.parse(new TextDecoder().decode(row.bytes)) as Record<string, unknown>) : null
    return {
      id: row.id, at: row.at, kind: kinds.find((kind) => (CHANGING_TYPES[kind] as readonly string[]).includes(row.type))!, account: row.actor_account_id, set: null, key: keyOf(row),
      entry: { type: row.type, subject: row.engagement_id && row.number ? { engagementId: row.engagement_id, number: row.number } : null, system: (payload?.actor as { system?: string } | undefined)?.system ?? '', payload },
    }
  })
}
