import { randomBytes } from 'node:crypto'
import { findCompanyName, listCompanyNames, listNamedCertifiable, recordCertificate, type CertifiablePerson } from '../../db/certificates.server'
import { inTransaction, type Tx } from '../../db/database.server'
import { lockEngagements } from '../../db/engagements.server'
import { findCommandResult, recordBlob, recordCommandKey } from '../../db/ledger.server'
import { refreshLine } from '../../db/line-members.server'
import { findAccountMail, findCredentialOrigin } from '../../db/pledges.server'
import { listCompaniesBelow } from '../../db/slips.server'
import type { PledgeVersion } from '../content/schema'
import type { SignedInContext } from '../context'
import type { ViewerEngagement } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { declarationOf, refusalToCertify, type CertificateStatement } from '../domain/certificate'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { namesMatch } from '../domain/name'
import { RECEIPT_BYTES, receiptNumber } from '../domain/pledge'
import { japaneseTimestamp } from '../domain/pledge-statement'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { confirmPassword } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { queueMails } from './queue-mail.server'

export interface CertificateToSubmit {
  /** The company in whose name it is declared: one for which the viewer is 会社側担当者. */
  companyId: string
  slug: string
  lines: readonly { engagementId: string; takenOn: Day }[]
  /** The words that were shown and ticked: only they are recorded. */
  declaration: string
  nameTyped: string
  password: string
  /** Made with the form: the same form sent twice is one certificate. */
  key: string
}

export interface Submitted {
  certificateId: string
  receipt: string
}

/** Which of the viewer's engagements speaks for a company, or undefined when none does. */
export function contactFor(context: SignedInContext, companyId: string): ViewerEngagement | undefined {
  const role = context.viewer.roles.find((one) => one.role === 'companyContact' && one.scopeKind === 'company' && one.scopeId === companyId)
  return context.viewer.engagements.find(({ id }) => id === role?.engagementId)
}

/** What the 会社側担当者 of a company declares with a text today: its own words, and what its lower tiers report. */
export async function declarationToday(context: SignedInContext, companyId: string, template: PledgeVersion): Promise<string> {
  const { db, library, now } = context
  const today = dayOf(now)
  const below = (await listCompaniesBelow(db, [companyId], today)).filter((id) => id !== companyId)
  return declarationOf(await findCompanyName(db, companyId, today), library.words.operator, template.meta, await listCompanyNames(db, below, today))
}

/**
 * Submits the 誓約取得証明 of an employer: who, taken when, declared by its 会社側担当者 with name and password. It settles the
 * certificate duties of these people in one transaction with its statement, hash and evidence (domain.md PL2, PL3). A wrong name
 * and a wrong password are told at once.
 */
