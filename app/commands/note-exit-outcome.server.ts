import { randomBytes } from 'node:crypto'
import { inTransaction } from '../../db/database.server'
import { listContactTries } from '../../db/departures.server'
import { findExitCertificate, lockExitDuty } from '../../db/exit-duties.server'
import { refreshLine } from '../../db/line-members.server'
import { recordBlob } from '../../db/ledger.server'
import { findPersonFile } from '../../db/person.server'
import { findOperatorCompany, recordPledgeAct, settlePledge } from '../../db/pledges.server'
import { PLEDGE_TRACK } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import { dayOf, fullDay, type Day } from '../domain/calendar'
import { decideExitOutcome, type NotedOutcome, type OutcomeRefusal } from '../domain/departure'
import { decideExitCertificate } from '../domain/exit-certificate'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { RECEIPT_BYTES, receiptNumber } from '../domain/pledge'
import { japaneseTimestamp } from '../domain/pledge-statement'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'
import { exitSideOf, refusalToNote, type NotedBy } from './note-contact-try.server'

export interface OutcomeToNote {
  engagementId: string
  assignmentId: string
  outcome: NotedOutcome
  note: string
  as?: NotedBy
  /** Of what an employer explained: the day on which it did. */
  explainedOn?: Day | null
}

/**
 * Records what came of the text at the end when nobody signed: it was explained and declined, or the person could not be reached
 * (domain.md PL6, L31). It settles the duty, so that nothing waits for it; while the person is here, signing stays open. HR records
 * it of the pledge towards the operator, an employer of the certificate of its own and lower-tier people.
 */
export async function noteExitOutcome(
  context: SignedInContext, given: OutcomeToNote,
): Promise<{ receipt: string } | Refusal<'notFound' | 'ownDeparture' | 'ownExit' | 'exitDied' | 'exitSigned' | 'exitSettled' | 'explainedOutside'> | OutcomeRefusal> {
  const { now, viewer, db, library } = context
  const [as, today] = [given.as ?? 'office', dayOf(now)]
  const side = await exitSideOf(context, as)
  if (!side) return refuse('notFound')
  const person = side.is === 'operator' ? await findPersonFile(db, given.engagementId, today) : await findExitCertificate(db, side.companyIds, given.engagementId, today)
  if (!person) return refuse('notFound')
  const operatorId = await findOperatorCompany(db)
  const receipt = receiptNumber(now, randomBytes(RECEIPT_BYTES))
  return inTransaction(db, async (tx) => {
    const duty = await lockExitDuty(tx, side, given.engagementId, given.assignmentId)
    const template = duty && library.current('pledge', duty.slug)
    if (!duty || !template) return refuse('notFound')
    const refused = await refusalToNote(tx, context, as, duty.personId)
    if (refused) return refused
    const tries = await listContactTries(tx, given.assignmentId)
    const triedOn = tries.map(({ onDay }) => onDay)
    const explainedOn = as === 'employer' && given.outcome === 'explainedDeclined' ? (given.explainedOn ?? null) : null
    const decided = as === 'office' ? decideExitOutcome(duty, given.outcome, triedOn) : decideExitCertificate(duty, { outcome: given.outcome, explainedOn }, triedOn, today)
    if (isRefusal(decided)) return decided
    const actId = context.newId()
    const { slug, version } = template.meta
    const addressee = as === 'office' ? operatorId : duty.companyId
    const statement = canonicalBytes({
      format: 'shuhi-exit-outcome-1', act: actId, assignment: given.assignmentId, engagement: given.engagementId, outcome: given.outcome, template: { slug, version, track: PLEDGE_TRACK }, addressee,
      enteredBy: viewer.accountId, at: now, note: given.note, tries: tries.map(({ id, onDay, channel, note }) => ({ id, onDay, channel, note })), ...(explainedOn !== null && { explainedOn }),
    })
    const hash = sha256(statement)
    await recordBlob(tx, { sha256: hash, mediaType: 'application/json', bytes: statement })
    await recordPledgeAct(tx, {
      id: actId, assignment_id: given.assignmentId, outcome: given.outcome, template: slug, version, track: PLEDGE_TRACK, addressee_company_id: addressee, statement_sha256: hash, pages_shown: '[]', clauses_ticked: '[]', name_typed: '',
      name_registered: person.name ?? '', auth_method: viewer.authMethod, credential_origin: '', evidence_grade: as === 'office' ? 'enteredByHr' : 'enteredByEmployer', signed_at: now, signed_at_text: japaneseTimestamp(now), address: context.from.address.slice(0, 64),
      // the worker reads these words: the day belongs to them
      agent: context.from.agent.slice(0, 400), note: [explainedOn !== null ? `${fullDay(explainedOn)}に説明` : '', given.note].filter(Boolean).join('。'), receipt, settle_slot: null,
    })
    if (decided.settles) await settlePledge(tx, given.assignmentId, 'declined', now)
    await refreshLine(tx, [given.engagementId], today)
    await recordEvidence(tx, context, { type: 'pledge.exitNoted', subjectEngagementId: given.engagementId, payload: { act: actId, assignment: given.assignmentId, outcome: given.outcome, receipt, statement: hash } })
    return { receipt }
  })
}
