import { sql } from 'kysely'
import { OPEN_DAY, OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import type { Db } from './database.server'
import { isAsked } from './due-days.server'
import { knownOn } from './in-force.server'

/** What the list of found people shows of one. Where 氏名表示 is 不可, name and kana stay in the database. */
export interface FoundPerson {
  engagementId: string
  number: string
  sequence: number
  name: string | null
  kana: string | null
  kind: EngagementKind
  relation: Relation
  companyName: string
  unitName: string | null
  validFrom: Day
  validTo: Day
  onLeave: boolean
  /** Where this row stands in the list: the next page begins after it. */
  key: string
}

export interface PeopleFilter {
  /** Folded beginning of a name, kana or number; empty for everybody. */
  prefix: string
  relation: Relation | null
  service: 'in' | 'before' | 'left' | null
  /** Units of which one, or one below, the person stands in; null for wherever. */
  unitIds?: readonly string[] | null
}

/** Greater than any text that begins with the prefix, on both engines. */
const AFTER_ALL = '\u{10FFFF}'
/** Separates the two halves of a list key; no token and no number holds it. */
const HALVES = '\t'

/** The version that speaks for an engagement on a day: the one in force, else its first before it begins, else its last. */
export const speaksOn = (day: Day) => sql<boolean>`v.superseded_at = ${OPEN_INSTANT} and ((v.valid_from <= ${day} and v.valid_to > ${day})
  or (ec.valid_from > ${day} and v.valid_from = ec.valid_from) or (ec.valid_to <= ${day} and v.valid_to = ec.valid_to))`

/** 1 where the operator may see the person by name: own people always, a contractor's when 氏名表示 is 可 (domain.md L25). */
export const nameIsShown = (day: Day) => sql<0 | 1>`case when ec.relation <> 'contract' or exists (
  select 1 from entrustment en join entrustment_version ev on ev.entrustment_id = en.id and ${knownOn('ev', day)}
  where en.company_id = ec.company_id and ev.names_allowed = 1) then 1 else 0 end`

function people(db: Db, today: Day) {
  return db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement as e', 'e.id', 'ec.engagement_id')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .leftJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', today)))
    .select(['ec.engagement_id', 'ec.number', 'e.sequence', 'v.kind', 'ec.relation', 'v.display_name', 'v.kana', 'c.name as company_name', 'u.name as unit_name', 'ec.valid_from', 'ec.valid_to', 'ec.on_leave', nameIsShown(today).as('named')])
}

const MOST_UNITS = 100

/** The units whose code is this, or whose name begins so. */
export async function findUnitsNamed(db: Db, words: string, today: Day): Promise<string[]> {
  const rows = await db
    .selectFrom('org_unit as o').innerJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'o.id').on(knownOn('u', today)))
    .select('o.id').where(({ eb, or, and }) => or([eb('o.code', '=', words), and([eb('u.name', '>=', words), eb('u.name', '<', words + AFTER_ALL)])])).orderBy('o.code').limit(MOST_UNITS).execute()
  return rows.map(({ id }) => id)
}

/** The rest of the filter, as one condition on engagement_current. */
function kept({ relation, service, unitIds }: PeopleFilter, today: Day) {
  const served = { in: sql`ec.valid_from <= ${today} and ec.valid_to > ${today}`, before: sql`ec.valid_from > ${today}`, left: sql`ec.valid_to <= ${today}` }
  return sql<boolean>`${relation ? sql`ec.relation = ${relation}` : sql`1 = 1`} and ${service ? served[service] : sql`1 = 1`}
    and ${unitIds ? sql`ec.unit_id in (select uc.unit_id from unit_closure uc where uc.ancestor_id in (${sql.join(unitIds.length > 0 ? [...unitIds] : [''])}))` : sql`1 = 1`}`
}

/**
 * One page of the people whose name, kana or number begins so, in the order of what matched; without a beginning, everybody by
 * number. A person who is shown by number only is found by number only: a name does not lead to a hidden one.
 */
export async function findPeople(db: Db, filter: PeopleFilter, page: { after: string | null; limit: number; today: Day }): Promise<FoundPerson[]> {
  const [afterFirst = '', afterSecond = ''] = (page.after ?? '').split(HALVES)
  if (filter.prefix === '') {
    let query = people(db, page.today).where(kept(filter, page.today)).orderBy('e.number').orderBy('e.sequence').limit(page.limit)
    if (page.after !== null) query = query.where(({ eb, or, and }) => or([eb('e.number', '>', afterFirst), and([eb('e.number', '=', afterFirst), eb('e.sequence', '>', Number(afterSecond) || 0)])]))
    return (await query.execute()).map((row) => found(row, `${row.number}${HALVES}${row.sequence}`))
  }
  let query = matching(db, filter.prefix, page.today).where(kept(filter, page.today)).orderBy('t.token').orderBy('t.engagement_id').limit(page.limit)
  if (page.after !== null) query = query.where(({ eb, or, and }) => or([eb('t.token', '>', afterFirst), and([eb('t.token', '=', afterFirst), eb('t.engagement_id', '>', afterSecond)])]))
  return (await query.execute()).map((row) => found(row, `${row.token}${HALVES}${row.engagement_id}`))
}

