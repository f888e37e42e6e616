import { sql } from 'kysely'
import { dayOf, type Day } from '../app/domain/calendar'
import type { Db } from './database.server'
import { COLUMN_END, oneText } from './dialect.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** So many people are read at a time: what is in memory does not grow with the company. */
const PEOPLE = 2_000

/** Whose completions are written out: the workforce, or contractors' people, never both in one file. */
export type ExportSide = 'workforce' | 'company'

interface Place {
  number: string
  sequence: number
}

/** Every completed duty of everybody of a side, by number, a portion of people at a time; each row as its columns. */
export async function* completionRows(db: Db, side: ExportSide, today: Day): AsyncGenerator<string[][]> {
  for (let ahead: ReturnType<typeof readPortion> | null = readPortion(db, side, today, null); ahead; ) {
    const { rows, last }: Awaited<ReturnType<typeof readPortion>> = await ahead
    // the database reads on while these are written
    ahead = last && readPortion(db, side, today, last)
    ahead?.catch(() => undefined)
    yield rows
  }
}

/** The next portion after a place, and where it ends unless it is the last. People and duties are asked beside each other: what is known of a person is joined once, not for each duty. */
async function readPortion(db: Db, side: ExportSide, today: Day, from: Place | null): Promise<{ rows: string[][]; last: Place | null }> {
  const last = (await db.selectFrom('engagement as e').select(['number', 'sequence']).where(between(from, null)).orderBy('number').orderBy('sequence').limit(1).offset(PEOPLE - 1).execute())[0] ?? null
  const [people, duties] = await Promise.all([listPeople(db, side, today, between(from, last)), listCompleted(db, side, between(from, last))])
  return { last, rows: people.flatMap(([id, number, ...person]) => (duties.get(id!) ?? []).map(({ columns, settledAt }) => [number!, ...person.slice(0, -1), ...columns, person.at(-1)!, dayOf(settledAt)])) }
}

/** Engagements `e` after one place and up to another; without a place, from the first or to the last. */
function between(from: Place | null, to: Place | null) {
  const after = from ? sql`(e.number > ${from.number} or (e.number = ${from.number} and e.sequence > ${from.sequence}))` : sql`1 = 1`
  return to ? sql<boolean>`${after} and (e.number < ${to.number} or (e.number = ${to.number} and e.sequence <= ${to.sequence}))` : sql<boolean>`${after}`
}

const relationsOf = (side: ExportSide) => (side === 'workforce' ? (['own', 'dispatched'] as const) : (['contract', 'sole'] as const))

async function listPeople(db: Db, side: ExportSide, today: Day, within: ReturnType<typeof between>): Promise<string[][]> {
  const named = side === 'workforce' ? sql<string>`v.display_name` : sql<string>`case when ${nameIsShown(today)} = 1 then v.display_name else '' end`
  const rows = await db
    .selectFrom('engagement as e')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on(speaksOn(today)))
    .leftJoin('company_version as k', (on) => on.onRef('k.company_id', '=', 'ec.company_id').on(knownOn('k', today)))
    .leftJoin('org_unit as o', 'o.id', 'v.unit_id')
    .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', today)))
    .select(oneText(db, ['e.id', 'e.number', 'v.kind', 'k.name', 'o.code', 'u.name']).as('columns')).select(named.as('name'))
    .where('ec.relation', 'in', [...relationsOf(side)]).where(within).orderBy('e.number').orderBy('e.sequence').execute()
  return rows.map(({ columns, name }) => [...columns.split(COLUMN_END), name])
}

/** What was completed, by engagement, in the order of completion. */
async function listCompleted(db: Db, side: ExportSide, within: ReturnType<typeof between>) {
  const rows = await db
    .selectFrom('engagement as e')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .innerJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'e.id').on('a.settled_as', '=', 'completed'))
    .leftJoin('completion as c', (on) => on.onRef('c.assignment_id', '=', 'a.id').on('c.settle_slot', '=', 1))
    .select(oneText(db, ['e.id', 'a.id', 'a.settled_at', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'c.content_version', 'c.route']).as('columns'))
    .where('ec.relation', 'in', [...relationsOf(side)]).where(within).execute()
  const found = new Map<string, { id: string; settledAt: number; columns: string[] }[]>()
  for (const row of rows) {
    const [engagement, id, settledAt, ...columns] = row.columns.split(COLUMN_END) as [string, string, string, ...string[]]
    const duty = { id, settledAt: Number(settledAt), columns }
    const list = found.get(engagement)
    if (list) list.push(duty)
    else found.set(engagement, [duty])
  }
  for (const list of found.values()) if (list.length > 1) list.sort((a, b) => a.settledAt - b.settledAt || (a.id < b.id ? -1 : 1))
  return found
}
