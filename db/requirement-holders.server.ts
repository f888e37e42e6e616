import { OPEN_DAY } from '../app/domain/calendar'
import type { Db } from './database.server'

/** How many assignments each version of a requirement holds now. */
export async function countHeldByRequirement(db: Db): Promise<Map<string, number>> {
  const rows = await db.selectFrom('assignment_cause').select(['requirement_id', 'requirement_version', ({ fn }) => fn.countAll<number>().as('count')]).where('until', '=', OPEN_DAY).groupBy(['requirement_id', 'requirement_version']).execute()
  return new Map(rows.map((row) => [`${row.requirement_id} ${row.requirement_version}`, Number(row.count)]))
}
