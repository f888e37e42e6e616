import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { Category, EngagementKind, Role } from '../app/domain/people'
import type { Register, StoredAppointment, StoredEngagement } from '../app/domain/roster-state'
import type { Segment } from '../app/domain/timeline'
import { listCapacitiesOfPeople, listNumbersReportedTo, listOfficeRoles } from './appointments.server'
import { listStoredCompanies } from './companies.server'
import type { Db } from './database.server'
import { COLUMN_END, oneText } from './dialect.server'
import { listStoredUnits } from './units.server'

const PART = 1000
/** From this many engagements on, facts beside the versions are read in one sweep instead of by id. */
const SWEEP_FROM = 2000

/** What is asked of the register: everybody of some companies, and everybody with some numbers. */
export interface RegisterQuery {
  companyCodes: readonly string[]
  numbers: readonly string[]
  /** Whose handling scopes and leave are compared; left out where everybody's are asked for. */
  compared?: readonly string[]
  /** Whose facts beside the versions the hash covers: the same for a preview and for what is applied, whoever was chosen to leave in between. */
  hashed?: readonly string[]
  /** Whether the file speaks for whole companies: most of whom it names are there then. */
  whole?: boolean
  /** From which day on office roles matter; left out where nothing is decided. */
  day?: Day
  /** Whether it is asked what the people with the compared numbers stand for. */
  standing?: boolean
}

/**
 * Reads the part of the register that a change is compared with, and the hash of exactly that, for who asks: a fact never changes,
 * so the identifiers of the facts in force stand for all they say.
 */
export async function readRegister(db: Db, query: RegisterQuery, sweepFrom = SWEEP_FROM): Promise<{ register: Register; sha256: () => string }> {
  const companies = await listStoredCompanies(db)
  const units = await listStoredUnits(db)
  const codeOfUnit = new Map([...units.values()].map(({ id, code }) => [id, code]))
  const codeOfCompany = new Map([...companies.values()].map(({ id, code }) => [id, code]))
  const engagements = new Map<string, StoredEngagement[]>()
  const byId = new Map<string, StoredEngagement>()
  const take = (rows: readonly { written: string }[]) => {
    for (const { written } of rows) {
      const [id, personId, number, sequence, companyId, versionId, from, to, kind, name, kana, mail, unitId, supervisor, under18Until] = written.split(COLUMN_END) as EngagementColumns
      let one = byId.get(id)
      if (!one) {
        one = { id, personId, number, sequence: Number(sequence), companyCode: codeOfCompany.get(companyId)!, versions: [], scopes: new Map(), leaves: [] }
        byId.set(id, one)
        const held = engagements.get(number)
        if (held) held.push(one)
        else engagements.set(number, [one])
      }
      if (versionId !== '' && !one.versions.some((version) => version.id === versionId))
        one.versions.push({ id: versionId, from, to, attrs: { kind, name, kana, mail, unitCode: unitId === '' ? '' : codeOfUnit.get(unitId)!, supervisor, under18Until } })
    }
  }
  const takeNumbers = async (numbers: readonly string[]) => {
    for (let start = 0; start < numbers.length; start += PART) take(await engagementRows(db).where('e.number', 'in', numbers.slice(start, start + PART)).execute())
  }
  const companyIds = query.companyCodes.flatMap((code) => companies.get(code)?.id ?? [])
  const ofCompanies = companyIds.length > 0 ? engagementRows(db).where('e.employer_company_id', 'in', companyIds).execute() : undefined
  // on its way already while the rows before it are taken in
  const beside = ofCompanies && query.whole && (query.compared ?? []).length >= sweepFrom ? listBeside(db, 'all') : undefined
  beside?.catch(() => undefined)
  if (ofCompanies) {
    take(await ofCompanies)
    await takeNumbers((await db.selectFrom('engagement').select('number').distinct().where('sequence', '>', 1).execute()).map(({ number }) => number))
  }
  await takeNumbers([...new Set(query.numbers)].filter((number) => number !== '' && !engagements.has(number)))
  for (const held of engagements.values()) if (held.length > 1) held.sort((a, b) => a.sequence - b.sequence)
  for (const { versions } of byId.values()) if (versions.length > 1) versions.sort((a, b) => (a.from < b.from ? -1 : 1))
  await readBeside(db, query.compared ? ofNumbers(query.compared, engagements) : byId, beside, sweepFrom)
  const register: Register = { engagements, companies, units, appointments: await readAppointments(db), officeRoles: query.day ? await listOfficeRoles(db, query.day) : new Map<string, Role[]>() }
  if (query.standing && query.day) {
    const compared = [...new Set(query.compared)]
    const people = compared.flatMap((number) => (engagements.get(number) ?? []).map(({ personId }) => personId))
    register.standing = { capacities: await listCapacitiesOfPeople(db, people, query.day), reportedTo: await listNumbersReportedTo(db, compared, query.day) }
  }
  return { register, sha256: () => hashOf(register, query.hashed && new Set(query.hashed)) }
}

const ofNumbers = (numbers: readonly string[], engagements: ReadonlyMap<string, readonly StoredEngagement[]>): Map<string, StoredEngagement> =>
  new Map(numbers.flatMap((number) => (engagements.get(number) ?? []).map((one) => [one.id, one] as const)))

type EngagementColumns = [id: string, personId: string, number: string, sequence: string, companyId: string, versionId: string, from: Day, to: Day, kind: EngagementKind, name: string, kana: string, mail: string, unitId: string, supervisor: string, under18Until: Day | '']

