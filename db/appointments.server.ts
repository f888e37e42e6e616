import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { OFFICE_ROLES, type HeldCapacity } from '../app/domain/access'
import type { EngagementKind, Relation, Role } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** A role that somebody holds or will hold; the name is null where the operator sees the person by number only. */
export interface AppointmentRow {
  id: string
  engagementId: string
  personId: string
  accountId: string | null
  number: string
  name: string | null
  kind: EngagementKind
  role: Role
  scopeKind: 'all' | 'unit' | 'company'
  scopeId: string
  scopeName: string
  validFrom: Day
  validTo: Day
}

function appointments(db: Db, day: Day, shownOn: Day = day) {
  return db
    .selectFrom('appointment as r')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'r.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'r.engagement_id').on(speaksOn(day)))
    .leftJoin('account as a', 'a.person_id', 'ec.person_id')
    .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'r.scope_id').on(knownOn('u', day)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'r.scope_id').on(knownOn('c', day)))
    .where('r.superseded_at', '=', OPEN_INSTANT)
    .select(['r.id', 'r.engagement_id', 'ec.person_id', 'a.id as account_id', 'ec.number', 'v.display_name', 'v.kind', 'r.role', 'r.scope_kind', 'r.scope_id', 'u.name as unit_name', 'c.name as company_name', 'r.valid_from', 'r.valid_to', nameIsShown(shownOn).as('named')])
}

const appointment = (row: Awaited<ReturnType<ReturnType<typeof appointments>['execute']>>[number]): AppointmentRow => ({
  id: row.id, engagementId: row.engagement_id, personId: row.person_id, accountId: row.account_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, role: row.role,
  scopeKind: row.scope_kind, scopeId: row.scope_id, scopeName: row.unit_name ?? row.company_name ?? '', validFrom: row.valid_from, validTo: row.valid_to,
})

/** Roles held today or later, by number; the next page begins after the key of the last one shown. */
export async function listAppointments(db: Db, filter: { number: string; role: Role | null }, page: { after: { number: string; id: string } | null; day: Day; limit: number }): Promise<AppointmentRow[]> {
  let query = appointments(db, page.day).where('r.valid_to', '>', page.day).orderBy('ec.number').orderBy('r.id').limit(page.limit)
  if (filter.role) query = query.where('r.role', '=', filter.role)
  if (filter.number) query = query.where('ec.number', '>=', filter.number).where('ec.number', '<', `${filter.number}\u{10FFFF}`)
  const { after } = page
  if (after) query = query.where((on) => on.or([on('ec.number', '>', after.number), on.and([on('ec.number', '=', after.number), on('r.id', '>', after.id)])]))
  return (await query.execute()).map(appointment)
}

/** A role as it was held on a day, with when it became known and by whom. */
export type RoleOnDay = AppointmentRow & { decidedAt: Instant; decidedBy: string | null }

/** Who held which role on a day, as known now, by number; names as they are shown today. */
export async function listRolesOn(db: Db, filter: { day: Day; engagementIds: readonly string[] | null; role: Role | null }, page: { after: { number: string; id: string } | null; today: Day; limit: number }): Promise<RoleOnDay[]> {
  let query = appointments(db, filter.day, page.today).innerJoin('change_set as s', 's.id', 'r.recorded_by').select(['s.at', 's.actor_account_id'])
    .where('r.valid_from', '<=', filter.day).where('r.valid_to', '>', filter.day).orderBy('ec.number').orderBy('r.id').limit(page.limit)
  if (filter.role) query = query.where('r.role', '=', filter.role)
  if (filter.engagementIds) query = query.where('r.engagement_id', 'in', filter.engagementIds.length > 0 ? [...filter.engagementIds] : [''])
  const { after } = page
  if (after) query = query.where((on) => on.or([on('ec.number', '>', after.number), on.and([on('ec.number', '=', after.number), on('r.id', '>', after.id)])]))
  return (await query.execute()).map((row) => ({ ...appointment(row), decidedAt: row.at, decidedBy: row.actor_account_id }))
}

/** One appointment that is known to hold, now or later. */
export async function findAppointment(db: Db, id: string, day: Day): Promise<AppointmentRow | undefined> {
  const row = await appointments(db, day).where('r.id', '=', id).where('r.valid_to', '>', day).executeTakeFirst()
  return row && appointment(row)
}

/** What an engagement holds or held, as known now. */
export async function listHeldRoles(db: Db, engagementId: string) {
  const rows = await db.selectFrom('appointment').select(['id', 'role', 'scope_kind', 'scope_id', 'valid_from', 'valid_to']).where('engagement_id', '=', engagementId).where('superseded_at', '=', OPEN_INSTANT).execute()
  return rows.map((row) => ({ id: row.id, role: row.role, scopeKind: row.scope_kind, scopeId: row.scope_id, validFrom: row.valid_from, validTo: row.valid_to }))
}

