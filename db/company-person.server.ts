import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import type { Db } from './database.server'
import { isAsked } from './due-days.server'
import { knownOn } from './in-force.server'
import type { PersonAssignment } from './person.server'

/** One person of a company as the 会社側担当者 sees them; of another company nobody is found. */
export interface CompanyPerson {
  engagementId: string
  personId: string
  number: string
  name: string
  kind: EngagementKind
  relation: Relation
  companyId: string
  companyName: string
  onLeave: boolean
  validFrom: Day
  validTo: Day
  hasPassword: boolean
}

/** Somebody of these companies who is here or to come. */
export async function findCompanyPerson(db: Db, companyIds: readonly string[], engagementId: string, today: Day): Promise<CompanyPerson | undefined> {
  if (companyIds.length === 0) return undefined
  const row = await db.selectFrom('engagement_current as ec')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on('v.superseded_at', '=', OPEN_INSTANT))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .leftJoin('account as s', 's.person_id', 'ec.person_id')
    .select(['ec.engagement_id', 'ec.person_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'ec.company_id', 'c.name as company_name', 'ec.on_leave', 'ec.valid_from', 'ec.valid_to', 's.password_hash'])
    .where('ec.engagement_id', '=', engagementId).where('ec.company_id', 'in', [...companyIds]).where('ec.valid_to', '>', today).orderBy('v.valid_from', 'desc').limit(1).executeTakeFirst()
  return row && {
    engagementId: row.engagement_id, personId: row.person_id, number: row.number, name: row.display_name, kind: row.kind, relation: row.relation, companyId: row.company_id, companyName: row.company_name ?? '', onLeave: row.on_leave === 1,
    validFrom: row.valid_from, validTo: row.valid_to, hasPassword: row.password_hash !== null,
  }
}

export interface CompanyPersonDuty extends Pick<PersonAssignment, 'kind' | 'slug' | 'period' | 'dueOn' | 'settledAt' | 'settledAs' | 'asked'> {
  assignmentId: string
  /** How many pages were read. */
  pages: number
  outcome: string | null
  /** A request about it waits. */
  waiting: boolean
  completion: Pick<NonNullable<PersonAssignment['completion']>, 'minutes' | 'version' | 'route'> | null
}

/** The duties of one person with how far each has come. */
export async function listCompanyPersonDuties(db: Db, engagementId: string): Promise<CompanyPersonDuty[]> {
  const rows = await db.selectFrom('assignment as a')
    .leftJoin('completion as c', (on) => on.onRef('c.assignment_id', '=', 'a.id').on('c.settle_slot', '=', 1))
    .select(['a.id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'a.settled_at', 'a.settled_as', 'c.minutes', 'c.content_version', 'c.route'])
    .select((at) => [
      at.selectFrom('page_shown as p').select((all) => all.fn.count<number>('p.page').distinct().as('count')).whereRef('p.assignment_id', '=', 'a.id').as('pages'),
      at.selectFrom('pledge_act as k').select('k.outcome').whereRef('k.assignment_id', '=', 'a.id').orderBy('k.settle_slot', 'desc').orderBy('k.id', 'desc').limit(1).as('outcome'),
      at.selectFrom('approval_request as r').select('r.open_slot').whereRef('r.assignment_id', '=', 'a.id').where('r.open_slot', '=', 1).as('waiting'), isAsked().as('asked'),
    ])
    .where('a.engagement_id', '=', engagementId).where(({ eb, or }) => or([eb('a.settled_as', 'is', null), eb('a.settled_as', '!=', 'withdrawn')])).orderBy('a.settled_at', 'desc').orderBy('a.due_on').limit(100).execute()
  return rows.map((row) => ({
    assignmentId: row.id, kind: row.target_kind, slug: row.target_slug, period: row.period, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, pages: Number(row.pages), asked: Number(row.asked) === 1, outcome: row.outcome,
    waiting: row.waiting !== null, completion: row.minutes === null ? null : { minutes: row.minutes, version: row.content_version!, route: row.route! },
  }))
}
