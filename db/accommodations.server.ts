import { extraMinutesFor, type ExtraTime } from '../app/domain/accommodation'
import type { Instant } from '../app/domain/calendar'
import { hitOne, insertRows, type Db, type Tx } from './database.server'
import type { AccommodationTable } from './schema'

const EXTRA_TIME = 'extraTime'

/** Extra time in force for an engagement. */
export async function listExtraTime(db: Db, engagementId: string): Promise<ExtraTime[]> {
  const rows = await db.selectFrom('accommodation').select(['id', 'target_slug', 'extra_minutes']).where('engagement_id', '=', engagementId).where('kind', '=', EXTRA_TIME).where('voided_at', 'is', null).orderBy('target_slug').execute()
  return rows.map((row) => ({ id: row.id, target: row.target_slug, minutes: row.extra_minutes ?? 0 }))
}

/** The minutes added to a module's test for an engagement. */
export const findExtraMinutes = async (db: Db, engagementId: string, slug: string): Promise<number> => extraMinutesFor(await listExtraTime(db, engagementId), slug)

/** What was ever decided for an engagement, newest first, for HR. */
export async function listDecisions(db: Db, engagementId: string, most: number): Promise<Pick<AccommodationTable, 'id' | 'target_slug' | 'extra_minutes' | 'note' | 'at' | 'voided_at' | 'decided_by'>[]> {
  return db.selectFrom('accommodation').select(['id', 'target_slug', 'extra_minutes', 'note', 'at', 'voided_at', 'decided_by']).where('engagement_id', '=', engagementId).where('kind', '=', EXTRA_TIME).orderBy('at', 'desc').orderBy('id', 'desc').limit(most).execute()
}

/** Enters extra time; the open slot lets one be in force for the same tests. */
export async function recordExtraTime(tx: Tx, given: ExtraTime & { engagementId: string; note: string; decidedBy: string; at: Instant }): Promise<void> {
  await insertRows(tx, 'accommodation', [{
    id: given.id, engagement_id: given.engagementId, kind: EXTRA_TIME, target_slug: given.target, extra_minutes: given.minutes, note: new TextEncoder().encode(given.note), decided_by: given.decidedBy, at: given.at,
    voided_at: null, voided_by: null, open_slot: 1,
  }])
}

/** Takes one back from now on; false when it is not in force for this engagement. */
export async function voidExtraTime(tx: Tx, one: { id: string; engagementId: string; by: string; at: Instant }): Promise<boolean> {
  return hitOne(await tx.updateTable('accommodation').set({ voided_at: one.at, voided_by: one.by, open_slot: null }).where('id', '=', one.id).where('engagement_id', '=', one.engagementId).where('open_slot', '=', 1).executeTakeFirst())
}
