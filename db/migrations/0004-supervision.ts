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
