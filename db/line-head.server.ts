import { sql, type RawBuilder } from 'kysely'
import type { LineScope } from '../app/domain/access'
import { type Day, type Instant } from '../app/domain/calendar'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import type { LineKeys } from './line-list.server'

/** All that the head of a team's page asks about the line itself, in one query. */
export interface LineHead extends LineKeys {
  /** The names of the line's own units, or of the one chosen. */
  names: string[]
  /** Some of its units, own and below: all of them unless there are too many to choose from. */
  units: { unitId: string; name: string }[]
  /** When a job has counted the largest of its keys. */
  counted: { key: string; at: Instant } | null
  /** Whether people of a 委託先 are at work in it, as far as it was asked. */
  hasCompanies: boolean
}

interface HeadRow { what: 'own' | 'name' | 'nested' | 'size' | 'below' | 'company'; id: string; name: string; people: number; at: number }

/** How many units are told; and whether companies are looked for, in small lines only: in a large one without any the whole of it is looked through. */
interface HeadWanted {
  mostUnits: number
  today: Day
  companies?: 'ofSmall' | 'ofAny'
}

/** The head of a line, or of one unit of it; undefined where the unit is not one of the line's. */
export async function findLineHead(db: Db, scope: LineScope, unitId: string | null, page: HeadWanted): Promise<LineHead | undefined> {
  const { unitIds, supervisorIds, notPersonId } = scope
  const inForce = sql`${knownOn('v', page.today)}`
  const keys = unitId === null ? [...unitIds, ...supervisorIds] : [unitId]
  const some = (rows: RawBuilder<unknown>) => sql`select * from (${rows}) s`
  const company = (at: RawBuilder<unknown>) => (page.companies === undefined ? [] : [some(sql`select 'company' as what, ec.engagement_id, '' as name, 0 as people, 0 as at from ${at} and ec.relation = 'contract' and ec.valid_to > ${page.today}
    ${page.companies === 'ofSmall' ? sql`and not exists (select 1 from line_count k where k.line_key in (${sql.join(keys)}))` : sql``} limit 1`)])
  const asked = [
    sql`select 'own' as what, engagement_id as id, '' as name, 0 as people, 0 as at from engagement_current where person_id = ${notPersonId}`,
    ...(keys.length > 0 ? [sql`select 'size', line_key, '', sum(people), max(at) from line_count where line_key in (${sql.join(keys)}) group by line_key`] : []),
    ...(unitIds.length > 0 ? [
      sql`select 'name', v.unit_id, v.name, 0, 0 from org_unit_version v where v.unit_id in (${sql.join(unitId === null ? [...unitIds] : [unitId])}) and ${inForce}`,
      some(sql`select distinct 'below' as what, uc.unit_id, v.name, 0 as people, 0 as at from unit_closure uc join org_unit_version v on v.unit_id = uc.unit_id and ${inForce} where uc.ancestor_id in (${sql.join([...unitIds])}) limit ${page.mostUnits}`),
      ...company(sql`unit_closure uc join engagement_current ec on ec.unit_id = uc.unit_id where uc.ancestor_id in (${sql.join(unitId === null ? [...unitIds] : [unitId])})`),
    ] : []),
    ...(unitIds.length > 0 && (unitIds.length > 1 || unitId !== null) ? [sql`select 'nested', uc.unit_id, '', uc.depth, 0 from unit_closure uc where uc.unit_id in (${sql.join(unitId === null ? [...unitIds] : [unitId])}) and uc.ancestor_id in (${sql.join([...unitIds])})`] : []),
    ...(unitId === null && supervisorIds.length > 0 ? company(sql`engagement_current ec where ec.supervisor_engagement_id in (${sql.join([...supervisorIds])})`) : []),
  ]
  const { rows } = await sql<HeadRow>`${sql.join(asked, sql` union all `)}`.execute(db)
  const of = (what: HeadRow['what']) => rows.filter((row) => row.what === what)
  if (unitId !== null && of('nested').length === 0) return undefined
  const inner = new Set(unitId === null ? of('nested').filter(({ people }) => Number(people) > 0).map(({ id }) => id) : [])
  const [largest] = of('size').sort((a, b) => Number(b.people) - Number(a.people))
  return {
    keys: keys.filter((key) => !inner.has(key)), ownIds: of('own').map(({ id }) => id), names: of('name').map(({ name }) => name).sort(), units: of('below').map(({ id, name }) => ({ unitId: id, name })),
    counted: largest ? { key: largest.id, at: Number(largest.at) } : null, hasCompanies: of('company').length > 0,
  }
}