/** The latest engagement of a number, with what an appointment asks of it. */
export async function findAppointee(db: Db, number: string, day: Day) {
  const row = await db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement as e', 'e.id', 'ec.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(day)))
    .leftJoin('account as a', 'a.person_id', 'ec.person_id')
    .select(['ec.engagement_id', 'ec.person_id', 'a.id as account_id', 'ec.number', 'v.display_name', 'v.kind', 'ec.relation', 'ec.company_id', 'ec.valid_from', 'ec.valid_to', 'v.under18_until', nameIsShown(day).as('named')])
    .where('e.number', '=', number).orderBy('e.sequence', 'desc').limit(1).executeTakeFirst()
  return row && {
    engagementId: row.engagement_id, personId: row.person_id, accountId: row.account_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind,
    relation: row.relation as Relation, companyId: row.company_id, validFrom: row.valid_from, validTo: row.valid_to, under18Until: row.under18_until,
  }
}
export type FoundAppointee = NonNullable<Awaited<ReturnType<typeof findAppointee>>>

/** The unit or company of a code, with its name on a day. */
export async function findScope(db: Db, kind: 'unit' | 'company', code: string, day: Day): Promise<{ id: string; name: string } | undefined> {
  if (kind === 'unit')
    return db.selectFrom('org_unit as o').innerJoin('org_unit_version as v', 'v.unit_id', 'o.id').select(['o.id', 'v.name']).where('o.code', '=', code)
      .where(knownOn('v', day)).executeTakeFirst()
  return db.selectFrom('company as o').innerJoin('company_version as v', 'v.company_id', 'o.id').select(['o.id', 'v.name']).where('o.code', '=', code)
    .where(knownOn('v', day)).executeTakeFirst()
}

/** How many system administrators there are on a day or will be. */
export async function countAdministrators(db: Db, day: Day): Promise<number> {
  const { count } = await db.selectFrom('appointment').select(({ fn }) => fn.countAll<number>().as('count')).where('role', '=', 'systemAdministrator').where('superseded_at', '=', OPEN_INSTANT).where('valid_to', '>', day).executeTakeFirstOrThrow()
  return Number(count)
}

const PART = 1000

/** What people stand for on a day or will, whatever engagement of theirs it hangs on: the roles they hold, and 上長 where somebody reports to them today. */
export async function listCapacitiesOfPeople(db: Db, personIds: readonly string[], day: Day): Promise<Map<string, HeldCapacity[]>> {
  const found = new Map<string, HeldCapacity[]>()
  const ids = [...new Set(personIds)]
  for (let start = 0; start < ids.length; start += PART) {
    const part = ids.slice(start, start + PART)
    const held = await rolesOfPeople(db, day).select('r.scope_id').where('e.person_id', 'in', part).execute()
    const supervisors = await db.selectFrom('engagement as e').innerJoin('engagement_current as t', 't.supervisor_engagement_id', 'e.id')
      .select('e.person_id').distinct().where('e.person_id', 'in', part).where('t.valid_to', '>', day).execute()
    const capacities = [...held.map(({ person_id, role, scope_id }) => ({ person_id, role, scopeId: scope_id })), ...supervisors.map(({ person_id }) => ({ person_id, role: 'supervisor' as const, scopeId: '' }))]
    for (const { person_id: person, ...capacity } of capacities) found.set(person, [...(found.get(person) ?? []), capacity])
  }
  return found
}

/** Those of the numbers that stand as 上長番号 of somebody on a day or later. */
export async function listNumbersReportedTo(db: Db, numbers: readonly string[], day: Day): Promise<Set<string>> {
  const found = new Set<string>()
  const asked = numbers.filter((number) => number !== '')
  for (let start = 0; start < asked.length; start += PART) {
    const rows = await db.selectFrom('engagement_version').select('supervisor_number').distinct().where('supervisor_number', 'in', asked.slice(start, start + PART)).where('superseded_at', '=', OPEN_INSTANT).where('valid_to', '>', day).execute()
    for (const { supervisor_number } of rows) found.add(supervisor_number)
  }
  return found
}

/** The office roles that anybody holds on a day or will hold, by person: a handful of people. */
export async function listOfficeRoles(db: Db, day: Day): Promise<Map<string, Role[]>> {
  return byPerson(await rolesOfPeople(db, day).where('r.role', 'in', [...OFFICE_ROLES]).execute())
}

function rolesOfPeople(db: Db, day: Day) {
  return db.selectFrom('appointment as r').innerJoin('engagement as e', 'e.id', 'r.engagement_id').select(['e.person_id', 'r.role']).distinct().where('r.superseded_at', '=', OPEN_INSTANT).where('r.valid_to', '>', day)
}

function byPerson(rows: readonly { person_id: string; role: Role }[]): Map<string, Role[]> {
  const found = new Map<string, Role[]>()
  for (const { person_id: person, role } of rows) found.set(person, [...(found.get(person) ?? []), role])
  return found
}
