import { countAdministrators, findAppointee, findAppointment, findScope, listHeldRoles, type AppointmentRow, type FoundAppointee } from '../../db/appointments.server'
import { createChangeSet } from '../../db/change-sets.server'
import { lockRegister } from '../../db/companies.server'
import { inTransaction, type Db, type Tx } from '../../db/database.server'
import { nextKnownInstant, recordFacts, supersedeFacts, type Writing } from '../../db/facts.server'
import { endSessions } from '../../db/sessions.server'
import { listCompaniesBelow } from '../../db/slips.server'
import type { Context, SignedInContext } from '../context'
import { endOf, refusalToEnd, refusalToGive, SCOPE_OF_ROLE, type AppointRefusal } from '../domain/appointment'
import { dayOf, OPEN_DAY, type Day } from '../domain/calendar'
import { ROLES, type Role } from '../domain/people'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'
import { newSlipCode, recordSlip } from './issue-code.server'
import { planWithin } from './plan-assignments.server'

/** A role as it is asked for on the screen: the person by number, unit or company by code. */
export interface AskedRole {
  number: string
  role: Role
  scopeCode: string
  from: Day
  /** Last day, or '' for no end. */
  lastDay: Day | ''
}

export interface RolePlan {
  to: FoundAppointee
  scope: { kind: 'all' | 'unit' | 'company'; id: string; name: string }
}

type GiveRefusal = Refusal<AppointRefusal | 'numberUnknown' | 'scopeMissing' | 'scopeUnknown'>

/** What giving a role would do, or why it can not be given; changes nothing. */
export async function previewRole(context: SignedInContext, asked: AskedRole, db: Db = context.db): Promise<RolePlan | GiveRefusal> {
  const day = dayOf(context.now)
  const to = await findAppointee(db, asked.number, day)
  if (!to) return refuse('numberUnknown', { number: asked.number })
  const kind = SCOPE_OF_ROLE[asked.role]
  if (kind !== 'all' && asked.scopeCode === '') return refuse('scopeMissing', { kind })
  const scope = kind === 'all' ? { id: '', name: '' } : await findScope(db, kind, asked.scopeCode, day)
  if (!scope) return refuse('scopeUnknown', { code: asked.scopeCode })
  const below = asked.role === 'companyContact' ? await listCompaniesBelow(db, [to.companyId], day) : []
  const refused = refusalToGive(context.viewer, to, { role: asked.role, scopeId: scope.id, from: asked.from, lastDay: asked.lastDay }, await listHeldRoles(db, to.engagementId), below)
  return refused ? refuse(refused) : { to, scope: { kind, ...scope } }
}

/** Gives a role for a period, with what is asked of those who hold it; its holder's sessions end, so that new rights come with a new token. */
export async function giveRole(context: SignedInContext, asked: AskedRole): Promise<RolePlan | GiveRefusal> {
  return inTransaction(context.db, async (tx) => {
    await lockRegister(tx, context.newId)
    const plan = await previewRole(context, asked, tx)
    if ('refused' in plan) return plan
    await writeRole(tx, context, plan.to, { role: asked.role, kind: plan.scope.kind, scopeId: plan.scope.id, from: asked.from, to: endOf(asked.lastDay) })
    return plan
  })
}

type NewRole = { role: Role; kind: 'all' | 'unit' | 'company'; scopeId: string; from: Day; to: Day }

async function writeRole(tx: Tx, context: Context, to: { engagementId: string; accountId: string | null; number: string }, given: NewRole): Promise<void> {
  const writing = await openChangeSet(tx, context, `${ROLES[given.role]}の任命`, to.number)
  await recordFacts(tx, 'appointment', [{ from: given.from, to: given.to, row: { engagement_id: to.engagementId, role: given.role, scope_kind: given.kind, scope_id: given.scopeId, delegated_from: null } }], writing)
  if (to.accountId) await endSessions(tx, to.accountId)
  await recordEvidence(tx, context, { type: 'appointment.given', subjectEngagementId: to.engagementId, payload: { act: 'given', role: given.role, scope: given.scopeId, from: given.from, until: given.to } })
  await planWithin(tx, context, writing.changeSetId, [to.engagementId])
}

