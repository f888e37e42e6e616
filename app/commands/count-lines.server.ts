import { inTransaction } from '../../db/database.server'
import { countLargeLines, replaceLineCounts } from '../../db/line-list.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'

/** Counts the large lines, so that no page has to: counted outside the transaction, and written only where it reads otherwise. */
export async function countLines(context: Context): Promise<Record<string, number>> {
  const counted = await countLargeLines(context.db, dayOf(context.now))
  return { lines: new Set(counted.map(({ line_key }) => line_key)).size, changed: await inTransaction(context.db, (tx) => replaceLineCounts(tx, counted, context.now)) }
}
