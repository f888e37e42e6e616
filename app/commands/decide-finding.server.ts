import { inTransaction } from '../../db/database.server'
import { findFinding, listFindingActs, lockFinding, recordFindingAct, settleFinding } from '../../db/findings.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { findingStateOf, refusalToDecideFinding } from '../domain/finding'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { countWords } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { filingReachOf } from './open-filing.server'
import { tellOfReturn } from './tell-of-return.server'

/** Accepts that an item is mended, which settles it for good, or sends the report back with words; by another than reported it. */
export async function decideFinding(
  context: SignedInContext,
  given: { findingId: string; verdict: { is: 'accept' } | { is: 'return'; words: string } },
): Promise<{ actId: string } | Refusal<'notFound' | 'tooManyWords'> | NonNullable<ReturnType<typeof refusalToDecideFinding>>> {
  const { db, viewer, now } = context
  if (!may(viewer, 'decideChecks')) return refuse('notFound')
  const finding = await findFinding(db, given.findingId, await filingReachOf(context), dayOf(now))
  if (!finding) return refuse('notFound')
  return inTransaction(db, async (tx) => {
    await lockFinding(tx, finding.id)
    const acts = await listFindingActs(tx, finding.id)
    const last = acts.at(-1)
    const outcome = given.verdict.is === 'accept' ? 'accepted' as const : 'returned' as const
    const words = given.verdict.is === 'return' ? given.verdict.words.trim() : ''
    if (last?.kind === outcome && last.by === viewer.accountId && last.words === words) return { actId: last.id }
    const reported = acts.findLast(({ kind }) => kind === 'reported')
    const refused = refusalToDecideFinding({ state: findingStateOf(last?.kind ?? null), reportedBy: reported?.by ?? null }, given.verdict, viewer)
    if (refused || !reported) return refused ?? refuse('notFound')
    if (outcome === 'returned') {
      const slow = await countWords(tx, context)
      if (isRefusal(slow)) return slow
    } else await settleFinding(tx, finding.id, now)
    const actId = context.newId()
    await recordFindingAct(tx, { id: actId, finding_id: finding.id, ordinal: acts.length + 1, kind: outcome, by_account: viewer.accountId, at: Math.max(now, reported.at), mended_on: '', words })
    await recordEvidence(tx, context, {
      type: 'finding.decided',
      payload: { finding: finding.id, act: actId, filing: finding.filingId, checklist: finding.slug, company: finding.companyId, unit: finding.unitId, period: finding.period, itemId: finding.itemId, outcome, words },
    })
    if (outcome === 'returned') await tellOfReturn(tx, context, finding)
    return { actId }
  })
}
