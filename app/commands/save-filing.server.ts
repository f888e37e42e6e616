import { inTransaction } from '../../db/database.server'
import { listFilingActs, listFilingFiles, lockFiling, recordFilingFile, removeFilingFile, saveFilingAnswers } from '../../db/filings.server'
import { recordBlob } from '../../db/ledger.server'
import { findSheet } from '../content/filing-sheet.server'
import type { SignedInContext } from '../context'
import { attachmentName, filingStateOf, mayEdit, MOST_FILES, MOST_FILES_OF_ITEM, type Answered } from '../domain/filing'
import { sha256 } from '../domain/ledger/entry'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import type { Scan } from '../domain/scan'
import { countWords } from './credentials.server'
import { answererFor, filingReachOf } from './open-filing.server'

export interface FilingDraft {
  filingId: string
  answers: readonly (Answered & { itemId: string })[]
  files: readonly { itemId: string; name: string; scan: Scan }[]
  /** Files to take away, by their id. */
  removed: readonly string[]
}

/** Keeps what is answered so far, complete or not: nothing is lost by stopping. Once it is signed and waits, nothing changes any more. */
export async function saveFiling(context: SignedInContext, given: FilingDraft): Promise<{ saved: number } | Refusal<'notFound' | 'filingClosed' | 'tooManyFiles' | 'tooManyWords'>> {
  const { db, viewer, now } = context
  const sheet = await findSheet(context, given.filingId, await filingReachOf(context))
  const by = sheet && (await answererFor(context, sheet.form.meta, { companyId: sheet.filing.company_id, unitId: sheet.filing.unit_id }))
  if (!sheet || !by) return refuse('notFound')
  const known = new Set(sheet.items.map(({ id }) => id))
  const answers = given.answers.filter(({ itemId }) => known.has(itemId))
  const files = given.files.filter(({ itemId }) => known.has(itemId) && sheet.form.meta.attachments).map(({ scan, ...one }) => ({ ...one, scan, sha256: sha256(scan.bytes) }))
  return inTransaction(db, async (tx) => {
    await lockFiling(tx, given.filingId)
    if (!mayEdit(filingStateOf(true, (await listFilingActs(tx, given.filingId)).at(-1)?.kind ?? null))) return refuse('filingClosed')
    for (const id of given.removed) await removeFilingFile(tx, { id, filingId: given.filingId, by: viewer.accountId, at: now })
    const kept = await listFilingFiles(tx, given.filingId)
    // the same file of the same item, sent twice, is there once
    const fresh = files.filter((one, at) => !kept.some(({ itemId, sha256: hash }) => itemId === one.itemId && hash === one.sha256) && files.findIndex(({ itemId, sha256: hash }) => itemId === one.itemId && hash === one.sha256) === at)
    const full = (itemId: string) => [...kept, ...fresh].filter((one) => one.itemId === itemId).length > MOST_FILES_OF_ITEM
    const crowded = kept.length + fresh.length > MOST_FILES || fresh.some(({ itemId }) => full(itemId))
    await saveFilingAnswers(tx, given.filingId, { account: viewer.accountId, at: now }, answers)
    if (crowded) return refuse('tooManyFiles', { most: MOST_FILES_OF_ITEM, all: MOST_FILES })
    // a file that is taken away again stays in the store: without a pace, one person could fill it
    const slow = fresh.length > 0 ? await countWords(tx, context) : null
    if (isRefusal(slow)) return slow
    for (const one of fresh) {
      await recordBlob(tx, { sha256: one.sha256, mediaType: one.scan.type, bytes: one.scan.bytes })
      await recordFilingFile(tx, { id: context.newId(), filingId: given.filingId, itemId: one.itemId, sha256: one.sha256, name: attachmentName(one.name), by: viewer.accountId, at: now })
    }
    return { saved: answers.length }
  })
}
