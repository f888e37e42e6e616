import { randomBytes } from 'node:crypto'
import { lockCompany } from '../../db/company-register.server'
import { inTransaction, type Tx } from '../../db/database.server'
import { failureOf } from '../../db/dialect.server'
import { recordBlob } from '../../db/ledger.server'
import { refreshLine } from '../../db/line-members.server'
import {
  findCredentialOrigin, findOperatorCompany, findOwnPledge, findOwnSignedAct, findSettlingAct, findSuspension, listPagesShown, lockOwnPledge, recordAssignmentEvent, recordPledgeAct, settlePledge,
  type OwnPledgeRow,
} from '../../db/pledges.server'
import { companionOf, pageStates, PLEDGE_TRACK, readablePledge, type ReadablePledge } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import { dayOf, OPEN_DAY } from '../domain/calendar'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { namesMatch } from '../domain/name'
import { relationOf } from '../domain/people'
import { dueAfterAnswer, faultsInSigning, isClosedToSigning, RECEIPT_BYTES, readerOf, receiptNumber, refusalToSign, type SignRefusal } from '../domain/pledge'
import { needsAgreement } from '../domain/pledge-clauses'
import { articlesByClause, japaneseTimestamp, type PledgeStatement } from '../domain/pledge-statement'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { confirmPassword } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { queueMails } from './queue-mail.server'

export interface Signature {
  assignmentId: string
  ticked: readonly string[]
  nameTyped: string
  password: string
  memo: string
  guardian: string
  /** The track in which the key clauses stood beside the Japanese. */
  track?: string | undefined
}

type Refused = SignRefusal | Refusal<'notFound' | 'slowDown'> | Refusal<'signatureFaulty'>
export interface Signed {
  actId: string
  receipt: string
}

/**
 * Signs one's own pledge: the statement with the exact words shown, its hash, the act, the settled duty and the evidence in one
 * transaction. Signing twice, in two tabs or by a double click, gives the first receipt; having declined before is no hindrance
 * (issue §4; A16–A18 for the other ways). What is wrong in the form is told all at once, the password with the rest.
 */
export async function signPledge(context: SignedInContext, given: Signature): Promise<Signed | Refused> {
  const { viewer, now, library, db } = context
  const own = await findOwnPledge(db, given.assignmentId, viewer.personId, dayOf(now))
  if (!own) return refuse('notFound')
  const before = await findOwnSignedAct(db, own.id, viewer.personId)
  if (before) return { actId: before.id, receipt: before.receipt }
  const pledge = textOf(library, own)
  if (!pledge) return refuse('notFound')
  const early = await decide(context, db, own, pledge, isClosedToSigning({ settledAt: own.settled_at, settledAs: own.settled_as }))
  if (isRefusal(early)) return early
  const wrong = given.password === '' ? refuse('wrongPassword') : await confirmPassword(context, given.password)
  if (wrong?.refused === 'slowDown') return refuse('slowDown', wrong.facts)
  const faults = { ...faultsOf(own, pledge, given), ...(wrong && { password: 1 }) }
  if (Object.keys(faults).length > 0) return refuse('signatureFaulty', faults)
  const facts = { receipt: receiptNumber(now, randomBytes(RECEIPT_BYTES)), operatorId: await findOperatorCompany(db), origin: await findCredentialOrigin(db, viewer.accountId) }
  try {
    return await inTransaction(db, async (tx) => {
      // the agency's agreement ends under this lock: company first, then the engagement, as there
      if (needsAgreement(pledge.version.meta)) await lockCompany(tx, own.employer_company_id)
      const locked = await lockOwnPledge(tx, own.id, viewer.personId)
      const earlier = await findSettlingAct(tx, own.id)
      if (earlier) return { actId: earlier.id, receipt: earlier.receipt }
      // name, employer, scope and agreement as they stand under the lock: only they are signed
      const held = locked && (await findOwnPledge(tx, own.id, viewer.personId, dayOf(now)))
      const text = held && textOf(library, held)
      if (!held || !text) return refuse('notFound')
      const shown = await decide(context, tx, held, text, isClosedToSigning({ settledAt: held.settled_at, settledAs: held.settled_as }))
      if (isRefusal(shown)) return shown
      const changed = faultsOf(held, text, given)
      return Object.keys(changed).length > 0 ? refuse('signatureFaulty', changed) : store(tx, context, held, text, given, shown, facts)
    })
  } catch (error) {
    const act = failureOf(error) === 'duplicate' ? await findOwnSignedAct(db, own.id, viewer.personId) : undefined
    if (!act) throw error
    return { actId: act.id, receipt: act.receipt }
  }
}

