import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { searchTokensOf, sortKeyOf } from '../app/domain/name'
import { relationOf, type EngagementKind } from '../app/domain/people'
import { insertRows, type Db, type Tx } from './database.server'
import type { WrittenEngagement } from './engagements.server'
import type { EngagementCurrentTable, SearchTokenTable } from './schema'
import { listUnitTree } from './units.server'

/** Tables that follow from the facts and can be rebuilt from them at any time: lists read them, tests compare them with the truth. */
const PART = 1000

type Derived = { current: EngagementCurrentTable[]; tokens: SearchTokenTable[] }

/** What the derived rows of one engagement follow from: a row for each version of it, by day. */
interface DerivedFrom { id: string; person_id: string; number: string; employer_company_id: string; kind: EngagementKind; display_name: string; kana: string; unit_id: string | null; supervisor_number: string; valid_from: Day; valid_to: Day }

/** What the derived tables must say about some engagements today. */
export async function deriveEngagements(db: Db, ids: readonly string[], today: Day, paths: ReadonlyMap<string, string>): Promise<Derived> {
  const rows = await db
    .selectFrom('engagement as e').innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on('v.superseded_at', '=', OPEN_INSTANT))
    .select(['e.id', 'e.person_id', 'e.number', 'e.employer_company_id', 'v.kind', 'v.display_name', 'v.kana', 'v.unit_id', 'v.supervisor_number', 'v.valid_from', 'v.valid_to'])
    .where('e.id', 'in', [...ids]).orderBy('v.valid_from').execute()
  const away = new Set((await db.selectFrom('leave_period').select('engagement_id').where('engagement_id', 'in', [...ids]).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', today).where('valid_to', '>', today).execute()).map(({ engagement_id }) => engagement_id))
  return derive(rows, away, await findEngagementsByNumber(db, rows.map(({ supervisor_number }) => supervisor_number)), today, paths)
}

function derive(rows: readonly DerivedFrom[], away: ReadonlySet<string>, supervisors: ReadonlyMap<string, string>, today: Day, paths: ReadonlyMap<string, string>): Derived {
  const derived: Derived = { current: [], tokens: [] }
  const byEngagement = new Map<string, DerivedFrom[]>()
  for (const row of rows) {
    const held = byEngagement.get(row.id)
    if (held) held.push(row)
    else byEngagement.set(row.id, [row])
  }
  for (const versions of byEngagement.values()) {
    const row = versions.findLast((one) => one.valid_from <= today) ?? versions[0]!
    derived.current.push({
      engagement_id: row.id, person_id: row.person_id, number: row.number, kind: row.kind, relation: relationOf(row.kind), company_id: row.employer_company_id, unit_id: row.unit_id,
      unit_path: row.unit_id ? (paths.get(row.unit_id) ?? '') : '', supervisor_engagement_id: supervisors.get(row.supervisor_number) ?? null,
      sort_key: sortKeyOf({ name: row.display_name, kana: row.kana }), on_leave: away.has(row.id) ? 1 : 0, valid_from: versions[0]!.valid_from, valid_to: versions.at(-1)!.valid_to, display_name: row.display_name,
    })
    const tokens = new Set(versions.flatMap((one) => searchTokensOf({ number: one.number, name: one.display_name, kana: one.kana })))
    for (const token of tokens) derived.tokens.push({ token, engagement_id: row.id })
  }
  return derived
}

/** The engagement that a number means now: its last one that was not undone. */
async function findEngagementsByNumber(db: Db, numbers: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(numbers)].filter((number) => number !== '')
  const found = new Map<string, string>()
  for (let start = 0; start < asked.length; start += PART) {
    const rows = await db
      .selectFrom('engagement as e').innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on('v.superseded_at', '=', OPEN_INSTANT))
      .select(['e.number', 'e.id']).where('e.number', 'in', asked.slice(start, start + PART)).orderBy('e.sequence').execute()
    for (const { number, id } of rows) found.set(number, id)
  }
  return found
}

