import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import { knownOn } from './in-force.server'
import type { CorrectionRequestTable, ReaderNoteTable } from './schema'

/** Everything held about one person, section by section, newest first; each list takes the most that is shown. */

/** All engagements of a person with every version as known now: names, kinds, units, periods. */
export async function listRegisteredFacts(db: Db, personId: string, today: Day, most: number) {
  return db
    .selectFrom('engagement as e')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on('v.superseded_at', '=', OPEN_INSTANT))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'e.employer_company_id').on(knownOn('c', today)))
    .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', today)))
    .select(['e.id as engagement_id', 'e.number', 'e.sequence', 'v.kind', 'v.display_name', 'v.kana', 'v.mail', 'v.supervisor_number', 'v.under18_until', 'v.valid_from', 'v.valid_to', 'v.recorded_at', 'c.name as company_name', 'u.name as unit_name'])
    .where('e.person_id', '=', personId)
    .orderBy('v.valid_from', 'desc').orderBy('e.id').limit(most).execute()
}

/** What each engagement handles, as known now. */
export async function listHandlingOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('handling_scope').select(['engagement_id', 'category', 'system', 'purpose', 'valid_from', 'valid_to']).where('engagement_id', 'in', engagementIds).where('superseded_at', '=', OPEN_INSTANT).orderBy('valid_from', 'desc').limit(most).execute()
}

/** Leave, as known now. */
export async function listLeaveOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('leave_period').select(['engagement_id', 'reason_code', 'valid_from', 'valid_to']).where('engagement_id', 'in', engagementIds).where('superseded_at', '=', OPEN_INSTANT).orderBy('valid_from', 'desc').limit(most).execute()
}

/** Roles, as known now. */
export async function listRolesOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('appointment').select(['engagement_id', 'role', 'scope_kind', 'valid_from', 'valid_to']).where('engagement_id', 'in', engagementIds).where('superseded_at', '=', OPEN_INSTANT).orderBy('valid_from', 'desc').limit(most).execute()
}

/** Help that was agreed on: more time, another form. The note is for HR and the person. */
export async function listAccommodationsOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('accommodation').select(['engagement_id', 'kind', 'target_slug', 'extra_minutes', 'note', 'at', 'voided_at']).where('engagement_id', 'in', engagementIds).orderBy('at', 'desc').limit(most).execute()
}

/** Duties with what came of them, and whether some of the time was estimated. */
export async function listDutiesOf(db: Db, engagementIds: readonly string[], most: number) {
  return db
    .selectFrom('assignment as s')
    .leftJoin('completion as c', (on) => on.onRef('c.assignment_id', '=', 's.id').on('c.settle_slot', '=', 1))
    .select(['s.id', 's.engagement_id', 's.target_kind', 's.target_slug', 's.period', 's.opens_on', 's.due_on', 's.created_at', 's.settled_at', 's.settled_as', 'c.completed_at', 'c.minutes', 'c.content_version', 'c.bank_version', 'c.route', 'c.rendered_sha256'])
    .select((row) => row.exists(row.selectFrom('study_session as t').select('t.id').whereRef('t.assignment_id', '=', 's.id').where('t.measured', '=', 'capped')).as('estimated'))
    .where('s.engagement_id', 'in', engagementIds)
    .orderBy('s.settled_at', 'desc').orderBy('s.due_on', 'desc').limit(most).execute()
}

/** Finished and open attempts. */
export async function listAttemptsOf(db: Db, engagementIds: readonly string[], most: number) {
  return db
    .selectFrom('assignment as s')
    .innerJoin('attempt as a', 'a.assignment_id', 's.id')
    .select(['a.id', 's.id as assignment_id', 's.target_slug', 'a.ordinal', 'a.module_version', 'a.bank_version', 'a.seed', 'a.extra_minutes', 'a.opened_at', 'a.finished_at', 'a.score', 'a.passed'])
    .select(({ exists, selectFrom }) => exists(selectFrom('attempt as o').select('o.id').whereRef('o.assignment_id', '=', 's.id').where('o.passed', '=', 1)).as('explained'))
    .select((row) => row.selectFrom('attempt_item as i').select(({ fn }) => fn.countAll<number>().as('n')).whereRef('i.attempt_id', '=', 'a.id').as('total'))
    .where('s.engagement_id', 'in', engagementIds)
    .orderBy('a.opened_at', 'desc').limit(most).execute()
}

/** The answers given, question by question. */
export async function listAnswersOf(db: Db, attemptIds: readonly string[], most: number) {
  if (attemptIds.length === 0) return []
  return db.selectFrom('attempt_item').select(['attempt_id', 'position', 'question_id', 'option_order', 'answer', 'saved_at', 'correct']).where('attempt_id', 'in', attemptIds).orderBy('attempt_id').orderBy('position').limit(most).execute()
}

/** When and how long was studied (A35). */
export async function listSittingsOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('study_session as t').innerJoin('assignment as s', 's.id', 't.assignment_id')
    .select(['s.target_slug', 's.target_kind', 't.started_at', 't.ended_at', 't.counted_seconds', 't.idle_seconds', 't.measured'])
    .where('s.engagement_id', 'in', engagementIds).orderBy('t.started_at', 'desc').limit(most).execute()
}