/** The text of a pledge as its reader has it today; undefined where there is none. */
const textOf = (library: SignedInContext['library'], own: OwnPledgeRow): ReadablePledge | undefined =>
  own.kind ? readablePledge(library, own.target_slug, { kind: own.kind, employerName: own.company_name ?? '', handled: own.handled }) : undefined

/** What is wrong in the form, the password aside. */
const faultsOf = (own: OwnPledgeRow, { version }: ReadablePledge, given: Signature) =>
  faultsInSigning(version.meta, { ...given, nameMatches: namesMatch(given.nameTyped, own.display_name!), nameRegistered: own.display_name! })

/** May this be signed now? Answers with how each page was shown, or with the refusal. */
async function decide(context: SignedInContext, db: Tx | SignedInContext['db'], own: OwnPledgeRow, pledge: ReadablePledge, settled: boolean) {
  const pages = pageStates(pledge, await listPagesShown(db, own.id, pledge.version.meta.version, PLEDGE_TRACK))
  return refusalToSign(pledge.version.meta, { reader: readerOf(own, own.kind!), settled, pages }, context.now) ?? pages
}

async function store(
  tx: Tx, context: SignedInContext, own: OwnPledgeRow, pledge: ReadablePledge, given: Signature, shown: ReturnType<typeof pageStates>,
  facts: { receipt: string; operatorId: string; origin: Awaited<ReturnType<typeof findCredentialOrigin>> },
): Promise<Signed> {
  const { viewer, now } = context
  const { meta } = pledge.version
  const addresseeCompanyId = meta.addressee === 'operator' ? facts.operatorId : own.employer_company_id
  const articles = articlesByClause(pledge.pages.map(({ plain }) => plain))
  const companions = await companionsShown(tx, context, own, pledge, given.track)
  const credentialOrigin = facts.origin ? `${facts.origin.purpose}${facts.origin.issued_by ? `:${facts.origin.issued_by}` : ''}` : 'initial'
  const statement: PledgeStatement = {
    format: 'shuhi-pledge-1',
    ...(context.settings.demo && { demonstration: true as const }),
    receipt: facts.receipt,
    template: { slug: meta.slug, version: meta.version, track: PLEDGE_TRACK, title: meta.title, sha256: pledge.version.sha256 },
    addressee: { companyId: addresseeCompanyId, name: pledge.addresseeName },
    signer: { engagementId: own.engagement_id, number: own.number, kind: own.kind!, nameRegistered: own.display_name!, nameTyped: given.nameTyped },
    guardian: given.guardian,
    pages: pledge.pages.map(({ id, plain, withReadings }, at) => {
      const seen = shown[at]!.shown!
      const { html, title } = seen.sha256 === plain.sha256 ? plain : withReadings
      return { page: id, title, html, sha256: seen.sha256, shownAt: seen.at }
    }),
    clauses: meta.keyClauses.map(({ clause, statement: words }) => ({ clause, article: articles.get(clause) ?? '', statement: words })),
    ...(pledge.handled.length > 0 && { scope: [...pledge.handled] }),
    ...(companions.length > 0 && { companions }),
    memo: given.memo,
    authentication: { method: viewer.authMethod, reenteredAt: now, credentialOrigin },
    signedAt: now,
    signedAtText: japaneseTimestamp(now),
    address: context.from.address,
    agent: context.from.agent,
  }
  const bytes = canonicalBytes(statement)
  const hash = sha256(bytes)
  const actId = context.newId()
  await recordBlob(tx, { sha256: hash, mediaType: 'application/json', bytes })
  await recordPledgeAct(tx, {
    id: actId, assignment_id: own.id, outcome: 'signed', template: meta.slug, version: meta.version, track: PLEDGE_TRACK, addressee_company_id: addresseeCompanyId, statement_sha256: hash,
    pages_shown: JSON.stringify(shown.map(({ page, shown: seen }) => ({ page, ...seen }))), clauses_ticked: JSON.stringify(meta.keyClauses.map(({ clause }) => clause)),
    name_typed: given.nameTyped, name_registered: own.display_name!, auth_method: viewer.authMethod, credential_origin: credentialOrigin.slice(0, 64),
    evidence_grade: viewer.sharedTerminal ? 'sharedTerminal' : 'ownTerminal', signed_at: now, signed_at_text: statement.signedAtText, address: context.from.address.slice(0, 64),
    agent: context.from.agent.slice(0, 400), note: given.memo, receipt: facts.receipt, settle_slot: 1,
  })
  if (own.target_kind === 'pledge') await settlePledge(tx, own.id, 'completed', now, addresseeCompanyId === facts.operatorId ? { version: meta.version, route: 'screen' } : undefined)
  else await goOnAfterQuestion(tx, context, own)
  await recordEvidence(tx, context, {
    type: 'pledge.signed', subjectEngagementId: own.engagement_id, commandKey: `sign-pledge ${own.id}`,
    payload: { act: actId, assignment: own.id, receipt: facts.receipt, statement: hash, template: meta.slug, version: meta.version, addressee: addresseeCompanyId },
  })
  await queueReceipt(tx, context, own, pledge, { actId, receipt: facts.receipt })
  await refreshLine(tx, [own.engagement_id], dayOf(now))
  return { actId, receipt: facts.receipt }
}

