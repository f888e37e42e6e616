import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'

/** A company whose people ask and nobody may answer: it has no 会社側担当者, nor has any company above it. */
export interface UnheardCompany {
  companyId: string
  code: string
  name: string
  questions: number
  since: Instant
}

/**
 * Companies where questions wait and no 会社側担当者 in force hears them, by company. The operator may not answer in the employer's
 * place (domain.md L25), so neither the words nor who asked leave the database: HR sees how many wait, and appoints somebody.
 */
export async function listUnheardCompanies(db: Db, page: { after: string; limit: number; today: Day }): Promise<UnheardCompany[]> {
  const { today } = page
  const rows = await sql<{ company_id: string; code: string; name: string | null; questions: number; since: number }>`
    with recursive heard as (
      select c.id from company c where c.id in (
        select r.scope_id from appointment r inner join engagement_current h on h.engagement_id = r.engagement_id
        where r.role = 'companyContact' and r.scope_kind = 'company' and ${knownOn('r', today)} and h.valid_from <= ${today} and h.valid_to > ${today})
      union select v.company_id from company_version v inner join heard a on a.id = v.parent_company_id where ${knownOn('v', today)})
    select ec.company_id, k.code, max(n.name) as name, count(*) as questions, min(q.at) as since
    from assignment_event q
    inner join assignment a on a.id = q.assignment_id
    inner join engagement_current ec on ec.engagement_id = a.engagement_id
    inner join company k on k.id = ec.company_id
    left join company_version n on n.company_id = ec.company_id and ${knownOn('n', today)}
    where q.kind = 'suspend' and q.reason_code = 'question' and a.settled_at = ${OPEN_INSTANT} and ec.relation in ('dispatched', 'contract') and k.code > ${page.after}
      and not exists (select 1 from assignment_event r where r.assignment_id = a.id and r.kind = 'resume' and r.at >= q.at)
      and ec.company_id not in (select id from heard)
    group by ec.company_id, k.code order by k.code limit ${page.limit}`.execute(db)
  return rows.rows.map((row) => ({ companyId: row.company_id, code: row.code, name: row.name ?? row.code, questions: Number(row.questions), since: Number(row.since) }))
}
