import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { CompletedDuty, DutyParts, ExportedPerson, Post } from '../app/domain/completions-csv'
import { groupedBy } from '../app/domain/grouped'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { cellsOf, COLUMN_END, eachRowOf, inOrderNamed, rowsAsOneText, type RowsText } from './dialect.server'
import { listOriginalDuesIn, type OriginalDue } from './due-days.server'
import { knownOn } from './in-force.server'
import { nameIsShown } from './people-search.server'

/** About so many finished duties are read at a time: what is in memory does not grow with the company. */
const MOST_DUTIES = 30_000

/** Whose completions are written out: the workforce, or contractors' people, never both in one file. */
export type ExportSide = 'workforce' | 'company'

/** Somebody with what they completed, in the order of completion. */
export interface Completed {
  person: ExportedPerson
  duties: readonly CompletedDuty[]
}

/** Everybody of a side who completed something, by number, in portions. */
export async function* listCompletions(db: Db, side: ExportSide, today: Day, most = MOST_DUTIES): AsyncGenerator<Iterable<Completed>> {
  const ends = await listEnds(db, most)
  const names = listNames(db, today)
  const read = (at: number) => {
    const portion = readPortion(db, side, today, names, { from: ends[at - 1], to: ends[at] })
    portion.catch(() => undefined)
    return portion
  }
  let next = read(0)
  for (let at = 0; at <= ends.length; at++) {
    const completed = await next
    // one portion is read while the one before it is written out
    if (at < ends.length) next = read(at + 1)
    yield completed
  }
}

/** The numbers at which portions of about so many finished duties end; whoever comes after the last of them is one more. */
async function listEnds(db: Db, most: number): Promise<string[]> {
  const { count } = await db.selectFrom('assignment').select(({ fn }) => fn.countAll().as('count')).where('settled_at', '<', OPEN_INSTANT).executeTakeFirstOrThrow()
  const portions = Math.ceil(Number(count) / most)
  if (portions <= 1) return []
  const dealt = db.selectFrom('engagement').select(['number', sql<number>`ntile(${portions}) over (order by number)`.as('portion')])
  const ends = await db.selectFrom(dealt.as('d')).select(({ fn }) => fn.max('d.number').as('number')).groupBy('d.portion').orderBy('d.portion').execute()
  return ends.slice(0, -1).map(({ number }) => number)
}

/** Engagements behind one number and up to another: of one number all, or none. */
interface Portion {
  from: string | undefined
  to: string | undefined
}

/** Whether a column holds an engagement of a portion. */
const within = ({ from, to }: Portion, column: string) => (from === undefined && to === undefined ? sql<boolean>`1 = 1`
  : sql<boolean>`${sql.ref(column)} in (select e.id from engagement e where ${from === undefined ? sql`1 = 1` : sql`e.number > ${from}`} and ${to === undefined ? sql`1 = 1` : sql`e.number <= ${to}`})`)

interface Names {
  companies: ReadonlyMap<string, string>
  units: ReadonlyMap<string, { code: string; name: string }>
}

/** What companies and units are called: far fewer than people, and asked once instead of for each. */
async function listNames(db: Db, today: Day): Promise<Names> {
  const [companies, units] = await Promise.all([
    db.selectFrom('company_version').select(['company_id', 'name']).where(knownOn('company_version', today)).execute(),
    db.selectFrom('org_unit as o').leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'o.id').on(knownOn('u', today))).select(['o.id', 'o.code', 'u.name']).execute(),
  ])
  return { companies: new Map(companies.map(({ company_id, name }) => [company_id, name])), units: new Map(units.map(({ id, code, name }) => [id, { code, name: name ?? '' }])) }
}

/** One portion: people and duties are read beside each other and put together here, which is less work for the database than one question about both. */
async function readPortion(db: Db, side: ExportSide, today: Day, asked: Promise<Names>, portion: Portion): Promise<Iterable<Completed>> {
  const [names, people, finished, originals] = await Promise.all([asked, askPeople(db, side, today, portion), askDuties(db, portion).then(readFinished), listOriginalDuesIn(db, within(portion, 'a.engagement_id'))])
  return readPeople(people, names, finished, groupedBy(originals, ({ engagementId }) => engagementId))
}

const relationsOf = (side: ExportSide) => (side === 'workforce' ? (['own', 'dispatched'] as const) : (['contract', 'sole'] as const))

/** The finished duties of a portion: an index holds all that is asked of them. */
const finishedIn = (db: Db, portion: Portion) => db.selectFrom('assignment as a').where('a.settled_at', '<', OPEN_INSTANT).where('a.settled_as', '=', 'completed').where(within(portion, 'a.engagement_id'))

