import { inTransaction, type Tx } from '../../db/database.server'
import { failureOf } from '../../db/dialect.server'
import { createDraft, findDraftFiles, removeDraft } from '../../db/drafts.server'
import { StaleFacts } from '../../db/facts.server'
import { findCommandResult, recordCommandKey } from '../../db/ledger.server'
import type { Context, SignedInContext } from '../context'
import { dayOf, type Day } from '../domain/calendar'
import { DRAFT_LIVES_MS } from '../domain/draft'
import type { BadCell } from '../domain/csv'
import { refuse, type Refusal } from '../domain/refusal'
import type { RosterInput } from '../domain/roster-diff'
import type { LeaveEdit } from '../domain/roster-leave'
import type { RosterReport } from '../domain/roster-report'
import { readRosterCells } from '../domain/roster'
import { type RosterColumn } from '../domain/roster-columns'
import { reportDecision } from './draft-import.server'
import { recordEvidence } from './evidence.server'
import { inviteNewPeople } from './invite-people.server'
import { planWithin } from './plan-assignments.server'
import { compareWithRegister, lockTheRegister, NO_SCOPE, writeDecision } from './roster-change.server'

/** One person by hand, expressed as one roster row: what is left out stays, what is empty is cleared. */
export interface PersonEdit {
  /** Whether the form adds a person or edits one. */
  expect: 'new' | 'known'
  cells: Partial<Record<RosterColumn, string>> & { 従事者番号: string }
  /** The day from which a change holds; today when left out. */
  effectiveOn?: Day
  leave?: Omit<LeaveEdit, 'number'>
  note: string
}

export type EditRefusal = Refusal<'rosterHasErrors' | 'rosterChanged' | 'rosterNothingToDo' | 'draftGone'>

function inputOf(edit: PersonEdit, today: Day, acting: Context['viewer']): { input: RosterInput; bad: BadCell[] } {
  const { rows, bad } = readRosterCells(edit.leave ? [] : [edit.cells])
  const leaves = edit.leave ? [{ ...edit.leave, number: edit.cells.従事者番号 }] : []
  return { bad, input: { roster: rows, companies: [], units: [], ending: [], scope: NO_SCOPE, today, effectiveOn: edit.effectiveOn, expect: edit.expect, leaves, acting } }
}

/** What an edit would change, without changing anything. */
export async function previewEdit(context: Pick<Context, 'db' | 'library' | 'now' | 'viewer'>, edit: PersonEdit): Promise<{ report: RosterReport; baseSha256: string }> {
  const { input, bad } = inputOf(edit, dayOf(context.now), context.viewer)
  const { decision, sha256 } = await compareWithRegister(context.db, input)
  const report = await reportDecision(context.db, context, decision, { bad: [...bad, ...decision.bad], encoding: null, lines: 1, columns: Object.keys(edit.cells).length, fileName: '' })
  return { report, baseSha256: sha256() }
}

/** Keeps the preview of an edit like that of a file. What is wrong comes back at once and is not kept. */
export async function draftEdit(context: SignedInContext, edit: PersonEdit): Promise<{ draftId: string; report: RosterReport } | { bad: readonly BadCell[] } | Refusal<'rosterNothingToDo'>> {
  const { report, baseSha256 } = await previewEdit(context, edit)
  if (report.bad.length > 0) return { bad: report.bad }
  if (report.people.length === 0) return refuse('rosterNothingToDo')
  const draftId = context.newId()
  await inTransaction(context.db, (tx) => createDraft(tx, {
    id: draftId, actor_account_id: context.viewer.accountId, kind: 'edit', at: context.now, expires_at: context.now + DRAFT_LIVES_MS, roster: new TextEncoder().encode(JSON.stringify(edit)), companies: null, units: null,
    scope: '', file_name: '', base_sha256: baseSha256, report: JSON.stringify(report), leaving: '',
  }))
  return { draftId, report }
}

/** Applies an edit as one change set, like an import of one row. */
export async function editPerson(context: Context, edit: PersonEdit, options: { baseSha256?: string; invite?: boolean } = {}, commandKey?: { key: string; draftId: string }): Promise<{ changeSetId: string } | EditRefusal> {
  const { input, bad } = inputOf(edit, dayOf(context.now), context.viewer)
  if (bad.length > 0) return refuse('rosterHasErrors', { count: bad.length })
  try {
    return await inTransaction(context.db, (tx) => apply(tx, context, edit, input, options, commandKey))
  } catch (error) {
    if (error instanceof StaleFacts || failureOf(error) === 'duplicate') return refuse('rosterChanged')
    throw error
  }
}

/** Applies the kept preview of an edit; a second click finds that it is done. */
export async function applyEdit(context: SignedInContext, draftId: string): Promise<{ changeSetId: string } | EditRefusal> {
  const key = `edit-person:${draftId}`
  const done = await findCommandResult(context.db, key)
  if (done) return JSON.parse(done) as { changeSetId: string }
  const draft = await findDraftFiles(context.db, draftId, context.viewer.accountId, context.now)
  if (!draft || draft.kind !== 'edit') return refuse('draftGone')
  return editPerson(context, JSON.parse(new TextDecoder().decode(draft.roster)) as PersonEdit, { baseSha256: draft.base_sha256 }, { key, draftId })
}

async function apply(tx: Tx, context: Context, edit: PersonEdit, input: RosterInput, options: { baseSha256?: string; invite?: boolean }, commandKey?: { key: string; draftId: string }): Promise<{ changeSetId: string } | EditRefusal> {
  await lockTheRegister(tx, context)
  const done = commandKey && (await findCommandResult(tx, commandKey.key))
  if (done) return JSON.parse(done) as { changeSetId: string }
  const { decision, register, sha256 } = await compareWithRegister(tx, input)
  if (options.baseSha256 !== undefined && options.baseSha256 !== sha256()) return refuse('rosterChanged')
  if (decision.bad.length > 0) return refuse('rosterHasErrors', { count: decision.bad.length })
  const [change] = decision.people
  if (!change) return refuse('rosterNothingToDo')
  const counts = { new: 0, changed: 0, rehired: 0, moved: 0, [change.outcome]: 1 }
  const written = await writeDecision(tx, context, decision, register, { kind: 'edit', note: edit.note, sourceSha256: null, summary: { number: change.number, ...counts, ended: change.ends ? 1 : 0, ...(edit.leave && { leave: true }) } })
  await planWithin(tx, context, written.changeSetId, written.engagementIds, written.begun)
  if (options.invite !== false) await inviteNewPeople(tx, context, decision, written)
  await recordEvidence(tx, context, { type: 'roster.edited', subjectEngagementId: written.engagementIds[0], payload: { changeSet: written.changeSetId, outcome: change.outcome, columns: change.fields.map(({ column }) => column) } })
  if (commandKey) {
    await recordCommandKey(tx, { key: commandKey.key, command: 'edit-person', at: context.now, result: JSON.stringify({ changeSetId: written.changeSetId }) })
    await removeDraft(tx, commandKey.draftId)
  }
  return { changeSetId: written.changeSetId }
}
