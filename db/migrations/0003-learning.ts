import type { Kysely } from 'kysely'
import { createTable } from './table'

/** What is taught and promised, duties, learning, examination, pledges. */
export async function up(db: Kysely<never>): Promise<void> {
  await createTable(db, 'content_version', { columns: { kind: 'word', slug: 'word', version: 'word', track: 'word', sha256: 'hash', status_at_publish: 'word', published_at: 'instant', bytes: 'bytes' }, key: 'kind, slug, version, track' })
  await createTable(db, 'content_review', { columns: { id: 'id', kind: 'word', slug: 'word', version: 'word', status: 'word', by_whom: 'code', on_day: 'day', note: 'text', recorded_at: 'instant', entered: 'word' }, key: 'id', unique: ['kind, slug, version, status, on_day, entered'] })
  await createTable(db, 'content_release', { columns: { id: 'id', kind: 'word', slug: 'word', version: 'word', impact: 'word', gives: 'word', unit_slug: 'word', reason: 'text', by_account: 'id', at: 'instant' }, key: 'id', unique: ['kind, slug, version'] })
  await createTable(db, 'bank_version', { columns: { slug: 'word', version: 'word', track: 'word', sha256: 'hash', published_at: 'instant', bytes: 'bytes' }, key: 'slug, version, track' })
  await createTable(db, 'erratum', { columns: { id: 'id', slug: 'word', question_id: 'word', corrected: 'text', reason: 'text', at: 'instant' }, key: 'id', index: ['slug, question_id'] })
  await createTable(db, 'requirement_version', { columns: { requirement_id: 'word', version: 'int', sha256: 'hash', json: 'text', valid_from: 'day', published_at: 'instant' }, key: 'requirement_id, version' })

  await createTable(db, 'content_revision', {
    columns: { id: 'id', slug: 'word', version: 'word', impact: 'word', gives: 'word', unit_slug: 'word', reason: 'text', on_day: 'day', at: 'instant', announced_by: 'id?' },
    key: 'id', unique: ['slug, version'], check: ["impact in ('minor','major','law')", "gives in ('none','unit','whole') and (impact = 'minor') = (gives = 'none') and (gives = 'unit') = (unit_slug <> '')"],
  })

  await createTable(db, 'assignment', {
    columns: { id: 'id', engagement_id: 'id>engagement', target_kind: 'word', target_slug: 'word', period: 'word', opens_on: 'day', due_on: 'day', created_at: 'instant', created_by: 'id>change_set', settled_at: 'instant', settled_as: 'word?' },
    key: 'id', unique: ['engagement_id, target_kind, target_slug, period'], index: ['settled_at, due_on, engagement_id'],
    check: [
      "target_kind in ('module','pledge','certificate')",
      "settled_as is null or settled_as in ('completed','declined','ended','exempted','withdrawn')",
      '(settled_as is null) = (settled_at = 253402300799999)',
    ],
  })
  await createTable(db, 'assignment_cause', { columns: { assignment_id: 'id>assignment', requirement_id: 'word', requirement_version: 'int', since: 'day', until: 'day' }, key: 'assignment_id, requirement_id, since' })
  await createTable(db, 'planning', { columns: { id: 'id', change_set_id: 'id>change_set', at: 'instant', total: 'int', done: 'int', last_engagement_id: 'word', counts: 'text', finished_at: 'instant?' }, key: 'id', unique: ['change_set_id'] })
  await createTable(db, 'assignment_event', {
    columns: { id: 'id', assignment_id: 'id>assignment', kind: 'word', new_due_on: 'day?', reason_code: 'word', note: 'text', requested_by: 'id?', approved_by: 'id?', at: 'instant', refs: 'text' },
    key: 'id', index: ['assignment_id, at'], check: ["kind in ('exempt','defer','suspend','resume','grant','void','credit')"],
  })
  await createTable(db, 'page_shown', { columns: { assignment_id: 'id>assignment', version: 'word', track: 'word', page: 'word', rendered_sha256: 'hash', first_at: 'instant', last_at: 'instant', seconds: 'int' }, key: 'assignment_id, version, track, page' })
  await createTable(db, 'study_session', { columns: { id: 'id', assignment_id: 'id>assignment', started_at: 'instant', ended_at: 'instant', counted_seconds: 'int', idle_seconds: 'int', measured: 'word' }, key: 'id', index: ['assignment_id'], check: ["measured in ('events','capped')"] })
  await createTable(db, 'attempt', {
    columns: { id: 'id', assignment_id: 'id>assignment', ordinal: 'int', module_version: 'word', bank_version: 'word', seed: 'word', asked: 'int', extra_minutes: 'int', opened_at: 'instant', closes_at: 'instant?', finished_at: 'instant?', open_slot: 'int?', score: 'int?', passed: 'int?' },
    key: 'id', unique: ['assignment_id, ordinal', 'assignment_id, open_slot'],
    check: ['(finished_at is null) = (open_slot is not null)', 'open_slot is null or open_slot = 1', '(finished_at is null) = (passed is null)', 'passed is null or passed in (0, 1)'],
  })
  await createTable(db, 'attempt_item', { columns: { attempt_id: 'id>attempt', position: 'int', question_id: 'word', option_order: 'text', answer: 'text?', saved_at: 'instant?', revision: 'int', correct: 'int?' }, key: 'attempt_id, position' })
  await createTable(db, 'completion', {
    columns: { id: 'id', assignment_id: 'id>assignment', attempt_id: 'id?>attempt', content_version: 'word', bank_version: 'word?', rendered_sha256: 'hash', completed_at: 'instant', minutes: 'int', route: 'word', scan_sha256: 'hash?>blob', entered_by: 'id?', approved_by: 'id?', settle_slot: 'int?' },
    key: 'id', unique: ['assignment_id, settle_slot'], check: ["route in ('screen','paper','class','equivalent')", 'settle_slot is null or settle_slot = 1'],
  })

  await createTable(db, 'pledge_act', {
    columns: { id: 'id', assignment_id: 'id>assignment', outcome: 'word', template: 'word', version: 'word', track: 'word', addressee_company_id: 'id>company', statement_sha256: 'hash', pages_shown: 'text', clauses_ticked: 'text', name_typed: 'code', name_registered: 'code', auth_method: 'word', credential_origin: 'word', evidence_grade: 'word', signed_at: 'instant', signed_at_text: 'word', address: 'word', agent: 'text', note: 'text', receipt: 'word', settle_slot: 'int?' },
    key: 'id', unique: ['assignment_id, settle_slot', 'receipt'],
    check: ["outcome in ('signed','declined','question','later','explainedDeclined','unreachable')", 'settle_slot is null or settle_slot = 1'],
  })
  await createTable(db, 'pledge_pdf', { columns: { act_id: 'id>pledge_act', sha256: 'hash', made_at: 'instant' }, key: 'act_id' })
  await createTable(db, 'pledge_certificate', { columns: { id: 'id', company_id: 'id>company', template: 'word', version: 'word', declared_by: 'id>account', statement_sha256: 'hash', at: 'instant', route: 'word', receipt: 'word', name_typed: 'code' }, key: 'id', unique: ['receipt'], index: ['company_id'] })
  await createTable(db, 'pledge_certificate_line', { columns: { certificate_id: 'id>pledge_certificate', engagement_id: 'id>engagement', assignment_id: 'id>assignment', taken_on: 'day' }, key: 'certificate_id, engagement_id', index: ['engagement_id'] })
  await createTable(db, 'agency_agreement', {
    columns: { id: 'id', company_id: 'id>company', agreed_on: 'day', scan_sha256: 'hash>blob', entered_by: 'id>account', at: 'instant', voided_at: 'instant?', voided_by: 'id?', open_slot: 'int?' },
    key: 'id', unique: ['company_id, open_slot'], check: ['(voided_at is null) = (open_slot is not null)', 'open_slot is null or open_slot = 1'],
  })

  await createTable(db, 'correction_request', { columns: { id: 'id', person_id: 'id>person', engagement_id: 'id?>engagement', subject: 'word', assignment_id: 'id?>assignment', body: 'text', at: 'instant', answered_at: 'instant?', answered_by: 'id?', answer: 'text' }, key: 'id', index: ['person_id', 'answered_at, at'] })
  await createTable(db, 'reader_note', {
    columns: { id: 'id', account_id: 'id>account', kind: 'word', slug: 'word', version: 'word', section: 'word', body: 'text', at: 'instant', status: 'word', answered_at: 'instant?', answered_by: 'id?', answer: 'text' },
    key: 'id', index: ['account_id', 'status, id'], check: ["status in ('open','fixed','planned','asIs')", "(status = 'open') = (answered_at is null)"],
  })
  await createTable(db, 'reminder', { columns: { id: 'id', assignment_id: 'id>assignment', sent_by: 'id?', recipient_kind: 'word', recipient_id: 'id', channel: 'word', reason_code: 'word', requested_at: 'instant', mail_id: 'id?>mail', leaves_at: 'instant?', leaves_in: 'word?', result: 'word', result_at: 'instant?', note: 'text' }, key: 'id', index: ['assignment_id', 'mail_id', 'result, requested_at'] })
  await createTable(db, 'opportunity_grant', { columns: { id: 'id', assignment_id: 'id>assignment', granted_by: 'id', starts_at: 'instant', ends_at: 'instant', at: 'instant' }, key: 'id', index: ['assignment_id'] })
}
