import type { Kysely } from 'kysely'
import { createTable, FACT_CHECKS, FACT_COLUMNS } from './table'

/** Change sets, evidence, and who: people, companies, units, roles, with both times. */
export async function up(db: Kysely<never>): Promise<void> {
  await createTable(db, 'change_set', {
    columns: { id: 'id', kind: 'word', actor_account_id: 'id?', at: 'instant', source_sha256: 'hash?', undoes: 'id?>change_set', note: 'text', summary: 'text' },
    key: 'id', unique: ['undoes'], index: ['at'],
    check: ["kind in ('import', 'edit', 'undo', 'plan')"],
  })
  await createTable(db, 'import_draft', {
    columns: { id: 'id', actor_account_id: 'id', kind: 'word', at: 'instant', expires_at: 'instant', roster: 'bytes', companies: 'bytes?', units: 'bytes?', scope: 'code', file_name: 'code', base_sha256: 'hash', report: 'text', leaving: 'text' },
    key: 'id', index: ['actor_account_id', 'expires_at'],
  })
  await createTable(db, 'blob', { columns: { sha256: 'hash', media_type: 'word', size: 'int', bytes: 'bytes' }, key: 'sha256' })
  await createTable(db, 'command_key', { columns: { command_key: 'code', command: 'word', at: 'instant', result: 'text' }, key: 'command_key', index: ['at'] })

  await createTable(db, 'person', { columns: { id: 'id', created_at: 'instant', merged_into: 'id?>person' }, key: 'id' })
  await createTable(db, 'company', { columns: { id: 'id', code: 'word' }, key: 'id', unique: ['code'] })
  await createTable(db, 'engagement', {
    columns: { id: 'id', person_id: 'id>person', number: 'word', sequence: 'int', employer_company_id: 'id>company', created_at: 'instant' },
    key: 'id', unique: ['number, sequence'], index: ['person_id', 'employer_company_id'], check: ['sequence >= 1'],
  })
  await createTable(db, 'ledger_entry', {
    columns: { id: 'id', type: 'word', at: 'instant', actor_kind: 'word', commitment: 'hash', subject_engagement_id: 'id?>engagement', actor_account_id: 'id?', command_key: 'code?', seq: 'instant?', leaf_hash: 'hash?' },
    key: 'id', unique: ['command_key', 'seq'], index: ['at', 'subject_engagement_id, at', 'actor_account_id, at'], check: ["actor_kind in ('person', 'system')", '(seq is null) = (leaf_hash is null)'],
  })
  await createTable(db, 'ledger_payload', { columns: { entry_id: 'id>ledger_entry', salt: 'bytes', bytes: 'bytes' }, key: 'entry_id' })

  await createTable(db, 'org_unit', { columns: { id: 'id', code: 'word' }, key: 'id', unique: ['code'] })
  const fact = async (name: string, owner: Record<string, 'id>engagement' | 'id>company' | 'id>org_unit' | 'id>entrustment'>, columns: Parameters<typeof createTable>[2]['columns'], discriminator = '', check: string[] = [], index: string[] = []) =>
    createTable(db, name, {
      columns: { id: 'id', ...owner, ...columns, ...FACT_COLUMNS },
      key: 'id',
      unique: [`${Object.keys(owner)[0]}, ${discriminator}valid_from, superseded_at`],
      index: ['recorded_by', 'superseded_by', ...index],
      check: [...FACT_CHECKS, ...check],
    })
  await fact('engagement_version', { engagement_id: 'id>engagement' }, { kind: 'word', display_name: 'code', kana: 'code', name_folded: 'code', mail: 'code', unit_id: 'id?>org_unit', supervisor_number: 'word', under18_until: 'code' }, '', [
    "kind in ('regular','contractEmployee','commissioned','partTime','casual','officer','executive','auditOfficer','secondedIn','dispatched','contractorWorker','soleContractor')",
  ], ['supervisor_number, superseded_at, valid_to'])
  await fact('company_version', { company_id: 'id>company' }, { name: 'code', kind: 'word', parent_company_id: 'id?>company' }, '', [
    "kind in ('own','agency','contractor','subcontractor','salesAgency','sole')",
  ])
  await createTable(db, 'entrustment', {
    columns: { id: 'id', contract_number: 'code', company_id: 'id>company', parent_entrustment_id: 'id?>entrustment' },
    key: 'id', unique: ['company_id, contract_number'],
  })
  await fact('entrustment_version', { entrustment_id: 'id>entrustment' }, { status: 'word', names_allowed: 'flag', contact_number: 'word', terms: 'text' }, '', ["status in ('pending','approved','ended')"])
  await fact('org_unit_version', { unit_id: 'id>org_unit' }, { parent_unit_id: 'id?>org_unit', name: 'code', kind: 'word', head_number: 'word' })
  await fact('appointment', { engagement_id: 'id>engagement' }, { role: 'word', scope_kind: 'word', scope_id: 'code', delegated_from: 'id?>engagement' }, 'role, scope_kind, scope_id, ', [
    "role in ('unitHead','protectionManager','protectionDeputy','companyContact','hr','chief','auditLead','systemAdministrator')",
    "scope_kind in ('all','unit','company') and (scope_kind = 'all') = (scope_id = '')",
  ])
  await fact('handling_scope', { engagement_id: 'id>engagement' }, { category: 'word', system: 'code', purpose: 'code', access_level: 'word' }, 'category, system, purpose, ', [
    "category in ('communicationsSecrecy','specifiedUserInfo','personalInfo','myNumber')",
  ])
  await fact('leave_period', { engagement_id: 'id>engagement' }, { reason_code: 'word' })
  await createTable(db, 'accommodation', {
    columns: { id: 'id', engagement_id: 'id>engagement', kind: 'word', target_slug: 'word', extra_minutes: 'int?', note: 'bytes', decided_by: 'id', at: 'instant', voided_at: 'instant?', voided_by: 'id?', open_slot: 'int?' },
    key: 'id', unique: ['engagement_id, kind, target_slug, open_slot'], check: ['(voided_at is null) = (open_slot is not null)', 'open_slot is null or open_slot = 1'],
  })
  await createTable(db, 'engagement_current', {
    columns: { engagement_id: 'id>engagement', person_id: 'id', number: 'word', kind: 'word', relation: 'word', company_id: 'id', unit_id: 'id?', unit_path: 'code', supervisor_engagement_id: 'id?', sort_key: 'code', on_leave: 'flag', valid_from: 'day', valid_to: 'day' },
    key: 'engagement_id', index: ['unit_id, relation, company_id', 'supervisor_engagement_id, sort_key', 'company_id, sort_key', 'person_id', 'valid_to, number', 'valid_from, company_id, kind'],
    check: ["relation in ('own','dispatched','contract','sole')"],
  })
  await createTable(db, 'unit_closure', { columns: { ancestor_id: 'id>org_unit', unit_id: 'id>org_unit', depth: 'int' }, key: 'ancestor_id, unit_id', index: ['unit_id'] })
  await createTable(db, 'search_token', { columns: { token: 'code', engagement_id: 'id>engagement' }, key: 'token, engagement_id', index: ['engagement_id'] })
}
