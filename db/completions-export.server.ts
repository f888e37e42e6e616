import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { CompletedDuty, DutyParts, ExportedPerson } from '../app/domain/completions-csv'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { COLUMN_END, oneText, rowsAsOneText, rowsOf } from './dialect.server'
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
  const all = few ? listAllDone(db) : null
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
  const [people, done, originals] = await Promise.all([listPeople(db, side, today, names, between(from, last)), all ?? listDone(db, side, between(from, last)), listOriginalDuesIn(db, between(from, last))])
  for (const { engagementId, kind, slug, period, dueOn } of originals) {
    const duty = done.get(engagementId)?.find(({ what }) => what.startsWith([kind, slug, period, ''].join(COLUMN_END)))
    if (duty) duty.originalDue = dueOn
  }
  return { last, completed: people.flatMap(({ id, person }) => { const duties = done.get(id); return duties ? [{ person, duties }] : [] }) }
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

/** What was completed, by engagement, in the order of completion. */
type Done = Map<string, CompletedDuty[]>

async function listDone(db: Db, side: ExportSide, within: ReturnType<typeof between>): Promise<Done> {
  const rows = await db
    .selectFrom('engagement as e')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .innerJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'e.id').on('a.settled_as', '=', 'completed'))
    .leftJoin('completion as c', (on) => on.onRef('c.assignment_id', '=', 'a.id').on('c.settle_slot', '=', 1))
    .select(oneText(db, ['e.id', 'a.settled_at', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on']).as('columns')).select(oneText(db, ['c.content_version', 'c.route']).as('how'))
    .where('ec.relation', 'in', [...relationsOf(side)]).where(within).execute()
  const done: Done = new Map()
  const once = oncePerText()
  for (const { columns, how } of rows) addTo(done, columns, 0, how, once)
  return inOrder(done)
}

/** Whether no more than so many duties were finished by all together. */
const finishedAreFew = async (db: Db, most: number): Promise<boolean> =>
  (await db.selectFrom('assignment').select('settled_at').where('settled_at', '<', OPEN_INSTANT).orderBy('settled_at').limit(1).offset(most).execute()).length === 0

/**
 * The same of everybody: both tables from one end to the other, put together here; looking each duty up takes the database several
 * times as long. One question, so that both are of one moment: a duty finished in between would stand here without how it was done.
 */
async function listAllDone(db: Db): Promise<Done> {
  const duties = db.selectFrom('assignment as a').select(rowsAsOneText(db, ['a.id', 'a.engagement_id', 'a.settled_at', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on']).as('duties')).select(({ fn }) => fn.countAll().as('manyDuties')).where('a.settled_at', '<', OPEN_INSTANT).where('a.settled_as', '=', 'completed')
  const completions = db.selectFrom('completion as c').select(rowsAsOneText(db, ['c.assignment_id', 'c.content_version', 'c.route']).as('completions')).select(({ fn }) => fn.countAll().as('manyCompletions')).where('c.settle_slot', '=', 1)
  const both = await db.selectFrom([duties.as('d'), completions.as('f')]).select(['duties', 'manyDuties', 'completions', 'manyCompletions']).executeTakeFirstOrThrow()
  const once = oncePerText()
  const how = new Map<string, string>()
  for (const row of rowsOf({ text: both.completions, count: both.manyCompletions })) how.set(row.slice(0, ID_LENGTH), once(row.slice(ID_LENGTH + 1)))
  const done: Done = new Map()
  for (const row of rowsOf({ text: both.duties, count: both.manyDuties })) addTo(done, row, ID_LENGTH + 1, how.get(row.slice(0, ID_LENGTH)) ?? COLUMN_END, once)
  return inOrder(done)
}

/** Every id is a UUID: what is made here for each of many rows is cut by place, not looked for. */
const ID_LENGTH = 36

/** Adds the duty that a row tells of from a place on: whose, when it was finished, and what it was. */
function addTo(done: Done, row: string, at: number, how: string, once: (text: string) => string): void {
  const engagement = row.slice(at, at + ID_LENGTH)
  const end = row.indexOf(COLUMN_END, at + ID_LENGTH + 1)
  const duty = { settledAt: Number(row.slice(at + ID_LENGTH + 1, end)), what: once(row.slice(end + 1) + COLUMN_END + how) }
  const list = done.get(engagement)
  if (list) list.push(duty)
  else done.set(engagement, [duty])
}

/** Keeps of texts that are alike only the first: what thousands did alike is in memory once. */
function oncePerText(): (text: string) => string {
  const kept = new Map<string, string>()
  return (text) => kept.get(text) ?? (kept.set(text, text), text)
}

function inOrder(done: Done): Done {
  for (const list of done.values()) if (list.length > 1) list.sort((a, b) => a.settledAt - b.settledAt || (a.what < b.what ? -1 : 1))
  return done
}
