import { sql, type RawBuilder } from 'kysely'
import { lineOf, type LineScope, type ViewerRole } from '../app/domain/access'
import { addDays, OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { isWorkforce, type EngagementKind } from '../app/domain/people'
import { SOON_DAYS } from '../app/domain/progress'
import type { CompanyFigures } from '../app/domain/mail'
import type { Db } from './database.server'
import { isAsked, lastAnswer } from './due-days.server'
import { inLine } from './line.server'

const inForce = (alias: string, day: Day) => sql<boolean>`${sql.ref(`${alias}.valid_from`)} <= ${day} and ${sql.ref(`${alias}.valid_to`)} > ${day}`
/** What an answer of somebody else keeps from counting as open (standingOf): a question, and a refusal to sign. */
const isTheirs = sql<boolean>`coalesce(${isAsked()}, 0) = 0 and not (a.target_kind = 'certificate' and coalesce(${lastAnswer()}, '') = 'declined')`

/** Whose figures a digest shows: a manager's line, or companies. */
export type DigestScope = { line: LineScope } | { companyIds: readonly string[] }
const within = (scope: DigestScope): RawBuilder<boolean> => ('line' in scope ? inLine(scope.line) : sql<boolean>`ec.company_id in (${sql.join(scope.companyIds.length > 0 ? [...scope.companyIds] : [''])})`)

/** How many people of a scope have something open, are late, have something due soon, or are on leave with something open. */
export async function countDigest(db: Db, scope: DigestScope, today: Day): Promise<{ open: number; late: number; soon: number; onLeave: number }> {
  const row = await db
    .selectFrom('engagement_current as ec').innerJoin('assignment as a', 'a.engagement_id', 'ec.engagement_id')
    .select([
      sql<number>`count(distinct case when ec.on_leave = 0 and a.opens_on <= ${today} and ${isTheirs} then ec.engagement_id end)`.as('open'),
      sql<number>`count(distinct case when ec.on_leave = 0 and a.due_on < ${today} and ${isTheirs} then ec.engagement_id end)`.as('late'),
      sql<number>`count(distinct case when ec.on_leave = 0 and a.due_on >= ${today} and a.due_on <= ${addDays(today, SOON_DAYS)} and ${isTheirs} then ec.engagement_id end)`.as('soon'),
      sql<number>`count(distinct case when ec.on_leave = 1 then ec.engagement_id end)`.as('on_leave'),
    ])
    .where('a.settled_at', '=', OPEN_INSTANT).where(inForce('ec', today)).where(within(scope)).executeTakeFirstOrThrow()
  return { open: Number(row.open), late: Number(row.late), soon: Number(row.soon), onLeave: Number(row.on_leave) }
}

/** Those of a scope who are past a due day, the longest first. */
export async function listLate(db: Db, scope: DigestScope, today: Day, limit: number): Promise<{ number: string; name: string; kind: EngagementKind; dueOn: Day }[]> {
  return db
    .selectFrom('engagement_current as ec').innerJoin('assignment as a', 'a.engagement_id', 'ec.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on('v.superseded_at', '=', OPEN_INSTANT).on(inForce('v', today)))
    .select(({ fn }) => ['ec.number', 'v.display_name as name', 'ec.kind', fn.min<Day>('a.due_on').as('dueOn')])
    .where('a.settled_at', '=', OPEN_INSTANT).where('a.due_on', '<', today).where('ec.on_leave', '=', 0).where(inForce('ec', today)).where(isTheirs).where(within(scope))
    .groupBy(['ec.engagement_id', 'ec.number', 'v.display_name', 'ec.kind']).orderBy('dueOn').orderBy('ec.number').limit(limit).execute()
}

/** Companies with what is open there: figures only. */
export async function listCompanyFigures(db: Db, companyIds: readonly string[], today: Day): Promise<(CompanyFigures & { companyId: string })[]> {
  if (companyIds.length === 0) return []
  const open = sql<boolean>`a.settled_at = ${OPEN_INSTANT} and a.opens_on <= ${today} and ec.on_leave = 0 and ${isTheirs}`
  const rows = await db
    .selectFrom('engagement_current as ec').leftJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'ec.engagement_id').on('a.settled_at', '=', OPEN_INSTANT))
    .innerJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on('c.superseded_at', '=', OPEN_INSTANT).on(inForce('c', today)))
    .select([
      'ec.company_id', 'c.name', sql<number>`count(distinct ec.engagement_id)`.as('people'), sql<number>`count(distinct case when ${open} then ec.engagement_id end)`.as('open'),
      sql<number>`count(distinct case when ${open} and a.due_on < ${today} then ec.engagement_id end)`.as('late'), sql<Day | null>`min(case when ${open} and a.due_on >= ${today} then a.due_on end)`.as('next_due'),
    ])
    .where('ec.company_id', 'in', [...companyIds]).where(inForce('ec', today)).groupBy(['ec.company_id', 'c.name']).orderBy('c.name').execute()
  return rows.map((row) => ({ companyId: row.company_id, name: row.name, people: Number(row.people), open: Number(row.open), late: Number(row.late), nextDue: row.next_due }))
}

