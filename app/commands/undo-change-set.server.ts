import { createHash } from 'node:crypto'
import { emptyAccountsWithoutRegistration, listAddressesOf } from '../../db/accounts.server'
import { listOfficeRoles } from '../../db/appointments.server'
import { createChangeSet, findChangeSet } from '../../db/change-sets.server'
import { inTransaction, type Db, type Tx } from '../../db/database.server'
import { listLeaning, refreshDerived } from '../../db/derived.server'
import { failureOf } from '../../db/dialect.server'
import { alignLoginsOf, listEngagementsOf, listNumbersOf, lockEngagements } from '../../db/engagements.server'
import { nextKnownInstant, StaleFacts, type Writing } from '../../db/facts.server'
import { endSessionsOfPeople } from '../../db/sessions.server'
import { revokeCodes } from '../../db/sign-in-codes.server'
import { cancelInvitations, listRegisteredBeside, readUndoable, undoFacts, type TouchedFact } from '../../db/undo.server'
import { listUndoNames } from '../../db/undo-names.server'
import { listUnitsBelow, listUnitTree, replaceUnitClosure } from '../../db/units.server'
import type { Context } from '../context'
import { mayChangeMailOf, type Viewer } from '../domain/access'
import { mayUndoAppointment } from '../domain/appointment'
import { dayOf, type Day } from '../domain/calendar'
import { groupedBy } from '../domain/grouped'
import type { Role } from '../domain/people'
import { refuse, type Refusal } from '../domain/refusal'
import { decideUndo, undoableUntil, type LeftOutReason, type UndoDecision } from '../domain/undo'
import { recordEvidence } from './evidence.server'
import { planWithin } from './plan-assignments.server'
import { lockTheRegister } from './roster-change.server'
import { tellOldAddresses } from './tell-old-address.server'

export type UndoRefusal = Refusal<'changeSetGone' | 'alreadyUndone' | 'undoTooLate' | 'nothingToUndo' | 'rosterChanged'>

/** One person, unit or company as the preview of an undoing names it; a name is null where only the number may be shown. */
export interface UndoItem {
  kind: 'person' | 'unit' | 'company'
  code: string
  name: string | null
}
export interface UndoPreview {
  /** What is taken back; `gone` says that nothing registered stays, else what was registered before holds again. */
  restored: (UndoItem & { gone: boolean })[]
  leftOut: (UndoItem & { reason: LeftOutReason })[]
  until: Day
  /** Stands for what was previewed. */
  baseSha256: string
}

interface Considered {
  facts: TouchedFact[]
  decision: UndoDecision
  baseSha256: string
  until: Day
}

async function consider(db: Db, changeSetId: string, { now, viewer }: Pick<Context, 'now' | 'viewer'>): Promise<Considered | UndoRefusal> {
  const set = await findChangeSet(db, changeSetId)
  if (!set || (set.kind !== 'import' && set.kind !== 'edit')) return refuse('changeSetGone')
  if (set.undone_by) return refuse('alreadyUndone')
  const until = undoableUntil(set.at)
  if (dayOf(now) > until) return refuse('undoTooLate', { until })
  const { facts, groups, dependencies } = await readUndoable(db, set)
  const roles = new Set(facts.filter(({ table, row, personId }) => viewer && table === 'appointment' && !mayUndoAppointment(viewer, { role: row.role as Role, personId: personId! })).map(({ group }) => group))
  const office = viewer ? groupsOfOthersOffice(facts, viewer, await listOfficeRoles(db, dayOf(now))) : { mail: new Set<string>(), gone: new Set<string>() }
  const decision = decideUndo(groups.map((group) => ({ ...group, roleNotYours: roles.has(group.key), mailNotYours: office.mail.has(group.key), officeNotYours: office.gone.has(group.key) })), dependencies)
  const baseSha256 = createHash('sha256').update([...decision.undo].sort().join('\n')).update('\n--\n').update(decision.leftOut.map(({ key, reason }) => `${key} ${reason}`).sort().join('\n')).digest('hex')
  return { facts, decision, baseSha256, until }
}

