import { sql } from 'kysely'
import { OPEN_INSTANT, type Instant } from '../app/domain/calendar'
import type { UndoDependency, UndoGroup } from '../app/domain/undo'
import { insertRows, type Db, type Tx } from './database.server'
import { FACT_TABLES, supersedeFacts, type FactTable, type Writing } from './facts.server'

const PART = 1000
const OWNER = { engagement_version: 'engagement_id', handling_scope: 'engagement_id', leave_period: 'engagement_id', appointment: 'engagement_id', org_unit_version: 'unit_id', company_version: 'company_id', entrustment_version: 'entrustment_id' } as const satisfies Record<FactTable, string>

type FactRow = { id: string; superseded_at: number; recorded_by: string; superseded_by: string | null } & Record<string, string | number | null>

/** One fact that a change set recorded or superseded. */
export interface TouchedFact {
  table: FactTable
  group: string
  ownerId: string
  /** Whose fact it is; null for units and companies. */
  personId: string | null
  /** Recorded by the change set; else superseded by it. */
  created: boolean
  row: FactRow
}

export interface Undoable {
  facts: TouchedFact[]
  groups: UndoGroup[]
  dependencies: UndoDependency[]
}

/** Reads what a change set did, grouped by person, unit and company, and what stands in the way of undoing each. */
export async function readUndoable(db: Db, changeSet: { id: string; at: Instant }): Promise<Undoable> {
  const raw: Omit<TouchedFact, 'group' | 'personId'>[] = []
  const later = new Set<string>()
  for (const table of FACT_TABLES) {
    for (const row of await db.selectFrom(table as 'leave_period').selectAll().where('recorded_by', '=', changeSet.id).execute()) raw.push({ table, created: true, ownerId: ownerOf(table, row as never), row: row as never })
    for (const row of await db.selectFrom(table as 'leave_period').selectAll().where('superseded_by', '=', changeSet.id).where('recorded_by', '!=', changeSet.id).execute()) raw.push({ table, created: false, ownerId: ownerOf(table, row as never), row: row as never })
    for (const column of ['recorded_by', 'superseded_by'] as const) {
      const owners = await db.selectFrom(table as 'leave_period').innerJoin('change_set as s', 's.id', column).select(sql<string>`${sql.ref(`${table}.${OWNER[table]}`)}`.as('owner')).distinct()
        .where('s.at', '>=', changeSet.at).where('s.id', '!=', changeSet.id).where('s.kind', '!=', 'plan').execute()
      for (const { owner } of owners) later.add(`${table} ${owner}`)
    }
  }
  const personOf = await mapOf(db, 'engagement', 'person_id', raw.filter(({ table }) => OWNER[table] === 'engagement_id').map(({ ownerId }) => ownerId))
  const companyOf = await mapOf(db, 'entrustment', 'company_id', raw.filter(({ table }) => table === 'entrustment_version').map(({ ownerId }) => ownerId))
  const structure = new Set(raw.filter(({ table }) => table === 'org_unit_version' || table === 'company_version').map(({ ownerId }) => ownerId))
  for (const companyId of companyOf.values()) structure.add(companyId)
  const groupOf = ({ table, ownerId, row }: Omit<TouchedFact, 'group' | 'personId'>): string => {
    if (table === 'org_unit_version') return `unit ${ownerId}`
    if (table === 'company_version') return `company ${ownerId}`
    if (table === 'entrustment_version') return `company ${companyOf.get(ownerId)}`
    if (table === 'appointment' && structure.has(String(row.scope_id))) return `${row.scope_kind} ${row.scope_id}`
    return `person ${personOf.get(ownerId)}`
  }
  const facts = raw.map((fact) => ({ ...fact, group: groupOf(fact), personId: personOf.get(fact.ownerId) ?? null }))
  const gone = goneOf(facts)
  const evidence = await listWithEvidence(db, gone.engagements)
  const groups = new Map<string, UndoGroup>()
  for (const { group, table, ownerId, created, row } of facts) {
    const one = groups.get(group) ?? { key: group, touchedSince: false, bearsEvidence: false }
    groups.set(group, one)
    if ((created && row.superseded_at !== OPEN_INSTANT) || later.has(`${table} ${ownerId}`)) one.touchedSince = true
    if (table === 'engagement_version' && evidence.has(ownerId)) one.bearsEvidence = true
  }
  return { facts, groups: [...groups.values()], dependencies: await listDependencies(db, changeSet.id, facts, gone) }
}

const ownerOf = (table: FactTable, row: FactRow) => String(row[OWNER[table]])

