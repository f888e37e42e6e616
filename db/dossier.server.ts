import { sql } from 'kysely'
import { NOTED_OUTCOMES } from '../app/domain/departure'
import type { DossierFacts } from '../app/domain/dossier-facts'
import type { Db } from './database.server'

/** 1 when act `p` was done towards the operator itself: what a worker promises to their employer is the employer's to keep (domain.md PL2, PL3). */
const toOperator = sql<boolean>`p.addressee_company_id = (select own.id from company own where own.code = '')`

/** Which engagements a person ever had, first one first. */
export async function listEngagementsOfPerson(db: Db, personId: string): Promise<string[]> {
  return (await db.selectFrom('engagement').select('id').where('person_id', '=', personId).orderBy('created_at').orderBy('number').orderBy('sequence').execute()).map(({ id }) => id)
}

/**
 * Every row that a dossier of these engagements can be made of, what was superseded or voided since as well: which of them were known
 * at an instant is decided in domain/dossier.ts. In an order that does not depend on the engine.
 */
export async function gatherDossierFacts(db: Db, engagementIds: readonly string[]): Promise<DossierFacts> {
  const of = [...engagementIds]
  const known = ['recorded_at', 'superseded_at', 'valid_from', 'valid_to'] as const
  const [engagements, versions, scopes, leaves, roles, assignments] = [
    await db.selectFrom('engagement as e').innerJoin('company as c', 'c.id', 'e.employer_company_id').select(['e.id', 'e.number', 'e.sequence', 'e.created_at', 'e.employer_company_id', 'c.code']).where('e.id', 'in', of).orderBy('e.created_at').orderBy('e.number').orderBy('e.sequence').execute(),
    await db.selectFrom('engagement_version as v').leftJoin('org_unit as o', 'o.id', 'v.unit_id').select(['v.id', 'v.engagement_id', 'v.kind', 'v.display_name', 'v.kana', 'v.unit_id', 'o.code as unit_code', 'v.supervisor_number', 'v.recorded_at', 'v.superseded_at', 'v.valid_from', 'v.valid_to']).where('v.engagement_id', 'in', of).orderBy('v.valid_from').orderBy('v.recorded_at').orderBy('v.id').execute(),
    await db.selectFrom('handling_scope').select(['engagement_id', 'category', 'system', 'purpose', ...known]).where('engagement_id', 'in', of).orderBy('valid_from').orderBy('category').orderBy('system').orderBy('purpose').orderBy('recorded_at').execute(),
    await db.selectFrom('leave_period').select(['engagement_id', ...known]).where('engagement_id', 'in', of).orderBy('valid_from').orderBy('recorded_at').execute(),
    await db.selectFrom('appointment').select(['engagement_id', 'role', 'scope_kind', ...known]).where('engagement_id', 'in', of).orderBy('valid_from').orderBy('role').orderBy('recorded_at').execute(),
    await db.selectFrom('assignment').select(['id', 'engagement_id', 'target_kind', 'target_slug', 'period', 'opens_on', 'due_on', 'created_at', 'settled_at', 'settled_as']).where('engagement_id', 'in', of).orderBy('created_at').orderBy('target_slug').orderBy('period').orderBy('id').execute(),
  ]
  const unitIds = [...new Set(versions.flatMap(({ unit_id: id }) => (id === null ? [] : [id])))]
  const dutyIds = assignments.length > 0 ? assignments.map(({ id }) => id) : ['']
  // how an employer tried to reach its own people is between the two
  const triedIds = ['', ...assignments.filter(({ target_kind: kind }) => kind !== 'certificate').map(({ id }) => id)]
  const companyIds = [...new Set(engagements.map(({ employer_company_id: id }) => id))]
  const entrustments = companyIds.length === 0 ? [] : await db.selectFrom('entrustment as t').innerJoin('entrustment_version as ev', 'ev.entrustment_id', 't.id').select(['t.company_id', 'ev.names_allowed', 'ev.recorded_at', 'ev.superseded_at', 'ev.valid_from', 'ev.valid_to']).where('t.company_id', 'in', companyIds).orderBy('ev.valid_from').orderBy('ev.recorded_at').orderBy('ev.id').execute()
  const [companies, units, dueChanges, completions, attempts, sittings, acts, noted, certificates, events, approvals, reminders, tries, returns] = [
    companyIds.length === 0 ? [] : await db.selectFrom('company_version').select(['company_id', 'name', ...known]).where('company_id', 'in', companyIds).orderBy('valid_from').orderBy('recorded_at').execute(),
    unitIds.length === 0 ? [] : await db.selectFrom('org_unit_version').select(['unit_id', 'name', ...known]).where('unit_id', 'in', unitIds).orderBy('valid_from').orderBy('recorded_at').execute(),
    await db.selectFrom('due_change').select(['due_change.assignment_id', 'due_change.at', 'due_change.due_before']).where('due_change.assignment_id', 'in', dutyIds).orderBy('due_change.at').orderBy('due_change.id').execute(),
    await db.selectFrom('completion as c').select(['c.id', 'c.assignment_id', 'c.content_version', 'c.bank_version', 'c.rendered_sha256', 'c.completed_at', 'c.minutes', 'c.route', 'c.scan_sha256']).where('c.assignment_id', 'in', dutyIds).orderBy('c.completed_at').orderBy('c.id').execute(),
    await db.selectFrom('attempt').select(['attempt.assignment_id', 'attempt.ordinal', 'attempt.module_version', 'attempt.bank_version', 'attempt.opened_at', 'attempt.finished_at', 'attempt.passed']).where('attempt.assignment_id', 'in', dutyIds).where('attempt.finished_at', 'is not', null).orderBy('attempt.opened_at').orderBy('attempt.ordinal').orderBy('attempt.id').execute(),
    await db.selectFrom('study_session').select(['study_session.assignment_id', 'study_session.started_at', 'study_session.ended_at', 'study_session.counted_seconds', 'study_session.measured']).where('study_session.assignment_id', 'in', dutyIds).orderBy('study_session.started_at').orderBy('study_session.id').execute(),
    await db.selectFrom('pledge_act as p').select(['p.id', 'p.assignment_id', 'p.outcome', 'p.template', 'p.version', 'p.statement_sha256', 'p.name_typed', 'p.name_registered', 'p.auth_method', 'p.evidence_grade', 'p.signed_at', 'p.signed_at_text', 'p.note', 'p.receipt']).where('p.assignment_id', 'in', dutyIds).where(toOperator).orderBy('p.signed_at').orderBy('p.id').execute(),
    // of what is towards an employer, the end that the employer noted: no receipt, and none of its words
    await db.selectFrom('pledge_act as p').select(['p.assignment_id', 'p.outcome', 'p.signed_at']).where('p.assignment_id', 'in', dutyIds).where('p.outcome', 'in', NOTED_OUTCOMES).where(sql<boolean>`not ${toOperator}`).orderBy('p.signed_at').orderBy('p.id').execute(),
    await db.selectFrom('pledge_certificate_line as l').innerJoin('pledge_certificate as c', 'c.id', 'l.certificate_id').leftJoin('blob as b', 'b.sha256', 'c.statement_sha256').select(['b.bytes as statement', 'l.assignment_id', 'l.engagement_id', 'l.taken_on', 'c.template', 'c.version', 'c.at', 'c.receipt', 'c.statement_sha256']).where('l.engagement_id', 'in', of).orderBy('c.at').orderBy('c.id').execute(),
    await db.selectFrom('assignment_event').select(['assignment_event.id', 'assignment_event.assignment_id', 'assignment_event.kind', 'assignment_event.new_due_on', 'assignment_event.reason_code', 'assignment_event.note', 'assignment_event.requested_by', 'assignment_event.approved_by', 'assignment_event.at', 'assignment_event.refs']).where('assignment_event.assignment_id', 'in', dutyIds).orderBy('assignment_event.at').orderBy('assignment_event.id').execute(),
    await db.selectFrom('approval_request').select(['id', 'assignment_id', 'engagement_id', 'kind', 'reason_code', 'note', 'wished_due_on', 'asked_by', 'asked_as', 'asked_at', 'decided_by', 'decided_at', 'outcome', 'answer', 'scan_sha256']).where('engagement_id', 'in', of).orderBy('asked_at').orderBy('id').execute(),
    await db.selectFrom('reminder').leftJoin('mail as m', 'm.id', 'reminder.mail_id').select(['m.sent_at', 'reminder.mail_id', 'reminder.assignment_id', 'reminder.sent_by', 'reminder.recipient_kind', 'reminder.channel', 'reminder.reason_code', 'reminder.requested_at', 'reminder.leaves_at', 'reminder.leaves_in', 'reminder.result', 'reminder.result_at']).where('reminder.assignment_id', 'in', dutyIds).orderBy('reminder.requested_at').orderBy('reminder.id').execute(),
    await db.selectFrom('contact_try').select(['contact_try.assignment_id', 'contact_try.on_day', 'contact_try.channel', 'contact_try.note', 'contact_try.entered_by', 'contact_try.at']).where('contact_try.assignment_id', 'in', triedIds).orderBy('contact_try.at').orderBy('contact_try.id').execute(),
    await db.selectFrom('return_item').select(['engagement_id', 'kind', 'words', 'at', 'done_on', 'noted_at', 'voided_at']).where('engagement_id', 'in', of).orderBy('at').orderBy('id').execute(),
  ]
  const accounts = [...events.flatMap((row) => [row.requested_by, row.approved_by]), ...approvals.flatMap((row) => [row.asked_by, row.decided_by]), ...reminders.map((row) => row.sent_by), ...tries.map((row) => row.entered_by)]
  return {
    engagements, versions, scopes, leaves, roles, assignments, entrustments, companies, units, dueChanges, completions, attempts, sittings, acts, noted, certificates, events, approvals, reminders, tries, returns,
    deaths: await db.selectFrom('death_note as d').innerJoin('engagement as e', 'e.person_id', 'd.person_id').select(['e.id as engagement_id', 'd.at', 'd.voided_at']).where('e.id', 'in', of).orderBy('d.at').orderBy('d.id').execute(),
    numbers: await firstNumbers(db, accounts), published: await db.selectFrom('content_version').select(['kind', 'slug', 'version', ({ fn }) => fn.min('published_at').as('published_at')]).groupBy(['kind', 'slug', 'version']).orderBy('published_at').orderBy('version').execute(),
  }
}

/** The first number that whoever acted ever had: a later one does not change what was written before. */
async function firstNumbers(db: Db, accounts: readonly (string | null)[]): Promise<Record<string, string>> {
  const wanted = [...new Set(accounts.filter((one) => one !== null))]
  if (wanted.length === 0) return {}
  const rows = await db.selectFrom('account as a').innerJoin('engagement as e', 'e.person_id', 'a.person_id').select(['a.id', 'e.number']).where('a.id', 'in', wanted).orderBy('e.created_at', 'desc').orderBy('e.number', 'desc').orderBy('e.sequence', 'desc').execute()
  return Object.fromEntries(rows.map(({ id, number }) => [id, number]))
}
