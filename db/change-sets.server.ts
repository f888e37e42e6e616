import { insertRows, type Db, type Tx } from './database.server'
import type { ChangeSetTable } from './schema'

/** Enters a change set; everything it writes names it. */
export async function createChangeSet(tx: Tx, row: ChangeSetTable): Promise<void> {
  await insertRows(tx, 'change_set', [row])
}

/** A change set and the one that undid it. */
export async function findChangeSet(db: Db, id: string) {
  return db.selectFrom('change_set as c').leftJoin('change_set as u', 'u.undoes', 'c.id').select(['c.id', 'c.kind', 'c.at', 'c.note', 'c.summary', 'c.undoes', 'u.id as undone_by']).where('c.id', '=', id).executeTakeFirst()
}
