import { isNoted, recordAccessRow } from '../../db/access-log.server'
import { lockAccountRow } from '../../db/access-watch.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { openingsSince } from '../domain/record-access'
import { actorOf } from './evidence.server'

/** A search by name: among whom, what was typed, and what it was narrowed by. */
export interface NameSearch {
  among: 'people' | 'team'
  typed: string
  narrowed: string
}

/** Records that somebody looks for people by name. The same words among the same people are recorded once a day. */
export async function recordSearch(context: SignedInContext, { among, typed, narrowed }: NameSearch): Promise<void> {
  const { now, viewer } = context
  await inTransaction(context.db, async (tx) => {
    await lockAccountRow(tx, viewer.accountId)
    if (await isNoted(tx, viewer.accountId, { act: 'search', subjectKind: among, subjectId: typed }, openingsSince(now))) return
    await recordAccessRow(tx, { id: context.newId(), at: now, actor: actorOf(context), act: 'search', subjectKind: among, subjectId: typed, reason: narrowed, sha256: null })
  })
}
