import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { NOTED_OUTCOMES, type ExitAnswer } from '../app/domain/departure'
import type { EngagementKind, Relation } from '../app/domain/people'
import type { Db, Tx } from './database.server'
import { lockRows } from './dialect.server'
import { isAsked, lastAnswer } from './due-days.server'
import { knownOn } from './in-force.server'

/** For whom a duty at the end is looked up: the operator for the pledges towards it, an employer for the certificates of its own and lower-tier people. */
export type ExitSide = { is: 'operator' } | { is: 'employer'; companyIds: readonly string[] }

/** Takes hold of the duty at the end of one engagement: engagement first, then the assignment. Of what is another's nothing is found. */
export async function lockExitDuty(tx: Tx, side: ExitSide, engagementId: string, assignmentId: string) {
  const mine = tx.selectFrom('engagement').select(['id', 'person_id', 'employer_company_id']).where('id', '=', engagementId)
  const owner = await lockRows(tx, side.is === 'operator' ? mine : mine.where('employer_company_id', 'in', side.companyIds.length > 0 ? [...side.companyIds] : [''])).executeTakeFirst()
  if (!owner) return undefined
  const row = await lockRows(tx, tx.selectFrom('assignment').select(['id', 'target_slug', 'opens_on', 'settled_at', 'settled_as']).where('id', '=', assignmentId).where('engagement_id', '=', engagementId).where('period', '=', 'exit')
    .where('target_kind', '=', side.is === 'operator' ? 'pledge' : 'certificate').where((on) => on.or([on('settled_as', 'is', null), on('settled_as', '!=', 'withdrawn')]))).executeTakeFirst()
  if (!row) return undefined
  const { rows: [said] } = await sql<{ answer: ExitAnswer | null }>`select ${lastAnswer()} as answer from assignment a where a.id = ${assignmentId}`.execute(tx)
  return { personId: owner.person_id, companyId: owner.employer_company_id, slug: row.target_slug, opensOn: row.opens_on, settledAt: row.settled_at, settledAs: row.settled_as, answer: said?.answer ?? null }
}

/** The 誓約取得証明 at the end of one of these companies' people, who may have left. */
export interface ExitCertificateOf {
  assignmentId: string
  engagementId: string
  personId: string
  number: string
  name: string
  kind: EngagementKind
  relation: Relation
  companyId: string
  companyName: string
  /** The first day after the last one. */
  validTo: Day
  slug: string
  opensOn: Day
  dueOn: Day
  settledAt: Instant
  settledAs: string | null
  asked: boolean
  answer: ExitAnswer | null
}

/** What is due of one person at the end, the open one first; of another company nobody is found. */
export async function findExitCertificate(db: Db, companyIds: readonly string[], engagementId: string, today: Day): Promise<ExitCertificateOf | undefined> {
  if (companyIds.length === 0) return undefined
  const row = await db.selectFrom('engagement_current as ec')
    .innerJoin('assignment as a', 'a.engagement_id', 'ec.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on('v.superseded_at', '=', OPEN_INSTANT))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .select(['a.id', 'ec.engagement_id', 'ec.person_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'ec.company_id', 'c.name as company_name', 'ec.valid_to', 'a.target_slug', 'a.opens_on', 'a.due_on', 'a.settled_at', 'a.settled_as'])
    .select([isAsked().as('asked'), sql<ExitAnswer | null>`${lastAnswer()}`.as('answer')])
    .where('ec.engagement_id', '=', engagementId).where('ec.company_id', 'in', [...companyIds])
    .where('a.target_kind', '=', 'certificate').where('a.period', '=', 'exit').where((on) => on.or([on('a.settled_as', 'is', null), on('a.settled_as', '!=', 'withdrawn')]))
    .orderBy('a.settled_at', 'desc').orderBy('v.valid_from', 'desc').limit(1).executeTakeFirst()
  return row && {
    assignmentId: row.id, engagementId: row.engagement_id, personId: row.person_id, number: row.number, name: row.display_name, kind: row.kind, relation: row.relation, companyId: row.company_id, companyName: row.company_name ?? '', validTo: row.valid_to,
    slug: row.target_slug, opensOn: row.opens_on, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, asked: Number(row.asked) === 1, answer: row.answer,
  }
}

/** The outcomes noted of one duty at the end, oldest first. */
export async function listNotedOutcomes(db: Db, assignmentId: string) {
  return db.selectFrom('pledge_act').select(['id', 'outcome', 'note', 'signed_at', 'receipt']).where('assignment_id', '=', assignmentId).where('outcome', 'in', NOTED_OUTCOMES).orderBy('id').limit(100).execute()
}
