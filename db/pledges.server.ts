import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { inOrder, type HandledScope } from '../app/domain/handled-scope'
import { findAgreement } from './agreements.server'
import { hitOne, insertAbsentRows, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { moveDueDay } from './due-days.server'
import { knownOn } from './in-force.server'
import type { HowCompleted } from './learning.server'
import type { AssignmentEventTable, PledgeActTable } from './schema'

/** One's own pledge to read, sign or look back at: the assignment with the engagement it hangs on. Nobody else's is found. */
export const findOwnPledge = (db: Db, assignmentId: string, personId: string, today: Day) => findPledge(db, assignmentId, ['e.person_id', personId], today)
/** The pledge of one engagement, for whoever hands its paper out. */
export const findPledgeOf = (db: Db, assignmentId: string, engagementId: string, today: Day) => findPledge(db, assignmentId, ['e.id', engagementId], today)

async function findPledge(db: Db, assignmentId: string, [owner, ownerId]: ['e.person_id' | 'e.id', string], today: Day) {
  const row = await db
    .selectFrom('assignment as a')
    .innerJoin('engagement as e', 'e.id', 'a.engagement_id')
    .leftJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on(knownOn('v', today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'e.employer_company_id').on(knownOn('c', today)))
    .select([
      'a.id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.opens_on', 'a.due_on', 'a.settled_at', 'a.settled_as', 'a.engagement_id',
      'e.number', 'e.employer_company_id', 'v.kind', 'v.display_name', 'v.under18_until', 'v.mail', 'c.name as company_name',
    ])
    .where('a.id', '=', assignmentId)
    .where('a.target_kind', 'in', ['pledge', 'certificate'])
    .where(owner, '=', ownerId)
    .executeTakeFirst()
  if (!row) return undefined
  const [handled, agreement] = await Promise.all([listHandledScopes(db, row.engagement_id, today), row.kind === 'dispatched' ? findAgreement(db, row.employer_company_id) : undefined])
  return { ...row, handled, agreed: agreement !== undefined && agreement.agreed_on <= today }
}
export type OwnPledgeRow = NonNullable<Awaited<ReturnType<typeof findOwnPledge>>>

/** What an engagement handles on a day, as known now: what a pledge on a new scope names (PL4). */
export async function listHandledScopes(db: Db, engagementId: string, today: Day): Promise<HandledScope[]> {
  const rows = await db.selectFrom('handling_scope as h').select(['h.category', 'h.system', 'h.purpose', 'h.valid_from as since']).where('h.engagement_id', '=', engagementId).where(knownOn('h', today)).execute()
  return inOrder(rows)
}

/** The id of the operator's own company. */
export async function findOperatorCompany(db: Db): Promise<string> {
  return (await db.selectFrom('company').select('id').where('code', '=', '').executeTakeFirstOrThrow()).id
}

/** How the pages of one version were last shown, in no order. */
export async function listPagesShown(db: Db, assignmentId: string, version: string, track: string) {
  return db.selectFrom('page_shown').select(['page', 'rendered_sha256', 'first_at', 'last_at']).where('assignment_id', '=', assignmentId).where('version', '=', version).where('track', '=', track).execute()
}

/** Notes that a page was shown to its end, and the hash of what was rendered; a page shown again keeps its first time. */
export async function recordPledgePageShown(tx: Tx, row: { assignmentId: string; version: string; track: string; page: string; sha256: string; at: Instant; seconds: number }): Promise<void> {
  const key = { assignment_id: row.assignmentId, version: row.version, track: row.track, page: row.page }
  await insertAbsentRows(tx, 'page_shown', 'assignment_id', [{ ...key, rendered_sha256: row.sha256, first_at: row.at, last_at: row.at, seconds: 0 }])
  await tx.updateTable('page_shown').set((is) => ({ rendered_sha256: row.sha256, last_at: row.at, seconds: is('seconds', '+', row.seconds) }))
    .where('assignment_id', '=', row.assignmentId).where('version', '=', row.version).where('track', '=', row.track).where('page', '=', row.page).where('last_at', '<=', row.at).execute()
}

/** Takes hold of one's own pledge until the transaction ends: engagement first, then the assignment. */
export async function lockOwnPledge(tx: Tx, assignmentId: string, personId: string) {
  const owner = await tx.selectFrom('assignment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id').select('e.id').where('a.id', '=', assignmentId).where('e.person_id', '=', personId).executeTakeFirst()
  if (!owner) return undefined
  await lockRows(tx, tx.selectFrom('engagement').select('id').where('id', '=', owner.id)).execute()
  return lockRows(tx, tx.selectFrom('assignment').select(['id', 'engagement_id', 'target_kind', 'due_on', 'settled_at', 'settled_as']).where('id', '=', assignmentId)).executeTakeFirst()
}

/** The signature on a pledge, or undefined: the one act that nothing follows. */
export async function findSettlingAct(db: Db, assignmentId: string) {
  return db.selectFrom('pledge_act').selectAll().where('assignment_id', '=', assignmentId).where('settle_slot', '=', 1).executeTakeFirst()
}

/** What a person last answered instead of signing. */
export async function findLastNotSigning(db: Db, assignmentId: string) {
  return db.selectFrom('pledge_act').select(['id', 'outcome', 'note', 'signed_at']).where('assignment_id', '=', assignmentId).where('outcome', 'in', ['question', 'later', 'declined']).orderBy('signed_at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
}

/** One's own signed act, by its assignment; with the bytes' hash of its PDF when it is made. */
export async function findOwnSignedAct(db: Db, assignmentId: string, personId: string) {
  return db
    .selectFrom('pledge_act as p')
    .innerJoin('assignment as a', 'a.id', 'p.assignment_id')
    .innerJoin('engagement as e', 'e.id', 'a.engagement_id')
    .leftJoin('pledge_pdf as f', 'f.act_id', 'p.id')
    .selectAll('p')
    .select(['e.number', 'a.target_kind', 'f.sha256 as pdf_sha256'])
    .where('p.assignment_id', '=', assignmentId)
    .where('p.outcome', '=', 'signed')
    .where('p.settle_slot', '=', 1)
    .where('e.person_id', '=', personId)
    .executeTakeFirst()
}

/** Appends what a person did with a pledge. A signature takes the one settling slot; whoever declined may still sign. */
export async function recordPledgeAct(tx: Tx, act: PledgeActTable): Promise<void> {
  await insertRows(tx, 'pledge_act', [act])
}

/** Whether the due date stands still: the last suspend or resume is a suspend; with the day it began. */
export async function findSuspension(db: Db, assignmentId: string): Promise<{ at: Instant; reasonCode: string } | null> {
  const last = await db.selectFrom('assignment_event').select(['kind', 'at', 'reason_code']).where('assignment_id', '=', assignmentId).where('kind', 'in', ['suspend', 'resume']).orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
  return last?.kind === 'suspend' ? { at: last.at, reasonCode: last.reason_code } : null
}

/** Appends what happened to a duty; a due day that it gives is in force at once. */
export async function recordAssignmentEvent(
  tx: Tx,
  event: { id: string; assignmentId: string; kind: AssignmentEventTable['kind']; newDueOn?: Day; reasonCode: string; note?: string; requestedBy: string | null; approvedBy?: string; at: Instant; refs?: object },
): Promise<void> {
  await insertRows(tx, 'assignment_event', [{
    id: event.id, assignment_id: event.assignmentId, kind: event.kind, new_due_on: event.newDueOn ?? null, reason_code: event.reasonCode, note: event.note ?? '', requested_by: event.requestedBy,
    approved_by: event.approvedBy ?? null, at: event.at, refs: JSON.stringify(event.refs ?? {}),
  }])
  if (event.newDueOn) await moveDueDay(tx, event.assignmentId, event.newDueOn, event)
}

/** Settles an open duty, or a declined one by its signature; false when it was settled before. How is told of what is promised to the operator (domain.md PL2, PL3). */
export async function settlePledge(tx: Tx, assignmentId: string, settledAs: 'completed' | 'declined', at: Instant, how?: HowCompleted): Promise<boolean> {
  return hitOne(await tx.updateTable('assignment').set({ settled_at: at, settled_as: settledAs, settled_version: how?.version ?? null, settled_route: how?.route ?? null }).where('id', '=', assignmentId)
    .where((on) => (settledAs === 'completed' ? on.or([on('settled_at', '=', OPEN_INSTANT), on('settled_as', '=', 'declined')]) : on('settled_at', '=', OPEN_INSTANT))).executeTakeFirst())
}

/** Opens a declined pledge again; false when it is none (any more). */
export async function reopenPledge(tx: Tx, assignmentId: string): Promise<boolean> {
  return hitOne(await tx.updateTable('assignment').set({ settled_at: OPEN_INSTANT, settled_as: null }).where('id', '=', assignmentId).where('settled_as', '=', 'declined').executeTakeFirst())
}

/** How the password came to its owner: the last code that was used, or '' when none was (first administrator, demonstration). */
export async function findCredentialOrigin(db: Db, accountId: string) {
  return db.selectFrom('sign_in_code').select(['purpose', 'issued_by', 'used_at']).where('account_id', '=', accountId).where('used_at', 'is not', null).orderBy('used_at', 'desc').limit(1).executeTakeFirst()
}

/** The grade of a pledge that was signed on paper: its scan is the paper, and none is drawn. */
export const PAPER_GRADE = 'paper'

/** Signed acts from an id on (ids rise with time) whose PDF is not made yet, oldest first. */
export async function listActsWithoutPdf(db: Db, fromId: string, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('pledge_act as p').leftJoin('pledge_pdf as f', 'f.act_id', 'p.id').select('p.id').where('p.id', '>=', fromId).where('p.outcome', '=', 'signed').where('p.evidence_grade', '!=', PAPER_GRADE).where('f.act_id', 'is', null).orderBy('p.id').limit(limit).execute()
  return rows.map(({ id }) => id)
}

/** An act signed on screen, by its id. */
export async function findSignedAct(db: Db, actId: string) {
  return db.selectFrom('pledge_act').selectAll().where('id', '=', actId).where('outcome', '=', 'signed').where('evidence_grade', '!=', PAPER_GRADE).executeTakeFirst()
}

/** Which bytes are the PDF of an act, once made. */
export async function findPledgePdf(db: Db, actId: string) {
  return db.selectFrom('pledge_pdf').selectAll().where('act_id', '=', actId).executeTakeFirst()
}

/** Notes which bytes are the PDF of an act; the first to come stays. */
export async function recordPledgePdf(tx: Tx, row: { actId: string; sha256: string; at: Instant }): Promise<void> {
  await insertAbsentRows(tx, 'pledge_pdf', 'act_id', [{ act_id: row.actId, sha256: row.sha256, made_at: row.at }])
}

/** What was last said to a person about a pledge: the answer to a question, or the words with which it was handed out again. */
export async function findLastAnswer(db: Db, assignmentId: string) {
  return db.selectFrom('assignment_event').select(['note', 'at', 'reason_code']).where('assignment_id', '=', assignmentId).where('kind', '=', 'resume').where('reason_code', 'in', ['answered', 'reopened']).orderBy('at', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst()
}

/** Where a person is written to, as registered on a day; '' when there is no address. */
export async function findAccountMail(db: Db, engagementId: string, day: Day): Promise<string> {
  const row = await db.selectFrom('engagement_version').select('mail').where('engagement_id', '=', engagementId).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', day).where('valid_to', '>', day).executeTakeFirst()
  return row?.mail ?? ''
}
