import type { Instant } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'

/** What is to be looked at, as counted last. */
export async function findHealth(db: Db): Promise<Map<string, number>> {
  return new Map((await db.selectFrom('program_health').select(['item', 'count']).execute()).map(({ item, count }) => [item, count]))
}

/** Puts the counts of this moment in place of those before. */
export async function replaceHealth(tx: Tx, counts: Readonly<Record<string, number>>, at: Instant): Promise<void> {
  await tx.deleteFrom('program_health').execute()
  await insertRows(tx, 'program_health', Object.entries(counts).map(([item, count]) => ({ item, count, at })))
}
