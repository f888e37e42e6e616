import { sql } from 'kysely'
import type { LineScope } from '../app/domain/access'
import type { ApprovalKind, ApprovalOutcome, AskedDuty } from '../app/domain/approval'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import { hitOne, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { knownOn } from './in-force.server'
import { inLine } from './line.server'
import { nameIsShown, speaksOn } from './people-search.server'
import type { ApprovalRequestTable } from './schema'

/** A duty about which something is asked or decided, and whose it is. */
export interface DutyOfPerson extends AskedDuty {
  assignmentId: string
  engagementId: string
  personId: string
  number: string
  name: string
  named: boolean
  kind: EngagementKind
  relation: Relation
  companyId: string
  companyName: string
  slug: string
  /** In the line that was asked with. */
  inLine: boolean
}

const dutyQuery = (db: Db, today: Day, line: LineScope) =>
  db.selectFrom('assignment as a')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .select(['a.id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'a.settled_at', 'a.settled_as', 'ec.engagement_id', 'ec.person_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'ec.company_id', 'c.name as company_name', 'ec.valid_from', 'ec.valid_to', nameIsShown(today).as('named')])
    .select(sql<0 | 1>`case when ${inLine(line)} then 1 else 0 end`.as('in_line'))
    .select((at) => at.selectFrom('approval_request as r').select('r.open_slot').whereRef('r.assignment_id', '=', 'a.id').where('r.open_slot', '=', 1).as('waiting'))

type DutyRow = Awaited<ReturnType<ReturnType<typeof dutyQuery>['execute']>>[number]
const dutyOf = (row: DutyRow): DutyOfPerson => ({
  assignmentId: row.id, targetKind: row.target_kind, slug: row.target_slug, period: row.period, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, engagementId: row.engagement_id, personId: row.person_id,
  number: row.number, name: row.display_name, named: Number(row.named) === 1, kind: row.kind, relation: row.relation, companyId: row.company_id, companyName: row.company_name ?? '', validFrom: row.valid_from, validTo: row.valid_to,
  inLine: Number(row.in_line) === 1, waiting: row.waiting !== null,
})

/** A line with nobody in it. */
export const NO_LINE: LineScope = { unitIds: [], supervisorIds: [], notPersonId: '' }

/** A duty with the person it is asked of. Whether the viewer may touch it is decided from what it says. */
export async function findDutyOfPerson(db: Db, assignmentId: string, today: Day, line: LineScope = NO_LINE): Promise<DutyOfPerson | undefined> {
  const row = await dutyQuery(db, today, line).where('a.id', '=', assignmentId).executeTakeFirst()
  return row && dutyOf(row)
}

/** The duties of an engagement that a request can be about: open ones, and pledges that were declined. */
export async function listDutiesToAskAbout(db: Db, engagementId: string, today: Day): Promise<DutyOfPerson[]> {
  const rows = await dutyQuery(db, today, NO_LINE).where('a.engagement_id', '=', engagementId).where((on) => on.or([on('a.settled_at', '=', OPEN_INSTANT), on('a.settled_as', '=', 'declined')])).orderBy('a.due_on').orderBy('a.id').execute()
  return rows.map(dutyOf)
}

/** The duty for one module of each of these numbers: the open one that is due first, else the last one settled. */
export async function listModuleDuties(db: Db, slug: string, numbers: readonly string[], today: Day): Promise<DutyOfPerson[]> {
  if (numbers.length === 0) return []
  const rows = await dutyQuery(db, today, NO_LINE).where('ec.number', 'in', [...numbers]).where('ec.valid_to', '>', today).where('a.target_kind', '=', 'module').where('a.target_slug', '=', slug).where((on) => on.or([on('a.settled_as', 'is', null), on('a.settled_as', '!=', 'withdrawn')])).orderBy('a.settled_at', 'desc').orderBy('a.due_on').orderBy('a.id').execute()
  const first = new Map<string, DutyOfPerson>()
  for (const row of rows) if (!first.has(row.number)) first.set(row.number, dutyOf(row))
  return [...first.values()]
}

/** Which of these numbers stand in the register as of a day, current engagements first. */
export async function listNumbersKnown(db: Db, numbers: readonly string[], today: Day): Promise<{ number: string; name: string | null; kind: EngagementKind; relation: Relation }[]> {
  if (numbers.length === 0) return []
  const rows = await db.selectFrom('engagement_current as ec').innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .select(['ec.number', 'v.display_name', 'ec.kind', 'ec.relation', nameIsShown(today).as('named')]).where('ec.number', 'in', [...numbers]).where('ec.valid_to', '>', today).execute()
  return rows.map((row) => ({ number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, relation: row.relation }))
}

/** Takes hold of the duties of a request: engagements first, then the assignments. */
export async function lockDuties(tx: Tx, assignmentIds: readonly string[]): Promise<void> {
  if (assignmentIds.length === 0) return
  const owners = await tx.selectFrom('assignment').select('engagement_id').distinct().where('id', 'in', [...assignmentIds]).orderBy('engagement_id').execute()
  if (owners.length === 0) return
  await lockRows(tx, tx.selectFrom('engagement').select('id').where('id', 'in', owners.map(({ engagement_id }) => engagement_id)).orderBy('id')).execute()
  await lockRows(tx, tx.selectFrom('assignment').select('id').where('id', 'in', [...assignmentIds]).orderBy('id')).execute()
}

/** Enters requests; the open slot lets one wait for each duty. */
export async function createApprovals(tx: Tx, requests: readonly ApprovalRequestTable[]): Promise<void> {
  await insertRows(tx, 'approval_request', requests)
}

/** A request by its id. */
export async function findApproval(db: Db, id: string): Promise<ApprovalRequestTable | undefined> {
  return db.selectFrom('approval_request').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A request with all that were asked with it for the same class: by the same hand in the same moment. */
export async function listSheet(db: Db, id: string): Promise<ApprovalRequestTable[]> {
  const one = await findApproval(db, id)
  if (one?.kind !== 'class') return one ? [one] : []
  return db.selectFrom('approval_request').selectAll().where('asked_by', '=', one.asked_by).where('asked_at', '=', one.asked_at).where('kind', '=', 'class').orderBy('id').execute()
}

/** Closes a request that waits; false when another was quicker. */
export async function closeApproval(tx: Tx, id: string, by: { accountId: string; at: Instant; outcome: ApprovalOutcome; answer: string }): Promise<boolean> {
  return hitOne(await tx.updateTable('approval_request').set({ decided_by: by.accountId, decided_at: by.at, outcome: by.outcome, answer: by.answer, open_slot: null }).where('id', '=', id).where('open_slot', '=', 1).executeTakeFirst())
}

/** What waits for a decision about these people's duties. */
export async function listOpenApprovals(db: Db, engagementIds: readonly string[]): Promise<{ assignmentId: string; engagementId: string; kind: ApprovalKind; wishedDueOn: Day | null; askedAt: Instant }[]> {
  if (engagementIds.length === 0) return []
  const rows = await db.selectFrom('approval_request').select(['assignment_id', 'engagement_id', 'kind', 'wished_due_on', 'asked_at']).where('engagement_id', 'in', [...engagementIds]).where('open_slot', '=', 1).orderBy('asked_at').execute()
  return rows.map((row) => ({ assignmentId: row.assignment_id, engagementId: row.engagement_id, kind: row.kind, wishedDueOn: row.wished_due_on, askedAt: row.asked_at }))
}

/** Notes what an approval did to a duty, or that it was taken back; the refs name the request. */
export async function listApprovalEvents(db: Db, assignmentIds: readonly string[]) {
  if (assignmentIds.length === 0) return []
  const rows = await db.selectFrom('assignment_event').select(['id', 'assignment_id', 'kind', 'new_due_on', 'reason_code', 'note', 'requested_by', 'approved_by', 'at', 'refs']).where('assignment_id', 'in', [...assignmentIds]).where('kind', 'in', ['defer', 'exempt', 'credit', 'void']).orderBy('at').orderBy('id').execute()
  return rows.map(({ refs, ...row }) => ({ ...row, refs: JSON.parse(refs) as { request?: string; from?: Day; completion?: string; act?: string; voids?: string; unit?: string } }))
}

/** Settles a duty as exempted; false when something settled it before. */
export async function settleExempted(tx: Tx, assignmentId: string, at: Instant): Promise<boolean> {
  return hitOne(await tx.updateTable('assignment').set({ settled_at: at, settled_as: 'exempted' }).where('id', '=', assignmentId).where('settled_at', '=', OPEN_INSTANT).executeTakeFirst())
}

/** Opens again what an approval had settled; false when it is not settled that way any more. */
export async function reopenSettled(tx: Tx, assignmentId: string, settledAs: 'exempted' | 'completed'): Promise<boolean> {
  return hitOne(await tx.updateTable('assignment').set({ settled_at: OPEN_INSTANT, settled_as: null, settled_version: null, settled_route: null }).where('id', '=', assignmentId).where('settled_as', '=', settledAs).executeTakeFirst())
}

/** Takes the slot from a completion that was accepted wrongly: it stays as it was given, and settles nothing. */
export async function voidCompletion(tx: Tx, id: string): Promise<boolean> {
  return hitOne(await tx.updateTable('completion').set({ settle_slot: null }).where('id', '=', id).where('settle_slot', '=', 1).executeTakeFirst())
}

/** The same for a pledge that was accepted from paper. */
export async function voidPaperPledge(tx: Tx, actId: string): Promise<boolean> {
  return hitOne(await tx.updateTable('pledge_act').set({ settle_slot: null }).where('id', '=', actId).where('settle_slot', '=', 1).executeTakeFirst())
}