/** People by the first of their tokens that matches, so that nobody comes twice. */
function matching(db: Db, prefix: string, today: Day) {
  const end = prefix + AFTER_ALL
  return people(db, today)
    .innerJoin('search_token as t', 't.engagement_id', 'ec.engagement_id')
    .where('t.token', '>=', prefix)
    .where('t.token', '<', end)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('search_token as s').select('s.token').whereRef('s.engagement_id', '=', 'ec.engagement_id').where('s.token', '>=', prefix).where('s.token', '<', end).whereRef('s.token', '<', 't.token'))))
    .where((eb) => eb.or([eb(nameIsShown(today), '=', 1), eb(sql<string>`substr(lower(replace(ec.number, '-', '')), 1, ${[...prefix].length})`, '=', prefix)]))
    .select('t.token')
}

/** How many people a filter finds, counted no further than `limit`. */
export async function countPeople(db: Db, filter: PeopleFilter, today: Day, limit: number): Promise<number> {
  const base = filter.prefix === '' ? people(db, today).clearSelect() : matching(db, filter.prefix, today).clearSelect()
  const { count } = await db.selectFrom(base.where(kept(filter, today)).select('ec.engagement_id').limit(limit).as('m')).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

function found(row: { engagement_id: string; number: string; sequence: number; kind: EngagementKind; relation: Relation; display_name: string; kana: string; company_name: string | null; unit_name: string | null; valid_from: Day; valid_to: Day; on_leave: 0 | 1; named: 0 | 1 }, key: string): FoundPerson {
  const named = Number(row.named) === 1
  return {
    engagementId: row.engagement_id, number: row.number, sequence: row.sequence, name: named ? row.display_name : null, kana: named ? row.kana : null, kind: row.kind, relation: row.relation,
    companyName: row.company_name ?? '', unitName: row.unit_name, validFrom: row.valid_from, validTo: row.valid_to, onLeave: row.on_leave === 1, key,
  }
}

/** What stands behind the status words of a few people: one row an assignment that still counts. */
export interface DutyRow {
  engagementId: string
  kind: 'module' | 'pledge' | 'certificate'
  dueOn: Day
  settledAt: Instant
  settledAs: string | null
  begun: boolean
  /** A question stops the due day. */
  asked: boolean
}

/** The duties of the people on one page, withdrawn ones left out. */
export async function listDuties(db: Db, engagementIds: readonly string[]): Promise<DutyRow[]> {
  if (engagementIds.length === 0) return []
  const rows = await db
    .selectFrom('assignment as a')
    .select(['a.engagement_id', 'a.target_kind', 'a.due_on', 'a.settled_at', 'a.settled_as'])
    .select(({ exists, selectFrom }) => exists(selectFrom('page_shown as p').select('p.page').whereRef('p.assignment_id', '=', 'a.id')).as('begun'))
    .select(isAsked().as('asked'))
    .where('a.engagement_id', 'in', [...engagementIds])
    .where(({ eb, or }) => or([eb('a.settled_as', 'is', null), eb('a.settled_as', '!=', 'withdrawn')]))
    .execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, kind: row.target_kind, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, begun: Number(row.begun) === 1, asked: Number(row.asked) === 1 }))
}

/** Other names the people on one page had, known now: for 旧姓. */
export async function listFormerNames(db: Db, engagementIds: readonly string[]): Promise<{ engagementId: string; name: string }[]> {
  if (engagementIds.length === 0) return []
  const rows = await db
    .selectFrom('engagement_version as v').innerJoin('engagement_current as ec', 'ec.engagement_id', 'v.engagement_id')
    .select(['v.engagement_id', 'v.display_name']).distinct()
    .where('v.engagement_id', 'in', [...engagementIds]).where('v.superseded_at', '=', OPEN_INSTANT).where('v.valid_to', '<', OPEN_DAY)
    .execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, name: row.display_name }))
}

/** Those of these engagements whom the operator sees by name; one that was taken back is not among them. */
export async function listNamed(db: Db, engagementIds: readonly string[], today: Day): Promise<Set<string>> {
  if (engagementIds.length === 0) return new Set()
  const rows = await db.selectFrom('engagement_current as ec').select('ec.engagement_id').where('ec.engagement_id', 'in', [...engagementIds]).where(nameIsShown(today), '=', 1).execute()
  return new Set(rows.map(({ engagement_id: id }) => id))
}