async function mapOf(db: Db, table: 'engagement' | 'entrustment', column: 'person_id' | 'company_id', ids: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)]
  const found = new Map<string, string>()
  for (let start = 0; start < asked.length; start += PART) {
    const rows = await db.selectFrom(table).select(['id', sql.ref<string>(column).as('of')]).where('id', 'in', asked.slice(start, start + PART)).execute()
    for (const row of rows) found.set(row.id, row.of)
  }
  return found
}

interface Gone {
  engagements: string[]
  units: string[]
  companies: string[]
  groupOf: Map<string, string>
}

/** What would no longer be there: engagements, units and companies of which the change set recorded everything and superseded nothing. */
function goneOf(facts: readonly TouchedFact[]): Gone {
  const of = (table: FactTable) => {
    const kept = new Set(facts.filter((fact) => fact.table === table && !fact.created).map(({ ownerId }) => ownerId))
    return [...new Set(facts.filter((fact) => fact.table === table && fact.created && !kept.has(fact.ownerId)).map(({ ownerId }) => ownerId))]
  }
  const groupOf = new Map(facts.filter(({ table }) => table === 'engagement_version' || table === 'org_unit_version' || table === 'company_version').map(({ ownerId, group }) => [ownerId, group]))
  return { engagements: of('engagement_version'), units: of('org_unit_version'), companies: of('company_version'), groupOf }
}

/** Engagements on which something was read, answered, signed, certified or decided. */
async function listWithEvidence(db: Db, engagementIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < engagementIds.length; start += PART) {
    const rows = await db.selectFrom('assignment as a').select('a.engagement_id').distinct().where('a.engagement_id', 'in', engagementIds.slice(start, start + PART))
      .where(sql<boolean>`(a.settled_as in ('completed', 'declined', 'exempted') or exists (select 1 from page_shown p where p.assignment_id = a.id) or exists (select 1 from attempt t where t.assignment_id = a.id)
        or exists (select 1 from pledge_act s where s.assignment_id = a.id) or exists (select 1 from pledge_certificate_line l where l.assignment_id = a.id) or exists (select 1 from assignment_event v where v.assignment_id = a.id))`)
      .execute()
    for (const { engagement_id } of rows) found.add(engagement_id)
  }
  return found
}

/** What in force today leans on things that would be gone, and what is to be restored leans on things that are gone now. */
async function listDependencies(db: Db, changeSetId: string, facts: readonly TouchedFact[], gone: Gone): Promise<UndoDependency[]> {
  const groupOfFact = new Map(facts.filter(({ created }) => created).map(({ row, group }) => [row.id, group]))
  const restored = facts.filter(({ created }) => !created)
  const dependencies = new Map<string, UndoDependency>()
  const depend = (needs: string | undefined, also: string | null, role = false) => {
    if (needs && needs !== also) dependencies.set(`${needs} ${also} ${role}`, { needs, also, role })
  }
  const leaning = async (table: FactTable, column: string, values: readonly string[], groupOf: ReadonlyMap<string, string>) => {
    const role = table === 'appointment' && column === 'engagement_id'
    for (let start = 0; start < values.length; start += PART) {
      const rows = await db.selectFrom(table as 'leave_period').select(['id', sql.ref<string>(column).as('value')]).where('superseded_at', '=', OPEN_INSTANT).where(sql.ref<string>(column), 'in', values.slice(start, start + PART)).execute()
      for (const { id, value } of rows) depend(groupOf.get(value), groupOfFact.get(id) ?? null, role)
    }
    for (const { row, group } of restored.filter((fact) => fact.table === table)) if (row[column] && groupOf.has(String(row[column])) && values.includes(String(row[column]))) depend(group, null)
  }
  const numbers = await mapOfNumbers(db, gone)
  for (const table of ['engagement_version', 'handling_scope', 'leave_period', 'appointment'] as const) await leaning(table, 'engagement_id', gone.engagements, gone.groupOf)
  await leaning('engagement_version', 'unit_id', gone.units, gone.groupOf)
  await leaning('org_unit_version', 'parent_unit_id', gone.units, gone.groupOf)
  await leaning('company_version', 'parent_company_id', gone.companies, gone.groupOf)
  await leaning('appointment', 'scope_id', [...gone.units, ...gone.companies], gone.groupOf)
  for (const [table, column] of [['engagement_version', 'supervisor_number'], ['org_unit_version', 'head_number'], ['entrustment_version', 'contact_number']] as const) await leaning(table, column, [...numbers.keys()], numbers)
  for (let start = 0; start < gone.companies.length; start += PART) {
    const rows = await db.selectFrom('engagement as e').innerJoin('engagement_version as v', 'v.engagement_id', 'e.id').select(['v.id', 'e.employer_company_id']).where('v.superseded_at', '=', OPEN_INSTANT).where('e.employer_company_id', 'in', gone.companies.slice(start, start + PART)).execute()
    for (const { id, employer_company_id } of rows) depend(gone.groupOf.get(employer_company_id), groupOfFact.get(id) ?? null)
  }
  for (const { needs } of await listRestoredIntoNothing(db, changeSetId, restored)) depend(needs, null)
  return [...dependencies.values()]
}

