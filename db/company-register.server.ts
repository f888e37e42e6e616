import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import type { CompanyHeadcountTable } from './schema'

/** What a company says of itself and what is agreed with it. Every query takes the companies in reach. */

/** 会社コード of companies. */
export async function listCodesOfCompanies(db: Db, companyIds: readonly string[]): Promise<string[]> {
  if (companyIds.length === 0) return []
  return (await db.selectFrom('company').select('code').where('id', 'in', [...companyIds]).orderBy('code').execute()).map(({ code }) => code)
}

/** How many people each company last declared to have at work for the operator. */
export async function listHeadcounts(db: Db, companyIds: readonly string[]): Promise<Map<string, { people: number; at: Instant }>> {
  if (companyIds.length === 0) return new Map()
  const rows = await db.selectFrom('company_headcount as h').select(['h.company_id', 'h.people', 'h.at']).where('h.company_id', 'in', [...companyIds])
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('company_headcount as l').select('l.id').whereRef('l.company_id', '=', 'h.company_id').where((on) => on.or([on('l.at', '>', on.ref('h.at')), on.and([on('l.at', '=', on.ref('h.at')), on('l.id', '>', on.ref('h.id'))])]))))).execute()
  return new Map(rows.map((row) => [row.company_id, { people: row.people, at: row.at }]))
}

/** Takes hold of a company until the transaction ends; false when there is none. */
export async function lockCompany(tx: Tx, companyId: string): Promise<boolean> {
  return (await lockRows(tx, tx.selectFrom('company').select('id').where('id', '=', companyId)).execute()).length === 1
}

/** Enters a declared headcount; the one before stays. */
export async function recordHeadcount(tx: Tx, row: CompanyHeadcountTable): Promise<void> {
  await insertRows(tx, 'company_headcount', [row])
}

export interface Contract {
  companyId: string
  number: string
  status: 'pending' | 'approved' | 'ended'
  from: Day
  to: Day
}

/** The contracts of companies that hold on a day or are to come, the one that lasts longest first. */
export async function listContracts(db: Db, companyIds: readonly string[], today: Day): Promise<Contract[]> {
  if (companyIds.length === 0) return []
  const rows = await db.selectFrom('entrustment as e').innerJoin('entrustment_version as v', 'v.entrustment_id', 'e.id').select(['e.company_id', 'e.contract_number', 'v.status', 'v.valid_from', 'v.valid_to'])
    .where('e.company_id', 'in', [...companyIds]).where('v.superseded_at', '=', OPEN_INSTANT).where('v.valid_to', '>', today).orderBy('v.valid_to', 'desc').orderBy(sql`e.contract_number`).execute()
  return rows.map((row) => ({ companyId: row.company_id, number: row.contract_number, status: row.status, from: row.valid_from, to: row.valid_to }))
}
