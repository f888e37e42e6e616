import { inTransaction } from '../../db/database.server'
import { listFilingActs } from '../../db/filings.server'
import { findFinding, listFindingActs, lockFinding, recordFindingAct } from '../../db/findings.server'
import { recordBlob } from '../../db/ledger.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { attachmentName } from '../domain/filing'
import { faultOfReport, findingStateOf, MOST_FINDING_FILES, refusalToReport } from '../domain/finding'
import { sha256 } from '../domain/ledger/entry'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import type { Scan } from '../domain/scan'
import { countWords } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { filingReachOf, menderFor } from './open-filing.server'

export interface FindingReport {
  findingId: string
  mendedOn: string
  words: string
  files: readonly { name: string; scan: Scan }[]
}

/**
 * Reports an item as mended: day, words and files, by whoever answers for the company or unit. The same report sent twice is one; what was
 * sent stands, and is followed by the office's decision (domain.md P06).
 */
export async function reportFinding(context: SignedInContext, given: FindingReport): Promise<{ actId: string } | Refusal<'notFound' | 'tooManyWords' | 'findingSettled' | 'filingCameBack' | 'tooManyFindingFiles'> | Refusal<'reportFaulty'>> {
  const { db, viewer, now } = context
  const today = dayOf(now)
  const reach = await filingReachOf(context)
  const finding = await findFinding(db, given.findingId, reach, today)
  if (!finding || !(await menderFor(context, finding))) return refuse('notFound')
  const faults = faultOfReport(given, { raisedAt: finding.raisedAt, today })
  if (faults) return refuse('reportFaulty', faults)
  const files = [...new Map(given.files.map((one) => [sha256(one.scan.bytes), one])).entries()].map(([hash, one]) => ({ ...one, sha256: hash }))
  if (files.length > MOST_FINDING_FILES) return refuse('tooManyFindingFiles', { most: MOST_FINDING_FILES })
  const words = given.words.trim()
  return inTransaction(db, async (tx) => {
    await lockFinding(tx, finding.id)
    const acts = await listFindingActs(tx, finding.id)
    const last = acts.at(-1)
    if (last?.kind === 'reported' && last.by === viewer.accountId && last.mendedOn === given.mendedOn && last.words === words) return { actId: last.id }
    const filingReturned = (await listFilingActs(tx, finding.filingId)).at(-1)?.kind === 'returned'
    const refused = refusalToReport({ state: findingStateOf(last?.kind ?? null), filingReturned })
    if (refused) return refused
    const slow = await countWords(tx, context)
    if (isRefusal(slow)) return slow
    const actId = context.newId()
    for (const { scan, sha256: hash } of files) await recordBlob(tx, { sha256: hash, mediaType: scan.type, bytes: scan.bytes })
    await recordFindingAct(tx, { id: actId, finding_id: finding.id, ordinal: acts.length + 1, kind: 'reported', by_account: viewer.accountId, at: now, mended_on: given.mendedOn, words }, files.map(({ name, sha256: hash }) => ({ id: context.newId(), sha256: hash, name: attachmentName(name) })))
    await recordEvidence(tx, context, {
      type: 'finding.reported',
      payload: { finding: finding.id, act: actId, filing: finding.filingId, checklist: finding.slug, company: finding.companyId, unit: finding.unitId, period: finding.period, itemId: finding.itemId, on: given.mendedOn, words, files: files.map(({ sha256: hash }) => hash) },
    })
    return { actId }
  })
}
