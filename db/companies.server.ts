import { OPEN_DAY, OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { CompanyPlan } from '../app/domain/roster-companies'
import type { StoredCompany } from '../app/domain/roster-state'
import { insertAbsentRows, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { recordFacts, supersedeFacts, type Writing } from './facts.server'

/** The own company is the one without 会社コード. */
export const OWN_COMPANY_CODE = ''

/** Locks the register: changes of people, units and companies stand in line behind the own company's row, which is made when it is not there. */
export async function lockRegister(tx: Tx, newId: () => string): Promise<void> {
  const own = () => lockRows(tx, tx.selectFrom('company').select('id').where('code', '=', OWN_COMPANY_CODE)).executeTakeFirst()
  if (await own()) return
  await insertAbsentRows(tx, 'company', 'code', [{ id: newId(), code: OWN_COMPANY_CODE }])
  await own()
}

/** Gives the own company its name since the day it is first heard of; a new name holds from `today` on. Answers its id. */
export async function recordOwnCompany(tx: Tx, name: string, since: Day, today: Day, writing: Writing): Promise<string> {
  const own = await tx.selectFrom('company').select('id').where('code', '=', OWN_COMPANY_CODE).executeTakeFirstOrThrow()
  const known = await tx.selectFrom('company_version').select(['id', 'name', 'valid_from']).where('company_id', '=', own.id).where('superseded_at', '=', OPEN_INSTANT).orderBy('valid_to', 'desc').limit(1).executeTakeFirst()
  if (known?.name === name) return own.id
  const named = (called: string, from: Day, to: Day) => ({ from, to, row: { company_id: own.id, name: called, kind: 'own' as const, parent_company_id: null } })
  const before = known && known.valid_from < today ? [named(known.name, known.valid_from, today)] : []
  if (known) await supersedeFacts(tx, 'company_version', [known.id], writing)
  await recordFacts(tx, 'company_version', [...before, named(name, before.length > 0 ? today : since, OPEN_DAY)], writing)
  return own.id
}

/** All companies with what holds of them as known now. */
export async function listStoredCompanies(db: Db): Promise<Map<string, StoredCompany>> {
  const [companies, versions, entrustments] = await Promise.all([
    db.selectFrom('company').selectAll().execute(),
    db.selectFrom('company_version').selectAll().where('superseded_at', '=', OPEN_INSTANT).orderBy('valid_from').execute(),
    db.selectFrom('entrustment as e').leftJoin('entrustment_version as v', (on) => on.onRef('v.entrustment_id', '=', 'e.id').on('v.superseded_at', '=', OPEN_INSTANT))
      .select(['e.id', 'e.company_id', 'e.contract_number', 'v.id as version_id', 'v.names_allowed', 'v.contact_number', 'v.valid_from', 'v.valid_to']).orderBy('e.contract_number').orderBy('v.valid_from').execute(),
  ])
  const codeOf = new Map(companies.map(({ id, code }) => [id, code]))
  const byId = new Map<string, StoredCompany>(companies.map(({ id, code }) => [id, { id, code, versions: [], entrustments: [] }]))
  for (const row of versions)
    byId.get(row.company_id)!.versions.push({ id: row.id, from: row.valid_from, to: row.valid_to, attrs: { name: row.name, kind: row.kind, parentCode: row.parent_company_id ? codeOf.get(row.parent_company_id)! : '' } })
  for (const row of entrustments) {
    const held = byId.get(row.company_id)!.entrustments
    let one = held.find(({ id }) => id === row.id)
    if (!one) held.push((one = { id: row.id, contractNumber: row.contract_number, versions: [] }))
    if (row.version_id) one.versions.push({ id: row.version_id, from: row.valid_from!, to: row.valid_to!, attrs: { namesAllowed: row.names_allowed === 1, contactNumber: row.contact_number! } })
  }
  return new Map([...byId.values()].map((company) => [company.code, company]))
}

/** Writes companies and their contracts; answers the ids by 会社コード of all there are. */
export async function recordCompanies(tx: Tx, plans: readonly CompanyPlan[], stored: ReadonlyMap<string, StoredCompany>, writing: Writing): Promise<Map<string, string>> {
  const idOf = new Map([...stored.values()].map(({ code, id }) => [code, id]))
  const fresh = plans.filter(({ id }) => id === null).map(({ code }) => ({ id: writing.newId(), code }))
  await insertRows(tx, 'company', fresh)
  for (const { code, id } of fresh) idOf.set(code, id)
  await supersedeFacts(tx, 'company_version', plans.flatMap(({ versions }) => versions.supersede.map(({ id }) => id!)), writing)
  await recordFacts(tx, 'company_version', plans.flatMap(({ code, versions }) => versions.insert.map(({ from, to, attrs }) => ({
    from, to, row: { company_id: idOf.get(code)!, name: attrs.name, kind: attrs.kind, parent_company_id: attrs.parentCode ? idOf.get(attrs.parentCode)! : null },
  }))), writing)
  const entrustments = plans.flatMap((plan) => plan.entrustments.map((one) => ({ ...one, id: one.id ?? writing.newId(), fresh: one.id === null, company: plan })))
  const parentIds = new Map([...stored.values()].flatMap(({ code, entrustments: held }) => (held[0] ? [[code, held[0].id] as const] : [])))
  for (const { company, id } of entrustments) if (!parentIds.has(company.code)) parentIds.set(company.code, id)
  const parentOf = (plan: CompanyPlan) => parentIds.get(plan.versions.insert.at(-1)?.attrs.parentCode ?? stored.get(plan.code)?.versions.at(-1)?.attrs.parentCode ?? '') ?? null
  // A contract stands after the one it hangs on.
  const depth = (plan: CompanyPlan): number => {
    const above = plans.find(({ code }) => code === plan.versions.insert.at(-1)?.attrs.parentCode)
    return above ? depth(above) + 1 : 0
  }
  const rows = entrustments.filter(({ fresh: isNew }) => isNew).sort((a, b) => depth(a.company) - depth(b.company))
  await insertRows(tx, 'entrustment', rows.map(({ id, contractNumber, company }) => ({ id, contract_number: contractNumber, company_id: idOf.get(company.code)!, parent_entrustment_id: parentOf(company) })))
  await supersedeFacts(tx, 'entrustment_version', entrustments.flatMap(({ versions }) => versions.supersede.map(({ id }) => id!)), writing)
  await recordFacts(tx, 'entrustment_version', entrustments.flatMap(({ id, versions }) => versions.insert.map(({ from, to, attrs }) => ({
    from, to, row: { entrustment_id: id, status: 'approved' as const, names_allowed: attrs.namesAllowed ? (1 as const) : (0 as const), contact_number: attrs.contactNumber, terms: '{}' },
  }))), writing)
  return idOf
}
