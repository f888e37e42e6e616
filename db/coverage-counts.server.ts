import { sql, type RawBuilder } from 'kysely'
import { addDays, OPEN_DAY, startOf, type Day, type Instant } from '../app/domain/calendar'
import type { CoverageRow, DutyState } from '../app/domain/coverage'
import type { CoverageScope } from '../app/domain/coverage-scope'
import type { EngagementKind } from '../app/domain/people'
import { insertRows, type Db, type Tx } from './database.server'
import { coveragePeople } from './coverage.server'
import { dayOfInstant } from './dialect.server'
import type { CoverageCountTable, CoverageDoneTable } from './schema'

/** Stands for every day that is past when rows are counted: what lies behind no longer changes with the day. */
const PAST: Day = '0001-01-01'

export type CountRow = Omit<CoverageCountTable, 'scope' | 'bucket'>
/** Who finished on a day; `counted` are those among the 対象 of the day on which was counted. */
export type DoneRow = Omit<CoverageDoneTable, 'scope'>

/**
 * Everybody of a scope as of a day, counted from the facts, and on which days the workforce finished. What lies behind that day is
 * written as one: the rows hold for every later day, until a fact changes.
 */
export async function countCoverage(db: Db, scope: CoverageScope, day: Day): Promise<{ counts: CountRow[]; done: DoneRow[] }> {
  const far = (column: string) => sql`case when p.${sql.raw(column)} <= ${day} then ${PAST} else p.${sql.raw(column)} end`
  const { rows } = await sql<CountRow & { done_on: Day | '' }>`select side, place_id, kind, begins_on, ends_on, away_from, away_to, duty, due_on, pledged, hold, done_on, count(*) as people from (
      select p.side, p.place_id, p.kind, ${far('begins_on')} as begins_on, p.ends_on, ${far('away_from')} as away_from, p.away_to, p.duty,
        case when p.duty in ('none', 'gap', 'exempted') or p.due_on < ${day} then ${PAST} else p.due_on end as due_on, p.pledged, p.hold,
        case when p.duty in ('inTime', 'late') then ${dayOfInstant(db, sql`p.settled_at`)} else '' end as done_on
      from (${coveragePeople(db, scope, day)}) p) c
    group by side, place_id, kind, begins_on, ends_on, away_from, away_to, duty, due_on, pledged, hold, done_on`.execute(db)
  const counts = new Map<string, CountRow>()
  const done = new Map<string, DoneRow>()
  for (const { done_on, ...given } of rows) {
    const row: CountRow = { ...given, pledged: Number(given.pledged) === 1 ? 1 : 0, people: Number(given.people) }
    const key = bucketOf(row)
    counts.set(key, { ...row, people: row.people + (counts.get(key)?.people ?? 0) })
    if (done_on === '' || row.side !== 'workforce') continue
    const counted = row.begins_on <= day && !(row.away_from <= day && day < row.away_to) ? 1 : 0
    const finished = done.get(`${done_on} ${counted}`)?.people ?? 0
    done.set(`${done_on} ${counted}`, { done_on, counted, people: finished + row.people })
  }
  return { counts: [...counts.values()], done: [...done.values()].sort((a, b) => (a.done_on < b.done_on ? -1 : 1)) }
}

/** On which days anybody of the workforce finished a duty of an earlier period, whoever is still here. */
export async function countDoneOfPeriod(db: Db, scope: Pick<CoverageScope, 'kind' | 'slug' | 'period'>): Promise<DoneRow[]> {
  const { rows } = await sql<{ done_on: Day; people: number }>`select ${dayOfInstant(db, sql`a.settled_at`)} as done_on, count(*) as people
    from assignment a inner join engagement_current ec on ec.engagement_id = a.engagement_id
    where a.target_kind = ${scope.kind} and a.target_slug = ${scope.slug} and a.period = ${scope.period} and a.settled_as = 'completed' and ec.relation in ('own', 'dispatched') group by done_on order by done_on`.execute(db)
  return rows.map((row) => ({ done_on: row.done_on, counted: 0, people: Number(row.people) }))
}

