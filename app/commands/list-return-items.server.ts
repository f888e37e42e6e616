import { inTransaction } from '../../db/database.server'
import { findPersonOfEngagement, lockEngagements } from '../../db/engagements.server'
import { findCommandResult, recordCommandKey } from '../../db/ledger.server'
import { listLeaving } from '../../db/leaving.server'
import { listHandlingOf } from '../../db/records.server'
import { hasReturnList, recordReturnItems } from '../../db/return-items.server'
import type { Context, SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { standardList, type ReturnKind } from '../domain/departure'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'
import { tellOfDepartures } from './tell-of-departure.server'

const MOST_SCOPES = 50

/**
 * Gives an engagement that ends its list of what comes back, is erased and is stopped (domain.md §5.6, C37): the standard items and one
 * permission for each system that is handled. One that has a list, or had one, gets no second. Person, 上長 and employer are told with it.
 */
export async function beginReturnList(context: Context, engagementId: string): Promise<{ listed: number } | Refusal<'notFound'>> {
  const { now, viewer, library } = context
  if (viewer && !may(viewer, 'enterRecords')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    if ((await lockEngagements(tx, [engagementId])) === 0) return refuse('notFound')
    if (await hasReturnList(tx, engagementId)) return { listed: 0 }
    const items = standardList(library.folder.departure?.items ?? [], await listHandlingOf(tx, [engagementId], MOST_SCOPES)).map((item) => ({ ...item, id: context.newId() }))
    if (items.length === 0) return { listed: 0 }
    await recordReturnItems(tx, items.map((item) => ({ ...item, engagementId, by: viewer?.accountId ?? null, at: now })))
    await recordEvidence(tx, context, { type: 'return.listed', subjectEngagementId: engagementId, payload: { items: items.map(({ id, kind, words }) => ({ id, kind, words })) } })
    await tellOfDepartures(tx, context, await listLeaving(tx, { engagementIds: [engagementId] }, dayOf(now)))
    return { listed: items.length }
  })
}

/** Adds one item by hand, never to the own list. The same form sent twice adds it once. */
export async function addReturnItem(context: SignedInContext, given: { engagementId: string; kind: ReturnKind; words: string; key: string }): Promise<{ id: string } | Refusal<'notFound' | 'ownDeparture'>> {
  const { now, viewer } = context
  if (!may(viewer, 'enterRecords')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    if ((await lockEngagements(tx, [given.engagementId])) === 0) return refuse('notFound')
    if ((await findPersonOfEngagement(tx, given.engagementId)) === viewer.personId) return refuse('ownDeparture')
    const commandKey = `add-return-item ${viewer.accountId} ${given.engagementId} ${given.key}`.slice(0, 190)
    const earlier = await findCommandResult(tx, commandKey)
    if (earlier) return JSON.parse(earlier) as { id: string }
    const item = { id: context.newId(), kind: given.kind, words: given.words }
    await recordReturnItems(tx, [{ ...item, engagementId: given.engagementId, by: viewer.accountId, at: now }])
    await recordEvidence(tx, context, { type: 'return.listed', subjectEngagementId: given.engagementId, commandKey, payload: { items: [item] } })
    await recordCommandKey(tx, { key: commandKey, command: 'add-return-item', at: now, result: JSON.stringify({ id: item.id }) })
    return { id: item.id }
  })
}