/** The groups whose undoing would change an address that the viewer may not change (unless all that is touched says the same, it would), or take away its holder's registration. */
function groupsOfOthersOffice(facts: readonly TouchedFact[], viewer: Viewer, officeRoles: ReadonlyMap<string, readonly Role[]>): { mail: Set<string>; gone: Set<string> } {
  const mails = new Map<string, Set<string>>()
  for (const { table, row, personId, group } of facts) {
    const roles = personId && table === 'engagement_version' && officeRoles.get(personId)
    if (roles && !mayChangeMailOf(viewer, { personId, roles })) mails.set(group, (mails.get(group) ?? new Set()).add(String(row.mail)))
  }
  const restored = groupsWithBefore(facts)
  return { mail: new Set([...mails].filter(([group, said]) => said.size > 1 && restored.has(group)).map(([group]) => group)), gone: new Set([...mails.keys()].filter((group) => !restored.has(group))) }
}

/** The people, units and companies of whom the change set superseded what was registered before. */
const groupsWithBefore = (facts: readonly TouchedFact[]): Set<string> =>
  new Set(facts.filter(({ table, created }) => !created && (table === 'engagement_version' || table === 'org_unit_version' || table === 'company_version')).map(({ group }) => group))

/** Those of the groups of whom nothing registered stays. A group of which the change set did not begin the registration is none of them. */
async function listGoneGroups(db: Db, facts: readonly TouchedFact[], groups: readonly string[], changeSetId: string): Promise<Set<string>> {
  const before = groupsWithBefore(facts)
  const begun = new Set(facts.filter(({ table, created }) => created && (table === 'engagement_version' || table === 'org_unit_version' || table === 'company_version')).map(({ group }) => group))
  const gone = groups.filter((group) => begun.has(group) && !before.has(group))
  const staying = await listRegisteredBeside(db, gone.filter((group) => group.startsWith('person ')).map((group) => group.slice('person '.length)), changeSetId)
  return new Set(gone.filter((group) => !staying.has(group.slice('person '.length))))
}

/** What undoing a change set would restore, and what it would leave out and why. Nothing is written. */
export async function previewUndo(context: Pick<Context, 'db' | 'now' | 'viewer'>, changeSetId: string): Promise<UndoPreview | UndoRefusal> {
  const considered = await consider(context.db, changeSetId, context)
  if ('refused' in considered) return considered
  const { facts, decision, baseSha256, until } = considered
  const gone = await listGoneGroups(context.db, facts, decision.undo, changeSetId)
  const names = await listUndoNames(context.db, [...decision.undo, ...decision.leftOut.map(({ key }) => key)], dayOf(context.now))
  const itemOf = (key: string): UndoItem => names.get(key) ?? { kind: key.split(' ')[0] as UndoItem['kind'], code: '', name: null }
  return { restored: decision.undo.map((key) => ({ ...itemOf(key), gone: gone.has(key) })), leftOut: decision.leftOut.map(({ key, reason }) => ({ ...itemOf(key), reason })), until, baseSha256 }
}

/** Undoes a change set once, within 30 days, by a new change set that restores what the old one superseded. */
export async function undoChangeSet(context: Context, changeSetId: string, options: { note?: string; baseSha256?: string } = {}): Promise<{ changeSetId: string; restored: number; leftOut: number } | UndoRefusal> {
  try {
    return await inTransaction(context.db, (tx) => apply(tx, context, changeSetId, options))
  } catch (error) {
    if (error instanceof StaleFacts || failureOf(error) === 'duplicate') return refuse('rosterChanged')
    throw error
  }
}