async function openChangeSet(tx: Tx, context: Context, note: string, number: string): Promise<Writing> {
  const writing: Writing = { changeSetId: context.newId(), at: await nextKnownInstant(tx, context.now), newId: context.newId }
  await createChangeSet(tx, { id: writing.changeSetId, kind: 'edit', actor_account_id: context.viewer?.accountId ?? null, at: writing.at, source_sha256: null, undoes: null, note, summary: JSON.stringify({ number, changed: 1 }) })
  return writing
}

type EndRefusal = NonNullable<ReturnType<typeof refusalToEnd>>

/** What ending a role on a day would do, or why it can not end; undefined when there is no such role. */
export async function previewEnd(context: SignedInContext, asked: { id: string; lastDay: Day }, db: Db = context.db): Promise<AppointmentRow | Refusal<EndRefusal> | undefined> {
  const one = await findAppointment(db, asked.id, dayOf(context.now))
  if (!one) return undefined
  const refused = refusalToEnd(context.viewer, one, asked.lastDay)
  return refused ? refuse(refused) : one
}

/** Ends a role with a day; one that had not begun by then is taken back. Its holder's sessions end with it. */
export async function endRole(context: SignedInContext, asked: { id: string; lastDay: Day }): Promise<AppointmentRow | Refusal<EndRefusal> | undefined> {
  return inTransaction(context.db, async (tx) => {
    await lockRegister(tx, context.newId)
    const one = await previewEnd(context, asked, tx)
    if (!one || 'refused' in one) return one
    const writing = await openChangeSet(tx, context, `${ROLES[one.role]}の終了`, one.number)
    await supersedeFacts(tx, 'appointment', [one.id], writing)
    const until = endOf(asked.lastDay)
    const left = { from: one.validFrom, to: until, row: { engagement_id: one.engagementId, role: one.role, scope_kind: one.scopeKind, scope_id: one.scopeId, delegated_from: null } }
    if (one.validFrom < until) await recordFacts(tx, 'appointment', [left], writing)
    if (one.accountId && until <= dayOf(context.now)) await endSessions(tx, one.accountId)
    await recordEvidence(tx, context, { type: 'appointment.given', subjectEngagementId: one.engagementId, payload: { act: 'ended', role: one.role, scope: one.scopeId, from: one.validFrom, until } })
    await planWithin(tx, context, writing.changeSetId, [one.engagementId])
    return one
  })
}

/** Makes the first system administrator, from the command line and only while there is none; answers with a slip code. */
export async function makeFirstAdministrator(context: Context, number: string): Promise<{ code: string; number: string } | Refusal<'numberUnknown' | 'notInForce' | 'roleNotForContract' | 'administratorExists'>> {
  const day = dayOf(context.now)
  return inTransaction(context.db, async (tx) => {
    await lockRegister(tx, context.newId)
    if ((await countAdministrators(tx, day)) > 0) return refuse('administratorExists')
    const to = await findAppointee(tx, number, day)
    if (!to || !to.accountId) return refuse('numberUnknown', { number })
    if (to.relation === 'contract' || to.relation === 'sole') return refuse('roleNotForContract')
    if (day < to.validFrom || day >= to.validTo) return refuse('notInForce')
    await writeRole(tx, context, to, { role: 'systemAdministrator', kind: 'all', scopeId: '', from: day, to: OPEN_DAY })
    const code = newSlipCode()
    await recordSlip(tx, context, { accountId: to.accountId, engagementId: to.engagementId }, code)
    return { code, number: to.number }
  })
}

/** Prints a slip for somebody who has lost every other way in; whoever may run the command line already holds the database. */
export async function makeSlipAtTerminal(context: Context, number: string): Promise<{ code: string; number: string } | Refusal<'numberUnknown' | 'notInForce'>> {
  const day = dayOf(context.now)
  return inTransaction(context.db, async (tx) => {
    const to = await findAppointee(tx, number, day)
    if (!to || !to.accountId) return refuse('numberUnknown', { number })
    if (day < to.validFrom || day >= to.validTo) return refuse('notInForce')
    const code = newSlipCode()
    await recordSlip(tx, context, { accountId: to.accountId, engagementId: to.engagementId }, code)
    return { code, number: to.number }
  })
}
