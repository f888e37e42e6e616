import { sql } from 'kysely'
import { type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import { within, type AskableScope } from './askables.server'
import type { Db, Tx } from './database.server'
import { hasDied } from './deaths.server'
import { lockRows } from './dialect.server'
import { knownOn } from './in-force.server'

/** A person to whom a お知らせの紙 is to be handed. */
export interface Paper {
  engagementId: string
  number: string
  name: string
  kind: EngagementKind
  relation: Relation
  companyName: string
  askedAt: Instant
}

/** Papers within the scope that nobody has noted as handed over, the oldest first. */
export async function listPapers(db: Db, scope: AskableScope, today: Day, limit: number): Promise<Paper[]> {
  const rows = await db
    .selectFrom('reminder as r').innerJoin('assignment as a', 'a.id', 'r.assignment_id').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .select(['ec.engagement_id', 'ec.number', 'v.display_name', 'v.kind', 'ec.relation', 'c.name as company_name', sql<number>`min(r.requested_at)`.as('asked_at')])
    .where('r.result', '=', 'toHand').where(({ not }) => not(hasDied('ec.person_id'))).where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today).where(within(scope))
    .groupBy(['ec.engagement_id', 'ec.number', 'v.display_name', 'v.kind', 'ec.relation', 'c.name']).orderBy('asked_at').orderBy('ec.number').limit(limit).execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, number: row.number, name: row.display_name, kind: row.kind, relation: row.relation, companyName: row.company_name ?? '', askedAt: Number(row.asked_at) }))
}

/** Notes on which day the paper of a person within the scope was handed over; answers which reminders that closed. */
export async function recordHanded(tx: Tx, engagementId: string, scope: AskableScope, day: Day, at: Instant): Promise<string[]> {
  const rows = await lockRows(tx, tx
    .selectFrom('reminder as r').innerJoin('assignment as a', 'a.id', 'r.assignment_id').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .select('r.id').where('ec.engagement_id', '=', engagementId).where('r.result', '=', 'toHand').where(within(scope)).orderBy('r.id')).execute()
  const ids = rows.map(({ id }) => id)
  if (ids.length > 0) await tx.updateTable('reminder').set({ result: `handed ${day}`, result_at: at }).where('id', 'in', ids).execute()
  return ids
}
