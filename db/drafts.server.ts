import type { Instant } from '../app/domain/calendar'
import { hitOne, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import type { ImportDraftTable } from './schema'

/** Keeps a preview until it is applied or expires. */
export async function createDraft(tx: Tx, row: ImportDraftTable): Promise<void> {
  await insertRows(tx, 'import_draft', [row])
}

/** One's own preview that has not expired, without its files. */
export async function findDraft(db: Db, draftId: string, accountId: string, now: Instant) {
  return db
    .selectFrom('import_draft').select(['id', 'kind', 'at', 'expires_at', 'scope', 'file_name', 'base_sha256', 'report', 'leaving'])
    .where('id', '=', draftId).where('actor_account_id', '=', accountId).where('expires_at', '>', now)
    .executeTakeFirst()
}

/** One's own preview with its files, locked until it is applied. */
export async function lockDraft(tx: Tx, draftId: string, accountId: string, now: Instant): Promise<ImportDraftTable | undefined> {
  return lockRows(tx, tx.selectFrom('import_draft').selectAll().where('id', '=', draftId).where('actor_account_id', '=', accountId).where('expires_at', '>', now)).executeTakeFirst()
}

/** The files of one's own preview. */
export async function findDraftFiles(db: Db, draftId: string, accountId: string, now: Instant) {
  return db
    .selectFrom('import_draft').select(['roster', 'companies', 'units', 'scope', 'file_name', 'kind', 'base_sha256', 'leaving'])
    .where('id', '=', draftId).where('actor_account_id', '=', accountId).where('expires_at', '>', now)
    .executeTakeFirst()
}

/** Keeps with a preview who of the missing people leaves when, and what that does. */
export async function updateDraftLeaving(tx: Tx, draftId: string, leaving: string): Promise<void> {
  await tx.updateTable('import_draft').set({ leaving }).where('id', '=', draftId).execute()
}

/** Removes a preview; true when it was there. */
export async function removeDraft(tx: Tx, draftId: string): Promise<boolean> {
  return hitOne(await tx.deleteFrom('import_draft').where('id', '=', draftId).executeTakeFirst())
}
