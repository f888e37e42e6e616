import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { StoredUnit, UnitAttrs } from '../app/domain/roster-state'
import { unitPathOf, type UnitPlan } from '../app/domain/roster-units'
import { insertRows, type Db, type Tx } from './database.server'
import { recordFacts, supersedeFacts, type Writing } from './facts.server'

/** All units with what holds of them as known now. */
export async function listStoredUnits(db: Db): Promise<Map<string, StoredUnit>> {
  const [units, versions] = await Promise.all([
    db.selectFrom('org_unit').selectAll().execute(),
    db.selectFrom('org_unit_version').selectAll().where('superseded_at', '=', OPEN_INSTANT).orderBy('valid_from').execute(),
  ])
  const byId = new Map<string, StoredUnit>(units.map(({ id, code }) => [id, { id, code, versions: [] }]))
  for (const row of versions)
    byId.get(row.unit_id)!.versions.push({ id: row.id, from: row.valid_from, to: row.valid_to, attrs: { name: row.name, parentCode: row.parent_unit_id ? byId.get(row.parent_unit_id)!.code : '', headNumber: row.head_number, kind: row.kind as UnitAttrs['kind'] } })
  return new Map([...byId.values()].map((unit) => [unit.code, unit]))
}

/** Writes units; answers the ids by 所属コード of all there are. */
export async function recordUnits(tx: Tx, plans: readonly UnitPlan[], stored: ReadonlyMap<string, StoredUnit>, writing: Writing): Promise<Map<string, string>> {
  const idOf = new Map([...stored.values()].map(({ code, id }) => [code, id]))
  const fresh = plans.filter(({ id }) => id === null).map(({ code }) => ({ id: writing.newId(), code }))
  await insertRows(tx, 'org_unit', fresh)
  for (const { code, id } of fresh) idOf.set(code, id)
  await supersedeFacts(tx, 'org_unit_version', plans.flatMap(({ versions }) => versions.supersede.map(({ id }) => id!)), writing)
  await recordFacts(tx, 'org_unit_version', plans.flatMap(({ code, versions }) => versions.insert.map(({ from, to, attrs }) => ({
    from, to, row: { unit_id: idOf.get(code)!, parent_unit_id: attrs.parentCode ? idOf.get(attrs.parentCode)! : null, name: attrs.name, kind: attrs.kind, head_number: attrs.headNumber },
  }))), writing)
  return idOf
}

/** Today's tree: which units stand above which, and the path of codes of each. */
export async function listUnitTree(db: Db, today: Day): Promise<{ paths: Map<string, string>; closure: { ancestor_id: string; unit_id: string; depth: number }[] }> {
  const units = await db.selectFrom('org_unit').selectAll().execute()
  const versions = await db.selectFrom('org_unit_version').select(['unit_id', 'parent_unit_id']).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', today).where('valid_to', '>', today).execute()
  const codeOf = new Map(units.map(({ id, code }) => [id, code]))
  const parentOf = new Map(versions.map(({ unit_id, parent_unit_id }) => [unit_id, parent_unit_id]))
  const byCode = new Map(units.map(({ id, code }) => [code, { parentCode: codeOf.get(parentOf.get(id) ?? '') ?? '' }]))
  const paths = new Map(units.map(({ id, code }) => [id, unitPathOf(code, byCode) ?? `${code}/`]))
  const closure = versions.flatMap(({ unit_id }) => {
    const rows = [{ ancestor_id: unit_id, unit_id, depth: 0 }]
    for (let above = parentOf.get(unit_id), depth = 1; above && depth <= units.length; above = parentOf.get(above), depth++) rows.push({ ancestor_id: above, unit_id, depth })
    return rows
  })
  return { paths, closure }
}

/** Writes today's tree anew. */
export async function replaceUnitClosure(tx: Tx, today: Day): Promise<void> {
  const { closure } = await listUnitTree(tx, today)
  await tx.deleteFrom('unit_closure').execute()
  await insertRows(tx, 'unit_closure', closure)
}

/** Units with all that are below them today. */
export async function listUnitsBelow(db: Db, unitIds: readonly string[]): Promise<string[]> {
  if (unitIds.length === 0) return []
  return (await db.selectFrom('unit_closure').select('unit_id').distinct().where('ancestor_id', 'in', [...unitIds]).execute()).map(({ unit_id }) => unit_id)
}
