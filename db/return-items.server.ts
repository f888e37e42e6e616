import type { Day, Instant } from '../app/domain/calendar'
import type { ReturnItem, ReturnKind } from '../app/domain/departure'
import { hitOne, insertRows, type Db, type Tx } from './database.server'

/** What these engagements are to give back, erase or have stopped; what was voided is left out. In the order of entry. */
export async function listReturnItems(db: Db, engagementIds: readonly string[]): Promise<(ReturnItem & { engagementId: string; at: Instant })[]> {
  if (engagementIds.length === 0) return []
  const rows = await db.selectFrom('return_item').select(['id', 'engagement_id', 'kind', 'words', 'done_on', 'at']).where('engagement_id', 'in', [...engagementIds]).where('voided_at', 'is', null).orderBy('engagement_id').orderBy('at').orderBy('id').execute()
  return rows.map((row) => ({ id: row.id, engagementId: row.engagement_id, kind: row.kind, words: row.words, doneOn: row.done_on, at: row.at }))
}

/** Whether an engagement ever had a list: one that was emptied by hand is not made again. */
export async function hasReturnList(db: Db, engagementId: string): Promise<boolean> {
  return (await db.selectFrom('return_item').select('id').where('engagement_id', '=', engagementId).limit(1).executeTakeFirst()) !== undefined
}

/** Adds items to an engagement's list. */
export async function recordReturnItems(tx: Tx, items: readonly { id: string; engagementId: string; kind: ReturnKind; words: string; by: string | null; at: Instant }[]): Promise<void> {
  await insertRows(tx, 'return_item', items.map((one) => ({ id: one.id, engagement_id: one.engagementId, kind: one.kind, words: one.words, entered_by: one.by, at: one.at, done_on: null, done_by: null, noted_at: null, voided_at: null, voided_by: null })))
}

/** Notes the day on which one was given back, erased or stopped; false when it is not open on this engagement's list. */
export async function finishReturnItem(tx: Tx, one: { id: string; engagementId: string; onDay: Day; by: string; at: Instant }): Promise<boolean> {
  return hitOne(await tx.updateTable('return_item').set({ done_on: one.onDay, done_by: one.by, noted_at: one.at }).where('id', '=', one.id).where('engagement_id', '=', one.engagementId).where('done_on', 'is', null).where('voided_at', 'is', null).executeTakeFirst())
}

/** Takes one off the list: entered by mistake. False when it is not on this engagement's list (any more). */
export async function voidReturnItem(tx: Tx, one: { id: string; engagementId: string; by: string; at: Instant }): Promise<boolean> {
  return hitOne(await tx.updateTable('return_item').set({ voided_at: one.at, voided_by: one.by }).where('id', '=', one.id).where('engagement_id', '=', one.engagementId).where('voided_at', 'is', null).executeTakeFirst())
}
