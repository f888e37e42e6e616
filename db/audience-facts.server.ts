import type { EngagementFacts } from '../app/domain/audience'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { ASKED_ROLES, UNIT_KINDS, type AskedRole, type UnitKind } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'

/** What audiences ask beside kind, company and handling: where somebody is placed, and what for. */

const PART = 1000

/** Of units the codes and kinds of themselves and those above, in today's tree. */
export async function findUnitsAbove(db: Db, unitIds: readonly string[], today: Day): Promise<Map<string, { unitCodes: string[]; unitKinds: UnitKind[] }>> {
  const found = new Map<string, { unitCodes: string[]; unitKinds: UnitKind[] }>()
  const ids = [...new Set(unitIds)]
  for (let start = 0; start < ids.length; start += PART) {
    const rows = await db.selectFrom('unit_closure as t').innerJoin('org_unit as u', 'u.id', 't.ancestor_id')
      .leftJoin('org_unit_version as v', (on) => on.onRef('v.unit_id', '=', 't.ancestor_id').on(knownOn('v', today)))
      .select(['t.unit_id', 'u.code', 'v.kind']).where('t.unit_id', 'in', ids.slice(start, start + PART)).orderBy('t.depth').execute()
    for (const { unit_id, code, kind } of rows) {
      const one = found.get(unit_id) ?? { unitCodes: [], unitKinds: [] }
      one.unitCodes.push(code)
      if (kind !== null && kind in UNIT_KINDS) one.unitKinds.push(kind as UnitKind)
      found.set(unit_id, one)
    }
  }
  return found
}

type HeldRoles = Required<EngagementFacts>['roles'][number][]

/** What engagements are appointed to, as known now, and since when somebody reports to them. */
export async function findAskedRoles(db: Db, engagements: readonly { id: string; number: string }[]): Promise<Map<string, HeldRoles>> {
  const found = new Map<string, HeldRoles>()
  const add = (id: string, role: AskedRole, { valid_from: from, valid_to: to }: { valid_from: Day; valid_to: Day }) => found.set(id, [...(found.get(id) ?? []), { role, from, to }])
  for (let start = 0; start < engagements.length; start += PART) {
    const part = engagements.slice(start, start + PART)
    const held = await db.selectFrom('appointment').select(['engagement_id', 'role', 'valid_from', 'valid_to']).where('engagement_id', 'in', part.map(({ id }) => id)).where('superseded_at', '=', OPEN_INSTANT).execute()
    for (const row of held) if (row.role === 'unitHead' || row.role in ASKED_ROLES) add(row.engagement_id, row.role === 'unitHead' ? 'manager' : row.role, row)
    const reporting = await db.selectFrom('engagement_version').select(['supervisor_number', 'valid_from', 'valid_to']).distinct().where('supervisor_number', 'in', part.map(({ number }) => number)).where('superseded_at', '=', OPEN_INSTANT).execute()
    if (reporting.length === 0) continue
    const byNumber = new Map<string, string[]>()
    for (const { id, number } of part) byNumber.set(number, [...(byNumber.get(number) ?? []), id])
    for (const row of reporting) for (const id of byNumber.get(row.supervisor_number) ?? []) add(id, 'manager', row)
  }
  return found
}
