import { sql, type RawBuilder } from 'kysely'
import { groupedBy } from '../app/domain/grouped'
import { COUNTED_LIVE, partsOf, type Bucket, type Group, type Part, type Tab } from '../app/domain/line'
import { OPEN_DAY, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import { insertRows, type Db, type Tx } from './database.server'
import { preparedShapes } from './prepared.server'
import type { LineCountTable } from './schema'

/** The people of a line, from line_member: each page of a large line is read from ranges of an index, one for each key and bucket; a small one is sorted. */

/** The keys of a line, without whom it never shows: the manager. */
export interface LineKeys {
  keys: readonly string[]
  ownIds: readonly string[]
  /** The largest of its keys that a job has counted; a line without one is small. */
  counted: { key: string } | null
}

export interface LineFilter {
  tab: Tab
  kinds: readonly EngagementKind[] | null
  /** Folded beginning of a name, kana or number; empty for everybody. */
  prefix: string
  order: 'due' | 'name'
}

export interface LineRow {
  engagementId: string
  bucket: Bucket
  nextDue: Day
  sortKey: string
}

/** A tab has the same parts whatever the day. */
const ANY_DAY: Day = '2000-01-01'
/** Greater than any text that begins with the prefix, on both engines. */
const AFTER_ALL = '\u{10FFFF}'
/** Buckets in which nothing falls due: their order by due day is that by name. */
const WITHOUT_DUE: readonly Bucket[] = ['leave', 'done', 'doneLate', 'exempt', 'none']

function kept({ ownIds, kinds, within = [], today }: Pick<PageLists, 'ownIds' | 'kinds'> & { within?: readonly string[]; today: Day }): RawBuilder<boolean> {
  const [prefix, end] = within
  return sql<boolean>`lm.valid_to > ${today}
    ${ownIds.length > 0 ? sql`and lm.engagement_id not in (${sql.join([...ownIds])})` : sql``}
    ${kinds.length > 0 ? sql`and lm.kind in (${sql.join([...kinds])})` : sql``}
    ${prefix !== undefined ? sql`and lm.engagement_id in (select t.engagement_id from search_token t where t.token >= ${prefix} and t.token < ${end})` : sql``}`
}

/** Where a page begins: after this row. */
export const lineKeyOf = ({ nextDue, sortKey, engagementId }: Omit<LineRow, 'bucket'>): string => `${nextDue}\t${sortKey}\t${engagementId}`

export interface LinePage {
  after: string | null
  limit: number
  today: Day
}

export interface StoredLineRow {
  line_id: string
  bucket: Bucket
  next_due: Day
  sort_key: string
}

/** The order of a filter among rows of line_member. */
export const inOrder = ({ order }: Pick<LineFilter, 'order'>, of: string) =>
  order === 'name' ? sql`${sql.ref(`${of}.sort_key`)}, ${sql.ref(`${of}.engagement_id`)}` : sql`${sql.ref(`${of}.next_due`)}, ${sql.ref(`${of}.sort_key`)}, ${sql.ref(`${of}.engagement_id`)}`

/** From what the text of the query for one page follows, but for how many values there are. */
export type PageShape = Pick<LineFilter, 'tab' | 'order'> & { large: boolean }
export const pageShapeOf = ({ counted }: LineKeys, { tab, order }: LineFilter): PageShape => ({ tab, order, large: counted !== null })

/** All its values. */
export interface PageLists extends Record<string, readonly (string | number)[]> {
  keys: readonly string[]
  ownIds: readonly string[]
  /** Empty for all. */
  kinds: readonly EngagementKind[]
  /** The prefix and what lies behind it; empty for everybody. */
  within: readonly string[]
  /** Of the row before its due day, in the order of those, its name and its identifier; empty for the first page. */
  past: readonly string[]
  /** The days from which and until which each part of the tab is read. */
  days: readonly Day[]
  page: readonly [limit: number, today: Day]
}

export const pageListsOf = ({ keys, ownIds }: LineKeys, { tab, kinds, prefix, order }: LineFilter, { after, limit, today }: LinePage): PageLists => {
  const [due = '', name = '', id = ''] = (after ?? '').split('\t')
  const days = partsOf(tab, today).flatMap(({ from, until }) => [from, until].filter((day) => day !== undefined))
  return { keys, ownIds, kinds: kinds ?? [], within: prefix === '' ? [] : [prefix, prefix + AFTER_ALL], past: after === null ? [] : order === 'name' ? [name, id] : [due, name, id], days, page: [limit, today] }
}

/** The query for one page of a line's people, by due day or by name; nobody comes twice. */
export function pageOfLine(shape: PageShape, lists: PageLists): RawBuilder<unknown> {
  const { order } = shape
  const [[afterId, afterName, afterDue], [limit, today]] = [[...lists.past].reverse(), lists.page]
  const byName = sql`lm.sort_key > ${afterName} or (lm.sort_key = ${afterName} and lm.engagement_id > ${afterId})`
  const past = afterId === undefined ? sql`` : order === 'name' ? sql`and lm.sort_key >= ${afterName} and (${byName})` : sql`and lm.next_due >= ${afterDue} and (lm.next_due > ${afterDue} or ${byName})`
  const parts = rangesOf(shape, lists.days).flatMap((range) => lists.keys.map((key) => sql`select lm.engagement_id, lm.bucket, lm.next_due, lm.sort_key from line_member lm
    where lm.line_key = ${key} and ${range} and ${kept({ ...lists, today })} ${past} order by ${inOrder({ order }, 'lm')} limit ${limit}`))
  if (parts.length === 1) return parts[0]!
  return sql`select distinct u.engagement_id, u.bucket, u.next_due, u.sort_key from (${sql.join(parts.map((part) => sql`select * from (${part}) r`), sql` union all `)}) u order by ${inOrder({ order }, 'u')} limit ${limit}`
}

export const lineRowOf = (row: StoredLineRow): LineRow => ({ engagementId: row.line_id, bucket: row.bucket, nextDue: row.next_due, sortKey: row.sort_key })

const selectLine = preparedShapes((db, shape: PageShape, lists: PageLists) =>
  sql<StoredLineRow>`select p.engagement_id as line_id, p.bucket, p.next_due, p.sort_key from (${pageOfLine(shape, lists)}) p order by ${inOrder(shape, 'p')}`.compile(db))

/** One page of a line's people. */
export async function listLine(db: Db, line: LineKeys, filter: LineFilter, page: LinePage): Promise<LineRow[]> {
  return line.keys.length === 0 ? [] : (await selectLine(db, pageShapeOf(line, filter), pageListsOf(line, filter, page))).map(lineRowOf)
}

/** What each sub-query takes, so that its order is that of an index; the days that its parts name come in their order. */
function rangesOf({ tab, order, large }: PageShape, days: readonly Day[]): RawBuilder<boolean>[] {
  if (order === 'name' && tab === 'all') return [sql<boolean>`1 = 1`]
  const next = days[Symbol.iterator]()
  return partsOf(tab, ANY_DAY).flatMap(({ buckets, from, until }: Part) => {
    const within = sql<boolean>`${from === undefined ? sql`1 = 1` : sql`lm.next_due >= ${next.next().value}`} and ${until === undefined ? sql`1 = 1` : sql`lm.next_due <= ${next.next().value}`}`
    const flat = buckets.filter((bucket) => WITHOUT_DUE.includes(bucket)).map((bucket) => sql<boolean>`lm.bucket = ${bucket} and lm.next_due = ${OPEN_DAY}`)
    const due = buckets.filter((bucket) => !WITHOUT_DUE.includes(bucket))
    if (order === 'name' || !large) return due.length === 0 ? flat : [...flat, sql<boolean>`lm.bucket in (${sql.join(due)}) and ${within}`]
    return [...flat, ...due.map((bucket) => sql<boolean>`lm.bucket = ${bucket} and ${within}`)]
  })
}

/** How many of a line stand alike. A line in one large unit costs its groups, not its people: what a job counted, without the manager, and whoever stands under the other keys only. */
export async function countLine(db: Db, line: LineKeys, kinds: readonly EngagementKind[] | null, today: Day): Promise<Group[]> {
  const { keys, ownIds, counted } = line
  if (keys.length === 0) return []
  const others = keys.filter((key) => key !== counted?.key)
  const ofKind = kinds ? sql`and lm.kind in (${sql.join([...kinds])})` : sql``
  const parts = [
    ...(others.length > 0 ? [sql`select m.bucket, m.next_due, count(*) as people from (select distinct lm.engagement_id, lm.bucket, lm.next_due from line_member lm where lm.line_key in (${sql.join(others)}) and ${kept({ ownIds, kinds: kinds ?? [], today })}
      ${counted ? sql`and not exists (select 1 from line_member o where o.line_key = ${counted.key} and o.engagement_id = lm.engagement_id)` : sql``}) m group by m.bucket, m.next_due`] : []),
    ...(counted ? [sql`select lm.bucket, lm.next_due, sum(lm.people) as people from line_count lm where lm.line_key = ${counted.key} ${ofKind} group by lm.bucket, lm.next_due`] : []),
    ...(counted && ownIds.length > 0 ? [sql`select lm.bucket, lm.next_due, -1 as people from line_member lm where lm.line_key = ${counted.key} and lm.engagement_id in (${sql.join([...ownIds])}) and lm.valid_to > ${today} ${ofKind}`] : []),
  ]
  const { rows } = await sql<{ bucket: Bucket; next_due: Day; people: number }>`${sql.join(parts, sql` union all `)}`.execute(db)
  const groups = new Map<string, Group>()
  for (const { bucket, next_due, people } of rows) {
    const before = groups.get(`${bucket} ${next_due}`)?.people ?? 0
    groups.set(`${bucket} ${next_due}`, { bucket, nextDue: next_due, people: before + Number(people) })
  }
  return [...groups.values()].map((group) => ({ ...group, people: Math.max(0, group.people) }))
}

type CountedGroup = Omit<LineCountTable, 'at'>

/** What line_count must say today: the groups of every line of more than so many people. */
export async function countLargeLines(db: Db, today: Day, above = COUNTED_LIVE): Promise<CountedGroup[]> {
  const { rows } = await sql<CountedGroup>`select lm.line_key, lm.bucket, lm.next_due, lm.kind, count(*) as people from line_member lm
    where lm.valid_to > ${today} and lm.line_key in (select k.line_key from (select line_key from line_member group by line_key having count(*) > ${above}) k)
    group by lm.line_key, lm.bucket, lm.next_due, lm.kind`.execute(db)
  return rows.map((row) => ({ ...row, people: Number(row.people) }))
}

/** How many of a line's people are past their due day, counted no further than `most`: a look into an index. */
export async function countLate(db: Db, line: LineKeys, today: Day, most: number): Promise<number> {
  return (await listLine(db, line, { tab: 'late', kinds: null, prefix: '', order: 'due' }, { after: null, limit: most, today })).length
}


/** Writes what was counted: lines that read otherwise than before anew, of the others the time only, and none that is no longer large. */
export async function replaceLineCounts(tx: Tx, counted: readonly CountedGroup[], at: Instant): Promise<number> {
  const byKey = (rows: readonly CountedGroup[]) => groupedBy(rows, ({ line_key: key }) => key)
  const saying = (rows: readonly CountedGroup[] = []) => rows.map(({ bucket, next_due, kind, people }) => `${bucket} ${next_due} ${kind} ${people}`).sort().join('\n')
  const [held, wanted] = [byKey(await tx.selectFrom('line_count').select(['line_key', 'bucket', 'next_due', 'kind', 'people']).execute()), byKey(counted)]
  const changed = [...new Set([...held.keys(), ...wanted.keys()])].filter((key) => saying(held.get(key)) !== saying(wanted.get(key)))
  if (changed.length > 0) await tx.deleteFrom('line_count').where('line_key', 'in', changed).execute()
  if (held.size > 0) await tx.updateTable('line_count').set({ at }).where('at', '<', at).execute()
  await insertRows(tx, 'line_count', changed.flatMap((key) => (wanted.get(key) ?? []).map((row) => ({ line_key: key, bucket: row.bucket, next_due: row.next_due, kind: row.kind, people: row.people, at }))))
  return changed.length
}
