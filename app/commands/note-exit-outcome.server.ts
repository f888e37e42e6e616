import { randomBytes } from 'node:crypto'
import { inTransaction } from '../../db/database.server'
import { findDeath } from '../../db/deaths.server'
import { listContactTries, listExitDuties, lockExitPledge } from '../../db/departures.server'
import { refreshLine } from '../../db/line-members.server'
import { recordBlob } from '../../db/ledger.server'
import { findPersonFile } from '../../db/person.server'
import { findOperatorCompany, recordPledgeAct, settlePledge } from '../../db/pledges.server'
import { PLEDGE_TRACK } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { decideExitOutcome, type NotedOutcome, type OutcomeRefusal } from '../domain/departure'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { RECEIPT_BYTES, receiptNumber } from '../domain/pledge'
import { japaneseTimestamp } from '../domain/pledge-statement'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/**
 * Records what came of the pledge at the end when nobody signed: it was explained and declined, or the person could not be reached
 * (domain.md PL6, L31). It settles the duty, so that nothing waits for it; while the person is here, signing stays open.
 */
export async function noteExitOutcome(
  context: SignedInContext,
  given: { engagementId: string; assignmentId: string; outcome: NotedOutcome; note: string },
): Promise<{ receipt: string } | Refusal<'notFound' | 'ownDeparture'> | OutcomeRefusal> {
  const { now, viewer, db, library } = context
  if (!may(viewer, 'enterRecords')) return refuse('notFound')
  const [person, operatorId] = [await findPersonFile(db, given.engagementId, dayOf(now)), await findOperatorCompany(db)]
  if (!person) return refuse('notFound')
  const receipt = receiptNumber(now, randomBytes(RECEIPT_BYTES))
  return inTransaction(db, async (tx) => {
    const held = await lockExitPledge(tx, given.engagementId, given.assignmentId)
    const pledge = held && (await listExitDuties(tx, [given.engagementId])).pledges.find(({ assignmentId }) => assignmentId === given.assignmentId)
    const template = held && library.current('pledge', held.target_slug)
    if (!held || !pledge || !template) return refuse('notFound')
    if (held.personId === viewer.personId) return refuse('ownDeparture')
    if (await findDeath(tx, held.personId)) return refuse('personDied')
    const tries = await listContactTries(tx, given.assignmentId)
    const decided = decideExitOutcome(pledge, given.outcome, tries.map(({ onDay }) => onDay))
    if (isRefusal(decided)) return decided
    const actId = context.newId()
    const { slug, version } = template.meta
    const statement = canonicalBytes({
      format: 'shuhi-exit-outcome-1', act: actId, assignment: given.assignmentId, engagement: given.engagementId, outcome: given.outcome, template: { slug, version, track: PLEDGE_TRACK }, addressee: operatorId,
      enteredBy: viewer.accountId, at: now, note: given.note, tries: tries.map(({ id, onDay, channel, note }) => ({ id, onDay, channel, note })),
    })
    const hash = sha256(statement)
    await recordBlob(tx, { sha256: hash, mediaType: 'application/json', bytes: statement })
    await recordPledgeAct(tx, {
      id: actId, assignment_id: given.assignmentId, outcome: given.outcome, template: slug, version, track: PLEDGE_TRACK, addressee_company_id: operatorId, statement_sha256: hash, pages_shown: '[]', clauses_ticked: '[]', name_typed: '',
      name_registered: person.name ?? '', auth_method: viewer.authMethod, credential_origin: '', evidence_grade: 'enteredByHr', signed_at: now, signed_at_text: japaneseTimestamp(now), address: context.from.address.slice(0, 64),
      agent: context.from.agent.slice(0, 400), note: given.note, receipt, settle_slot: null,
    })
    if (decided.settles) await settlePledge(tx, given.assignmentId, 'declined', now)
    await refreshLine(tx, [given.engagementId], dayOf(now))
    await recordEvidence(tx, context, { type: 'pledge.exitNoted', subjectEngagementId: given.engagementId, payload: { act: actId, assignment: given.assignmentId, outcome: given.outcome, receipt, statement: hash } })
    return { receipt }
  })
}
