import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { CompletedDuty, DutyParts, ExportedPerson } from '../app/domain/completions-csv'
import { groupedBy } from '../app/domain/grouped'
import type { EngagementKind } from '../app/domain/people'
import { atOneMoment, type Db } from './database.server'
import { COLUMN_END, eachRowOf, oneText, rowsAsOneText, type RowsText } from './dialect.server'
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

/** Everybody of a side who completed something, by number, so many people at a time. */
export async function* listCompletions(db: Db, side: ExportSide, today: Day, most = MOST): AsyncGenerator<Completed[]> {
  const [names, few] = await Promise.all([listNames(db, today), finishedAreFew(db, most.atOnce)])
  const all = few ? listDone(db) : null
  all?.catch(() => undefined)
  const read = (from: Place | null) => readPortion(db, { side, today, names, most: most.people, all }, from)
  for (let ahead: ReturnType<typeof read> | null = read(null); ahead; ) {
    const { completed, last }: Awaited<ReturnType<typeof read>> = await ahead
    // the database reads on while these are written
    ahead = last && read(last)
    ahead?.catch(() => undefined)
    yield completed
  }
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

/** The next portion after a place, and where it ends unless it is the last. People and duties are asked beside each other: what is known of a person is joined once, not for each duty. */
async function readPortion(db: Db, { side, today, names, most, all }: { side: ExportSide; today: Day; names: Names; most: number; all: Promise<Done> | null }, from: Place | null): Promise<{ completed: Completed[]; last: Place | null }> {
  const last = (await db.selectFrom('engagement as e').select(['number', 'sequence']).where(between(from, null)).orderBy('number').orderBy('sequence').limit(1).offset(most - 1).execute())[0] ?? null
  const [people, done, originals] = await Promise.all([listPeople(db, side, today, names, between(from, last)), all ?? listDone(db, between(from, last)), listOriginalDuesIn(db, between(from, last))])
  const putOff = groupedBy(originals, ({ engagementId }) => engagementId)
  const completed = people.flatMap(({ id, person }) => {
    const duties = done(id)
    for (const { kind, slug, period, dueOn } of putOff.get(id) ?? []) {
      const duty = duties.find(({ what }) => what.startsWith([kind, slug, period, ''].join(COLUMN_END)))
      if (duty) duty.originalDue = dueOn
    }
    return duties.length > 0 ? [{ person, duties }] : []
  })
  return { last, completed }
}

/** Engagements `e` after one place and up to another; without a place, from the first or to the last. */
function between(from: Place | null, to: Place | null) {
  const after = from ? sql`e.number >= ${from.number} and (e.number > ${from.number} or e.sequence > ${from.sequence})` : sql`1 = 1`
  return to ? sql<boolean>`${after} and e.number <= ${to.number} and (e.number < ${to.number} or e.sequence <= ${to.sequence})` : sql<boolean>`${after}`
}

const relationsOf = (side: ExportSide) => (side === 'workforce' ? (['own', 'dispatched'] as const) : (['contract', 'sole'] as const))

async function listPeople(db: Db, side: ExportSide, today: Day, { companies, units }: Names, within: ReturnType<typeof between>): Promise<{ id: string; person: ExportedPerson }[]> {
  const named = side === 'workforce' ? sql<string>`v.display_name` : sql<string>`case when ${nameIsShown(today)} = 1 then v.display_name else '' end`
  const rows = await db
    .selectFrom('engagement as e')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on(speaksOn(today)))
    .select(oneText(db, ['e.id', 'e.number', 'v.kind', 'ec.company_id', 'v.unit_id']).as('columns')).select(named.as('name'))
    .where('ec.relation', 'in', [...relationsOf(side)]).where(within).orderBy('e.number').orderBy('e.sequence').execute()
  return rows.map(({ columns, name }) => {
    const [id, number, kind, companyId, unitId] = columns.split(COLUMN_END) as [string, string, EngagementKind, string, string]
    const unit = units.get(unitId)
    return { id, person: { number, name, kind, company: companies.get(companyId) ?? '', unitCode: unit?.code ?? '', unit: unit?.name ?? '' } }
  })
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
