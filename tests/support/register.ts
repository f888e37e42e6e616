import { expect } from 'vitest'
import { OPEN_INSTANT, type Day, type Instant } from '../../app/domain/calendar'
import type { Db } from '../../db/database.server'
import { deriveEngagements } from '../../db/derived.server'
import { listUnitTree } from '../../db/units.server'
import { trueLines } from './lines'

/** What the register said at an instant, without identifiers of facts: two equal snapshots say the same about everybody. */
export async function snapshot(db: Db, knownAt: Instant = OPEN_INSTANT - 1): Promise<string[]> {
  const codes = new Map((await db.selectFrom('org_unit').select(['id', 'code']).execute()).map(({ id, code }) => [id, code]))
  const companies = new Map((await db.selectFrom('company').select(['id', 'code']).execute()).map(({ id, code }) => [id, code]))
  const engagements = new Map((await db.selectFrom('engagement').selectAll().execute()).map((one) => [one.id, `${one.number}#${one.sequence}@${companies.get(one.employer_company_id)}`]))
  const known = { at: knownAt }
  const facts = async <T extends 'engagement_version' | 'handling_scope' | 'leave_period' | 'appointment' | 'org_unit_version' | 'company_version' | 'entrustment_version'>(table: T) =>
    db.selectFrom(table as 'leave_period').selectAll().where('recorded_at', '<=', known.at).where('superseded_at', '>', known.at).execute() as unknown as Promise<Record<string, unknown>[]>
  const lines: string[] = []
  for (const table of ['engagement_version', 'handling_scope', 'leave_period', 'appointment', 'org_unit_version', 'company_version', 'entrustment_version'] as const)
    for (const { id: _id, recorded_at: _at, superseded_at: _until, recorded_by: _by, superseded_by: _over, ...row } of await facts(table)) {
      const named = Object.entries(row).map(([column, value]) => {
        if (column === 'engagement_id') return engagements.get(String(value))
        if (column === 'unit_id' || column === 'parent_unit_id') return `${column}=${codes.get(String(value))}`
        if (column === 'scope_id' || column === 'company_id') return `${column}=${codes.get(String(value)) ?? companies.get(String(value)) ?? value}`
        return `${column}=${String(value)}`
      })
      lines.push(`${table} ${named.join(' ')}`)
    }
  return lines.sort()
}

/** Derived tables say what follows from the facts; facts of one owner never overlap; what is referred to is there. */
export async function expectSound(db: Db, today: Day): Promise<void> {
  const ids = (await db.selectFrom('engagement').select('id').execute()).map(({ id }) => id)
  const { paths, closure } = await listUnitTree(db, today)
  const truth = ids.length > 0 ? await deriveEngagements(db, ids, today, paths) : { current: [], tokens: [] }
  const byKey = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  expect((await db.selectFrom('engagement_current').selectAll().execute()).map((row) => ({ ...row })).sort(byKey)).toEqual(truth.current.sort(byKey))
  expect((await db.selectFrom('search_token').selectAll().execute()).map((row) => ({ ...row })).sort(byKey)).toEqual(truth.tokens.sort(byKey))
  expect((await db.selectFrom('unit_closure').selectAll().execute()).map((row) => ({ ...row })).sort(byKey)).toEqual(closure.sort(byKey))
  expect((await db.selectFrom('line_member').selectAll().execute()).map((row) => ({ ...row })).sort(byKey)).toEqual((await trueLines(db, today)).sort(byKey))
  const alive = new Set<string>()
  for (const [table, owner] of [['engagement_version', 'engagement_id'], ['org_unit_version', 'unit_id'], ['company_version', 'company_id'], ['entrustment_version', 'entrustment_id']] as const) {
    const rows = (await db.selectFrom(table as 'engagement_version').selectAll().where('superseded_at', '=', OPEN_INSTANT).execute()) as unknown as ({ valid_from: Day; valid_to: Day } & Record<string, string>)[]
    const of = new Map<string, typeof rows>()
    for (const row of rows) of.set(row[owner]!, [...(of.get(row[owner]!) ?? []), row])
    for (const [id, held] of of) {
      alive.add(id)
      held.sort((a, b) => (a.valid_from < b.valid_from ? -1 : 1))
      held.forEach((row, at) => at > 0 && expect(held[at - 1]!.valid_to, `${table} without gap`).toBe(row.valid_from))
    }
  }
  for (const { engagement_id, unit_id } of await db.selectFrom('engagement_version').select(['engagement_id', 'unit_id']).where('superseded_at', '=', OPEN_INSTANT).execute()) if (unit_id) expect(alive.has(unit_id), `unit of ${engagement_id}`).toBe(true)
  for (const table of ['handling_scope', 'leave_period', 'appointment'] as const)
    for (const { engagement_id } of await db.selectFrom(table).select('engagement_id').where('superseded_at', '=', OPEN_INSTANT).execute()) expect(alive.has(engagement_id), `${table} of ${engagement_id}`).toBe(true)
}
