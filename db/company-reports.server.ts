import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { SILENT_MS } from '../app/domain/company-figures'
import type { CompanyKind } from '../app/domain/people'
import type { Db } from './database.server'

/** A company that works for the operator, as far as the operator knows it: what it last reported, and how many of its people are registered. */
export interface ReportingCompany {
  companyId: string
  code: string
  name: string
  kind: CompanyKind
  parentId: string | null
  /** The last 誓約取得証明 or 在籍人数 that came from it. */
  reportedAt: Instant | null
  declared: number | null
}

/** The contractors, their lower tiers and sole contractors in force on a day. */
export async function listReportingCompanies(db: Db, day: Day): Promise<ReportingCompany[]> {
  const rows = await db
    .selectFrom('company as o')
    .innerJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'o.id').on('c.superseded_at', '=', OPEN_INSTANT).on('c.valid_from', '<=', day).on('c.valid_to', '>', day))
    .select(['o.id', 'o.code', 'c.name', 'c.kind', 'c.parent_company_id'])
    .select([
      sql<number | null>`(select max(p.at) from pledge_certificate p where p.company_id = o.id)`.as('certified_at'), sql<number | null>`(select max(h.at) from company_headcount h where h.company_id = o.id)`.as('counted_at'),
      sql<number | null>`(select h.people from company_headcount h where h.company_id = o.id order by h.at desc limit 1)`.as('declared'),
    ])
    .where('c.kind', '<>', 'own').orderBy('o.code').execute()
  return rows.map((row) => ({
    companyId: row.id, code: row.code, name: row.name, kind: row.kind, parentId: row.parent_company_id, declared: row.declared === null ? null : Number(row.declared),
    reportedAt: row.certified_at === null && row.counted_at === null ? null : Math.max(Number(row.certified_at ?? 0), Number(row.counted_at ?? 0)),
  }))
}

/** How many companies with people at work have reported nothing for two weeks. */
export async function countSilentCompanies(db: Db, day: Day, now: Instant): Promise<number> {
  const row = await db
    .selectFrom('company_version as c').select(({ fn }) => fn.countAll<number>().as('count'))
    .where('c.superseded_at', '=', OPEN_INSTANT).where('c.valid_from', '<=', day).where('c.valid_to', '>', day).where('c.kind', 'in', ['contractor', 'subcontractor', 'salesAgency'])
    .where(sql<boolean>`exists (select 1 from engagement_current ec where ec.company_id = c.company_id and ec.valid_from <= ${day} and ec.valid_to > ${day})`)
    .where(sql<boolean>`not exists (select 1 from pledge_certificate p where p.company_id = c.company_id and p.at >= ${now - SILENT_MS})`)
    .where(sql<boolean>`not exists (select 1 from company_headcount h where h.company_id = c.company_id and h.at >= ${now - SILENT_MS})`)
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
