import { inTransaction, type Tx } from '../../db/database.server'
import { findDraftFiles, removeDraft } from '../../db/drafts.server'
import { findCommandResult, recordCommandKey } from '../../db/ledger.server'
import { StaleFacts } from '../../db/facts.server'
import { failureOf } from '../../db/dialect.server'
import type { Context, SignedInContext } from '../context'
import { dayOf, type Day } from '../domain/calendar'
import { refuse, type Refusal } from '../domain/refusal'
import { readFilesSteps, type ReadFiles } from '../domain/roster-files'
import { leavingOfDraft } from '../domain/roster-leaving'
import { leavingOf, type RosterReport } from '../domain/roster-report'
import { codesWithin, reportDecision, type DraftScope, type ImportRequest } from './draft-import.server'
import { recordEvidence } from './evidence.server'
import { inviteNewPeople } from './invite-people.server'
import { paced } from './paced.server'
import { planWithin } from './plan-assignments.server'
import { compareWithRegister, lockTheRegister, sourceHash, writeDecision } from './roster-change.server'

export interface ImportOptions {
  /** People who are missing in the file and whose engagement HR ends, with their last day. */
  ending?: readonly { number: string; lastDay: Day }[]
  /** The explicit yes that is asked for when more than 5 % leave. */
  confirmLeaving?: boolean
  note?: string
  /** What the preview compared; the import is refused when it has changed since. */
  baseSha256?: string
  /** Whether new people are invited by mail; the demonstration company invites nobody. */
  invite?: boolean
  /** How many engagements are planned in the import's own transaction; with more the planning is left open for `continuePlanning`. */
  planAtOnce?: number
}

export type ImportRefusal = Refusal<'rosterHasErrors' | 'rosterChanged' | 'rosterNothingToDo' | 'leavingNotConfirmed' | 'draftGone'>

export interface Imported {
  changeSetId: string
  counts: Omit<RosterReport['counts'], 'bad' | 'badLines'>
}

/** What came of an import, and what was compared; nothing was compared when it had been done before, or is no longer what it was. */
export interface Outcome {
  imported: Imported | ImportRefusal
  report: RosterReport | null
}

/** Applies files as one change set in one transaction: people, units, companies, logins, assignments, evidence. */
export async function importRoster(context: Context, request: ImportRequest, options: ImportOptions = {}, commandKey?: { key: string; draftId: string }): Promise<Imported | ImportRefusal> {
  return (await importWithReport(context, request, options, commandKey)).imported
}

/** The same with the report of a preview, made from the very comparison that is applied. */
export async function importWithReport(context: Context, request: ImportRequest, options: ImportOptions = {}, commandKey?: { key: string; draftId: string }): Promise<Outcome> {
  const read = await paced(readFilesSteps(request.files))
  const sourceSha256 = sourceHash(request.files)
  try {
    return await inTransaction(context.db, (tx) => apply(tx, context, { read, sourceSha256, request, options, commandKey }))
  } catch (error) {
    if (error instanceof StaleFacts || failureOf(error) === 'duplicate') return { imported: refuse('rosterChanged'), report: null }
    throw error
  }
}

/** Applies a kept preview; a second click finds that it is done. */
export async function importDraft(context: SignedInContext, draftId: string, options: Omit<ImportOptions, 'baseSha256' | 'ending'> = {}, asCompany = false): Promise<Imported | ImportRefusal> {
  const key = `import-roster:${draftId}`
  const done = await findCommandResult(context.db, key)
  if (done) return JSON.parse(done) as Imported
  const draft = await findDraftFiles(context.db, draftId, context.viewer.accountId, context.now)
  if (!draft || draft.kind !== 'roster') return refuse('draftGone')
  if (draft.roster.byteLength + (draft.companies?.byteLength ?? 0) + (draft.units?.byteLength ?? 0) === 0) return refuse('rosterHasErrors', { count: 1 })
  const files = { roster: draft.roster.byteLength > 0 ? draft.roster : null, companies: draft.companies, units: draft.units }
  const { company, part, asCompany: fromCompany = false } = JSON.parse(draft.scope) as DraftScope
  if (fromCompany !== asCompany) return refuse('draftGone')
  return importRoster(context, { files, fileName: draft.file_name, scope: company, part, asCompany }, { ...options, ending: leavingOfDraft(draft.leaving).people, baseSha256: draft.base_sha256 }, { key, draftId })
}

async function apply(tx: Tx, context: Context, given: { read: ReadFiles; sourceSha256: string; request: ImportRequest; options: ImportOptions; commandKey?: { key: string; draftId: string } }): Promise<Outcome> {
  const { read, request, options, commandKey } = given
  await lockTheRegister(tx, context)
  if (commandKey) {
    const done = await findCommandResult(tx, commandKey.key)
    if (done) return { imported: JSON.parse(done) as Imported, report: null }
  }
  const within = await codesWithin({ ...context, db: tx }, request)
  const { decision, register, sha256 } = await compareWithRegister(tx, { roster: read.roster, companies: read.companies, units: read.units, ending: options.ending ?? [], scope: request.scope, part: request.part, today: dayOf(context.now), acting: context.viewer, within })
  if (options.baseSha256 !== undefined && options.baseSha256 !== sha256()) return { imported: refuse('rosterChanged'), report: null }
  const bad = [...read.bad, ...decision.bad]
  const report = await reportDecision(tx, context, decision, { ...read, bad, fileName: request.fileName, part: request.part })
  const no = (imported: ImportRefusal) => ({ imported, report })
  if (bad.length > 0) return no(refuse('rosterHasErrors', { count: bad.length }))
  if (decision.people.length + decision.units.length + decision.companies.length + decision.appointments.length === 0) return no(refuse('rosterNothingToDo'))
  const { leaving, needsConfirmation } = leavingOf(decision)
  if (needsConfirmation && !options.confirmLeaving) return no(refuse('leavingNotConfirmed', { leaving, registered: decision.registered, part: request.part ? 1 : 0 }))
  const { new: begun, changed, rehired, moved, missing, unchanged, registered } = report.counts
  const counts = { new: begun, changed, rehired, moved, missing, unchanged, registered }
  const summary = { fileName: request.fileName, ...counts, ended: leaving, units: decision.units.length, companies: decision.companies.length }
  const written = await writeDecision(tx, context, decision, register, { kind: 'import', note: options.note ?? '', sourceSha256: given.sourceSha256, summary })
  await planWithin(tx, context, written.changeSetId, written.engagementIds, written.begun, options.planAtOnce)
  if (options.invite !== false) await inviteNewPeople(tx, context, decision, written)
  await recordEvidence(tx, context, { type: 'roster.imported', payload: { changeSet: written.changeSetId, source: given.sourceSha256, counts } })
  const imported: Imported = { changeSetId: written.changeSetId, counts }
  if (commandKey) {
    await recordCommandKey(tx, { key: commandKey.key, command: 'import-roster', at: context.now, result: JSON.stringify(imported) })
    await removeDraft(tx, commandKey.draftId)
  }
  return { imported, report }
}
