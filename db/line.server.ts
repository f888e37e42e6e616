import { sql, type RawBuilder } from 'kysely'
import type { LineScope } from '../app/domain/access'

/**
 * Whether engagement_current row `ec` is in a manager's line today (house.md §3): reports to the manager, or stands in one of the
 * units or below. A contractor's people never are: of them a manager sees the company's figures only (domain.md L25).
 */
export function inLine({ unitIds, supervisorIds, notPersonId }: LineScope): RawBuilder<boolean> {
  const reports = supervisorIds.length > 0 ? sql`ec.supervisor_engagement_id in (${sql.join([...supervisorIds])})` : sql`1 = 0`
  const stands = unitIds.length > 0 ? sql`ec.unit_id in (select uc.unit_id from unit_closure uc where uc.ancestor_id in (${sql.join([...unitIds])}))` : sql`1 = 0`
  return sql<boolean>`(${reports} or ${stands}) and ec.relation <> 'contract' and ec.person_id <> ${notPersonId}`
}