export async function submitCertificate(
  context: SignedInContext,
  given: CertificateToSubmit,
): Promise<Submitted | NonNullable<ReturnType<typeof refusalToCertify>> | Refusal<'notFound' | 'shownDifferently' | 'slowDown'> | Refusal<'signatureFaulty'>> {
  const { db, library, now, viewer } = context
  const commandKey = `submit-certificate ${viewer.accountId} ${given.key}`.slice(0, 190)
  const before = await findCommandResult(db, commandKey)
  if (before) return JSON.parse(before) as Submitted
  const contact = contactFor(context, given.companyId)
  const template = library.current('pledge', given.slug)
  if (!contact || template?.meta.addressee !== 'employer') return refuse('notFound')
  const today = dayOf(now)
  if (given.declaration !== (await declarationToday(context, given.companyId, template))) return refuse('shownDifferently')
  const decide = async (at: Tx | typeof db) => {
    const found = await listNamedCertifiable(at, await listCompaniesBelow(at, [given.companyId], today), given.slug, given.lines.map(({ engagementId }) => engagementId), today)
    return refusalToCertify({ asked: given.lines, found }, today) ?? found
  }
  const early = await decide(db)
  if (isRefusal(early)) return early
  const wrong = await confirmPassword(context, given.password)
  if (wrong?.refused === 'slowDown') return refuse('slowDown', wrong.facts)
  const faults = { ...(!namesMatch(given.nameTyped, contact.name) && { name: contact.name }), ...(wrong && { password: 1 }) }
  if (Object.keys(faults).length > 0) return refuse('signatureFaulty', faults)
  const receipt = receiptNumber(now, randomBytes(RECEIPT_BYTES))
  const origin = await findCredentialOrigin(db, viewer.accountId)
  const [mail, companyName] = [await findAccountMail(db, contact.id, today), await findCompanyName(db, given.companyId, today)]
  return inTransaction(db, async (tx) => {
    await lockEngagements(tx, given.lines.map(({ engagementId }) => engagementId))
    const earlier = await findCommandResult(tx, commandKey)
    if (earlier) return JSON.parse(earlier) as Submitted
    const people = await decide(tx)
    if (isRefusal(people)) return people
    const lines = given.lines.map(({ engagementId, takenOn }) => ({ ...people.find((one) => one.engagementId === engagementId)!, takenOn })).sort((a, b) => (a.engagementId < b.engagementId ? -1 : 1))
    const statement = statementOf(context, given, contact, template, lines, { receipt, companyName, credentialOrigin: origin?.purpose ?? 'initial' })
    const bytes = canonicalBytes(statement)
    const hash = sha256(bytes)
    const certificateId = context.newId()
    await recordBlob(tx, { sha256: hash, mediaType: 'application/json', bytes })
    const settled = await recordCertificate(tx, {
      id: certificateId, companyId: given.companyId, template: template.meta.slug, version: template.meta.version, declaredBy: viewer.accountId, statementSha256: hash, at: now, receipt, nameTyped: given.nameTyped,
    }, lines)
    if (!settled) throw new Error('A duty was settled under the lock of its engagement')
    await recordEvidence(tx, context, {
      type: 'certificate.submitted', commandKey,
      payload: { certificate: certificateId, company: given.companyId, receipt, statement: hash, template: template.meta.slug, version: template.meta.version, engagements: lines.map(({ engagementId }) => engagementId) },
    })
    await queueMails(tx, context, [{
      template: 'receipt', recipientId: viewer.accountId, to: mail, dedupeKey: `receipt ${certificateId}`,
      props: { name: contact.name, honorific: '様', site: library.words.operator, contact: library.words.consultDesk, document: `誓約取得証明(${lines.length}人分)`, addressee: library.words.operator, signedAt: now, receipt },
    }])
    await refreshLine(tx, lines.map(({ engagementId }) => engagementId), today)
    const submitted: Submitted = { certificateId, receipt }
    await recordCommandKey(tx, { key: commandKey, command: 'submit-certificate', at: now, result: JSON.stringify(submitted) })
    return submitted
  })
}

function statementOf(
  context: SignedInContext, given: CertificateToSubmit, contact: ViewerEngagement, template: PledgeVersion,
  lines: readonly (CertifiablePerson & { takenOn: Day })[], facts: { receipt: string; companyName: string; credentialOrigin: string },
): CertificateStatement {
  const { meta } = template
  return {
    format: 'shuhi-certificate-1',
    receipt: facts.receipt,
    company: { id: given.companyId, name: facts.companyName },
    addressee: { name: context.library.words.operator },
    template: { slug: meta.slug, version: meta.version, title: meta.title, sha256: template.sha256 },
    declaration: given.declaration,
    lines: lines.map(({ engagementId, number, name, named, companyId, companyName, takenOn, act }) => ({ engagementId, number, name: named ? name : null, employer: { id: companyId, name: companyName }, takenOn, receipt: act?.receipt ?? null })),
    declaredBy: { engagementId: contact.id, number: contact.number, nameRegistered: contact.name, nameTyped: given.nameTyped },
    authentication: { method: context.viewer.authMethod, reenteredAt: context.now, credentialOrigin: facts.credentialOrigin },
    at: context.now,
    atText: japaneseTimestamp(context.now),
    address: context.from.address,
    agent: context.from.agent,
  }
}
