import { createHash } from 'node:crypto'
import { listAddressesOf } from '../../db/accounts.server'
import { createChangeSet } from '../../db/change-sets.server'
import { lockRegister, recordCompanies, recordOwnCompany } from '../../db/companies.server'
import type { Db, Tx } from '../../db/database.server'
import { listLeaning, recordDerived, refreshDerived } from '../../db/derived.server'
import { alignLoginsOf, listEngagementsOf, lockEngagements, recordEngagements, recordLogins, type WrittenEngagement } from '../../db/engagements.server'
import { nextKnownInstant, recordFacts, supersedeFacts, type Writing } from '../../db/facts.server'
import { listCompanyCodesOf, listShortestNumber, readRegister } from '../../db/register.server'
import { listUnitsBelow, listUnitTree, recordUnits, replaceUnitClosure } from '../../db/units.server'
import type { Context } from '../context'
import type { EngagementFacts } from '../domain/audience'
import { dayOf, OPEN_DAY, type Instant } from '../domain/calendar'
import type { RosterFiles } from '../domain/roster-files'
import { decideRosterSteps, likeNumbers, type AppointmentPlan, type RosterDecision, type RosterInput } from '../domain/roster-diff'
import { numbersNamed } from '../domain/roster-named'
import { factsAfter } from '../domain/roster-report'
import { lastOf, type Register } from '../domain/roster-state'
import { paced } from './paced.server'
import { tellOldAddresses } from './tell-old-address.server'

/** What the roster's commands share: compare with the register, and write what was decided as one change set. */

/** The day before which the own company is not asked about. */
const OWN_SINCE = '1900-01-01'

/** Compares files or a form with the register; `sha256` stands for what was compared. */
export async function compareWithRegister(db: Db, input: RosterInput): Promise<{ decision: RosterDecision; register: Register; sha256: () => string }> {
  const compared = [...input.roster, ...input.ending, ...(input.leaves ?? [])].map(({ number }) => number)
  const numbers = [...compared, ...input.roster.flatMap(({ supervisor }) => supervisor || []), ...input.units.map(({ headNumber }) => headNumber ?? ''), ...input.companies.map(({ contactNumber }) => contactNumber ?? ''), ...(input.expect === 'new' ? input.roster.flatMap(({ number }) => likeNumbers(number)) : [])]
  const codes = input.scope !== null ? (input.scope === NO_SCOPE ? [] : [input.scope]) : [...new Set(input.roster.flatMap(({ companyCode }) => companyCode ?? []))]
  // A form is compared with few; that a new number is shorter than all of its company shows by the shortest of them.
  if (input.expect === 'new') for (const { companyCode } of input.roster) numbers.push(...(await listShortestNumber(db, companyCode ?? '')))
  const silent = input.scope === null ? input.roster.filter(({ companyCode, refused }) => companyCode === undefined && !refused).map(({ number }) => number) : []
  if (silent.length > 0) codes.push(...(await listCompanyCodesOf(db, silent)), '')
  const { register, sha256 } = await readRegister(db, { companyCodes: [...new Set(codes)], numbers, compared, standing: input.within !== undefined, whole: !input.part, hashed: [...input.roster, ...(input.leaves ?? [])].map(({ number }) => number), day: input.today })
  return { decision: await paced(decideRosterSteps(input, register)), register, sha256 }
}

/** The scope of an edit by hand: nobody is missing from a form. */
export const NO_SCOPE = '\u0000none'

/** SHA-256 over the files as they were given. */
export function sourceHash(files: RosterFiles): string {
  const hash = createHash('sha256')
  for (const file of ['roster', 'companies', 'units'] as const) hash.update(`${file} ${files[file]?.byteLength ?? 0}\n`).update(files[file] ?? new Uint8Array())
  return hash.digest('hex')
}

/** Stands in line for the register; the first statement of each of these commands. */
export const lockTheRegister = (tx: Tx, context: Context) => lockRegister(tx, context.newId)

export interface Written {
  changeSetId: string
  at: Instant
  /** Every engagement that is to be planned: those written, those that lean on what changed, and those to whom people report or a unit or company was given. */
  engagementIds: string[]
  /** The facts of those that begin with this change set and stand for nobody: nothing is assigned to them yet, and nothing of them need be read back. */
  begun: EngagementFacts[]
  /** The accounts of new people by number. */
  newAccounts: ReadonlyMap<string, string>
}