const bucketOf = (row: CountRow) => [row.place_id ?? '', row.kind, row.begins_on, row.ends_on, row.away_from, row.away_to, row.duty, row.due_on, row.pledged, row.hold].join(' ').replaceAll(PAST, '').replaceAll(OPEN_DAY, '~')

/** Puts what was counted in place of what stood there; rows that say the same stay untouched. */
export async function replaceCounts(tx: Tx, scope: string, rows: readonly CountRow[]): Promise<void> {
  const wanted = new Map(rows.map((row) => [bucketOf(row), row]))
  const present = new Map((await tx.selectFrom('coverage_count').select(['bucket', 'people']).where('scope', '=', scope).execute()).map(({ bucket, people }) => [bucket, people]))
  const gone = [...present].filter(([bucket, people]) => wanted.get(bucket)?.people !== people).map(([bucket]) => bucket)
  for (let at = 0; at < gone.length; at += 500) await tx.deleteFrom('coverage_count').where('scope', '=', scope).where('bucket', 'in', gone.slice(at, at + 500)).execute()
  await insertRows(tx, 'coverage_count', [...wanted].filter(([bucket, { people }]) => present.get(bucket) !== people).map(([bucket, row]) => ({ scope, bucket, ...row })))
}

/** The same for the days of completion. */
export async function replaceDone(tx: Tx, scope: string, rows: readonly DoneRow[]): Promise<void> {
  await tx.deleteFrom('coverage_done').where('scope', '=', scope).execute()
  await insertRows(tx, 'coverage_done', rows.map((row) => ({ scope, ...row })))
}

/** When somebody of the workforce of each unit was last asked for the duty of a scope, until the end of a day; telling of 受講の時間 is not asking. */
export async function countAsked(db: Db, { kind, slug, period, year }: CoverageScope, day: Day): Promise<Map<string, Instant>> {
  const ofPeriod = year === null ? sql`a.period = ${period}` : sql`(a.period in (${period}, 'entry') or a.period like 'role-%' or a.period like 'scope-%')`
  const { rows } = await sql<{ place_id: string; asked_at: Instant }>`select ec.unit_id as place_id, max(r.requested_at) as asked_at from reminder r inner join assignment a on a.id = r.assignment_id inner join engagement_current ec on ec.engagement_id = a.engagement_id
    where a.target_kind = ${kind} and a.target_slug = ${slug} and ${ofPeriod} and r.reason_code <> 'granted' and r.requested_at < ${startOf(addDays(day, 1))} and ec.relation in ('own', 'dispatched') and ec.unit_id is not null group by ec.unit_id`.execute(db)
  return new Map(rows.map((row) => [row.place_id, Number(row.asked_at)]))
}

/** Puts what was found in place of what stood there. */
export async function replaceAsked(tx: Tx, scope: string, asked: ReadonlyMap<string, Instant>): Promise<void> {
  await tx.deleteFrom('coverage_asked').where('scope', '=', scope).execute()
  await insertRows(tx, 'coverage_asked', [...asked].map(([place_id, asked_at]) => ({ scope, place_id, asked_at })))
}

/** When somebody of each of these units was last asked, as found last. */
export async function findAsked(db: Db, scope: string, placeIds: readonly string[]): Promise<Map<string, Instant>> {
  if (placeIds.length === 0) return new Map()
  const rows = await db.selectFrom('coverage_asked').select(['place_id', 'asked_at']).where('scope', '=', scope).where('place_id', 'in', [...placeIds]).execute()
  return new Map(rows.map((row) => [row.place_id, row.asked_at]))
}

/** Notes when and from what a scope was counted. */
export async function recordBuild(tx: Tx, build: { scope: string; at: Instant; signature: string; assigned: number; gap: number }): Promise<void> {
  await tx.deleteFrom('coverage_build').where('scope', '=', build.scope).execute()
  await insertRows(tx, 'coverage_build', [build])
}

/** When each scope was counted. */
export async function listBuilds(db: Db) {
  return db.selectFrom('coverage_build').selectAll().execute()
}

/** How many duties are asked for and not assigned, as counted last. */
export async function countGaps(db: Db): Promise<number> {
  return Number((await db.selectFrom('coverage_build').select(({ fn }) => fn.max('gap').as('gap')).executeTakeFirst())?.gap ?? 0)
}