/** Which pages were shown, with the hash of what was rendered. */
export async function listPagesShownTo(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('page_shown as p').innerJoin('assignment as s', 's.id', 'p.assignment_id')
    .select(['s.target_slug', 's.target_kind', 'p.version', 'p.track', 'p.page', 'p.rendered_sha256', 'p.first_at', 'p.last_at', 'p.seconds'])
    .where('s.engagement_id', 'in', engagementIds).orderBy('p.first_at', 'desc').limit(most).execute()
}

/** Signatures, refusals and questions about pledges. */
export async function listPledgeActsOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('pledge_act as p').innerJoin('assignment as s', 's.id', 'p.assignment_id').leftJoin('pledge_pdf as f', 'f.act_id', 'p.id')
    .select(['p.id', 'p.assignment_id', 'p.outcome', 'p.template', 'p.version', 'p.statement_sha256', 'p.name_typed', 'p.name_registered', 'p.auth_method', 'p.credential_origin', 'p.signed_at', 'p.address', 'p.agent', 'p.note', 'p.receipt', 'p.evidence_grade', 'p.settle_slot', 'f.sha256 as pdf_sha256'])
    .where('s.engagement_id', 'in', engagementIds).orderBy('p.signed_at', 'desc').limit(most).execute()
}

/** What the employer declared about the person's pledge. */
export async function listCertificatesOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('pledge_certificate_line as l').innerJoin('pledge_certificate as c', 'c.id', 'l.certificate_id')
    .select(['c.template', 'c.version', 'c.at', 'c.receipt', 'l.taken_on']).where('l.engagement_id', 'in', engagementIds).orderBy('c.at', 'desc').limit(most).execute()
}

/** What happened to duties: suspended, resumed, exempted; with the note to the person. */
export async function listDutyEventsOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('assignment_event as v').innerJoin('assignment as s', 's.id', 'v.assignment_id')
    .select(['v.assignment_id', 's.target_kind', 's.target_slug', 'v.kind', 'v.new_due_on', 'v.reason_code', 'v.note', 'v.at']).where('s.engagement_id', 'in', engagementIds).orderBy('v.at', 'desc').limit(most).execute()
}

/** Mails to the person; what stands in mails with codes is never kept. */
export async function listMailsTo(db: Db, accountId: string, most: number) {
  return db.selectFrom('mail').select(['id', 'template', 'to_address', 'day', 'state', 'sent_at']).where('recipient_id', '=', accountId).orderBy('day', 'desc').orderBy('id', 'desc').limit(most).execute()
}

/** Invitations, slips and resets of the password. */
export async function listCodesOf(db: Db, accountId: string, most: number) {
  return db.selectFrom('sign_in_code').select(['purpose', 'created_at', 'used_at', 'revoked_at', 'expires_at', 'issued_by']).where('account_id', '=', accountId).orderBy('created_at', 'desc').limit(most).execute()
}

/** Every address that was ever registered for a person, in the order in which it became known: superseded versions too. */
export async function listAddressesKnown(db: Db, personId: string, most: number) {
  return db.selectFrom('engagement as e').innerJoin('engagement_version as v', 'v.engagement_id', 'e.id').select(['v.mail', 'v.recorded_at']).where('e.person_id', '=', personId)
    .orderBy('v.recorded_at', 'desc').orderBy('v.valid_from', 'desc').limit(most).execute()
}

/** The account itself, without its secret. */
export async function findOwnAccount(db: Db, accountId: string) {
  return db.selectFrom('account').select(['created_at', 'notice_version', 'notice_at', 'furigana', 'track', 'disabled_at']).where('id', '=', accountId).executeTakeFirst()
}

/** What one signs in with. */
export async function listLoginsOf(db: Db, accountId: string) {
  return db.selectFrom('login_identifier').select(['folded', 'kind']).where('account_id', '=', accountId).orderBy('kind').limit(50).execute()
}

/** One's own requests for correction, with the answers. */
export async function listCorrectionsOf(db: Db, personId: string, most: number) {
  return db.selectFrom('correction_request as r').leftJoin('assignment as s', 's.id', 'r.assignment_id')
    .select(['r.id', 'r.subject', 's.target_kind', 's.target_slug', 'r.body', 'r.at', 'r.answered_at', 'r.answer']).where('r.person_id', '=', personId).orderBy('r.at', 'desc').limit(most).execute()
}

/** One's own notes to the editors of texts. */
export async function listNotesOf(db: Db, accountId: string, most: number) {
  return db.selectFrom('reader_note').select(['id', 'kind', 'slug', 'version', 'section', 'body', 'at', 'status', 'answered_at', 'answer']).where('account_id', '=', accountId).orderBy('at', 'desc').limit(most).execute()
}

/** Whether a duty is this person's, under whatever engagement. */
export async function findOwnDuty(db: Db, assignmentId: string, personId: string) {
  return db.selectFrom('assignment as s').innerJoin('engagement as e', 'e.id', 's.engagement_id').select(['s.id', 's.engagement_id']).where('s.id', '=', assignmentId).where('e.person_id', '=', personId).executeTakeFirst()
}

/** Enters a request for correction. */
export async function createCorrectionRequest(tx: Tx, request: CorrectionRequestTable): Promise<void> {
  await insertRows(tx, 'correction_request', [request])
}

/** Enters a note to the editors. */
export async function createReaderNote(tx: Tx, note: ReaderNoteTable): Promise<void> {
  await insertRows(tx, 'reader_note', [note])
}