const engagementRows = (db: Db) => db
  .selectFrom('engagement as e')
  .leftJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on('v.superseded_at', '=', OPEN_INSTANT))
  .select(oneText(db, [
    'e.id', 'e.person_id', 'e.number', 'e.sequence', 'e.employer_company_id', 'v.id', 'v.valid_from', 'v.valid_to', 'v.kind', 'v.display_name', 'v.kana', 'v.mail', 'v.unit_id', 'v.supervisor_number', 'v.under18_until',
  ]).as('written'))

/** Handling scopes and leave in force, of some engagements or of all. */
async function listBeside(db: Db, engagementIds: readonly string[] | 'all') {
  let scopes = db.selectFrom('handling_scope').select(oneText(db, ['id', 'engagement_id', 'category', 'valid_from', 'valid_to']).as('written')).where('superseded_at', '=', OPEN_INSTANT).where('system', '=', '').where('purpose', '=', '')
  let leaves = db.selectFrom('leave_period').select(['id', 'engagement_id', 'reason_code', 'valid_from', 'valid_to']).where('superseded_at', '=', OPEN_INSTANT)
  if (engagementIds !== 'all') [scopes, leaves] = [scopes.where('engagement_id', 'in', engagementIds), leaves.where('engagement_id', 'in', engagementIds)]
  return { leaves: await leaves.execute(), scopes: await scopes.execute() }
}

/** Puts handling scopes and leave to their engagements. */
async function readBeside(db: Db, byId: ReadonlyMap<string, StoredEngagement>, begun: ReturnType<typeof listBeside> | undefined, sweepFrom: number): Promise<void> {
  const ids = [...byId.keys()]
  const swept = begun ?? (ids.length >= sweepFrom ? listBeside(db, 'all') : undefined)
  for (let start = 0; start < ids.length; start += swept ? ids.length : PART) {
    const { scopes, leaves } = await (swept ?? listBeside(db, ids.slice(start, start + PART)))
    for (const { written } of scopes) {
      const [id, engagementId, category, from, to] = written.split(COLUMN_END) as [string, string, Category, Day, Day]
      const held = byId.get(engagementId)?.scopes as Map<Category, Segment<null>[]> | undefined
      if (!held) continue
      const segment = { id, from, to, attrs: null }
      const same = held.get(category)
      if (same) same.push(segment)
      else held.set(category, [segment])
    }
    for (const row of leaves) byId.get(row.engagement_id)?.leaves.push({ id: row.id, from: row.valid_from, to: row.valid_to, attrs: row.reason_code })
  }
  for (const { scopes, leaves } of byId.values()) {
    for (const segments of scopes.values()) if (segments.length > 1) segments.sort((a, b) => (a.from < b.from ? -1 : 1))
    if (leaves.length > 1) leaves.sort((a, b) => (a.from < b.from ? -1 : 1))
  }
}

async function readAppointments(db: Db): Promise<StoredAppointment[]> {
  const rows = await db
    .selectFrom('appointment as a').innerJoin('engagement as e', 'e.id', 'a.engagement_id')
    .select(['a.id', 'a.engagement_id', 'e.number', 'a.role', 'a.scope_id', 'a.valid_from', 'a.valid_to'])
    .where('a.superseded_at', '=', OPEN_INSTANT).where('a.role', 'in', ['unitHead', 'companyContact'])
    .execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, number: row.number, role: row.role as 'unitHead' | 'companyContact', scopeId: row.scope_id, segment: { id: row.id, from: row.valid_from, to: row.valid_to, attrs: null } }))
}

function hashOf({ engagements, companies, units }: Register, hashed?: ReadonlySet<string>): string {
  const ids: string[] = []
  const add = (segments: readonly { id?: string }[]) => {
    for (const { id } of segments) ids.push(id!)
  }
  for (const held of engagements.values())
    for (const { number, versions, scopes, leaves } of held) {
      add(versions)
      if (hashed && !hashed.has(number)) continue
      scopes.forEach(add)
      add(leaves)
    }
  for (const { versions, entrustments } of companies.values()) for (const one of [{ versions }, ...entrustments]) add(one.versions)
  for (const { versions } of units.values()) add(versions)
  return createHash('sha256').update(ids.sort().join('\n')).digest('hex')
}

/** The 会社コード of the engagements that some numbers name. */
export async function listCompanyCodesOf(db: Db, numbers: readonly string[]): Promise<string[]> {
  const codes = new Set<string>()
  for (let start = 0; start < numbers.length; start += PART) {
    const rows = await db.selectFrom('engagement as e').innerJoin('company as c', 'c.id', 'e.employer_company_id').select('c.code').distinct().where('e.number', 'in', numbers.slice(start, start + PART)).execute()
    for (const { code } of rows) codes.add(code)
  }
  return [...codes]
}

/** The shortest number of those registered for a company; none while nobody is. */
export async function listShortestNumber(db: Db, companyCode: string): Promise<string[]> {
  const rows = await db.selectFrom('engagement as e').innerJoin('company as c', 'c.id', 'e.employer_company_id').innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on('v.superseded_at', '=', OPEN_INSTANT))
    .select('e.number').where('c.code', '=', companyCode).orderBy(sql`length(e.number)`).orderBy('e.number').limit(1).execute()
  return rows.map(({ number }) => number)
}

/** Every 会社コード there is, the own company's empty one included. */
export async function listCompanyCodes(db: Db): Promise<string[]> {
  return (await db.selectFrom('company').select('code').execute()).map(({ code }) => code)
}
