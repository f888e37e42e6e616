import type { Kysely } from 'kysely'
import { createTable } from './table'

/** What those who answer for others ask, decide, note and declare. */
export async function up(db: Kysely<never>): Promise<void> {
  await createTable(db, 'approval_request', {
    columns: {
      id: 'id', kind: 'word', assignment_id: 'id>assignment', engagement_id: 'id>engagement', reason_code: 'word', note: 'text', wished_due_on: 'day?', proposal: 'text', scan_sha256: 'hash?>blob',
      asked_by: 'id>account', asked_as: 'word', asked_at: 'instant', decided_by: 'id?>account', decided_at: 'instant?', outcome: 'word?', answer: 'text', open_slot: 'int?',
    },
    key: 'id', unique: ['assignment_id, open_slot'], index: ['open_slot, asked_at', 'engagement_id, asked_at', 'asked_by, asked_at'],
    check: [
      "kind in ('defer','exempt','paper','class','equivalent','paperPledge')", "asked_as in ('manager','company','hr')",
      "outcome is null or outcome in ('accepted','partly','returned','withdrawn')",
      '(outcome is null) = (decided_at is null)', '(outcome is null) = (open_slot is not null)', 'open_slot is null or open_slot = 1',
    ],
  })
  await createTable(db, 'contact_try', {
    columns: { id: 'id', assignment_id: 'id>assignment', on_day: 'day', channel: 'word', note: 'text', entered_by: 'id>account', at: 'instant' },
    key: 'id', index: ['assignment_id, at'], check: ["channel in ('mail','phone','letter','inPerson')"],
  })
  await createTable(db, 'return_item', {
    columns: { id: 'id', engagement_id: 'id>engagement', kind: 'word', words: 'code', entered_by: 'id?>account', at: 'instant', done_on: 'day?', done_by: 'id?>account', noted_at: 'instant?', voided_at: 'instant?', voided_by: 'id?>account' },
    key: 'id', index: ['engagement_id', 'done_on, engagement_id'], check: ["kind in ('thing','data','access')", '(done_on is null) = (noted_at is null)'],
  })
  await createTable(db, 'death_note', {
    columns: { id: 'id', person_id: 'id>person', noted_by: 'id>account', at: 'instant', voided_at: 'instant?', voided_by: 'id?>account', open_slot: 'int?' },
    key: 'id', unique: ['person_id, open_slot'], check: ['(voided_at is null) = (open_slot is not null)', 'open_slot is null or open_slot = 1'],
  })
  await createTable(db, 'due_change', { columns: { id: 'id', assignment_id: 'id>assignment', at: 'instant', due_before: 'day' }, key: 'id', index: ['assignment_id, at'] })
  await createTable(db, 'company_headcount', {
    columns: { id: 'id', company_id: 'id>company', people: 'int', on_day: 'day', declared_by: 'id>account', at: 'instant' },
    key: 'id', index: ['company_id, at'], check: ['people >= 0'],
  })
  await createTable(db, 'filing', {
    columns: {
      id: 'id', slug: 'word', version: 'word', subject_kind: 'word', subject_id: 'id', company_id: 'id?>company', unit_id: 'id?>org_unit', period: 'word', opens_on: 'day', due_on: 'day', opened_by: 'id>account', opened_at: 'instant',
    },
    key: 'id', unique: ['slug, subject_id, period'], index: ['company_id, slug', 'unit_id, slug'],
    check: ["subject_kind in ('company','entrustment','unit')", "(subject_kind = 'unit') = (unit_id is not null)", '(company_id is null) = (unit_id is not null)'],
  })
  await createTable(db, 'filing_answer', {
    columns: { filing_id: 'id>filing', item_id: 'word', answer: 'word?', remark: 'text', improve_by: 'word', saved_by: 'id>account', saved_at: 'instant' },
    key: 'filing_id, item_id', check: ["answer is null or answer in ('done','partly','notDone','none')"],
  })
  await createTable(db, 'filing_attachment', {
    columns: { id: 'id', filing_id: 'id>filing', item_id: 'word', sha256: 'hash>blob', name: 'code', added_by: 'id>account', added_at: 'instant', removed_at: 'instant?', removed_by: 'id?>account' },
    key: 'id', index: ['filing_id, item_id'],
  })
  await createTable(db, 'filing_act', {
    columns: {
      id: 'id', filing_id: 'id>filing', ordinal: 'int', kind: 'word', by_account: 'id>account', at: 'instant', statement_sha256: 'hash?>blob', receipt: 'word', name_typed: 'code', note: 'text', done: 'int', partly: 'int', not_done: 'int', not_applicable: 'int',
    },
    key: 'id', unique: ['filing_id, ordinal'], check: ["kind in ('submitted','returned','accepted')", "(kind = 'submitted') = (statement_sha256 is not null)"],
  })
  await createTable(db, 'filing_remark', { columns: { act_id: 'id>filing_act', item_id: 'word', words: 'text' }, key: 'act_id, item_id' })
  await createTable(db, 'finding', {
    columns: { id: 'id', filing_id: 'id>filing', act_id: 'id>filing_act', item_id: 'word', position: 'int', answer: 'word', improve_by: 'day', raised_at: 'instant', settled_at: 'instant' },
    key: 'id', unique: ['act_id, item_id'], index: ['filing_id, item_id', 'settled_at, improve_by'], check: ["answer in ('partly','notDone')"],
  })
  await createTable(db, 'finding_act', {
    columns: { id: 'id', finding_id: 'id>finding', ordinal: 'int', kind: 'word', by_account: 'id>account', at: 'instant', mended_on: 'word', words: 'text' },
    key: 'id', unique: ['finding_id, ordinal'], check: ["kind in ('reported','returned','accepted','followed','replaced')", "(kind = 'reported') = (mended_on <> '')"],
  })
  await createTable(db, 'finding_file', { columns: { id: 'id', act_id: 'id>finding_act', sha256: 'hash>blob', name: 'code' }, key: 'id', unique: ['act_id, sha256'] })
  await createTable(db, 'access_alarm', {
    columns: { id: 'id', actor_account_id: 'id>account', day: 'day', people: 'int', at: 'instant' },
    key: 'id', unique: ['actor_account_id, day'], index: ['at'],
  })
  await createTable(db, 'line_member', {
    columns: { line_key: 'id', engagement_id: 'id>engagement', bucket: 'word', next_due: 'day', kind: 'word', sort_key: 'code', valid_to: 'day' },
    key: 'line_key, engagement_id', index: ['line_key, bucket, next_due, sort_key, engagement_id', 'line_key, sort_key, engagement_id', 'engagement_id'],
    check: ["bucket in ('before','todo','doing','deferred','held','leave','done','doneLate','exempt','none')"],
  })
  await createTable(db, 'line_count', {
    columns: { line_key: 'id', bucket: 'word', next_due: 'day', kind: 'word', people: 'int', at: 'instant' },
    key: 'line_key, bucket, next_due, kind',
  })
}
