import { inTransaction, type Db } from '../../db/database.server'
import { findAskedRoles } from '../../db/audience-facts.server'
import { listCodesOfCompanies } from '../../db/company-register.server'
import { createDraft } from '../../db/drafts.server'
import { listCompaniesBelow } from '../../db/slips.server'
import type { Context, SignedInContext } from '../context'
import { reachOf } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { DRAFT_LIVES_MS } from '../domain/draft'
import { refuse, type Refusal } from '../domain/refusal'
import { readFilesSteps, wrongRowsSteps, type ReadFiles, type RosterFiles } from '../domain/roster-files'
import type { RosterDecision } from '../domain/roster-diff'
import { rolesAfter } from '../domain/roster-named'
import { factsAfter, previewIdOf, reportOf, type RosterReport } from '../domain/roster-report'
import { Turns } from '../domain/turns'
import { breathe, paced } from './paced.server'
import { previewPlan } from './plan-assignments.server'
import { compareWithRegister } from './roster-change.server'

export interface ImportRequest {
  files: RosterFiles
  fileName: string
  /** The 会社コード the file lists completely; null: those of its rows. */
  scope: string | null
  /** The file lists some people only: who is not in it is not missing. */
  part?: boolean
  /** By a 会社側担当者, for own people and lower tiers only. */
  asCompany?: boolean
}

/** Which people a kept file speaks for. */
export interface DraftScope {
  company: string | null
  part: boolean
  asCompany?: boolean
}

/** The 会社コード beyond which a file may not reach: those of the 会社側担当者's own company and lower tiers, read anew each time. */
export async function codesWithin(context: Pick<Context, 'db' | 'now' | 'viewer'>, { asCompany = false }: Pick<ImportRequest, 'asCompany'>): Promise<readonly string[] | undefined> {
  const { viewer, db, now } = context
  if (!asCompany || !viewer) return asCompany ? [] : undefined
  const reach = reachOf(viewer, 'runCompany')
  return reach.all ? [] : listCodesOfCompanies(db, await listCompaniesBelow(db, reach.companyIds, dayOf(now)))
}

export interface Preview {
  report: RosterReport
  read: ReadFiles
  /** Stands for what was compared; the same when nothing of it has changed. */
  baseSha256: string
}

/** What importing these files would change, without changing anything. */
export async function previewImport(context: Pick<Context, 'db' | 'library' | 'now' | 'viewer'>, request: ImportRequest, ending: readonly { number: string; lastDay: Day }[] = [], mostRows = Infinity): Promise<Preview> {
  const read = withinRows(await paced(readFilesSteps(request.files)), mostRows)
  const { decision, sha256 } = await compareWithRegister(context.db, { roster: read.roster, companies: read.companies, units: read.units, ending, scope: request.scope, part: request.part, today: dayOf(context.now), acting: context.viewer, within: await codesWithin(context, request) })
  const report = await reportDecision(context.db, context, decision, { ...read, bad: [...read.bad, ...decision.bad], fileName: request.fileName, part: request.part })
  return { report, read, baseSha256: sha256() }
}

/** The report of a decision with its effect on assignments. */
export async function reportDecision(db: Db, context: Pick<Context, 'library' | 'now'>, decision: RosterDecision, file: Pick<ReadFiles, 'bad' | 'encoding' | 'lines' | 'columns'> & { fileName: string; part?: boolean }): Promise<RosterReport> {
  const plans = decision.people.flatMap((person) => person.plans)
  const held = await findAskedRoles(db, plans.flatMap(({ id, number }) => (id === null ? [] : [{ id, number }])))
  const planned = await previewPlan(db, context, factsAfter(plans.map((plan) => ({ id: previewIdOf(plan), plan })), decision, rolesAfter(decision, held)))
  await breathe()
  return reportOf({ decision, planned, now: context.now, ...file })
}

/** Comparing takes much of the one processor and of the memory for long; more rows are read at the command line. */
const ROWS_IN_BROWSER = 20_000

const withinRows = (read: ReadFiles, most: number): ReadFiles =>
  read.lines <= most ? read : { ...read, roster: [], companies: [], units: [], bad: [{ file: 'roster', line: 0, column: '', value: '', reason: 'tooManyRows', hint: String(most) }] }

/** Reading a file takes all of one processor and much memory: one is read at a time, and few may wait. */
const reading = new Turns({ atOnce: 1, perKey: 1, waiting: 3 })

/** Keeps a preview for 24 hours so that it can be looked through and applied. Of a file with wrong rows only these are kept. */
export async function draftImport(context: SignedInContext, request: ImportRequest): Promise<{ draftId: string; report: RosterReport } | Refusal<'importsWaiting'>> {
  const turn = await reading.take({ key: context.viewer.accountId, known: false }, async () => {
    const preview = await previewImport(context, request, [], ROWS_IN_BROWSER)
    return preview.report.counts.bad === 0 ? preview : { ...preview, report: { ...preview.report, wrongRows: await paced(wrongRowsSteps(request.files, preview.report.bad)) } }
  })
  if (!turn) return refuse('importsWaiting')
  const { baseSha256, report } = turn.done
  const draftId = context.newId()
  const kept = report.counts.bad === 0
  await inTransaction(context.db, (tx) => createDraft(tx, {
    id: draftId, actor_account_id: context.viewer.accountId, kind: 'roster', at: context.now, expires_at: context.now + DRAFT_LIVES_MS,
    roster: (kept && request.files.roster) || new Uint8Array(), companies: (kept && request.files.companies) || null, units: (kept && request.files.units) || null,
    scope: JSON.stringify({ company: request.scope, part: request.part ?? false, ...(request.asCompany && { asCompany: true }) } satisfies DraftScope), file_name: request.fileName.slice(0, 180), base_sha256: baseSha256, report: JSON.stringify(report), leaving: '',
  }))
  return { draftId, report }
}
