import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { EngagementKind, Role } from '../app/domain/people'
import type { Db } from './database.server'
import { inForce, knownOn } from './in-force.server'

/** Who answers for units, and where nobody does (domain.md §4.2, house.md §3). */
export type UnitFilter = 'all' | 'noHead' | 'noProtection'

/** Whether somebody in force holds a role of unit `o`; with `above`, of it or of a unit above it. */
const isHeld = (role: Role, day: Day, above: boolean) => sql<boolean>`exists (select 1 from appointment r inner join engagement_current h on h.engagement_id = r.engagement_id
  where r.role = ${role} and r.scope_kind = 'unit' and ${knownOn('r', day)} and ${inForce('h', day)}
    and ${above ? sql`r.scope_id in (select t.ancestor_id from unit_closure t where t.unit_id = o.id)` : sql`r.scope_id = o.id`})`

const filterOf = (only: UnitFilter, day: Day) => (only === 'all' ? sql<boolean>`1 = 1` : only === 'noHead' ? sql<boolean>`not ${isHeld('unitHead', day, false)}` : sql<boolean>`not ${isHeld('protectionManager', day, true)}`)

const units = (db: Db, only: UnitFilter, day: Day) => db
  .selectFrom('org_unit as o')
  .innerJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'o.id').on(knownOn('u', day)))
  .where('u.kind', '<>', 'unplaced').where(filterOf(only, day))

/** How many units there are of which nobody is 所属長, or 保護管理者 of it or above it. */
export async function countUnits(db: Db, only: UnitFilter, day: Day): Promise<number> {
  return Number((await units(db, only, day).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}

/** One page of units by code. */
export async function listUnitPage(db: Db, only: UnitFilter, page: { after: string; limit: number; day: Day }): Promise<{ unitId: string; code: string; name: string }[]> {
  return units(db, only, page.day).select(['o.id as unitId', 'o.code', 'u.name']).where('o.code', '>', page.after).orderBy('o.code').limit(page.limit).execute()
}

/** Names of units, whatever day they hold on last. */
export async function listUnitNames(db: Db, unitIds: readonly string[], day: Day): Promise<Map<string, { code: string; name: string }>> {
  if (unitIds.length === 0) return new Map()
  const rows = await db.selectFrom('org_unit as o').innerJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'o.id').on('u.superseded_at', '=', OPEN_INSTANT))
    .select(['o.id', 'o.code', 'u.name']).where('o.id', 'in', [...unitIds]).where('u.valid_from', '<=', day).orderBy('u.valid_from').execute()
  return new Map(rows.map(({ id, code, name }) => [id, { code, name }]))
}

/** Who holds a role of each of these units on a day. */
export async function listHolders(db: Db, unitIds: readonly string[], day: Day): Promise<{ unitId: string; role: Role; name: string; number: string; kind: EngagementKind }[]> {
  if (unitIds.length === 0) return []
  const rows = await db
    .selectFrom('appointment as r')
    .innerJoin('engagement_current as h', 'h.engagement_id', 'r.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'h.engagement_id').on(knownOn('v', day)))
    .select(['r.scope_id', 'r.role', 'v.display_name', 'h.number', 'v.kind'])
    .where('r.scope_kind', '=', 'unit').where('r.scope_id', 'in', [...unitIds]).where('r.role', 'in', ['unitHead', 'protectionManager']).where(knownOn('r', day))
    .orderBy('h.number').execute()
  return rows.map((row) => ({ unitId: row.scope_id, role: row.role, name: row.display_name, number: row.number, kind: row.kind }))
}

/** How many people of the workforce stand in each of these units today. */
export async function countPeopleOfUnits(db: Db, unitIds: readonly string[], day: Day): Promise<Map<string, number>> {
  if (unitIds.length === 0) return new Map()
  const rows = await db.selectFrom('engagement_current as ec').select(['ec.unit_id', ({ fn }) => fn.countAll<number>().as('count')]).where('ec.unit_id', 'in', [...unitIds]).where('ec.relation', 'in', ['own', 'dispatched'])
    .where('ec.valid_from', '<=', day).where('ec.valid_to', '>', day).groupBy('ec.unit_id').execute()
  return new Map(rows.map(({ unit_id, count }) => [unit_id!, Number(count)]))
}

/** 上長番号 that lead to nobody in force, each with how many people report to it: their requests reach no manager by that way. */
const vacant = (db: Db, day: Day) => db
  .selectFrom('engagement_current as ec')
  .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', day)))
  .leftJoin('engagement_current as s', 's.engagement_id', 'ec.supervisor_engagement_id')
  .where('ec.valid_from', '<=', day).where('ec.valid_to', '>', day).where('v.supervisor_number', '<>', '')
  .where(({ or, eb }) => or([eb('s.engagement_id', 'is', null), eb('s.valid_to', '<=', day), eb('s.valid_from', '>', day)]))

/** One page of them, by number. */
export async function listVacantSupervisors(db: Db, page: { after: string; limit: number; day: Day }): Promise<{ number: string; people: number; first: string }[]> {
  const rows = await vacant(db, page.day).select(['v.supervisor_number as number', ({ fn }) => fn.countAll<number>().as('people'), ({ fn }) => fn.min('ec.number').as('first')])
    .where('v.supervisor_number', '>', page.after).groupBy('v.supervisor_number').orderBy('v.supervisor_number').limit(page.limit).execute()
  return rows.map((row) => ({ number: row.number, people: Number(row.people), first: row.first }))
}

/** How many people report to nobody in force. */
export async function countWithoutSupervisor(db: Db, day: Day): Promise<number> {
  return Number((await vacant(db, day).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}

/** How many of the workforce are here on a day, and how many people of whatever relation are registered on it or later. */
export async function countRegistered(db: Db, day: Day): Promise<{ people: number; registered: number }> {
  const { rows } = await sql<{ people: number | null; registered: number }>`select sum(case when ec.relation in ('own', 'dispatched') and ec.valid_from <= ${day} then 1 else 0 end) as people, count(*) as registered from engagement_current ec where ec.valid_to > ${day}`.execute(db)
  return { people: Number(rows[0]?.people ?? 0), registered: Number(rows[0]?.registered ?? 0) }
}