/** The 参考訳 as they stood beside the Japanese of today: pages that were shown, and the key clauses of the form. */
async function companionsShown(tx: Tx, { library }: SignedInContext, own: OwnPledgeRow, pledge: ReadablePledge, inForm: string | undefined): Promise<NonNullable<PledgeStatement['companions']>> {
  const { meta, tracks } = pledge.version
  const told = await Promise.all(tracks.map(async (track) => {
    const companion = companionOf(library, pledge, track)
    if (!companion) return []
    const states = pageStates(companion, await listPagesShown(tx, own.id, meta.version, companion.track))
    const pages = states.flatMap(({ page, hashes, shown }, at) => {
      if (!shown || !hashes.includes(shown.sha256)) return []
      const { plain, withReadings } = companion.pages[at]!
      const { html, title } = shown.sha256 === plain.sha256 ? plain : withReadings
      return [{ page, title, html, sha256: shown.sha256, shownAt: shown.at }]
    })
    const clauses = companion.track !== inForm ? [] : meta.keyClauses.map(({ clause }) => ({ clause, statement: companion.statements.get(clause)?.text ?? '' }))
    return pages.length + clauses.length === 0 ? [] : [{ track: companion.track, title: companion.title, pages, clauses }]
  }))
  return told.flat()
}

/** Every signature is followed by a receipt (CL16); a contractor's worker gets it in the name of their own company (L25). */
async function queueReceipt(tx: Tx, context: SignedInContext, own: OwnPledgeRow, pledge: ReadablePledge, signed: Signed): Promise<void> {
  const { words } = context.library
  const relation = relationOf(own.kind!)
  const toEmployer = pledge.version.meta.addressee === 'employer'
  await queueMails(tx, context, [{
    template: 'receipt', recipientId: context.viewer.accountId, to: own.mail ?? '', dedupeKey: `receipt ${signed.actId}`,
    props: {
      name: own.display_name!, honorific: relation === 'sole' ? '様' : 'さん', site: relation === 'contract' ? pledge.addresseeName : words.operator, contact: toEmployer ? `${pledge.addresseeName}の担当者` : words.consultDesk,
      document: `${pledge.version.meta.title} 第${pledge.version.meta.version}版`, addressee: pledge.addresseeName, signedAt: context.now, receipt: signed.receipt,
    },
  }])
}

/** Whoever signs has no open question left: the due date of the employer's certificate runs again. */
async function goOnAfterQuestion(tx: Tx, context: SignedInContext, own: OwnPledgeRow): Promise<void> {
  const suspended = await findSuspension(tx, own.id)
  if (suspended?.reasonCode !== 'question') return
  const newDueOn = dueAfterAnswer({ dueOn: own.due_on, askedOn: dayOf(suspended.at) }, dayOf(context.now), context.library.calendar)
  await recordAssignmentEvent(tx, { id: context.newId(), assignmentId: own.id, kind: 'resume', ...(newDueOn !== OPEN_DAY && { newDueOn }), reasonCode: 'signed', requestedBy: context.viewer.accountId, at: context.now })
}
