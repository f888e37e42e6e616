import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { CompanyKind, EngagementKind, Relation } from '../app/domain/people'
import type { Db } from './database.server'
import { isAsked, lastAnswer, waitsForAnother } from './due-days.server'
import { inForce, knownOn } from './in-force.server'

/** What the 会社側担当者 sees: own and lower-tier companies and their people only. Every query takes the companies in reach. */
export interface RosterCompany {
  companyId: string
  name: string
  kind: CompanyKind
  parentId: string | null
  contractNumber: string | null
  people: number
  trainingDone: number
  trainingOf: number
  pledgeDone: number
  pledgeOf: number
  /** Of those without a certificate: who answered 「署名しない」 last, so that no certificate can name them, or whose end was noted without a signature. */
  pledgeDeclined: number
  /** How many people have something past its due day, as `standingOf` has it: leave, a question and a refusal to sign stop the clock. */
  late: number
  /** The next due day that is still to come. */
  nextDue: Day | null
}

/** The companies with their figures as of today: people in force, who has finished all modules, whose pledge is certified. */
export async function listRosterCompanies(db: Db, companyIds: readonly string[], today: Day): Promise<RosterCompany[]> {
  if (companyIds.length === 0) return []
  const open = sql`a.settled_at = ${OPEN_INSTANT}`
  const [companies, figures] = await Promise.all([
    db.selectFrom('company_version as c')
      .select(['c.company_id', 'c.name', 'c.kind', 'c.parent_company_id'])
      .select((at) => at.selectFrom('entrustment as e').whereRef('e.company_id', '=', 'c.company_id').select((all) => all.fn.min('e.contract_number').as('number')).as('contract_number'))
      .where('c.company_id', 'in', [...companyIds]).where(knownOn('c', today)).orderBy('c.name').execute(),
    db.selectFrom('engagement_current as ec')
      .leftJoin('assignment as a', (on) => on.onRef('a.engagement_id', '=', 'ec.engagement_id').on((where) => where.or([where('a.settled_as', 'is', null), where('a.settled_as', 'not in', ['withdrawn', 'exempted'])])))
      .select([
        'ec.company_id',
        sql<number>`count(distinct ec.engagement_id)`.as('people'),
        sql<number>`count(distinct case when a.target_kind = 'module' then ec.engagement_id end)`.as('training_of'),
        sql<number>`count(distinct case when a.target_kind = 'module' and ${open} then ec.engagement_id end)`.as('training_open'),
        sql<number>`count(distinct case when a.target_kind = 'certificate' then ec.engagement_id end)`.as('pledge_of'),
        sql<number>`count(distinct case when a.target_kind = 'certificate' and (${open} or a.settled_as = 'declined') then ec.engagement_id end)`.as('pledge_open'),
        sql<number>`count(distinct case when a.target_kind = 'certificate' and ((a.settled_as = 'declined' and ${lastAnswer()} <> 'signed') or (${open} and ${lastAnswer()} = 'declined')) then ec.engagement_id end)`.as('pledge_declined'),
        sql<number>`count(distinct case when ${open} and a.due_on < ${today} and ec.on_leave = 0 and not ${waitsForAnother()} then ec.engagement_id end)`.as('late'),
        sql<Day | null>`min(case when ${open} and a.due_on >= ${today} then a.due_on end)`.as('next_due'),
      ])
      .where('ec.company_id', 'in', [...companyIds]).where(inForce('ec', today)).groupBy('ec.company_id').execute(),
  ])
  return companies.map((company) => {
    const row = figures.find(({ company_id }) => company_id === company.company_id)
    const [trainingOf, pledgeOf] = [Number(row?.training_of ?? 0), Number(row?.pledge_of ?? 0)]
    return {
      companyId: company.company_id, name: company.name, kind: company.kind, parentId: company.parent_company_id, contractNumber: company.contract_number, people: Number(row?.people ?? 0),
      trainingOf, trainingDone: trainingOf - Number(row?.training_open ?? 0), pledgeOf, pledgeDone: pledgeOf - Number(row?.pledge_open ?? 0), pledgeDeclined: Number(row?.pledge_declined ?? 0), late: Number(row?.late ?? 0), nextDue: row?.next_due ?? null,
    }
  })
}

