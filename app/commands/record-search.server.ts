import { findSearch, recordAccessRow } from '../../db/access-log.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { openingsSince } from '../domain/record-access'
import { actorOf } from './evidence.server'

/** Records that somebody looks for people by name: what was typed, with what it was narrowed by. The same words are recorded once a day. */
export async function recordSearch(context: SignedInContext, { typed, narrowed }: { typed: string; narrowed: string }): Promise<void> {
  const { now, viewer } = context
  await inTransaction(context.db, async (tx) => {
    if (await findSearch(tx, viewer.accountId, typed, openingsSince(now))) return
    await recordAccessRow(tx, { id: context.newId(), at: now, actor: actorOf(context), act: 'search', subjectKind: 'people', subjectId: typed, reason: narrowed, sha256: null })
  })
}
