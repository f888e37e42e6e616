import type { Tx } from '../../db/database.server'
import { createFindings, hasLaterComplete, lockFindingsBefore, recordFindingAct, settleFinding } from '../../db/findings.server'
import type { Sheet } from '../content/filing-sheet.server'
import type { SignedInContext } from '../context'
import { OPEN_INSTANT } from '../domain/calendar'
import { isFinding } from '../domain/filing'

/** The findings that a complete filing entered, followed and replaced, by their ids. */
export interface RaisedFindings {
  raised: string[]
  followed: string[]
  replaced: string[]
}

/**
 * Enters what a filing that has just become complete leaves to mend, in the transaction that completes it. Of what earlier filings left,
 * the items that it answers are followed by it; what its own earlier signature left is replaced. The signed statement is their evidence; what
 * was entered and closed here is told for the entry of whoever completed it.
 */
export async function raiseFindings(tx: Tx, context: SignedInContext, { filing, form, items }: Pick<Sheet, 'filing' | 'form' | 'items'>, actId: string): Promise<RaisedFindings> {
  const { now, viewer } = context
  const closed: RaisedFindings = { raised: [], followed: [], replaced: [] }
  for (const { id, ordinal, replaced } of await lockFindingsBefore(tx, filing, actId, items.map((item) => item.id))) {
    await settleFinding(tx, id, now)
    closed[replaced ? 'replaced' : 'followed'].push(id)
    await recordFindingAct(tx, { id: context.newId(), finding_id: id, ordinal: ordinal + 1, kind: replaced ? 'replaced' : 'followed', by_account: viewer.accountId, at: now, mended_on: '', words: '' })
  }
  if (await hasLaterComplete(tx, filing, form.meta.handedTo === 'operator' ? 'accepted' : 'submitted')) return closed
  const rows = items.flatMap(({ id, answer, improveBy }, position) => (isFinding(answer) && improveBy !== '' ? [{ id: context.newId(), filing_id: filing.id, act_id: actId, item_id: id, position, answer: answer as 'partly' | 'notDone', improve_by: improveBy, raised_at: now, settled_at: OPEN_INSTANT }] : []))
  await createFindings(tx, rows)
  return { ...closed, raised: rows.map(({ id }) => id) }
}
