import { sql } from 'kysely'
import { groupedBy } from '../app/domain/grouped'
import { placeOf, type LineDuty } from '../app/domain/line'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { isAsked, isDeferred } from './due-days.server'
import type { LineMemberTable } from './schema'

/** Who stands in whose line: a row for each unit above a person, and one for the 上長. Lists read it; tests compare it with the truth. */

const PART = 500

/**
 * Brings the line rows of engagements up to their facts, in the transaction that changed them and after everything else in it; answers
 * how many people's rows were written anew. The rows are locked first: of two changes of one person the later one sees the earlier.
 */
export async function refreshLine(tx: Tx, engagementIds: readonly string[], today: Day): Promise<number> {
  const ids = [...new Set(engagementIds)].sort()
  let written = 0
  for (let start = 0; start < ids.length; start += PART) {
    const part = ids.slice(start, start + PART)
    const held = linesOf(await lockRows(tx, tx.selectFrom('line_member').selectAll().where('engagement_id', 'in', part).orderBy('engagement_id')).execute())
    const wanted = linesOf(await deriveLines(tx, part, today))
    const stale = part.filter((id) => sayingOf(held.get(id)) !== sayingOf(wanted.get(id)))
    const present = stale.filter((id) => held.has(id))
    if (present.length > 0) await tx.deleteFrom('line_member').where('engagement_id', 'in', present).execute()
    await insertRows(tx, 'line_member', stale.flatMap((id) => wanted.get(id) ?? []))
    written += stale.length
  }
  return written
}

const linesOf = (rows: readonly LineMemberTable[]) => groupedBy(rows, ({ engagement_id: id }) => id)

const sayingOf = (rows: readonly LineMemberTable[] = []): string =>
  rows.map((row) => [row.line_key, row.bucket, row.next_due, row.kind, row.sort_key, row.valid_to].join('\t')).sort().join('\n')

/** What the table must say about some engagements today: nothing about a contractor's people, nor about whoever has left. */
export async function deriveLines(db: Db, engagementIds: readonly string[], today: Day): Promise<LineMemberTable[]> {
  const people = await db
    .selectFrom('engagement_current as ec').leftJoin('unit_closure as uc', 'uc.unit_id', 'ec.unit_id')
    .select(['ec.engagement_id', 'ec.kind', 'ec.supervisor_engagement_id', 'ec.sort_key', 'ec.on_leave', 'ec.valid_from', 'ec.valid_to', 'uc.ancestor_id'])
    .where('ec.engagement_id', 'in', [...engagementIds]).where('ec.relation', '<>', 'contract').where('ec.valid_to', '>', today)
    .execute()
  const inLines = people.filter(({ ancestor_id, supervisor_engagement_id }) => ancestor_id !== null || supervisor_engagement_id !== null)
  const duties = await listLineDuties(db, [...new Set(inLines.map(({ engagement_id }) => engagement_id))])
  const rows = new Map<string, LineMemberTable>()
  for (const one of inLines) {
    const { bucket, nextDue } = placeOf(duties.get(one.engagement_id) ?? [], { onLeave: one.on_leave === 1, validFrom: one.valid_from }, today)
    for (const key of [one.ancestor_id, one.supervisor_engagement_id])
      if (key !== null) rows.set(`${key} ${one.engagement_id}`, { line_key: key, engagement_id: one.engagement_id, bucket, next_due: nextDue, kind: one.kind, sort_key: one.sort_key, valid_to: one.valid_to })
  }
  return [...rows.values()]
}

/** The duties that say where people stand, by engagement. What happened on a settled one is not asked. */
export async function listLineDuties(db: Db, engagementIds: readonly string[]): Promise<Map<string, LineDuty[]>> {
  const found = new Map<string, LineDuty[]>()
  if (engagementIds.length === 0) return found
  const whileOpen = (what: ReturnType<typeof sql<number | null>>) => sql<number | null>`case when a.settled_as is null then ${what} else 0 end`
  const rows = await db
    .selectFrom('assignment as a')
    .select(['a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.opens_on', 'a.due_on', 'a.settled_at', 'a.settled_as'])
    .select([
      whileOpen(sql`case when exists (select 1 from page_shown p where p.assignment_id = a.id) then 1 else 0 end`).as('begun'),
      whileOpen(isAsked()).as('asked'), whileOpen(isDeferred()).as('deferred'),
    ])
    .where('a.engagement_id', 'in', [...engagementIds])
    .where(({ eb, or }) => or([eb('a.settled_at', '=', OPEN_INSTANT), eb('a.settled_as', 'in', ['completed', 'declined', 'exempted'])]))
    .execute()
  for (const row of rows) {
    const duty: LineDuty = {
      kind: row.target_kind, slug: row.target_slug, opensOn: row.opens_on, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as,
      begun: Number(row.begun) === 1, asked: Number(row.asked) === 1, deferred: Number(row.deferred) === 1,
    }
    const list = found.get(row.engagement_id)
    if (list) list.push(duty)
    else found.set(row.engagement_id, [duty])
  }
  return found
}