/** Takes away what was counted of scopes that are no more. */
export async function deleteOtherScopes(tx: Tx, kept: readonly string[]): Promise<void> {
  for (const table of ['coverage_count', 'coverage_done', 'coverage_asked', 'coverage_build'] as const) await tx.deleteFrom(table).where('scope', 'not in', [...kept, '']).execute()
}

/** What changes whenever something that is counted does: the newest evidence, study, event, request and day. Five looks at the end of a key. */
export async function coverageSignature(db: Db, today: Day): Promise<string> {
  const newest = (table: 'ledger_entry' | 'study_session' | 'assignment_event' | 'attempt' | 'reminder') => db.selectFrom(table).select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  const ids = await Promise.all([newest('ledger_entry'), newest('study_session'), newest('assignment_event'), newest('attempt'), newest('reminder')])
  return [today, ...ids.map((row) => row?.id ?? '')].join(' ')
}

/** How rows that were counted are added up before they are read: over all places, or for some. */
export async function findCounts(db: Db, scope: string, of: { side: CountRow['side']; placeIds?: readonly string[] }): Promise<CountRow[]> {
  const place: RawBuilder<unknown> = of.placeIds ? sql`place_id` : sql`null`
  const { rows } = await sql<CountRow>`select side, ${place} as place_id, kind, begins_on, ends_on, away_from, away_to, duty, due_on, pledged, hold, sum(people) as people from coverage_count
    where scope = ${scope} and side = ${of.side} ${of.placeIds ? sql`and place_id in (${of.placeIds.length > 0 ? sql.join([...of.placeIds]) : sql`''`})` : sql``}
    group by ${of.placeIds ? sql`place_id, ` : sql``}side, kind, begins_on, ends_on, away_from, away_to, duty, due_on, pledged, hold`.execute(db)
  return rows.map((row) => ({ ...row, people: Number(row.people) }))
}

/** Everything counted of a scope on one side, place by place. */
export async function findCountsByPlace(db: Db, scope: string, side: CountRow['side']): Promise<CountRow[]> {
  return db.selectFrom('coverage_count').select(['side', 'place_id', 'kind', 'begins_on', 'ends_on', 'away_from', 'away_to', 'duty', 'due_on', 'pledged', 'hold', 'people']).where('scope', '=', scope).where('side', '=', side).execute()
}

/** The places of a scope in the order of their lateness: most people past the due day first, then by identifier. */
export async function listLatePlaces(db: Db, scope: string, day: Day, page: { after: { late: number; placeId: string } | null; limit: number }): Promise<{ placeId: string; late: number }[]> {
  const late = sql<number>`sum(case when duty in ('open', 'begun') and hold <> 'asked' and due_on < ${day} and begins_on <= ${day} and ends_on > ${day} and not (away_from <= ${day} and away_to > ${day}) then people else 0 end)`
  const { after } = page
  const { rows } = await sql<{ place_id: string; late: number }>`select place_id, ${late} as late from coverage_count where scope = ${scope} and side = 'workforce' and place_id is not null
    group by place_id ${after ? sql`having late < ${after.late} or (late = ${after.late} and place_id > ${after.placeId})` : sql``} order by late desc, place_id limit ${page.limit}`.execute(db)
  return rows.map((row) => ({ placeId: row.place_id, late: Number(row.late) }))
}

/** The days of completion as counted. */
export async function findDone(db: Db, scope: string): Promise<DoneRow[]> {
  return db.selectFrom('coverage_done').select(['done_on', 'counted', 'people']).where('scope', '=', scope).orderBy('done_on').execute()
}

/** Rows of the database as domain/coverage takes them. */
export const coverageRow = (row: CountRow): CoverageRow => ({
  kind: row.kind as EngagementKind, beginsOn: row.begins_on, endsOn: row.ends_on, awayFrom: row.away_from, awayTo: row.away_to, duty: row.duty as DutyState, dueOn: row.due_on, isPledged: row.pledged === 1, hold: row.hold, people: row.people,
})
