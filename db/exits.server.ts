import { sql, type RawBuilder } from 'kysely'
import { addDays, startOf, type Day } from '../app/domain/calendar'
import type { ExitRow, ExitState } from '../app/domain/exit-coverage'
import type { EngagementKind } from '../app/domain/people'
import { insertRows, type Db, type Tx } from './database.server'
import { speaksOn } from './people-search.server'

/** The workforce that left, each with what came of the pledge at the end (domain.md L31, A16). A contractor's people are never among them. */
export interface ExitPerson {
  engagementId: string
  number: string
  name: string
  kind: EngagementKind
  unitId: string | null
  lastDay: Day
  outcome: ExitState
  key: string
}

export interface ExitPeriod {
  from: Day
  until: Day
}

/** What had come of the pledge at the end, whichever of these it is, by the end of a day, of engagement `ec`. */
const outcomeOf = (slugs: readonly string[], day: Day): RawBuilder<ExitState> => {
  const end = startOf(addDays(day, 1))
  return sql<ExitState>`coalesce((select case when a.settled_at < ${end} and a.settled_as = 'completed' then 'signed' when a.settled_as in ('withdrawn', 'exempted', 'ended') and a.settled_at < ${end} then 'none' else coalesce((select
      case k.outcome when 'unreachable' then 'unreachable' when 'declined' then 'declined' when 'explainedDeclined' then 'declined' else 'open' end from pledge_act k where k.assignment_id = a.id and k.signed_at < ${end} order by k.id desc limit 1), 'open') end
    from assignment a where a.engagement_id = ec.engagement_id and a.target_kind = 'pledge' and a.target_slug in (${sql.join(slugs.length > 0 ? [...slugs] : [''])}) and a.period = 'exit' and a.created_at < ${end} order by case when a.settled_as = 'withdrawn' then 1 else 0 end, a.id desc limit 1), 'none')`
}

const left = ({ from, until }: ExitPeriod) => sql<boolean>`ec.relation in ('own', 'dispatched') and ec.valid_to > ${from} and ec.valid_to <= ${until}`

/** Who left within a period, counted from the facts. */
export async function countExits(db: Db, slugs: readonly string[], period: ExitPeriod): Promise<ExitRow[]> {
  const { rows } = await sql<{ left_on: Day; outcome: ExitState; people: number }>`select left_on, outcome, count(*) as people from (select ec.valid_to as left_on, ${outcomeOf(slugs, period.until)} as outcome from engagement_current ec where ${left(period)}) x group by left_on, outcome`.execute(db)
  return rows.map((row) => ({ leftOn: row.left_on, outcome: row.outcome, people: Number(row.people) }))
}

/** The same as counted last: whatever day of the year it is, nothing is gone through. */
export async function findExitCounts(db: Db): Promise<ExitRow[]> {
  return (await db.selectFrom('exit_count').select(['left_on', 'outcome', 'people']).execute()).map((row) => ({ leftOn: row.left_on, outcome: row.outcome, people: row.people }))
}

/** Puts what was counted in place of what stood there. */
export async function replaceExitCounts(tx: Tx, rows: readonly ExitRow[]): Promise<void> {
  await tx.deleteFrom('exit_count').execute()
  await insertRows(tx, 'exit_count', rows.map(({ leftOn, outcome, people }) => ({ left_on: leftOn, outcome, people })))
}

/** One page of those who left with an answer, the last to leave first. */
export async function listExits(db: Db, slugs: readonly string[], period: ExitPeriod, outcome: ExitState | null, page: { after: string; limit: number; today: Day }): Promise<ExitPerson[]> {
  const [day = '', number = ''] = page.after.split('~')
  const state = outcomeOf(slugs, period.until)
  let query = db.selectFrom('engagement_current as ec').innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(period.until)))
    .select(['ec.engagement_id', 'ec.number', 'v.display_name', 'v.kind', 'v.unit_id', 'ec.valid_to']).select(state.as('outcome')).where(left(period)).orderBy('ec.valid_to', 'desc').orderBy('ec.number').limit(page.limit)
  if (outcome !== null) query = query.where(sql<boolean>`${state} = ${outcome}`)
  if (page.after !== '') query = query.where(({ eb, or, and }) => or([eb('ec.valid_to', '<', day), and([eb('ec.valid_to', '=', day), eb('ec.number', '>', number)])]))
  return (await query.execute()).map((row) => ({ engagementId: row.engagement_id, number: row.number, name: row.display_name, kind: row.kind, unitId: row.unit_id, lastDay: addDays(row.valid_to, -1), outcome: row.outcome, key: `${row.valid_to}~${row.number}` }))
}
