import { listWithoutReturnList } from '../../db/departures.server'
import { beginReturnList } from '../commands/list-return-items.server'
import { tellAllLeavers } from '../commands/tell-of-departure.server'
import type { Context } from '../context'
import { addDays, dayOf } from '../domain/calendar'
import { LATE_DAYS, LEAD_DAYS } from '../domain/departure'
import { isRefusal } from '../domain/refusal'

const PORTION = 200

/**
 * Each morning: whoever ends within 20 days, or ended lately without anybody having known before, gets a list of what comes back
 * (domain.md §5.6); and whoever could not be told when the list was begun, being on leave, is told when back.
 */
export async function run(context: Context): Promise<Record<string, number>> {
  const today = dayOf(context.now)
  const counts = { lists: 0 }
  if (!context.library.folder.departure) return { ...counts, told: 0 }
  for (let after = ''; ; ) {
    const ids = await listWithoutReturnList(context.db, { from: addDays(today, -LATE_DAYS), to: addDays(today, LEAD_DAYS + 1) }, { after, limit: PORTION })
    for (const id of ids) {
      const begun = await beginReturnList(context, id)
      if (!isRefusal(begun) && begun.listed > 0) counts.lists++
    }
    if (ids.length < PORTION) break
    after = ids.at(-1)!
  }
  return { ...counts, told: await tellAllLeavers(context) }
}
