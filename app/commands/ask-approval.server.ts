import { createApprovals, findDutyOfPerson, lockDuties, type DutyOfPerson } from '../../db/approvals.server'
import { inTransaction, type Tx } from '../../db/database.server'
import { recordBlob } from '../../db/ledger.server'
import { listCompaniesBelow } from '../../db/slips.server'
import type { SignedInContext } from '../context'
import { lineOf, may, reachOf } from '../domain/access'
import { askerFor, decideAsking, entersARecord, type ApprovalKind, type AskedAs, type AskRefusal, type Done, type Standing } from '../domain/approval'
import { dayOf, type Day } from '../domain/calendar'
import { sha256 } from '../domain/ledger/entry'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import type { Scan } from '../domain/scan'
import { recordEvidence } from './evidence.server'
import { tellApprovers } from './tell-of-approval.server'

export interface ApprovalToAsk {
  assignmentId: string
  kind: ApprovalKind
  reasonCode: string
  note: string
  wishedDueOn: Day | null
  /** Of what was done elsewhere: the day, the minutes, the version, the name on a paper. */
  done?: Done
  scan?: Scan
}

/**
 * Asks for 猶予, 免除 or the acceptance of what was done on paper, in a class or elsewhere (domain.md §5.3, §5.4). Nothing changes
 * until another person decides. A manager asks for the own line, a company for own people, HR for all, nobody for oneself.
 */
export async function askApproval(context: SignedInContext, given: ApprovalToAsk): Promise<{ requestId: string; askedAs: AskedAs } | Refusal<'notFound'> | AskRefusal> {
  const { db, viewer } = context
  const today = dayOf(context.now)
  const companies = await companiesOf(context)
  return inTransaction(db, async (tx) => {
    await lockDuties(tx, [given.assignmentId])
    const duty = await findDutyOfPerson(tx, given.assignmentId, today, lineOf(viewer))
    const askedAs = duty && askerFor(given.kind, standingTo(context, companies, duty), duty.relation)
    if (!duty || !askedAs) return refuse('notFound')
    const asked = await enterApproval(tx, context, duty, { ...given, askedAs })
    if (isRefusal(asked)) return asked
    await tellApprovers(tx, context, duty)
    return { requestId: asked.requestId, askedAs }
  })
}

/** The companies of which the viewer is the 会社側担当者, lower tiers included. */
export async function companiesOf({ db, viewer, now }: SignedInContext): Promise<readonly string[]> {
  const reach = reachOf(viewer, 'runCompany')
  return reach.all ? [] : listCompaniesBelow(db, reach.companyIds, dayOf(now))
}

/** How the viewer stands to the person of a duty that was read with the viewer's line. */
export const standingTo = ({ viewer }: SignedInContext, companyIds: readonly string[], duty: Pick<DutyOfPerson, 'inLine' | 'companyId' | 'personId'>): Standing => ({
  inLine: may(viewer, 'leadTeam') && duty.inLine, ofCompany: companyIds.includes(duty.companyId), office: may(viewer, 'enterRecords'), self: duty.personId === viewer.personId,
})

/** Keeps a scan once under its hash, which it answers. */
export async function keepScan(tx: Tx, scan: Scan): Promise<string> {
  const hash = sha256(scan.bytes)
  await recordBlob(tx, { sha256: hash, mediaType: scan.type, bytes: scan.bytes })
  return hash
}

/** Enters one request about a duty that is held, with its evidence; or says what to mend. A sheet of many people is kept once, by the caller. */
export async function enterApproval(tx: Tx, context: SignedInContext, duty: DutyOfPerson, given: ApprovalToAsk & { askedAs: AskedAs; keptScan?: string }): Promise<{ requestId: string; wishedDueOn: Day | null } | AskRefusal> {
  const { viewer, library, now } = context
  const knows = (version: string) => library.find(duty.targetKind === 'module' ? 'module' : 'pledge', duty.slug, version) !== undefined
  const done = given.done ?? null
  const decided = decideAsking({ ...given, done, hasScan: given.scan !== undefined || given.keptScan !== undefined }, duty, knows, dayOf(now), library.calendar)
  if (isRefusal(decided)) return decided
  const scan = given.keptScan ?? (given.scan && (await keepScan(tx, given.scan)))
  const requestId = context.newId()
  const wishedDueOn = 'wishedDueOn' in decided ? decided.wishedDueOn : null
  await createApprovals(tx, [{
    id: requestId, kind: given.kind, assignment_id: duty.assignmentId, engagement_id: duty.engagementId, reason_code: given.reasonCode, note: given.note.trim(), wished_due_on: wishedDueOn,
    proposal: entersARecord(given.kind) ? JSON.stringify(done) : '', scan_sha256: scan ?? null, asked_by: viewer.accountId, asked_as: given.askedAs, asked_at: now, decided_by: null, decided_at: null, outcome: null, answer: '', open_slot: 1,
  }])
  await recordEvidence(tx, context, {
    type: 'approval.asked', subjectEngagementId: duty.engagementId,
    payload: { request: requestId, assignment: duty.assignmentId, kind: given.kind, reason: given.reasonCode, askedAs: given.askedAs, wishedDueOn, ...(done && { done: { on: done.on, minutes: done.minutes, version: done.version } }), ...(scan && { scan }) },
  })
  return { requestId, wishedDueOn }
}
