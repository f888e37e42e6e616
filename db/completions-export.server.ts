import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { Db } from './database.server'
import { COLUMN_END, dayOfInstant, oneText } from './dialect.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** So many people are read at a time: what is in memory does not grow with the company. */
const PEOPLE = 2_000

/** Whose completions are written out: the workforce, or contractors' people, never both in one file. */
export type ExportSide = 'workforce' | 'company'

/** Every completed duty of everybody of a side, by number, a portion of people at a time; each row as its columns. */
export async function* completionRows(db: Db, side: ExportSide, today: Day): AsyncGenerator<string[][]> {
  const relations = side === 'workforce' ? ['own', 'dispatched'] : ['contract', 'sole']
  for (let after: { number: string; sequence: number } | null = null; ; ) {
    const from: { number: string; sequence: number } | null = after
    let portion = db.selectFrom('engagement').select(['id', 'number', 'sequence']).orderBy('number').orderBy('sequence').limit(PEOPLE)
    if (from) portion = portion.where(({ eb, or, and }) => or([eb('number', '>', from.number), and([eb('number', '=', from.number), eb('sequence', '>', from.sequence)])]))
    const people = await portion.execute()
    const last = people.at(-1)
    if (!last) return
    const named = side === 'workforce' ? sql`v.display_name` : sql`case when ${nameIsShown(today)} = 1 then v.display_name else '' end`
    const rows = await db
      .selectFrom('engagement as e')
      .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
      .innerJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'e.id').on('a.settled_as', '=', 'completed'))
      .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on(speaksOn(today)))
      .leftJoin('completion as c', (on) => on.onRef('c.assignment_id', '=', 'a.id').on('c.settle_slot', '=', 1))
      .leftJoin('company_version as k', (on) => on.onRef('k.company_id', '=', 'ec.company_id').on('k.superseded_at', '=', OPEN_INSTANT).on('k.valid_from', '<=', today).on('k.valid_to', '>', today))
      .leftJoin('org_unit as o', 'o.id', 'v.unit_id')
      .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'v.unit_id').on('u.superseded_at', '=', OPEN_INSTANT).on('u.valid_from', '<=', today).on('u.valid_to', '>', today))
      .select(oneText(db, ['e.number', 'v.kind', 'k.name', 'o.code', 'u.name', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'c.content_version', 'c.route']).as('columns'))
      .select([sql<string>`${named}`.as('name'), dayOfInstant(db, sql`a.settled_at`).as('done_on')])
      .where('ec.relation', 'in', relations as ('own' | 'dispatched' | 'contract' | 'sole')[])
      .where(({ eb, or, and }) => and([or([eb('e.number', '<', last.number), and([eb('e.number', '=', last.number), eb('e.sequence', '<=', last.sequence)])]), ...(from ? [or([eb('e.number', '>', from.number), and([eb('e.number', '=', from.number), eb('e.sequence', '>', from.sequence)])])] : [])]))
      .orderBy('e.number').orderBy('e.sequence').orderBy('a.settled_at').orderBy('a.id').execute()
    yield rows.map((row) => [...row.columns.split(COLUMN_END), row.name, row.done_on])
    if (people.length < PEOPLE) return
    after = { number: last.number, sequence: last.sequence }
  }
}
