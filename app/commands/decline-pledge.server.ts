import { randomBytes } from 'node:crypto'
import { inTransaction } from '../../db/database.server'
import { recordBlob } from '../../db/ledger.server'
import { refreshLine } from '../../db/line-members.server'
import { findLastNotSigning, findOperatorCompany, findOwnPledge, findSettlingAct, findSuspension, lockOwnPledge, recordAssignmentEvent, recordPledgeAct, settlePledge } from '../../db/pledges.server'
import { PLEDGE_TRACK, readablePledge } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import { dayOf, MINUTE_MS, OPEN_INSTANT } from '../domain/calendar'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { effectOfNotSigning, isHeardByOperator, RECEIPT_BYTES, readerOf, receiptNumber, refusalToRead, type NotSigning, type ReadRefusal } from '../domain/pledge'
import { japaneseTimestamp } from '../domain/pledge-statement'
import { refuse, type Refusal } from '../domain/refusal'
import { countWords } from './credentials.server'
import { recordEvidence } from './evidence.server'

/** The same answer with the same words within this time is one answer: a double click, or a page sent again. */
const SAME_ANSWER_MS = 10 * MINUTE_MS

/**
 * Records that a person asks, waits or does not sign, with their own words, which only HR reads (or the employer's 会社側担当者,
 * domain.md A17). A question stops the due date; nothing of it is ever a sanction.
 */
export async function declinePledge(
  context: SignedInContext,
  given: { assignmentId: string; outcome: NotSigning; words: string },
): Promise<{ outcome: NotSigning } | ReadRefusal | Refusal<'notFound' | 'pledgeSettled' | 'tooManyWords'>> {
  const { viewer, now, library, db } = context
  const own = await findOwnPledge(db, given.assignmentId, viewer.personId, dayOf(now))
  const pledge = own?.kind ? readablePledge(library, own.target_slug, { kind: own.kind, employerName: own.company_name ?? '', handled: own.handled }) : undefined
  if (!own?.kind || !pledge) return refuse('notFound')
  const { meta } = pledge.version
  const refusal = refusalToRead(meta, readerOf(own, own.kind), now)
  if (refusal) return refusal
  const addresseeCompanyId = isHeardByOperator(meta) ? await findOperatorCompany(db) : own.employer_company_id
  const receipt = receiptNumber(now, randomBytes(RECEIPT_BYTES))
  return inTransaction(db, async (tx) => {
    const held = await lockOwnPledge(tx, own.id, viewer.personId)
    const last = await findLastNotSigning(tx, own.id)
    if (last && last.outcome === given.outcome && last.note === given.words && now - last.signed_at < SAME_ANSWER_MS) return { outcome: given.outcome }
    if (!held || held.settled_at !== OPEN_INSTANT || (await findSettlingAct(tx, own.id))) return refuse('pledgeSettled')
    const refused = given.words === '' ? null : await countWords(tx, context)
    if (refused) return refused
    const kind = held.target_kind === 'pledge' ? 'pledge' : 'certificate'
    const effect = effectOfNotSigning(given.outcome, { kind, suspended: (await findSuspension(tx, own.id)) !== null })
    const actId = context.newId()
    const statement = canonicalBytes({
      format: 'shuhi-not-signed-1', act: actId, assignment: own.id, engagement: own.engagement_id, outcome: given.outcome, template: { slug: meta.slug, version: meta.version, track: PLEDGE_TRACK },
      addressee: addresseeCompanyId, at: now, wordsGiven: given.words !== '',
    })
    const hash = sha256(statement)
    await recordBlob(tx, { sha256: hash, mediaType: 'application/json', bytes: statement })
    await recordPledgeAct(tx, {
      id: actId, assignment_id: own.id, outcome: given.outcome, template: meta.slug, version: meta.version, track: PLEDGE_TRACK, addressee_company_id: addresseeCompanyId, statement_sha256: hash,
      pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: own.display_name!, auth_method: viewer.authMethod, credential_origin: '',
      evidence_grade: viewer.sharedTerminal ? 'sharedTerminal' : 'ownTerminal', signed_at: now, signed_at_text: japaneseTimestamp(now), address: context.from.address.slice(0, 64),
      agent: context.from.agent.slice(0, 400), note: given.words, receipt, settle_slot: null,
    })
    if (effect.suspend) await recordAssignmentEvent(tx, { id: context.newId(), assignmentId: own.id, kind: 'suspend', reasonCode: 'question', requestedBy: viewer.accountId, at: now, refs: { act: actId } })
    if (effect.settleAs) await settlePledge(tx, own.id, effect.settleAs, now)
    await recordEvidence(tx, context, { type: 'pledge.notSigned', subjectEngagementId: own.engagement_id, payload: { act: actId, assignment: own.id, outcome: given.outcome, statement: hash } })
    if (effect.suspend || effect.settleAs) await refreshLine(tx, [own.engagement_id], dayOf(now))
    return { outcome: given.outcome }
  })
}
