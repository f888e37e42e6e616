import { sql, type RawBuilder } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { whoWords, type CompanyKind } from '../app/domain/people'
import type { Db } from './database.server'
import { inForce, knownOn } from './in-force.server'

/** What checklists are about: companies with an approved contract, the contracts themselves, and units with a 保護管理者. */
export type SubjectKind = 'company' | 'entrustment' | 'unit'

export interface FilingSubject {
  kind: SubjectKind
  id: string
  name: string
  /** 会社コード, 契約番号 or 所属コード. */
  code: string
  companyId: string | null
  unitId: string | null
  /** First day on which there is something to check, and the first day after. */
  since: Day
  until: Day
}

/** Which subjects somebody reaches; null stands for all. */
export interface SubjectReach {
  companyIds: readonly string[] | null
  unitIds: readonly string[] | null
}

export interface SubjectsOf {
  subject: SubjectKind
  companyKinds: readonly CompanyKind[]
}

const within = (column: RawBuilder<string>, ids: readonly string[] | null) => (ids === null ? sql<boolean>`1 = 1` : sql<boolean>`${column} in (${sql.join(ids.length > 0 ? [...ids] : [''])})`)
const oneOf = (kinds: readonly CompanyKind[]) => sql.join(kinds.length > 0 ? [...kinds] : [''])

/**
 * The subjects of a form as they stand on a day, as a query of its own (s.id, s.name, s.code, s.company_id, s.unit_id, s.since, s.until): those that
 * were there at some time of the span given. A contract that waits for approval has nothing to check yet.
 */
export function subjectsOf({ subject, companyKinds }: SubjectsOf, reach: SubjectReach, span: { day: Day; from: Day; before: Day }): RawBuilder<unknown> {
  const overlaps = sql<boolean>`min(ev.valid_from) < ${span.before} and max(ev.valid_to) > ${span.from}`
  if (subject === 'unit')
    return sql`select o.id, u.name, o.code, null as company_id, o.id as unit_id, min(ev.valid_from) as since, max(ev.valid_to) as until from org_unit o
      inner join org_unit_version u on u.unit_id = o.id and ${knownOn('u', span.day)} inner join appointment ev on ev.scope_id = o.id and ev.scope_kind = 'unit' and ev.role = 'protectionManager' and ev.superseded_at = ${OPEN_INSTANT}
      where u.kind <> 'unplaced' and ${within(sql`o.id`, reach.unitIds)} group by o.id, u.name, o.code having ${overlaps}`
  const contracts = sql`from company c inner join company_version cv on cv.company_id = c.id and ${knownOn('cv', span.day)} inner join entrustment e on e.company_id = c.id
    inner join entrustment_version ev on ev.entrustment_id = e.id and ev.superseded_at = ${OPEN_INSTANT} and ev.status = 'approved' where cv.kind in (${oneOf(companyKinds)}) and ${within(sql`c.id`, reach.companyIds)}`
  return subject === 'company'
    ? sql`select c.id, cv.name, c.code, c.id as company_id, null as unit_id, min(ev.valid_from) as since, max(ev.valid_to) as until ${contracts} group by c.id, cv.name, c.code having ${overlaps}`
    : sql`select e.id, cv.name, e.contract_number as code, c.id as company_id, null as unit_id, min(ev.valid_from) as since, max(ev.valid_to) as until ${contracts} group by e.id, cv.name, e.contract_number, c.id having ${overlaps}`
}

interface SubjectRow { id: string; name: string; code: string; company_id: string | null; unit_id: string | null; since: Day; until: Day }
export const subjectOf = (kind: SubjectKind, row: SubjectRow): FilingSubject => ({ kind, id: row.id, name: row.name, code: row.code, companyId: row.company_id, unitId: row.unit_id, since: row.since, until: row.until })

/** The subjects of a form in reach that are there on a day, or were lately; by name. */
export async function listSubjects(db: Db, of: SubjectsOf, reach: SubjectReach, span: { day: Day; from: Day; before: Day }, most: number): Promise<FilingSubject[]> {
  const { rows } = await sql<SubjectRow>`select s.* from (${subjectsOf(of, reach, span)}) s order by s.name, s.id limit ${most}`.execute(db)
  return rows.map((row) => subjectOf(of.subject, row))
}

/** One of them. */
export async function findSubject(db: Db, of: SubjectsOf, reach: SubjectReach, span: { day: Day; from: Day; before: Day }, subjectId: string): Promise<FilingSubject | undefined> {
  const { rows } = await sql<SubjectRow>`select s.* from (${subjectsOf(of, reach, span)}) s where s.id = ${subjectId}`.execute(db)
  return rows[0] && subjectOf(of.subject, rows[0])
}

/** What a subject was called on a day: the company's or the unit's name, whatever day it held on last. */
export async function findSubjectName(db: Db, filing: { company_id: string | null; unit_id: string | null }, day: Day): Promise<string> {
  const row = filing.unit_id !== null
    ? await db.selectFrom('org_unit_version as u').select('u.name').where('u.unit_id', '=', filing.unit_id).where('u.valid_from', '<=', day).where('u.superseded_at', '=', OPEN_INSTANT).orderBy('u.valid_from', 'desc').limit(1).executeTakeFirst()
    : await db.selectFrom('company_version as c').select('c.name').where('c.company_id', '=', filing.company_id).where('c.valid_from', '<=', day).where('c.superseded_at', '=', OPEN_INSTANT).orderBy('c.valid_from', 'desc').limit(1).executeTakeFirst()
  return row?.name ?? ''
}

/** Who answers for units on a day as 保護管理者, for the lists of the office. */
export async function listProtectionManagers(db: Db, unitIds: readonly string[], day: Day): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (unitIds.length === 0) return found
  const rows = await db.selectFrom('appointment as r').innerJoin('engagement_current as h', 'h.engagement_id', 'r.engagement_id').innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'h.engagement_id').on(knownOn('v', day)))
    .select(['r.scope_id', 'v.display_name as name', 'h.number', 'v.kind']).where('r.scope_kind', '=', 'unit').where('r.scope_id', 'in', [...unitIds]).where('r.role', '=', 'protectionManager').where(knownOn('r', day)).where(inForce('h', day)).orderBy('h.number').execute()
  for (const row of rows) found.set(row.scope_id, [...(found.get(row.scope_id) ?? []), whoWords(row)])
  return found
}
