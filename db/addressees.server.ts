import { sql } from 'kysely'
import { lineOf, type LineScope, type ViewerRole } from '../app/domain/access'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { isWorkforce, type EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { inForce, knownOn } from './in-force.server'

/** Who is written to for others: those who lead a line, and the 会社側担当者 of companies. */

/** Whose line an account leads today, as at its own door; nobody's when the roles have ended. */
export async function findLineScope(db: Db, accountId: string, today: Day): Promise<LineScope | undefined> {
  const rows = await db
    .selectFrom('account as s').innerJoin('engagement_current as ec', 'ec.person_id', 's.person_id')
    .leftJoin('appointment as r', (on) => on.onRef('r.engagement_id', '=', 'ec.engagement_id').on(knownOn('r', today)))
    .select(['s.person_id', 'ec.engagement_id', 'ec.kind', 'r.role', 'r.scope_kind', 'r.scope_id', sql<number | null>`(select 1 from engagement_current t where t.supervisor_engagement_id = ec.engagement_id and t.valid_to > ${today} limit 1)`.as('supervises')])
    .where('s.id', '=', accountId).where('s.disabled_at', 'is', null).where(inForce('ec', today)).execute()
  if (!rows[0]) return undefined
  const roles: ViewerRole[] = rows.flatMap(({ engagement_id: engagementId, kind, role, scope_kind: scopeKind, scope_id: scopeId, supervises }) => [
    ...(role !== null ? [{ role, scopeKind: scopeKind!, scopeId: scopeId!, engagementId }] : []),
    ...(supervises === null || !isWorkforce(kind) ? [] : [{ role: 'supervisor' as const, scopeKind: 'line' as const, scopeId: engagementId, engagementId }]),
  ])
  const line = lineOf({ roles, personId: rows[0].person_id })
  return line.unitIds.length + line.supervisorIds.length > 0 ? line : undefined
}

export interface Holder {
  accountId: string
  personId: string
  engagementId: string
  number: string
  name: string
  mail: string
  kind: EngagementKind
  companyId: string
  companyName: string
}

const holders = (db: Db, today: Day) => db
  .selectFrom('engagement_current as ec').innerJoin('account as s', 's.person_id', 'ec.person_id')
  .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', today)))
  .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
  .select(['s.id as accountId', 'ec.person_id as personId', 'ec.engagement_id as engagementId', 'ec.number', 'v.display_name as name', 'v.mail', 'v.kind', 'ec.company_id as companyId', 'c.name as companyName'])
  .where('s.disabled_at', 'is', null).where(inForce('ec', today))

const holderOf = (row: Omit<Holder, 'companyName'> & { companyName: string | null }): Holder => ({ ...row, companyName: row.companyName ?? '' })

/** Whoever may have a line with something open: 上長 of such people, and who answers for a unit that has such people in or below it. Not on leave. */
export async function listManagers(db: Db, today: Day): Promise<Holder[]> {
  const openOnes = sql`select ec.supervisor_engagement_id, ec.unit_id from engagement_current ec where ec.relation <> 'contract' and ec.valid_from <= ${today} and ec.valid_to > ${today} and ec.on_leave = 0
    and exists (select 1 from assignment a where a.engagement_id = ec.engagement_id and a.settled_at = ${OPEN_INSTANT} and a.opens_on <= ${today})`
  const rows = await holders(db, today).where('ec.on_leave', '=', 0)
    .where(sql<boolean>`(ec.engagement_id in (select o.supervisor_engagement_id from (${openOnes}) o where o.supervisor_engagement_id is not null)
      or ec.engagement_id in (select r.engagement_id from appointment r inner join unit_closure uc on uc.ancestor_id = r.scope_id inner join (${openOnes}) o on o.unit_id = uc.unit_id
        where r.role in ('unitHead', 'protectionManager', 'protectionDeputy') and r.scope_kind = 'unit' and ${knownOn('r', today)}))`)
    .orderBy('s.id').execute()
  return rows.map(holderOf)
}

/** Those who hold these engagements today and are not on leave. */
export async function listHolders(db: Db, engagementIds: readonly string[], today: Day): Promise<Holder[]> {
  return engagementIds.length === 0 ? [] : (await holders(db, today).where('ec.engagement_id', 'in', [...engagementIds]).where('ec.on_leave', '=', 0).execute()).map(holderOf)
}

/** Who an account is today: the engagement that lasts longest; undefined when nobody, or on leave. */
export async function findHolder(db: Db, accountId: string, today: Day): Promise<Holder | undefined> {
  const row = await holders(db, today).where('s.id', '=', accountId).where('ec.on_leave', '=', 0).orderBy('ec.valid_to', 'desc').orderBy('ec.valid_from').limit(1).executeTakeFirst()
  return row && holderOf(row)
}

/** 個人受託者 of companies (of all, when none are named), who are person and company in one. */
export async function listSoleContractors(db: Db, companyIds: readonly string[] | 'all', today: Day): Promise<(Holder & { forCompanyId: string })[]> {
  if (companyIds !== 'all' && companyIds.length === 0) return []
  const rows = await holders(db, today).where('ec.relation', '=', 'sole').$if(companyIds !== 'all', (query) => query.where('ec.company_id', 'in', companyIds as string[])).orderBy('ec.number').execute()
  return rows.map((row) => ({ ...holderOf(row), forCompanyId: row.companyId }))
}

/** The 保護管理者 of units (of all, when none are named), each with the unit the role is for. */
export async function listProtectors(db: Db, unitIds: readonly string[] | 'all', today: Day): Promise<(Holder & { forUnitId: string })[]> {
  if (unitIds !== 'all' && unitIds.length === 0) return []
  const rows = await holders(db, today).where('ec.on_leave', '=', 0)
    .innerJoin('appointment as r', (on) => on.onRef('r.engagement_id', '=', 'ec.engagement_id').on('r.role', '=', 'protectionManager').on('r.scope_kind', '=', 'unit').on(knownOn('r', today)))
    .select('r.scope_id as forUnitId').$if(unitIds !== 'all', (query) => query.where('r.scope_id', 'in', unitIds as string[]))
    .orderBy('r.valid_from').orderBy('ec.number').execute()
  return rows.map((row) => ({ ...holderOf(row), forUnitId: row.forUnitId }))
}

/** The 会社側担当者 of companies (of all, when none are named), the longest-serving first; each with the company the role is for. */
export async function listContacts(db: Db, companyIds: readonly string[] | 'all', today: Day): Promise<(Holder & { forCompanyId: string })[]> {
  if (companyIds !== 'all' && companyIds.length === 0) return []
  const rows = await holders(db, today)
    .innerJoin('appointment as r', (on) => on.onRef('r.engagement_id', '=', 'ec.engagement_id').on('r.role', '=', 'companyContact').on('r.scope_kind', '=', 'company').on(knownOn('r', today)))
    .select('r.scope_id as forCompanyId').$if(companyIds !== 'all', (query) => query.where('r.scope_id', 'in', companyIds as string[]))
    .orderBy('r.valid_from').orderBy('ec.number').execute()
  return rows.map((row) => ({ ...holderOf(row), forCompanyId: row.forCompanyId }))
}