/** Writes a decision as one change set: facts, logins and derived rows; the caller plans and records evidence in the same transaction. */
export async function writeDecision(tx: Tx, context: Context, decision: RosterDecision, register: Register, set: { kind: 'import' | 'edit'; note: string; sourceSha256: string | null; summary: object }): Promise<Written> {
  const today = dayOf(context.now)
  const writing: Writing = { changeSetId: context.newId(), at: await nextKnownInstant(tx, context.now), newId: context.newId }
  await createChangeSet(tx, { id: writing.changeSetId, kind: set.kind, actor_account_id: context.viewer?.accountId ?? null, at: writing.at, source_sha256: set.sourceSha256, undoes: null, note: set.note, summary: JSON.stringify(set.summary) })
  const ownCompanyId = await recordOwnCompany(tx, context.library.words.operator, OWN_SINCE, today, writing)
  const plans = decision.people.flatMap((person) => person.plans)
  await lockEngagements(tx, plans.flatMap(({ id }) => id ?? []))
  const treeBefore = decision.units.length > 0 ? (await listUnitTree(tx, today)).paths : null
  const companies = await recordCompanies(tx, decision.companies, register.companies, writing)
  companies.set('', ownCompanyId)
  const units = await recordUnits(tx, decision.units, register.units, writing)
  const moving = decision.people.flatMap(({ number, fields }) => (fields.some(({ column }) => column === 'メール') ? (lastOf(register.engagements.get(number))?.personId ?? []) : []))
  const addresses = await listAddressesOf(tx, moving, today)
  const written = await recordEngagements(tx, plans, { companies, units }, writing, context.now)
  await writeAppointments(tx, decision.appointments, register, written, { companies, units }, writing)
  const withLogins = decision.people.filter(({ outcome, fields }) => outcome !== 'changed' || fields.some(({ column }) => column === 'メール')).map(({ number }) => number)
  const loginNumbers = new Set(withLogins)
  await alignLoginsOf(tx, written.filter(({ number, newAccountId }) => newAccountId === null && loginNumbers.has(number)).map(({ personId }) => personId))
  await recordLogins(tx, written.flatMap(({ newAccountId, number, plan }) => (newAccountId ? [{ accountId: newAccountId, number, mail: plan.after.versions.at(-1)!.attrs.mail }] : [])))
  await tellOldAddresses(tx, context, addresses, writing.changeSetId)
  const moved: string[] = []
  if (treeBefore) {
    await replaceUnitClosure(tx, today)
    for (const [unitId, path] of (await listUnitTree(tx, today)).paths) if (treeBefore.has(unitId) && treeBefore.get(unitId) !== path) moved.push(unitId)
    const otherKind = decision.units.flatMap(({ id, fields }) => (id !== null && fields.some(({ column }) => column === '種別') ? [id] : []))
    moved.push(...(await listUnitsBelow(tx, otherKind)))
  }
  const anew = decision.people.filter(({ outcome }) => outcome !== 'changed').map(({ number }) => number).filter((number) => register.engagements.has(number))
  const leaning = await listLeaning(tx, { numbers: anew, unitIds: moved })
  const begun = written.filter(({ plan }) => plan.id === null)
  const fresh = new Set(begun.map(({ id }) => id))
  const known = [...new Set([...written.flatMap(({ plan }) => plan.id ?? []), ...leaning])].filter((id) => !fresh.has(id))
  await recordDerived(tx, begun, { companies, units }, today)
  await refreshDerived(tx, known, today)
  const named = numbersNamed(decision, register)
  return {
    changeSetId: writing.changeSetId, at: writing.at, engagementIds: [...new Set([...begun.map(({ id }) => id), ...known, ...(await listEngagementsOf(tx, [...named]))])],
    begun: factsAfter(begun.filter(({ number }) => !named.has(number)), decision),
    newAccounts: new Map(written.flatMap(({ number, newAccountId }) => (newAccountId ? [[number, newAccountId] as const] : []))),
  }
}

async function writeAppointments(tx: Tx, plans: readonly AppointmentPlan[], register: Register, written: readonly WrittenEngagement[], ids: { companies: ReadonlyMap<string, string>; units: ReadonlyMap<string, string> }, writing: Writing): Promise<void> {
  const newest = new Map(written.map(({ number, id }) => [number, id]))
  await supersedeFacts(tx, 'appointment', [...new Set(plans.flatMap(({ close }) => close.map(({ segment }) => segment.id!)))], writing)
  await recordFacts(tx, 'appointment', plans.flatMap(({ role, scopeCode, close, open, on }) => {
    const scopeId = (role === 'unitHead' ? ids.units : ids.companies).get(scopeCode)!
    const row = (engagementId: string) => ({ engagement_id: engagementId, role, scope_kind: role === 'unitHead' ? ('unit' as const) : ('company' as const), scope_id: scopeId, delegated_from: null })
    const kept = close.filter(({ segment }) => segment.from < on).map(({ engagementId, segment }) => ({ from: segment.from, to: segment.to < on ? segment.to : on, row: row(engagementId) }))
    const engagementId = open && (newest.get(open) ?? lastOf(register.engagements.get(open))?.id)
    const holds = register.appointments.some((one) => one.engagementId === engagementId && one.role === role && one.scopeId === scopeId && one.segment.to > on && !close.includes(one))
    return engagementId && !holds ? [...kept, { from: on, to: OPEN_DAY, row: row(engagementId) }] : kept
  }), writing)
}