/** Writes the derived rows of engagements that have just begun, from what was written of them: nothing else is known of them yet. */
export async function recordDerived(tx: Tx, begun: readonly WrittenEngagement[], ids: { companies: ReadonlyMap<string, string>; units: ReadonlyMap<string, string> }, today: Day): Promise<void> {
  if (begun.length === 0) return
  const { paths } = await listUnitTree(tx, today)
  const supervisors = await findEngagementsByNumber(tx, begun.flatMap(({ plan }) => plan.after.versions.map(({ attrs }) => attrs.supervisor)))
  for (let start = 0; start < begun.length; start += PART) {
    const rows = begun.slice(start, start + PART).flatMap(({ id, personId, plan }) => plan.after.versions.map(({ from, to, attrs }): DerivedFrom => ({
      id, person_id: personId, number: plan.number, employer_company_id: ids.companies.get(plan.companyCode)!, kind: attrs.kind, display_name: attrs.name, kana: attrs.kana,
      unit_id: attrs.unitCode ? ids.units.get(attrs.unitCode)! : null, supervisor_number: attrs.supervisor, valid_from: from, valid_to: to,
    })))
    const { current, tokens } = derive(rows, new Set(), supervisors, today, paths)
    await insertDerived(tx, current, tokens)
  }
}

/** In the order of the keys: neighbours in the file are neighbours on a page. */
async function insertDerived(tx: Tx, current: readonly EngagementCurrentTable[], tokens: SearchTokenTable[]): Promise<void> {
  await insertRows(tx, 'engagement_current', current)
  await insertRows(tx, 'search_token', tokens.sort((a, b) => (a.token < b.token ? -1 : a.token > b.token ? 1 : 0)))
}

/** Brings the derived rows of engagements up to their facts, in the transaction that changed them. */
export async function refreshDerived(tx: Tx, ids: readonly string[], today: Day): Promise<void> {
  if (ids.length === 0) return
  const { paths } = await listUnitTree(tx, today)
  for (let start = 0; start < ids.length; start += PART) {
    const part = ids.slice(start, start + PART)
    const { current, tokens } = await deriveEngagements(tx, part, today, paths)
    await tx.deleteFrom('engagement_current').where('engagement_id', 'in', part).execute()
    await tx.deleteFrom('search_token').where('engagement_id', 'in', part).execute()
    await insertDerived(tx, current, tokens)
  }
}

/** Engagements whose derived rows lean on others: they report to one of the numbers, or stand in one of the units. */
export async function listLeaning(db: Db, on: { numbers: readonly string[]; unitIds: readonly string[] }): Promise<string[]> {
  const ids = new Set<string>()
  for (const [column, values] of [['supervisor_number', on.numbers], ['unit_id', on.unitIds]] as const)
    for (let start = 0; start < values.length; start += PART) {
      const rows = await db.selectFrom('engagement_version').select('engagement_id').where('superseded_at', '=', OPEN_INSTANT).where(column, 'in', values.slice(start, start + PART)).execute()
      for (const { engagement_id } of rows) ids.add(engagement_id)
    }
  return [...ids]
}

/** The next engagements by key whose derived rows are looked at. */
export async function listNextEngagements(db: Db, after: string): Promise<string[]> {
  return (await db.selectFrom('engagement').select('id').where('id', '>', after).orderBy('id').limit(PART).execute()).map(({ id }) => id)
}

/** Compares the derived rows of engagements with their facts and writes those that differ anew; answers how many did. */
export async function healDerived(tx: Tx, ids: readonly string[], today: Day): Promise<number> {
  const { paths } = await listUnitTree(tx, today)
  const { current, tokens } = await deriveEngagements(tx, ids, today, paths)
  const linesOf = (rows: readonly object[], of: (row: never) => string) => {
    const lines = new Map<string, string[]>()
    for (const row of rows) {
      const id = of(row as never)
      lines.set(id, [...(lines.get(id) ?? []), JSON.stringify(Object.entries(row).sort())])
    }
    return lines
  }
  const idOf = ({ engagement_id }: { engagement_id: string }) => engagement_id
  const wanted = linesOf([...current, ...tokens], idOf)
  const present = linesOf([
    ...(await tx.selectFrom('engagement_current').selectAll().where('engagement_id', 'in', [...ids]).execute()),
    ...(await tx.selectFrom('search_token').selectAll().where('engagement_id', 'in', [...ids]).execute()),
  ], idOf)
  const wrong = ids.filter((id) => (wanted.get(id) ?? []).sort().join('\n') !== (present.get(id) ?? []).sort().join('\n'))
  await refreshDerived(tx, wrong, today)
  return wrong.length
}