export interface RosterPerson {
  engagementId: string
  number: string
  name: string
  kind: EngagementKind
  relation: Relation
  companyId: string
  onLeave: boolean
  hasPassword: boolean
  key: string
}

/** One page of the people in force at these companies, by company and name; `open` keeps those with something left to do. */
export async function listRosterPeople(db: Db, companyIds: readonly string[], filter: { open: boolean }, page: { after: string; limit: number; today: Day }): Promise<RosterPerson[]> {
  if (companyIds.length === 0) return []
  let query = db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', page.today)))
    .leftJoin('account as c', 'c.person_id', 'ec.person_id')
    .select(['ec.engagement_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'ec.company_id', 'ec.on_leave', 'ec.sort_key', sql<0 | 1>`case when c.password_hash is null then 0 else 1 end`.as('has_password')])
    .where('ec.company_id', 'in', [...companyIds]).where(inForce('ec', page.today))
    .orderBy('ec.company_id').orderBy('ec.sort_key').orderBy('ec.engagement_id').limit(page.limit)
  if (filter.open) query = query.where(({ exists, selectFrom }) => exists(selectFrom('assignment as a').select('a.id').whereRef('a.engagement_id', '=', 'ec.engagement_id').where('a.settled_at', '=', OPEN_INSTANT)))
  const after = page.after.split('\t')
  if (after.length === 3)
    query = query.where(({ eb, or, and }) => or([
      eb('ec.company_id', '>', after[0]!), and([eb('ec.company_id', '=', after[0]!), eb('ec.sort_key', '>', after[1]!)]),
      and([eb('ec.company_id', '=', after[0]!), eb('ec.sort_key', '=', after[1]!), eb('ec.engagement_id', '>', after[2]!)]),
    ]))
  return (await query.execute()).map((row) => ({
    engagementId: row.engagement_id, number: row.number, name: row.display_name, kind: row.kind, relation: row.relation, companyId: row.company_id, onLeave: row.on_leave === 1, hasPassword: Number(row.has_password) === 1,
    key: `${row.company_id}\t${row.sort_key}\t${row.engagement_id}`,
  }))
}

export interface RosterDuty {
  assignmentId: string
  engagementId: string
  kind: 'module' | 'pledge' | 'certificate'
  slug: string
  dueOn: Day
  settledAt: Instant
  settledAs: string | null
  begun: boolean
  /** A question stops the due day. */
  asked: boolean
  /** How the person answered the pledge here, if they did. */
  outcome: string | null
}

/** The duties of the people of one page, with what they did with their pledge. */
export async function listRosterDuties(db: Db, engagementIds: readonly string[]): Promise<RosterDuty[]> {
  if (engagementIds.length === 0) return []
  const rows = await db
    .selectFrom('assignment as a')
    .select(['a.id', 'a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.due_on', 'a.settled_at', 'a.settled_as'])
    .select(({ exists, selectFrom }) => [
      exists(selectFrom('page_shown as p').select('p.page').whereRef('p.assignment_id', '=', 'a.id')).as('begun'),
      selectFrom('pledge_act as k').select('k.outcome').whereRef('k.assignment_id', '=', 'a.id').orderBy('k.settle_slot', 'desc').orderBy('k.id', 'desc').limit(1).as('outcome'),
      isAsked().as('asked'),
    ])
    .where('a.engagement_id', 'in', [...engagementIds])
    .where(({ eb, or }) => or([eb('a.settled_as', 'is', null), eb('a.settled_as', 'not in', ['withdrawn', 'exempted'])]))
    .orderBy('a.due_on').execute()
  return rows.map((row) => ({
    assignmentId: row.id, engagementId: row.engagement_id, kind: row.target_kind, slug: row.target_slug, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as,
    begun: Number(row.begun) === 1, asked: Number(row.asked) === 1, outcome: row.outcome,
  }))
}
