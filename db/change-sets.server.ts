import type { Instant } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import type { ChangeSetTable } from './schema'

/** Enters a change set; everything it writes names it. */
export async function createChangeSet(tx: Tx, row: ChangeSetTable): Promise<void> {
  await insertRows(tx, 'change_set', [row])
}

/** Change sets, newest first; `before` is the last one of the page above. Plans of the night are left out. */
export async function listChangeSets(db: Db, page: { before?: { at: Instant; id: string }; limit: number }) {
  let query = db
    .selectFrom('change_set as c')
    .leftJoin('change_set as u', 'u.undoes', 'c.id')
    .select(['c.id', 'c.kind', 'c.actor_account_id', 'c.at', 'c.note', 'c.summary', 'c.undoes', 'u.id as undone_by'])
    .where('c.kind', '!=', 'plan')
  const { before } = page
  if (before) query = query.where(({ eb, or, and }) => or([eb('c.at', '<', before.at), and([eb('c.at', '=', before.at), eb('c.id', '<', before.id)])]))
  return query.orderBy('c.at', 'desc').orderBy('c.id', 'desc').limit(page.limit).execute()
}

/** One change set, and the one that undid it. */
export async function findChangeSet(db: Db, id: string) {
  return db
    .selectFrom('change_set as c')
    .leftJoin('change_set as u', 'u.undoes', 'c.id')
    .select(['c.id', 'c.kind', 'c.actor_account_id', 'c.at', 'c.source_sha256', 'c.note', 'c.summary', 'c.undoes', 'u.id as undone_by'])
    .where('c.id', '=', id)
    .executeTakeFirst()
}
