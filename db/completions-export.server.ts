import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { CompletedDuty, DutyParts, ExportedPerson } from '../app/domain/completions-csv'
import { groupedBy } from '../app/domain/grouped'
import type { EngagementKind } from '../app/domain/people'
import { atOneMoment, type Db } from './database.server'
import { COLUMN_END, eachRowOf, rowsAsOneText, type RowsText } from './dialect.server'
import { listOriginalDuesIn } from './due-days.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** So many people are read at a time, and so many finished duties at once: what is in memory does not grow with the company. */
const MOST = { people: 2_000, atOnce: 30_000 }

/** Whose completions are written out: the workforce, or contractors' people, never both in one file. */
export type ExportSide = 'workforce' | 'company'

/** Somebody with what they completed, in the order of completion. */
export interface Completed {
  person: ExportedPerson
  duties: readonly CompletedDuty[]
}

/** Reads what a duty was and how it was done. */
export function partsOf(what: string): DutyParts {
  const [kind = '', slug = '', period = '', dueOn = '', version = '', route = ''] = what.split(COLUMN_END)
  return { kind, slug, period, dueOn, version, route }
}

interface Place {
  number: string
  sequence: number
}

/** So many portions are read while one is written out. */
const AHEAD = 2

/** Everybody of a side who completed something, by number, so many people at a time. */
export async function* listCompletions(db: Db, side: ExportSide, today: Day, most = MOST): AsyncGenerator<Completed[]> {
  const [names, few, ends] = await Promise.all([listNames(db, today), finishedAreFew(db, most.atOnce), listEnds(db, most.people)])
  const all = few ? listDone(db) : null
  all?.catch(() => undefined)
  const portions = [...ends, null].map((to, at) => between(ends[at - 1] ?? null, to))
  const read = portions.slice(0, AHEAD + 1).map((within) => readPortion(db, { side, today, names, all }, within))
  for (let at = 0; at < portions.length; at++) {
    for (const one of read) one.catch(() => undefined)
    const completed = await read.shift()!
    const next = portions[at + AHEAD + 1]
    if (next) read.push(readPortion(db, { side, today, names, all }, next))
    yield completed
  }
}

/** Where portions of so many people end, by number; whoever comes after the last of them is one more. */
async function listEnds(db: Db, people: number): Promise<Place[]> {
  const numbered = db.selectFrom('engagement').select(['number', 'sequence', sql<number>`row_number() over (order by number, sequence)`.as('place')])
  return db.selectFrom(numbered.as('e')).select(['e.number', 'e.sequence']).where(sql<number>`e.place % ${people}`, '=', 0).orderBy('e.number').orderBy('e.sequence').execute()
}

type Names = Awaited<ReturnType<typeof listNames>>

/** What companies and units are called: far fewer than people, and asked once instead of for each. */
async function listNames(db: Db, today: Day) {
  const [companies, units] = await Promise.all([
    db.selectFrom('company_version').select(['company_id', 'name']).where(knownOn('company_version', today)).execute(),
    db.selectFrom('org_unit as o').leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'o.id').on(knownOn('u', today))).select(['o.id', 'o.code', 'u.name']).execute(),
  ])
  return { companies: new Map(companies.map(({ company_id, name }) => [company_id, name])), units: new Map(units.map(({ id, code, name }) => [id, { code, name: name ?? '' }])) }
}

/** One portion. People and duties are asked beside each other: what is known of a person is joined once, not for each duty. */
async function readPortion(db: Db, { side, today, names, all }: { side: ExportSide; today: Day; names: Names; all: Promise<Done> | null }, within: ReturnType<typeof between>): Promise<Completed[]> {
  const [people, done, originals] = await Promise.all([listPeople(db, side, today, names, within), all ?? listDone(db, within), listOriginalDuesIn(db, within)])
  const putOff = groupedBy(originals, ({ engagementId }) => engagementId)
  return people.flatMap(({ id, person }) => {
    const duties = done(id)
    for (const { kind, slug, period, dueOn } of putOff.get(id) ?? []) {
      const duty = duties.find(({ what }) => what.startsWith([kind, slug, period, ''].join(COLUMN_END)))
      if (duty) duty.originalDue = dueOn
    }
    return duties.length > 0 ? [{ person, duties }] : []
  })
}

/** Engagements `e` after one place and up to another; without a place, from the first or to the last. */
function between(from: Place | null, to: Place | null) {
  const after = from ? sql`e.number >= ${from.number} and (e.number > ${from.number} or e.sequence > ${from.sequence})` : sql`1 = 1`
  return to ? sql<boolean>`${after} and e.number <= ${to.number} and (e.number < ${to.number} or e.sequence <= ${to.sequence})` : sql<boolean>`${after}`
}

const relationsOf = (side: ExportSide) => (side === 'workforce' ? (['own', 'dispatched'] as const) : (['contract', 'sole'] as const))

