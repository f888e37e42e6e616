import { randomBytes } from 'node:crypto'
import { inTransaction } from '../../db/database.server'
import { lockFiling, recordFilingAct } from '../../db/filings.server'
import { recordBlob } from '../../db/ledger.server'
import { findAccountMail, findCredentialOrigin } from '../../db/pledges.server'
import { findSheet, type Sheet } from '../content/filing-sheet.server'
import type { SignedInContext } from '../context'
import type { ViewerEngagement } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { faultsOf, mayEdit, type FilingCapacity } from '../domain/filing'
import { filingPeriodWords } from '../domain/filing-period'
import type { FilingStatement } from '../domain/filing-statement'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { namesMatch } from '../domain/name'
import { RECEIPT_BYTES, receiptNumber } from '../domain/pledge'
import { japaneseTimestamp } from '../domain/pledge-statement'
import { refuse, type Refusal } from '../domain/refusal'
import { confirmPassword } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { answererFor, filingReachOf } from './open-filing.server'
import { queueMails } from './queue-mail.server'
import { raiseFindings } from './raise-findings.server'

export interface FilingSignature {
  filingId: string
  /** The digest of the answers that were shown: only they are signed. */
  shown: string
  nameTyped: string
  password: string
}

export interface Filed {
  actId: string
  receipt: string
}

type Refused = Refusal<'notFound' | 'filingClosed' | 'filingIncomplete' | 'shownDifferently' | 'slowDown'> | Refusal<'signatureFaulty'>

/**
 * Signs a filing and hands it in: form, answers, remarks and the hashes of the files as one statement, its hash, the act and the evidence
 * in one transaction, as a pledge is signed (issue §3: one mechanism). Handed in again after it came back, the new statement names the one it replaces.
 * A double click gives the first receipt.
 */
export async function submitFiling(context: SignedInContext, given: FilingSignature): Promise<Filed | Refused> {
  const { db, viewer, now, library } = context
  const reach = await filingReachOf(context)
  const sheet = await findSheet(context, given.filingId, reach)
  const by = sheet && (await answererFor(context, sheet.form.meta, { companyId: sheet.filing.company_id, unitId: sheet.filing.unit_id }))
  const signer = by && viewer.engagements.find(({ id }) => id === by.engagementId)
  if (!sheet || !by || !signer) return refuse('notFound')
  const early = refusalToSubmit(sheet, given, context)
  if (early) return doubled(sheet, given, context) ?? early
  const wrong = given.password === '' ? refuse('wrongPassword') : await confirmPassword(context, given.password)
  if (wrong?.refused === 'slowDown') return refuse('slowDown', wrong.facts)
  const faults = { ...(!namesMatch(given.nameTyped, signer.name) && { name: signer.name }), ...(wrong && { password: 1 }) }
  if (Object.keys(faults).length > 0) return refuse('signatureFaulty', faults)
  const receipt = receiptNumber(now, randomBytes(RECEIPT_BYTES))
  const [origin, mail] = [await findCredentialOrigin(db, viewer.accountId), await findAccountMail(db, signer.id, dayOf(now))]
  return inTransaction(db, async (tx) => {
    await lockFiling(tx, given.filingId)
    const held = (await findSheet({ ...context, db: tx }, given.filingId, reach))!
    const refused = refusalToSubmit(held, given, context)
    if (refused) return doubled(held, given, context) ?? refused
    const statement = statementOf(context, held, signer, by.capacity, { receipt, nameTyped: given.nameTyped, credentialOrigin: origin?.purpose ?? 'initial' })
    const bytes = canonicalBytes(statement)
    const hash = sha256(bytes)
    const actId = context.newId()
    const { filing, form } = held
    await recordBlob(tx, { sha256: hash, mediaType: 'application/json', bytes })
    await recordFilingAct(tx, filing.id, { id: actId, ordinal: held.acts.length + 1, kind: 'submitted', by: viewer.accountId, at: now, statement: hash, receipt, nameTyped: given.nameTyped, note: '', counts: held.counts })
    const left = form.meta.handedTo === 'file' ? await raiseFindings(tx, context, held, actId) : undefined
    await recordEvidence(tx, context, {
      type: 'filing.submitted',
      payload: { filing: filing.id, act: actId, checklist: form.meta.slug, version: form.meta.version, company: filing.company_id, unit: filing.unit_id, period: filing.period, receipt, statement: hash, counts: held.counts, ...left },
    })
    await queueMails(tx, context, [{
      template: 'receipt', recipientId: viewer.accountId, to: mail, dedupeKey: `receipt ${actId}`,
      props: { name: signer.name, honorific: by.capacity === 'companyContact' || by.capacity === 'soleContractor' ? '様' : 'さん', site: library.words.operator, contact: library.words.consultDesk, document: `${form.meta.title}(${held.subjectName}・${filingPeriodWords(filing.period)})`, addressee: library.words.operator, signedAt: now, receipt },
    }])
    return { actId, receipt }
  })
}

function refusalToSubmit(sheet: Sheet, given: FilingSignature, { now }: SignedInContext): Refusal<'filingClosed' | 'filingIncomplete' | 'shownDifferently'> | null {
  if (!mayEdit(sheet.state)) return refuse('filingClosed')
  if (sheet.digest !== given.shown) return refuse('shownDifferently')
  const missing = faultsOf(sheet.items, new Map(sheet.items.map((item) => [item.id, item])), dayOf(now)).length
  return missing > 0 ? refuse('filingIncomplete', { count: missing }) : null
}

/** The same person's signature under the same answers, sent twice. */
function doubled(sheet: Sheet, given: FilingSignature, { viewer }: SignedInContext): Filed | undefined {
  const last = sheet.acts.at(-1)
  return last?.kind === 'submitted' && last.by === viewer.accountId && sheet.digest === given.shown ? { actId: last.id, receipt: last.receipt } : undefined
}

function statementOf(context: SignedInContext, sheet: Sheet, signer: ViewerEngagement, capacity: FilingCapacity, facts: { receipt: string; nameTyped: string; credentialOrigin: string }): FilingStatement {
  const { filing, form } = sheet
  return {
    format: 'shuhi-filing-1',
    ...(context.settings.demo && { demonstration: true as const }),
    receipt: facts.receipt,
    form: { slug: form.meta.slug, version: form.meta.version, title: form.meta.title, sha256: form.sha256 },
    subject: { kind: filing.subject_kind, id: filing.subject_id, name: sheet.subjectName },
    addressee: context.library.words.operator,
    period: filing.period,
    dueOn: filing.due_on,
    replaces: sheet.acts.findLast(({ statement }) => statement !== null)?.statement ?? null,
    items: sheet.items.map(({ id, group, number, text, answer, remark, improveBy, files }) => ({ id, group, number, text, answer: answer!, remark, improveBy, attachments: files.map(({ name, sha256: hash, size, type }) => ({ name, sha256: hash, size, type })) })),
    counts: sheet.counts,
    declaration: sheet.declaration,
    signer: { engagementId: signer.id, number: signer.number, company: signer.companyName, capacity, nameRegistered: signer.name, nameTyped: facts.nameTyped },
    authentication: { method: context.viewer.authMethod, reenteredAt: context.now, credentialOrigin: facts.credentialOrigin },
    at: context.now,
    atText: japaneseTimestamp(context.now),
    address: context.from.address,
    agent: context.from.agent,
  }
}
