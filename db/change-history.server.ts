import { sql } from 'kysely'
import { type Day, type Instant } from '../app/domain/calendar'
import type { TouchedFact, TouchedVersion } from '../app/domain/change-story'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'
import type { ChangeSetTable } from './schema'

export interface ChangeSetRow {
  id: string
  kind: ChangeSetTable['kind']
  at: Instant
  note: string
  summary: string
  actor: { name: string; number: string; kind: EngagementKind } | null
  undoes: string | null
  undoneBy: string | null
  undoneAt: Instant | null
}

const BETWEEN = '\t'

function changeSets(db: Db, today: Day) {
  return db
    .selectFrom('change_set as s')
    .leftJoin('change_set as r', 'r.undoes', 's.id')
    .select(['s.id', 's.kind', 's.at', 's.note', 's.summary', 's.undoes', 'r.id as undone_by', 'r.at as undone_at'])
    .select(sql<string | null>`(select concat(ec.number, ${BETWEEN}, v.kind, ${BETWEEN}, v.display_name) from account a join engagement_current ec on ec.person_id = a.person_id
      join engagement_version v on v.engagement_id = ec.engagement_id and ${speaksOn(today)} where a.id = s.actor_account_id order by ec.valid_from desc limit 1)`.as('actor'))
}

const toRow = (row: { id: string; kind: ChangeSetTable['kind']; at: Instant; note: string; summary: string; undoes: string | null; undone_by: string | null; undone_at: Instant | null; actor: string | null }): ChangeSetRow => {
  const [number, kind, name] = row.actor?.split(BETWEEN) ?? []
  return {
    id: row.id, kind: row.kind, at: row.at, note: row.note, summary: row.summary, undoes: row.undoes, undoneBy: row.undone_by, undoneAt: row.undone_at,
    actor: name === undefined ? null : { name, number: number!, kind: kind as EngagementKind },
  }
}

/** Imports, edits and undoings, newest first; the nightly plans are left out. `before` is the id of the last one shown. */
export async function listChangeHistory(db: Db, page: { before: string | null; limit: number; today: Day }): Promise<ChangeSetRow[]> {
  let query = changeSets(db, page.today).where('s.kind', '!=', 'plan').orderBy('s.at', 'desc').orderBy('s.id', 'desc').limit(page.limit)
  if (page.before !== null) {
    const last = await db.selectFrom('change_set').select(['id', 'at']).where('id', '=', page.before).executeTakeFirst()
    if (last) query = query.where(({ eb, or, and }) => or([eb('s.at', '<', last.at), and([eb('s.at', '=', last.at), eb('s.id', '<', last.id)])]))
  }
  return (await query.execute()).map(toRow)
}

/** One change set. */
export async function findChangeHistory(db: Db, id: string, today: Day): Promise<ChangeSetRow | undefined> {
  const row = await changeSets(db, today).where('s.id', '=', id).executeTakeFirst()
  return row && toRow(row)
}

const TOUCHING = ['engagement_version', 'handling_scope', 'leave_period', 'appointment'] as const

/** The engagements that a change set touched, as one set. */
const touched = (changeSetId: string) =>
  sql<{ engagement_id: string }>`(${sql.join(TOUCHING.flatMap((table) => (['recorded_by', 'superseded_by'] as const).map((column) => sql`select engagement_id from ${sql.table(table)} where ${sql.ref(column)} = ${changeSetId}`)), sql` union `)})`

export interface TouchedPerson {
  engagementId: string
  number: string
  sequence: number
  name: string | null
  kind: EngagementKind
  /** True when nothing of the engagement holds any more: it was taken back. */
  isGone: boolean
}

