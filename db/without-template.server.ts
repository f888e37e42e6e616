import { type Day } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** People in force or to come whose kind is one of these, by number: candidates for 「様式なし」. */
export async function listPeopleOfKinds(db: Db, kinds: readonly EngagementKind[], page: { after: string; limit: number; today: Day }) {
  if (kinds.length === 0) return []
  const rows = await db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(page.today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', page.today)))
    .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', page.today)))
    .select(['ec.engagement_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'c.name as company_name', 'u.name as unit_name', nameIsShown(page.today).as('named')])
    .where('ec.kind', 'in', [...kinds]).where('ec.valid_to', '>', page.today).where('ec.number', '>', page.after).orderBy('ec.number').limit(page.limit).execute()
  return rows.map((row) => ({
    engagementId: row.engagement_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, relation: row.relation, companyName: row.company_name ?? '', unitName: row.unit_name,
  }))
}
