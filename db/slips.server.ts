import { sql } from 'kysely'
import { addDays, type Day } from '../app/domain/calendar'
import type { HeldCapacity, Reach } from '../app/domain/access'
import type { EngagementKind, Relation } from '../app/domain/people'
import { SLIP_DAYS_AHEAD } from '../app/domain/sign-in-code'
import { listCapacitiesOfPeople } from './appointments.server'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown } from './people-search.server'

/** The named companies and every tier below them, as of a day. */
export async function listCompaniesBelow(db: Db, companyIds: readonly string[], day: Day): Promise<string[]> {
  if (companyIds.length === 0) return []
  const rows = await db
    .withRecursive('below', (part) =>
      part.selectFrom('company').select('id').where('id', 'in', [...companyIds]).union((again) =>
        again.selectFrom('company_version as c').innerJoin('below as b', 'b.id', 'c.parent_company_id').select('c.company_id as id').where(knownOn('c', day))))
    .selectFrom('below').select('id').execute()
  return rows.map(({ id }) => id)
}

/** The companies an act reaches, tiers below included; null for all. */
export const companiesOfReach = async (db: Db, reach: Reach, day: Day): Promise<readonly string[] | null> => (reach.all ? null : listCompaniesBelow(db, reach.companyIds, day))

/** Somebody who may be given a code. The name is null where the operator sees a contractor's worker by number only. */
export interface Invitee {
  engagementId: string
  personId: string
  accountId: string
  number: string
  name: string | null
  kind: EngagementKind
  relation: Relation
  companyName: string
  unitName: string | null
  mail: string
  /** First day of the engagement; a later one than today has not begun. */
  from: Day
  hasPassword: boolean
  /** What the person stands for, 上長 included: who may hand out the code depends on it. */
  roles: readonly HeldCapacity[]
}

/** Those in force on the day, and those who begin within the days in which a slip is printed ahead: these as on their first day. */
function invitees(db: Db, companies: readonly string[] | null, day: Day) {
  const on = sql<Day>`case when ec.valid_from > ${day} then ec.valid_from else ${day} end`
  const query = db
    .selectFrom('engagement_current as ec')
    .innerJoin('account as a', 'a.person_id', 'ec.person_id')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', on)))
    .leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', on)))
    .leftJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', on)))
    .where('a.disabled_at', 'is', null)
    .where('ec.valid_from', '<=', addDays(day, SLIP_DAYS_AHEAD))
  return (companies === null ? query : query.where('ec.company_id', 'in', companies.length > 0 ? [...companies] : ['']))
    .select(['ec.engagement_id', 'ec.person_id', 'a.id as account_id', 'ec.number', 'v.display_name', 'v.kind', 'ec.relation', 'c.name as company_name', 'u.name as unit_name', 'v.mail', 'ec.valid_from'])
    .select([sql<0 | 1>`case when a.password_hash is null then 0 else 1 end`.as('has_password'), (companies === null ? nameIsShown(day) : sql<0 | 1>`1`).as('named')])
}

type Row = Awaited<ReturnType<ReturnType<typeof invitees>['execute']>>[number]

const invitee = (capacities: Awaited<ReturnType<typeof listCapacitiesOfPeople>>) => (row: Row): Invitee => ({
  engagementId: row.engagement_id, personId: row.person_id, accountId: row.account_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, relation: row.relation,
  companyName: row.company_name ?? '', unitName: row.unit_name, mail: row.mail, from: row.valid_from, hasPassword: Number(row.has_password) === 1, roles: capacities.get(row.person_id) ?? [],
})

const withRoles = async (db: Db, rows: readonly Row[], day: Day): Promise<Invitee[]> => rows.map(invitee(await listCapacitiesOfPeople(db, rows.map((row) => row.person_id), day)))

/** One page of those in force or about to begin within the reach: by default who has no password yet, or whoever's number begins so. In the order of numbers. */
export async function listInvitees(db: Db, companies: readonly string[] | null, filter: { number: string; waiting: boolean; after: string }, page: { day: Day; limit: number }): Promise<Invitee[]> {
  let query = invitees(db, companies, page.day).where('ec.number', '>', filter.after).orderBy('ec.number').limit(page.limit)
  if (filter.waiting) query = query.where('a.password_hash', 'is', null)
  if (filter.number !== '') query = query.where('ec.number', '>=', filter.number).where('ec.number', '<', `${filter.number}\u{10FFFF}`)
  return withRoles(db, await query.execute(), page.day)
}

/** Those among the named engagements who are in force or about to begin, and within the reach. */
export async function listNamedInvitees(db: Db, companies: readonly string[] | null, engagementIds: readonly string[], day: Day): Promise<Invitee[]> {
  if (engagementIds.length === 0) return []
  return withRoles(db, await invitees(db, companies, day).where('ec.engagement_id', 'in', [...engagementIds]).orderBy('ec.number').execute(), day)
}
