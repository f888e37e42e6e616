import { sql } from 'kysely'
import { type Day, type Instant } from '../app/domain/calendar'
import type { CompanyKind } from '../app/domain/people'
import type { Db } from './database.server'
import { inForce, knownOn } from './in-force.server'

/** A company that works for the operator, as far as the operator knows it: what it last reported, and how many of its people are registered. */
export interface ReportingCompany {
  companyId: string
  code: string
  name: string
  kind: CompanyKind
  parentId: string | null
  /** The last 誓約取得証明 or 在籍人数 that came from it itself. */
  reportedAt: Instant | null
  /** Somebody of it is in force on the day. */
  atWork: boolean
  declared: number | null
}

/** What the company in a column sent last, to be read by `reportedAtOf`. */
export const selectReports = (company: string) => [
  sql<Instant | null>`(select max(p.at) from pledge_certificate p where p.company_id = ${sql.ref(company)})`.as('certified_at'), sql<Instant | null>`(select max(h.at) from company_headcount h where h.company_id = ${sql.ref(company)})`.as('counted_at'),
]

/** When the last 誓約取得証明 or 在籍人数 came from the company itself; null when none did. */
export const reportedAtOf = ({ certified_at: certified, counted_at: counted }: { certified_at: Instant | null; counted_at: Instant | null }): Instant | null =>
  certified === null && counted === null ? null : Math.max(Number(certified ?? 0), Number(counted ?? 0))

/** The contractors, their lower tiers and sole contractors in force on a day. */
export async function listReportingCompanies(db: Db, day: Day): Promise<ReportingCompany[]> {
  const rows = await db
    .selectFrom('company as o')
    .innerJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'o.id').on(knownOn('c', day)))
    .select(['o.id', 'o.code', 'c.name', 'c.kind', 'c.parent_company_id'])
    .select(selectReports('o.id')).select([
      sql<number | null>`(select h.people from company_headcount h where h.company_id = o.id order by h.at desc limit 1)`.as('declared'),
      sql<0 | 1>`case when exists (select 1 from engagement_current ec where ec.company_id = o.id and ${inForce('ec', day)}) then 1 else 0 end`.as('at_work'),
    ])
    .where('c.kind', '<>', 'own').orderBy('o.code').execute()
  return rows.map((row) => ({
    companyId: row.id, code: row.code, name: row.name, kind: row.kind, parentId: row.parent_company_id, declared: row.declared === null ? null : Number(row.declared),
    reportedAt: reportedAtOf(row), atWork: Number(row.at_work) === 1,
  }))
}