/** One page of the people whom a change set touched, by number. */
export async function listTouchedPeople(db: Db, changeSetId: string, page: { after: { number: string; sequence: number } | null; limit: number; today: Day }): Promise<TouchedPerson[]> {
  let query = db
    .selectFrom(touched(changeSetId).as('x'))
    .innerJoin('engagement as e', (join) => join.onRef('e.id', '=', sql.ref<string>('x.engagement_id')))
    .leftJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .leftJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'e.id').on(speaksOn(page.today)))
    .select(['e.id', 'e.number', 'e.sequence', 'v.display_name', 'v.kind', nameIsShown(page.today).as('named')])
    .orderBy('e.number').orderBy('e.sequence').limit(page.limit)
  const { after } = page
  if (after) query = query.where(({ eb, or, and }) => or([eb('e.number', '>', after.number), and([eb('e.number', '=', after.number), eb('e.sequence', '>', after.sequence)])]))
  return (await query.execute()).map((row) => ({ engagementId: row.id, number: row.number, sequence: row.sequence, name: row.display_name !== null && Number(row.named) === 1 ? row.display_name : null, kind: row.kind ?? 'regular', isGone: row.display_name === null }))
}

/** How many people a change set touched. */
export async function countTouchedPeople(db: Db, changeSetId: string): Promise<number> {
  const { count } = await db.selectFrom(touched(changeSetId).as('x')).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

interface Touch {
  engagementId: string
  changeSetId: string
}

/** The rows of these engagements that change sets superseded (`was`) or recorded (`is`). */
export async function listTouchedFacts(db: Db, changeSetIds: readonly string[], engagementIds: readonly string[], today: Day): Promise<{ versions: (TouchedVersion & Touch)[]; facts: (TouchedFact & Touch)[] }> {
  if (engagementIds.length === 0 || changeSetIds.length === 0) return { versions: [], facts: [] }
  const ids = [...engagementIds]
  const sets = [...changeSetIds]
  const touches = (row: { recorded_by: string; superseded_by: string | null }): { side: 'was' | 'is'; changeSetId: string }[] => {
    if (row.recorded_by === row.superseded_by) return []
    return [...(row.superseded_by !== null && sets.includes(row.superseded_by) ? [{ side: 'was' as const, changeSetId: row.superseded_by }] : []), ...(sets.includes(row.recorded_by) ? [{ side: 'is' as const, changeSetId: row.recorded_by }] : [])]
  }
  const versions = await db
    .selectFrom('engagement_version as v')
    .leftJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', today)))
    .select(['v.engagement_id', 'v.valid_from', 'v.valid_to', 'v.kind', 'v.display_name', 'v.kana', 'v.mail', 'u.name as unit', 'v.supervisor_number', 'v.under18_until', 'v.recorded_by', 'v.superseded_by'])
    .where('v.engagement_id', 'in', ids).where(({ eb, or }) => or([eb('v.recorded_by', 'in', sets), eb('v.superseded_by', 'in', sets)]))
    .execute()
  const beside = async (table: 'handling_scope' | 'leave_period' | 'appointment', what: TouchedFact['what'], code: 'category' | 'reason_code' | 'role') =>
    (await db.selectFrom(table).select(['engagement_id', 'valid_from', 'valid_to', 'recorded_by', 'superseded_by', sql.ref<string>(code).as('code')]).where('engagement_id', 'in', ids).where(({ eb, or }) => or([eb('recorded_by', 'in', sets), eb('superseded_by', 'in', sets)])).execute())
      .flatMap((row) => touches(row).map((touch) => ({ ...touch, engagementId: row.engagement_id, what, code: row.code, from: row.valid_from, to: row.valid_to })))
  return {
    versions: versions.flatMap((row) => touches(row).map((touch) => ({ ...touch, engagementId: row.engagement_id, from: row.valid_from, to: row.valid_to, kind: row.kind, name: row.display_name, kana: row.kana, mail: row.mail, unit: row.unit ?? '', supervisor: row.supervisor_number, under18Until: row.under18_until }))),
    facts: [...(await beside('handling_scope', 'handling', 'category')), ...(await beside('leave_period', 'leave', 'reason_code')), ...(await beside('appointment', 'role', 'role'))],
  }
}
