import type { Kysely } from 'kysely'
import { createTable } from './table'

/** Accounts, sessions, sign-in codes, and the record of who looked. */
export async function up(db: Kysely<never>): Promise<void> {
  await createTable(db, 'account', {
    columns: { id: 'id', person_id: 'id>person', password_hash: 'text?', must_change: 'flag', disabled_at: 'instant?', notice_version: 'word?', notice_at: 'instant?', furigana: 'flag', track: 'word', created_at: 'instant' },
    key: 'id', unique: ['person_id'],
  })
  await createTable(db, 'login_identifier', { columns: { folded: 'code', account_id: 'id>account', kind: 'word' }, key: 'folded', index: ['account_id'], check: ["kind in ('number','mail')"] })
  await createTable(db, 'authenticator', { columns: { id: 'id', account_id: 'id>account', kind: 'word', public: 'text', created_at: 'instant', revoked_at: 'instant?' }, key: 'id', index: ['account_id'] })
  await createTable(db, 'sign_in_code', {
    columns: { hash: 'hash', account_id: 'id>account', purpose: 'word', issued_by: 'id?>account', created_at: 'instant', expires_at: 'instant', used_at: 'instant?', revoked_at: 'instant?' },
    key: 'hash', index: ['account_id'], check: ["purpose in ('invite','reset','slip')"],
  })
  await createTable(db, 'session', {
    columns: { id_hash: 'hash', account_id: 'id>account', created_at: 'instant', last_seen_at: 'instant', expires_at: 'instant', shared_terminal: 'flag', address: 'word', agent: 'text', auth_method: 'word' },
    key: 'id_hash', index: ['account_id'],
  })
  await createTable(db, 'throttle', { columns: { bucket: 'code', failures: 'int', refilled_at: 'instant' }, key: 'bucket' })
  await createTable(db, 'access_log', {
    columns: { id: 'id', at: 'instant', actor_account_id: 'id?>account', actor_system: 'code', act: 'word', subject_kind: 'word', subject_id: 'code', reason: 'text', sha256: 'hash?' },
    key: 'id', index: ['actor_account_id, at', 'subject_id, at', 'at'], check: ["act in ('view','download','search','export')", "(actor_account_id is null) = (actor_system <> '')"],
  })
  await createTable(db, 'export_record', { columns: { id: 'id', actor_account_id: 'id?>account', actor_system: 'code', at: 'instant', reason: 'text', kind: 'word', subjects: 'text', sha256: 'hash' }, key: 'id', index: ['at'] })
  await createTable(db, 'job_lease', { columns: { name: 'word', owner: 'word', leased_until: 'instant', token: 'instant', succeeded_at: 'instant?', trying_since: 'instant?', failure: 'word' }, key: 'name' })
  await createTable(db, 'job_run', { columns: { id: 'id', name: 'word', slot: 'word', started_at: 'instant', finished_at: 'instant?', counts: 'text' }, key: 'id', unique: ['name, slot'] })
  await createTable(db, 'mail', {
    columns: { id: 'id', day: 'day', class: 'word', template: 'word', recipient_id: 'id', dedupe_key: 'code', to_address: 'code', props: 'text', state: 'word', tries: 'int', next_try_at: 'instant', leased_until: 'instant', lease_owner: 'word', sent_at: 'instant?', message_id: 'code', error: 'text' },
    key: 'id', unique: ['dedupe_key'], index: ['state, next_try_at', 'recipient_id, day'],
    check: ["class in ('request','receipt','code','digest')", "state in ('waiting','sending','sent','givenUp','needless','fictional')"],
  })
}
