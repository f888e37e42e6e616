import { sql } from 'kysely'
import type { LineScope } from '../app/domain/access'
import type { Day, Instant } from '../app/domain/calendar'
import type { Place } from '../app/domain/line'
import { placeOf } from '../app/domain/line'
import type { CompanyKind, EngagementKind } from '../app/domain/people'
import { listContacts } from './addressees.server'
import { reportedAtOf, selectReports } from './company-reports.server'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { listLineDuties } from './line-members.server'

/** The 委託先 at work in a line: figures of each company, and no persons (domain.md L25). */
export interface CompanyAtWork {
  companyId: string
  name: string
  kind: CompanyKind
  parentId: string | null
  contractNumber: string | null
  /** Where each of its people at work in the line stands. */
  places: Place[]
  /** The company's last act here: a certificate or a declared headcount. */
  reportedAt: Instant | null
  /** The 会社側担当者 of this very company; null where a company above answers. */
  contact: { name: string; number: string; kind: EngagementKind } | null
}

const PART = 1_000

/** The line as far as one unit and those below it; undefined where the unit is not one of the line's. */
export async function narrowedLine(db: Db, line: LineScope, unitId: string): Promise<LineScope | undefined> {
  const within = line.unitIds.length > 0 && (await db.selectFrom('unit_closure').select('unit_id').where('unit_id', '=', unitId).where('ancestor_id', 'in', [...line.unitIds]).limit(1).executeTakeFirst())
  return within ? { ...line, unitIds: [unitId], supervisorIds: [] } : undefined
}

/** The companies whose people stand in the line's units or report to its manager (of those named, when some are), with the companies above them, by name. */
export async function listCompaniesInLine(db: Db, { unitIds, supervisorIds }: LineScope, today: Day, only: readonly string[] | null = null): Promise<CompanyAtWork[]> {
  const worker = sql`select ec.engagement_id, ec.company_id, ec.on_leave, ec.valid_from from engagement_current ec`
  const named = only === null ? sql`1 = 1` : sql`ec.company_id in (${sql.join(only.length > 0 ? [...only] : [''])})`
  const theirs = sql`ec.relation = 'contract' and ec.valid_to > ${today} and ${named}`
  const ways = [
    ...(unitIds.length > 0 ? [sql`${worker} join unit_closure uc on uc.unit_id = ec.unit_id where uc.ancestor_id in (${sql.join([...unitIds])}) and ${theirs}`] : []),
    ...(supervisorIds.length > 0 ? [sql`${worker} where ec.supervisor_engagement_id in (${sql.join([...supervisorIds])}) and ${theirs}`] : []),
  ]
  if (ways.length === 0) return []
  const { rows: workers } = await sql<{ engagement_id: string; company_id: string; on_leave: 0 | 1; valid_from: Day }>`${sql.join(ways, sql` union `)}`.execute(db)
  if (workers.length === 0) return []
  const places = new Map<string, Place[]>()
  for (let start = 0; start < workers.length; start += PART) {
    const part = workers.slice(start, start + PART)
    const duties = await listLineDuties(db, part.map(({ engagement_id }) => engagement_id))
    for (const one of part) {
      const place = placeOf(duties.get(one.engagement_id) ?? [], { onLeave: one.on_leave === 1, validFrom: one.valid_from }, today)
      const list = places.get(one.company_id)
      if (list) list.push(place)
      else places.set(one.company_id, [place])
    }
  }
  return withAbove(db, places, today)
}

async function withAbove(db: Db, places: ReadonlyMap<string, Place[]>, today: Day): Promise<CompanyAtWork[]> {
  const above = await db
    .withRecursive('above', (part) =>
      part.selectFrom('company').select('id').where('id', 'in', [...places.keys()]).union((again) =>
        again.selectFrom('company_version as c').innerJoin('above as b', 'b.id', 'c.company_id').select('c.parent_company_id as id').where('c.parent_company_id', 'is not', null).$narrowType<{ id: string }>()
          .where(knownOn('c', today))))
    .selectFrom('above').select('id').execute()
  const ids = above.map(({ id }) => id)
  const [companies, contacts] = await Promise.all([
    db.selectFrom('company_version as c').select(['c.company_id', 'c.name', 'c.kind', 'c.parent_company_id'])
      .select((at) => at.selectFrom('entrustment as e').whereRef('e.company_id', '=', 'c.company_id').select((all) => all.fn.min('e.contract_number').as('number')).as('contract_number'))
      .select(selectReports('c.company_id'))
      .where('c.company_id', 'in', ids).where(knownOn('c', today)).orderBy('c.name').execute(),
    listContacts(db, ids, today),
  ])
  const contactOf = new Map(contacts.map(({ forCompanyId, name, number, kind }) => [forCompanyId, { name, number, kind }]))
  return companies.map((row) => ({
    companyId: row.company_id, name: row.name, kind: row.kind, parentId: row.parent_company_id, contractNumber: row.contract_number, places: places.get(row.company_id) ?? [],
    reportedAt: reportedAtOf(row), contact: contactOf.get(row.company_id) ?? null,
  }))
}