async function apply(tx: Tx, context: Context, changeSetId: string, options: { note?: string; baseSha256?: string }): Promise<{ changeSetId: string; restored: number; leftOut: number } | UndoRefusal> {
  await lockTheRegister(tx, context)
  const considered = await consider(tx, changeSetId, context)
  if ('refused' in considered) return considered
  const { decision, baseSha256 } = considered
  if (options.baseSha256 !== undefined && options.baseSha256 !== baseSha256) return refuse('rosterChanged')
  if (decision.undo.length === 0) return refuse('nothingToUndo')
  const undone = new Set(decision.undo)
  const facts = considered.facts.filter(({ group }) => undone.has(group))
  const today = dayOf(context.now)
  const engagementIds = [...new Set(facts.filter(({ row }) => row.engagement_id).map(({ row }) => String(row.engagement_id)))]
  await lockEngagements(tx, engagementIds)
  const writing: Writing = { changeSetId: context.newId(), at: await nextKnownInstant(tx, context.now), newId: context.newId }
  const counts = { restored: decision.undo.length, leftOut: decision.leftOut.length }
  await createChangeSet(tx, { id: writing.changeSetId, kind: 'undo', actor_account_id: context.viewer?.accountId ?? null, at: writing.at, source_sha256: null, undoes: changeSetId, note: options.note ?? '', summary: JSON.stringify(counts) })
  const before = (await listUnitTree(tx, today)).paths
  const personIds = decision.undo.filter((key) => key.startsWith('person ')).map((key) => key.slice('person '.length))
  const addresses = await listAddressesOf(tx, personIds, today)
  await undoFacts(tx, facts, writing)
  await noteUndoneRoles(tx, context, facts)
  await replaceUnitClosure(tx, today)
  const { paths } = await listUnitTree(tx, today)
  const movedUnits = [...paths].filter(([id, path]) => before.get(id) !== path).map(([id]) => id)
  await alignLoginsOf(tx, personIds)
  await revokeCodes(tx, await emptyAccountsWithoutRegistration(tx, personIds), context.now)
  await tellOldAddresses(tx, context, addresses, writing.changeSetId)
  await cancelInvitations(tx, changeSetId, personIds)
  const numbers = await listNumbersOf(tx, engagementIds)
  const otherKind = await listUnitsBelow(tx, unitsOfOtherKind(facts))
  const touched = [...new Set([...engagementIds, ...(await listLeaning(tx, { numbers, unitIds: [...movedUnits, ...otherKind] }))])]
  await refreshDerived(tx, touched, today)
  const reportedTo = [...new Set(facts.flatMap(({ table, row }) => (table === 'engagement_version' && row.supervisor_number ? [String(row.supervisor_number)] : [])))]
  await planWithin(tx, context, writing.changeSetId, [...new Set([...touched, ...(await listEngagementsOf(tx, reportedTo))])])
  await recordEvidence(tx, context, { type: 'roster.undone', payload: { changeSet: writing.changeSetId, undoes: changeSetId, ...counts } })
  return { changeSetId: writing.changeSetId, ...counts }
}

const unitsOfOtherKind = (facts: readonly TouchedFact[]): string[] =>
  [...groupedBy(facts.filter(({ table }) => table === 'org_unit_version'), ({ ownerId }) => ownerId)].filter(([, rows]) => new Set(rows.map(({ row }) => row.kind)).size > 1).map(([id]) => id)

/** Each role that an undoing gives or takes is evidence of its own, and its holder signs in anew with other rights. */
async function noteUndoneRoles(tx: Tx, context: Context, facts: readonly TouchedFact[]): Promise<void> {
  const of = facts.filter(({ table }) => table === 'appointment')
  for (const { row, created } of of)
    await recordEvidence(tx, context, { type: 'appointment.given', subjectEngagementId: String(row.engagement_id), payload: { act: created ? 'takenBack' : 'restored', role: row.role, scope: row.scope_id, from: row.valid_from, until: row.valid_to } })
  await endSessionsOfPeople(tx, [...new Set(of.flatMap(({ personId }) => personId ?? []))])
}
