import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { inForce, knownOn } from './in-force.server'

/**
 * The workforce whom nobody chases: no 上長 in force, and no 所属長 in force, other than oneself, of the unit or one above it
 * (house.md §3). Who stands at the top is among them, and is to be asked by somebody too (domain.md A37).
 */
const unchased = (db: Db, day: Day) => db
  .selectFrom('engagement_current as ec')
  .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', day)))
  .leftJoin('engagement_current as s', (on) => on.onRef('s.engagement_id', '=', 'ec.supervisor_engagement_id').on(inForce('s', day)).onRef('s.person_id', '<>', 'ec.person_id'))
  .where('ec.relation', 'in', ['own', 'dispatched']).where(inForce('ec', day)).where('s.engagement_id', 'is', null)
  .where(sql<boolean>`not exists (select 1 from unit_closure t inner join appointment r on r.role = 'unitHead' and r.scope_kind = 'unit' and r.scope_id = t.ancestor_id and r.superseded_at = ${OPEN_INSTANT} and ${inForce('r', day)}
    inner join engagement_current h on h.engagement_id = r.engagement_id and ${inForce('h', day)} and h.person_id <> ec.person_id where t.unit_id = ec.unit_id)`)

/** How many they are. */
export async function countUnchased(db: Db, day: Day): Promise<number> {
  return Number((await unchased(db, day).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}

export interface UnchasedPerson {
  engagementId: string
  number: string
  name: string
  kind: EngagementKind
  unitId: string | null
}

/** One page of them, by number. */
export async function listUnchased(db: Db, page: { after: string; limit: number; day: Day }): Promise<UnchasedPerson[]> {
  const rows = await unchased(db, page.day).select(['ec.engagement_id', 'ec.number', 'v.display_name', 'v.kind', 'ec.unit_id']).where('ec.number', '>', page.after).orderBy('ec.number').limit(page.limit).execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, number: row.number, name: row.display_name, kind: row.kind, unitId: row.unit_id }))
}
