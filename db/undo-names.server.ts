import { type Day } from '../app/domain/calendar'
import { isHidden } from '../app/domain/roster-names'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'

const PART = 1000

export interface NamedGroup {
  kind: 'person' | 'unit' | 'company'
  code: string
  name: string | null
}

/** Number and name of the people, units and companies that an undoing is about, by group key; names as the operator may see them. */
export async function listUndoNames(db: Db, keys: readonly string[], today: Day): Promise<Map<string, NamedGroup>> {
  const named = new Map<string, NamedGroup>()
  const idsOf = (kind: NamedGroup['kind']) => keys.filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1))
  const people = idsOf('person')
  for (let start = 0; start < people.length; start += PART) {
    const rows = await db
      .selectFrom('engagement as e').innerJoin('engagement_version as v', 'v.engagement_id', 'e.id')
      .select(['e.person_id', 'e.number', 'v.display_name', 'v.kind', 'e.employer_company_id'])
      .where('e.person_id', 'in', people.slice(start, start + PART)).orderBy('v.recorded_at').execute()
    const shown = await listCompaniesShownByName(db, today)
    for (const row of rows) named.set(`person ${row.person_id}`, { kind: 'person', code: row.number, name: isHidden(row.kind, shown.has(row.employer_company_id)) ? null : row.display_name })
  }
  for (const row of await versions(db, 'unit', idsOf('unit'))) named.set(`unit ${row.id}`, { kind: 'unit', code: row.code, name: row.name })
  for (const row of await versions(db, 'company', idsOf('company'))) named.set(`company ${row.id}`, { kind: 'company', code: row.code, name: row.name })
  return named
}

async function versions(db: Db, kind: 'unit' | 'company', ids: readonly string[]): Promise<{ id: string; code: string; name: string }[]> {
  const found: { id: string; code: string; name: string }[] = []
  for (let start = 0; start < ids.length; start += PART) {
    const part = ids.slice(start, start + PART)
    found.push(...(kind === 'unit'
      ? await db.selectFrom('org_unit as o').innerJoin('org_unit_version as v', 'v.unit_id', 'o.id').select(['o.id', 'o.code', 'v.name']).where('o.id', 'in', part).orderBy('v.recorded_at').execute()
      : await db.selectFrom('company as o').innerJoin('company_version as v', 'v.company_id', 'o.id').select(['o.id', 'o.code', 'v.name']).where('o.id', 'in', part).orderBy('v.recorded_at').execute()))
  }
  return found
}

/** Companies with a contract in force that lets the operator see names (氏名表示 可). */
export async function listCompaniesShownByName(db: Db, today: Day): Promise<Set<string>> {
  const rows = await db.selectFrom('entrustment as e').innerJoin('entrustment_version as v', 'v.entrustment_id', 'e.id').select('e.company_id').distinct()
    .where('v.names_allowed', '=', 1).where(knownOn('v', today)).execute()
  return new Set(rows.map(({ company_id }) => company_id))
}
