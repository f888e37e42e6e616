import { inTransaction } from '../../db/database.server'
import { healDerived, listNextEngagements } from '../../db/derived.server'
import { refreshLine } from '../../db/line-members.server'
import { replaceUnitClosure } from '../../db/units.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'

/** Brings everything derived up to today's facts: days pass without a change set. In portions; stopped half-way it is simply run again. */
export async function rebuildDerived(context: Context): Promise<Record<string, number>> {
  const today = dayOf(context.now)
  const counts = { looked: 0, mended: 0, lines: 0 }
  await inTransaction(context.db, (tx) => replaceUnitClosure(tx, today))
  for (let ids = await listNextEngagements(context.db, ''); ids.length > 0; ids = await listNextEngagements(context.db, ids.at(-1)!)) {
    const portion = ids
    counts.looked += portion.length
    const healed = await inTransaction(context.db, async (tx) => ({ mended: await healDerived(tx, portion, today), lines: await refreshLine(tx, portion, today) }))
    counts.mended += healed.mended
    counts.lines += healed.lines
  }
  return counts
}
