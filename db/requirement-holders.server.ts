import { sql } from 'kysely'
import { OPEN_DAY } from '../app/domain/calendar'
import type { Db } from './database.server'

/** How many assignments each version of a requirement holds now, and how many of these are completed. */
export async function countHeldByRequirement(db: Db): Promise<Map<string, { held: number; completed: number }>> {
  const rows = await db.selectFrom('assignment_cause as c').innerJoin('assignment as a', 'a.id', 'c.assignment_id')
    .select(['c.requirement_id', 'c.requirement_version', ({ fn }) => fn.countAll<number>().as('count'), sql<number>`sum(case when a.settled_as = 'completed' then 1 else 0 end)`.as('completed')]).where('c.until', '=', OPEN_DAY).groupBy(['c.requirement_id', 'c.requirement_version']).execute()
  return new Map(rows.map((row) => [`${row.requirement_id} ${row.requirement_version}`, { held: Number(row.count), completed: Number(row.completed) }]))
}