async function listPeople(db: Db, side: ExportSide, today: Day, { companies, units }: Names, within: ReturnType<typeof between>): Promise<{ id: string; person: ExportedPerson }[]> {
  const named = side === 'workforce' ? 'v.display_name' : sql<string>`case when ${nameIsShown(today)} = 1 then v.display_name else '' end`
  const rows = await db
    .selectFrom('engagement as e')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on(speaksOn(today)))
    .select(rowsAsOneText(db, ['e.id', 'e.number', 'v.kind', 'ec.company_id', 'v.unit_id', named], ['e.number', 'e.sequence']).as('text')).select(({ fn }) => fn.countAll().as('count'))
    .where('ec.relation', 'in', [...relationsOf(side)]).where(within).executeTakeFirstOrThrow()
  const people: { id: string; person: ExportedPerson }[] = []
  eachRowOf(rows, (text, at, end) => {
    const [id, number, kind, companyId, unitId, name] = text.slice(at, end).split(COLUMN_END) as [string, string, EngagementKind, string, string, string]
    const unit = units.get(unitId)
    people.push({ id, person: { number, name, kind, company: companies.get(companyId) ?? '', unitCode: unit?.code ?? '', unit: unit?.name ?? '' } })
  })
  return people
}

/** What an engagement completed, in the order of completion. */
type Done = (engagementId: string) => CompletedDuty[]

/** Whether no more than so many duties were finished by all together. */
const finishedAreFew = async (db: Db, most: number): Promise<boolean> =>
  (await db.selectFrom('assignment').select('settled_at').where('settled_at', '<', OPEN_INSTANT).orderBy('settled_at').limit(1).offset(most).execute()).length === 0

/**
 * What was completed, by everybody or within a range of engagements: both tables are read from one end to the other and put together
 * here, since looking each duty up takes the database several times as long. Both are of one moment: a duty finished in between would
 * stand here without how it was done.
 */
async function listDone(db: Db, within?: ReturnType<typeof between>): Promise<Done> {
  const [how, duties] = await atOneMoment(db, (moment) => {
    const ofSome = moment.selectFrom('assignment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').where(within ?? sql<boolean>`1 = 1`)
    const completions = moment.selectFrom('completion as c').$if(within !== undefined, (all) => all.where('c.assignment_id', 'in', ofSome.select('a.id'))).where('c.settle_slot', '=', 1)
    const finished = moment.selectFrom('assignment as a').$if(within !== undefined, (all) => all.where('a.engagement_id', 'in', moment.selectFrom('engagement as e').select('e.id').where(within!))).where('a.settled_at', '<', OPEN_INSTANT).where('a.settled_as', '=', 'completed')
    // the second is sent before the first is read: the database looks through it meanwhile
    return Promise.all([
      completions.select(rowsAsOneText(db, ['c.assignment_id', 'c.content_version', 'c.route']).as('text')).select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow().then(readHow),
      finished.select(rowsAsOneText(db, ['a.id', 'a.engagement_id', 'a.settled_at', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on']).as('text')).select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow(),
    ])
  })
  return readDone(duties, how)
}

/** Every id is a UUID: what is made here for each of many rows is cut by place, not looked for. */
const ID_LENGTH = 36

/** Version and route by assignment; what thousands did alike is in memory once. */
function readHow(completions: RowsText): Map<string, string> {
  const how = new Map<string, string>()
  const once = new Map<string, string>()
  eachRowOf(completions, (text, at, end) => {
    const words = text.slice(at + ID_LENGTH + 1, end)
    if (!once.has(words)) once.set(words, words)
    how.set(text.slice(at, at + ID_LENGTH), once.get(words)!)
  })
  return how
}

/** Of each engagement only where its rows stand is kept; they are read when they are asked for, and soon forgotten. */
function readDone(duties: RowsText, how: ReadonlyMap<string, string>): Done {
  const places = new Map<string, number[]>()
  eachRowOf(duties, (text, at, end) => {
    const engagement = text.slice(at + ID_LENGTH + 1, at + 2 * ID_LENGTH + 1)
    const known = places.get(engagement)
    if (known) known.push(at, end)
    else places.set(engagement, [at, end])
  })
  const text = duties.text ?? ''
  const dutyAt = (at: number, end: number): CompletedDuty => {
    const settled = at + 2 * (ID_LENGTH + 1)
    const asked = text.indexOf(COLUMN_END, settled)
    return { settledAt: Number(text.slice(settled, asked)), what: text.slice(asked + 1, end) + COLUMN_END + (how.get(text.slice(at, at + ID_LENGTH)) ?? COLUMN_END) }
  }
  return (engagementId) => {
    const found: CompletedDuty[] = []
    const of = places.get(engagementId) ?? []
    for (let one = 0; one < of.length; one += 2) found.push(dutyAt(of[one]!, of[one + 1]!))
    return found.sort((a, b) => a.settledAt - b.settledAt || (a.what < b.what ? -1 : 1))
  }
}
