import { type Day } from '../app/domain/calendar'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'

/** Who may decide requests on a day: the accounts of 人事 and 統括管理者 who are here and not on leave, at most so many. */
export async function listApprovers(db: Db, today: Day, most: number): Promise<string[]> {
  const rows = await db.selectFrom('appointment as r').innerJoin('engagement_current as ec', 'ec.engagement_id', 'r.engagement_id').innerJoin('account as a', 'a.person_id', 'ec.person_id').select('a.id').distinct()
    .where('r.role', 'in', ['hr', 'chief']).where(knownOn('r', today)).where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today).where('ec.on_leave', '=', 0).where('a.disabled_at', 'is', null)
    .orderBy('a.id').limit(most).execute()
  return rows.map(({ id }) => id)
}