/** Whose line an account leads today, as at its own door; nobody's when the roles have ended. */
export async function findLineScope(db: Db, accountId: string, today: Day): Promise<LineScope | undefined> {
  const rows = await db
    .selectFrom('account as s').innerJoin('engagement_current as ec', 'ec.person_id', 's.person_id')
    .leftJoin('appointment as r', (on) => on.onRef('r.engagement_id', '=', 'ec.engagement_id').on('r.superseded_at', '=', OPEN_INSTANT).on(inForce('r', today)))
    .select(['s.person_id', 'ec.engagement_id', 'ec.kind', 'r.role', 'r.scope_kind', 'r.scope_id', sql<number | null>`(select 1 from engagement_current t where t.supervisor_engagement_id = ec.engagement_id and t.valid_to > ${today} limit 1)`.as('supervises')])
    .where('s.id', '=', accountId).where('s.disabled_at', 'is', null).where(inForce('ec', today)).execute()
  if (!rows[0]) return undefined
  const roles: ViewerRole[] = rows.flatMap(({ engagement_id: engagementId, kind, role, scope_kind: scopeKind, scope_id: scopeId, supervises }) => [
    ...(role !== null ? [{ role, scopeKind: scopeKind!, scopeId: scopeId!, engagementId }] : []),
    ...(supervises === null || !isWorkforce(kind) ? [] : [{ role: 'supervisor' as const, scopeKind: 'line' as const, scopeId: engagementId, engagementId }]),
  ])
  const line = lineOf({ roles, personId: rows[0].person_id })
  return line.unitIds.length + line.supervisorIds.length > 0 ? line : undefined
}

export interface Holder {
  accountId: string
  personId: string
  engagementId: string
  number: string
  name: string
  mail: string
  kind: EngagementKind
  companyId: string
  companyName: string
}

const holders = (db: Db, today: Day) => db
  .selectFrom('engagement_current as ec').innerJoin('account as s', 's.person_id', 'ec.person_id')
  .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on('v.superseded_at', '=', OPEN_INSTANT).on(inForce('v', today)))
  .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on('c.superseded_at', '=', OPEN_INSTANT).on(inForce('c', today)))
  .select(['s.id as accountId', 'ec.person_id as personId', 'ec.engagement_id as engagementId', 'ec.number', 'v.display_name as name', 'v.mail', 'v.kind', 'ec.company_id as companyId', 'c.name as companyName'])
  .where('s.disabled_at', 'is', null).where(inForce('ec', today))

const holderOf = (row: Omit<Holder, 'companyName'> & { companyName: string | null }): Holder => ({ ...row, companyName: row.companyName ?? '' })

/** Whoever may have a line with something open: 上長 of such people, and who answers for a unit that has such people in or below it. Not on leave. */
export async function listManagers(db: Db, today: Day): Promise<Holder[]> {
  const openOnes = sql`select ec.supervisor_engagement_id, ec.unit_id from engagement_current ec where ec.relation <> 'contract' and ec.valid_from <= ${today} and ec.valid_to > ${today} and ec.on_leave = 0
    and exists (select 1 from assignment a where a.engagement_id = ec.engagement_id and a.settled_at = ${OPEN_INSTANT} and a.opens_on <= ${today})`
  const rows = await holders(db, today).where('ec.on_leave', '=', 0)
    .where(sql<boolean>`(ec.engagement_id in (select o.supervisor_engagement_id from (${openOnes}) o where o.supervisor_engagement_id is not null)
      or ec.engagement_id in (select r.engagement_id from appointment r inner join unit_closure uc on uc.ancestor_id = r.scope_id inner join (${openOnes}) o on o.unit_id = uc.unit_id
        where r.role in ('unitHead', 'protectionManager', 'protectionDeputy') and r.scope_kind = 'unit' and r.superseded_at = ${OPEN_INSTANT} and r.valid_from <= ${today} and r.valid_to > ${today}))`)
    .orderBy('s.id').execute()
  return rows.map(holderOf)
}

/** The 会社側担当者 of companies (of all, when none are named), the longest-serving first; each with the company the role is for. */
export async function listContacts(db: Db, companyIds: readonly string[] | 'all', today: Day): Promise<(Holder & { forCompanyId: string })[]> {
  if (companyIds !== 'all' && companyIds.length === 0) return []
  const rows = await holders(db, today)
    .innerJoin('appointment as r', (on) => on.onRef('r.engagement_id', '=', 'ec.engagement_id').on('r.role', '=', 'companyContact').on('r.scope_kind', '=', 'company').on('r.superseded_at', '=', OPEN_INSTANT).on(inForce('r', today)))
    .select('r.scope_id as forCompanyId').$if(companyIds !== 'all', (query) => query.where('r.scope_id', 'in', companyIds as string[]))
    .orderBy('r.valid_from').orderBy('ec.number').execute()
  return rows.map((row) => ({ ...holderOf(row), forCompanyId: row.forCompanyId }))
}
