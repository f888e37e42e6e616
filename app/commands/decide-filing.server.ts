import { inTransaction } from '../../db/database.server'
import { lockFiling, recordFilingAct } from '../../db/filings.server'
import { findSheet } from '../content/filing-sheet.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { refusalToDecideFiling } from '../domain/filing'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { countWords } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { filingReachOf } from './open-filing.server'
import { raiseFindings } from './raise-findings.server'
import { tellOfReturn } from './tell-of-return.server'

export type FilingVerdict = { is: 'accept' } | { is: 'return'; reasons: readonly { itemId: string; words: string }[] }

/** Accepts a filing, or sends it back item by item with reasons; by another than signed it. Each is appended, nothing is written over. */
export async function decideFiling(
  context: SignedInContext,
  given: { filingId: string; verdict: FilingVerdict; note: string },
): Promise<{ actId: string } | Refusal<'notFound' | 'tooManyWords'> | NonNullable<ReturnType<typeof refusalToDecideFiling>>> {
  const { db, viewer, now } = context
  if (!may(viewer, 'decideChecks')) return refuse('notFound')
  const reach = await filingReachOf(context)
  return inTransaction(db, async (tx) => {
    if (!(await lockFiling(tx, given.filingId))) return refuse('notFound')
    const sheet = await findSheet({ ...context, db: tx }, given.filingId, reach)
    if (!sheet) return refuse('notFound')
    const signed = sheet.acts.findLast(({ kind }) => kind === 'submitted')
    const known = new Set(sheet.items.map(({ id }) => id))
    const reasons = given.verdict.is === 'return' ? given.verdict.reasons.map(({ itemId, words }) => ({ itemId, words: words.trim() })).filter(({ itemId, words }) => words !== '' && known.has(itemId)) : []
    // reasons of items that the form does not have reach nobody
    const verdict = given.verdict.is === 'return' ? { is: 'return' as const, reasons } : given.verdict
    const refused = refusalToDecideFiling({ state: sheet.state, handedTo: sheet.form.meta.handedTo, signedBy: signed?.by ?? null }, verdict, { accountId: viewer.accountId })
    if (refused || !signed) return refused ?? refuse('notFound')
    if (given.verdict.is === 'return') {
      const slow = await countWords(tx, context)
      if (isRefusal(slow)) return slow
    }
    const actId = context.newId()
    const { filing } = sheet
    const outcome = given.verdict.is === 'accept' ? 'accepted' as const : 'returned' as const
    const note = given.note.trim()
    await recordFilingAct(tx, filing.id, { id: actId, ordinal: sheet.acts.length + 1, kind: outcome, by: viewer.accountId, at: Math.max(now, signed.at), statement: null, receipt: '', nameTyped: '', note, counts: signed.counts }, reasons)
    const left = outcome === 'accepted' ? await raiseFindings(tx, context, sheet, signed.id) : undefined
    await recordEvidence(tx, context, {
      type: 'filing.decided',
      payload: { filing: filing.id, act: actId, checklist: filing.slug, company: filing.company_id, unit: filing.unit_id, period: filing.period, outcome, statement: signed.statement, reasons, note, ...left },
    })
    if (outcome === 'returned' && sheet.form.meta.answeredBy !== 'operator') await tellOfReturn(tx, context, { companyId: filing.company_id, unitId: filing.unit_id })
    return { actId }
  })
}
