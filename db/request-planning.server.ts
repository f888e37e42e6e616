import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { Db } from './database.server'

/** Which due days a request goes out for: these, and on the first day of a week all that lie further back. */
export interface DueDays {
  days: readonly Day[]
  before: Day | null
}

/** Those whom a job asks itself, by id: own staff, 派遣 and 個人受託者 in force with something open that is due so. The certificates of employers are asked for in digests. */
export async function listDueFor(db: Db, due: DueDays, today: Day): Promise<string[]> {
  if (due.days.length === 0 && due.before === null) return []
  const rows = await db
    .selectFrom('assignment as a').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id').select('a.engagement_id').distinct()
    .where('a.settled_at', '=', OPEN_INSTANT).where('a.target_kind', '<>', 'certificate').where('a.opens_on', '<=', today)
    .where((on) => on.or([...(due.days.length > 0 ? [on('a.due_on', 'in', [...due.days])] : []), ...(due.before === null ? [] : [on('a.due_on', '<', due.before)])]))
    .where('ec.relation', 'in', ['own', 'dispatched', 'sole']).where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today)
    .execute()
  return rows.map(({ engagement_id: id }) => id).sort()
}

/** The companies that have something open. */
export async function listCompaniesWithOpen(db: Db, today: Day): Promise<Set<string>> {
  const rows = await db.selectFrom('engagement_current as ec').select('ec.company_id').distinct().where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today).where('ec.on_leave', '=', 0)
    .where(({ exists, selectFrom }) => exists(selectFrom('assignment as a').select('a.id').whereRef('a.engagement_id', '=', 'ec.engagement_id').where('a.settled_at', '=', OPEN_INSTANT).where('a.opens_on', '<=', today))).execute()
  return new Set(rows.map(({ company_id: id }) => id))
}

/** The day of the last run of a daily job; undefined when it has never run. */
export async function findLastSlot(db: Db, name: string): Promise<Day | undefined> {
  return (await db.selectFrom('job_run').select('slot').where('name', '=', name).orderBy('slot', 'desc').limit(1).executeTakeFirst())?.slot
}