/** Who finished something in a portion, and in the same order what they are called: a text of ASCII alone takes half the memory and a fraction of the time. */
function askPeople(db: Db, side: ExportSide, today: Day, portion: Portion) {
  const named = side === 'workforce' ? 'ec.display_name' : sql<string>`case when ${nameIsShown(today)} = 1 then ec.display_name else '' end`
  const finishers = finishedIn(db, portion).select('a.engagement_id').distinct().as('f')
  return inOrderNamed(db, db.selectFrom(finishers).innerJoin('engagement_current as ec', 'ec.engagement_id', 'f.engagement_id').where('ec.relation', 'in', [...relationsOf(side)]))
    .select([rowsAsOneText(db, ['ec.engagement_id', 'ec.number', 'ec.kind', 'ec.company_id', 'ec.unit_id']).as('text'), rowsAsOneText(db, [named]).as('called')]).select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
}

/** What they finished. */
function askDuties(db: Db, portion: Portion): Promise<RowsText> {
  return finishedIn(db, portion)
    .select(rowsAsOneText(db, ['a.engagement_id', 'a.settled_at', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'a.settled_version', 'a.settled_route']).as('text')).select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
}

/** Every id is a UUID: what is made here for each of many rows is cut by place, not looked for. */
const ID_LENGTH = 36

/** Who completed something, by number and then in the order in which they began. Each is read when it is their turn, and soon forgotten. */
function* readPeople(people: RowsText & { called: string | null }, { companies, units }: Names, finished: Finished, putOff: ReadonlyMap<string, readonly OriginalDue[]>): Generator<Completed> {
  const called = cellsOf({ text: people.called, count: people.count })
  const found: { id: string; number: string; name: string; words: string; last: number }[] = []
  let row = 0
  eachRowOf(people, (text, at, end) => {
    const name = called[row++]!
    const id = text.slice(at, at + ID_LENGTH)
    const last = finished.lastOf(id)
    if (last === undefined) return
    const words = text.indexOf(COLUMN_END, at + ID_LENGTH + 1) + 1
    found.push({ id, number: text.slice(at + ID_LENGTH + 1, words - 1), name, words: text.slice(words, end), last })
  })
  const posts = new Map<string, Post>()
  const readPost = (words: string): Post => {
    const [kind, companyId, unitId] = words.split(COLUMN_END) as [EngagementKind, string, string]
    const unit = units.get(unitId)
    return { kind, company: companies.get(companyId) ?? '', unitCode: unit?.code ?? '', unit: unit?.name ?? '' }
  }
  found.sort((a, b) => compare(a.number, b.number) || compare(a.id, b.id))
  for (const { id, number, name, words, last } of found) {
    const duties = finished.upTo(last)
    for (const { kind, slug, period, dueOn } of putOff.get(id) ?? []) {
      const duty = duties.find(({ what }) => what.kind === kind && what.slug === slug && what.period === period)
      if (duty) duty.originalDue = dueOn
    }
    yield { person: { number, name, post: once(posts, words, readPost) }, duties }
  }
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** What is made of some words: whoever says the same words gets the same. */
function once<T>(made: Map<string, T>, words: string, make: (words: string) => T): T {
  let one = made.get(words)
  if (one === undefined) made.set(words, (one = make(words)))
  return one
}

/** Finished duties by engagement. */
interface Finished {
  /** The last row of an engagement; undefined where it finished nothing. */
  lastOf: (engagementId: string) => number | undefined
  /** That row and all of the same engagement before it, in the order of completion. */
  upTo: (row: number) => CompletedDuty[]
}

/** Of each row only what was done and when is kept, and which one of the same engagement was before it. */
function readFinished(duties: RowsText): Finished {
  const count = Number(duties.count)
  const [settledAt, before] = [new Float64Array(count), new Int32Array(count)]
  const what: DutyParts[] = []
  const last = new Map<string, number>()
  const made = new Map<string, DutyParts>()
  eachRowOf(duties, (text, at, end) => {
    const row = what.length
    const words = text.indexOf(COLUMN_END, at + ID_LENGTH + 1) + 1
    settledAt[row] = Number(text.slice(at + ID_LENGTH + 1, words - 1))
    what.push(once(made, text.slice(words, end), partsOf))
    const engagement = text.slice(at, at + ID_LENGTH)
    before[row] = last.get(engagement) ?? -1
    last.set(engagement, row)
  })
  return {
    lastOf: (engagementId) => last.get(engagementId),
    upTo: (row) => {
      const found: CompletedDuty[] = []
      for (let one = row; one >= 0; one = before[one]!) found.push({ what: what[one]!, settledAt: settledAt[one]! })
      return found.sort((a, b) => a.settledAt - b.settledAt || compare(a.what.kind, b.what.kind) || compare(a.what.slug, b.what.slug) || compare(a.what.period, b.what.period))
    },
  }
}

function partsOf(words: string): DutyParts {
  const [kind, slug, period, dueOn, version, route] = words.split(COLUMN_END) as [string, string, string, Day, string, string]
  return { kind, slug, period, dueOn, version, route }
}
