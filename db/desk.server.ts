import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { Db } from './database.server'

/** What waits for somebody who answers for others: counts only, for their first screen. */

/** Requests to correct a record and notes on texts that have no answer yet. */
export async function countUnanswered(db: Db): Promise<{ corrections: number; notes: number }> {
  const [corrections, notes] = [
    await db.selectFrom('correction_request').select(({ fn }) => fn.countAll<number>().as('count')).where('answered_at', 'is', null).executeTakeFirstOrThrow(),
    await db.selectFrom('reader_note').select(({ fn }) => fn.countAll<number>().as('count')).where('status', '=', 'open').executeTakeFirstOrThrow(),
  ]
  return { corrections: Number(corrections.count), notes: Number(notes.count) }
}

/** How many people of these companies signed here and wait for the 誓約取得証明 of their employer. */
export async function countReadyToCertify(db: Db, companyIds: readonly string[], today: Day): Promise<number> {
  if (companyIds.length === 0) return 0
  const row = await db
    .selectFrom('assignment as a').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .innerJoin('pledge_act as p', (on) => on.onRef('p.assignment_id', '=', 'a.id').on('p.settle_slot', '=', 1).on('p.outcome', '=', 'signed'))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('ec.company_id', 'in', [...companyIds]).where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today)
    .where('a.target_kind', '=', 'certificate').where((on) => on.or([on('a.settled_at', '=', OPEN_INSTANT), on('a.settled_as', '=', 'declined')])).executeTakeFirstOrThrow()
  return Number(row.count)
}