/** The numbers of engagements that would be gone and that no other engagement bears. */
async function mapOfNumbers(db: Db, gone: Gone): Promise<Map<string, string>> {
  const numbers = new Map<string, string>()
  const going = new Set(gone.engagements)
  for (let start = 0; start < gone.engagements.length; start += PART) {
    const own = await db.selectFrom('engagement').select(['id', 'number']).where('id', 'in', gone.engagements.slice(start, start + PART)).execute()
    const others = await db.selectFrom('engagement as e').innerJoin('engagement_version as v', 'v.engagement_id', 'e.id').select(['e.id', 'e.number']).where('v.superseded_at', '=', OPEN_INSTANT).where('e.number', 'in', own.map(({ number }) => number)).execute()
    const kept = new Set(others.filter(({ id }) => !going.has(id)).map(({ number }) => number))
    for (const { id, number } of own) if (!kept.has(number)) numbers.set(number, gone.groupOf.get(id)!)
  }
  return numbers
}

/** Facts to be restored whose unit is not there any more, because something else was undone meanwhile. */
async function listRestoredIntoNothing(db: Db, changeSetId: string, restored: readonly TouchedFact[]): Promise<{ needs: string }[]> {
  const wanted = restored.flatMap(({ table, row, group }) => {
    const unit = table === 'engagement_version' ? row.unit_id : table === 'org_unit_version' ? row.parent_unit_id : null
    return unit ? [{ unit: String(unit), needs: group }] : []
  })
  const units = [...new Set(wanted.map(({ unit }) => unit))]
  const alive = new Set(restored.filter(({ table }) => table === 'org_unit_version').map(({ ownerId }) => ownerId))
  for (let start = 0; start < units.length; start += PART)
    for (const { unit_id } of await db.selectFrom('org_unit_version').select('unit_id').distinct().where('unit_id', 'in', units.slice(start, start + PART)).where('superseded_at', '=', OPEN_INSTANT).where('recorded_by', '!=', changeSetId).execute()) alive.add(unit_id)
  return wanted.filter(({ unit }) => !alive.has(unit))
}

/** Those of the people who are registered by something else than a change set. */
export async function listRegisteredBeside(db: Db, personIds: readonly string[], changeSetId: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < personIds.length; start += PART) {
    const rows = await db.selectFrom('engagement as e').innerJoin('engagement_version as v', 'v.engagement_id', 'e.id').select('e.person_id').distinct()
      .where('e.person_id', 'in', personIds.slice(start, start + PART)).where('v.superseded_at', '=', OPEN_INSTANT).where('v.recorded_by', '!=', changeSetId).execute()
    for (const { person_id } of rows) found.add(person_id)
  }
  return found
}

/** Takes back the groups: what the change set recorded is superseded, what it superseded is recorded again. */
export async function undoFacts(tx: Tx, facts: readonly TouchedFact[], writing: Writing): Promise<void> {
  for (const table of FACT_TABLES) {
    const of = facts.filter((fact) => fact.table === table)
    await supersedeFacts(tx, table, of.filter(({ created }) => created).map(({ row }) => row.id), writing)
    await insertRows(tx, table, of.filter(({ created }) => !created).map(({ row }) => ({ ...row, id: writing.newId(), recorded_at: writing.at, superseded_at: OPEN_INSTANT, recorded_by: writing.changeSetId, superseded_by: null })) as never)
  }
}

/** Calls back the invitations that a change set has sent for and that have not left. */
export async function cancelInvitations(tx: Tx, changeSetId: string, personIds: readonly string[]): Promise<void> {
  for (let start = 0; start < personIds.length; start += PART) {
    const accounts = await tx.selectFrom('account').select('id').where('person_id', 'in', personIds.slice(start, start + PART)).execute()
    if (accounts.length > 0) await tx.updateTable('mail').set({ state: 'givenUp', error: '名簿の取込が取り消されました', props: '{}' }).where('dedupe_key', 'in', accounts.map(({ id }) => `invite:${id}:${changeSetId}`)).where('state', 'in', ['waiting', 'fictional']).execute()
  }
}
