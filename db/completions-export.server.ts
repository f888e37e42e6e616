import { sql } from 'kysely'
import type { Day } from '../app/domain/calendar'
import type { CompletedDuty, DutyParts, ExportedPerson } from '../app/domain/completions-csv'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { COLUMN_END, oneText } from './dialect.server'
import { listOriginalDuesIn } from './due-days.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** So many people are read at a time: what is in memory does not grow with the company. */
const PEOPLE = 2_000

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

/** Everybody of a side who completed something, by number, `most` people at a time. */
export async function* listCompletions(db: Db, side: ExportSide, today: Day, most = PEOPLE): AsyncGenerator<Completed[]> {
  const names = await listNames(db, today)
  const read = (from: Place | null) => readPortion(db, { side, today, names, most }, from)
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
async function readPortion(db: Db, { side, today, names, most }: { side: ExportSide; today: Day; names: Names; most: number }, from: Place | null): Promise<{ completed: Completed[]; last: Place | null }> {
  const last = (await db.selectFrom('engagement as e').select(['number', 'sequence']).where(between(from, null)).orderBy('number').orderBy('sequence').limit(1).offset(most - 1).execute())[0] ?? null
  const [people, done, originals] = await Promise.all([listPeople(db, side, today, names, between(from, last)), listDone(db, side, between(from, last)), listOriginalDuesIn(db, between(from, last))])
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
async function listDone(db: Db, side: ExportSide, within: ReturnType<typeof between>): Promise<Map<string, CompletedDuty[]>> {
  const rows = await db
    .selectFrom('engagement as e')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .innerJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'e.id').on('a.settled_as', '=', 'completed'))
    .leftJoin('completion as c', (on) => on.onRef('c.assignment_id', '=', 'a.id').on('c.settle_slot', '=', 1))
    .select(oneText(db, ['e.id', 'a.settled_at', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'c.content_version', 'c.route']).as('columns'))
    .where('ec.relation', 'in', [...relationsOf(side)]).where(within).execute()
  const found = new Map<string, CompletedDuty[]>()
  for (const { columns } of rows) {
    const [id, at] = [columns.indexOf(COLUMN_END), columns.indexOf(COLUMN_END, columns.indexOf(COLUMN_END) + 1)]
    const [engagement, duty] = [columns.slice(0, id), { settledAt: Number(columns.slice(id + 1, at)), what: columns.slice(at + 1) }]
    const list = found.get(engagement)
    if (list) list.push(duty)
    else found.set(engagement, [duty])
  }
  for (const list of found.values()) if (list.length > 1) list.sort((a, b) => a.settledAt - b.settledAt || (a.what < b.what ? -1 : 1))
  return found
}
