import type { Instant } from '../app/domain/calendar'
import type { CodePurpose } from '../app/domain/sign-in-code'
import { hitOne, insertRows, type Db, type Tx } from './database.server'

export interface NewCode {
  hash: string
  accountId: string
  purpose: CodePurpose
  issuedBy: string | null
  at: Instant
  expiresAt: Instant
}

/** Enters codes, by their hashes only. */
export async function createCodes(tx: Tx, codes: readonly NewCode[]): Promise<void> {
  if (codes.length === 0) return
  await insertRows(tx, 'sign_in_code', codes.map(({ hash, accountId, purpose, issuedBy, at, expiresAt }) => ({ hash, account_id: accountId, purpose, issued_by: issuedBy, created_at: at, expires_at: expiresAt, used_at: null, revoked_at: null })))
}

/** Takes back every code of these accounts that nobody has used. */
export async function revokeCodes(tx: Tx, accountIds: readonly string[], at: Instant, purposes: readonly CodePurpose[] = ['invite', 'reset', 'slip']): Promise<void> {
  for (let start = 0; start < accountIds.length; start += 500)
    await tx.updateTable('sign_in_code').set({ revoked_at: at }).where('account_id', 'in', accountIds.slice(start, start + 500)).where('purpose', 'in', [...purposes]).where('used_at', 'is', null).where('revoked_at', 'is', null).execute()
}

/** The printed slips of these accounts that would open now or on the first day: when each was made, and by whom. */
export async function listOpenSlips(db: Db, accountIds: readonly string[], now: Instant): Promise<Map<string, { at: Instant; issuedBy: string | null }>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db.selectFrom('sign_in_code').select(['account_id', 'created_at', 'issued_by']).where('account_id', 'in', [...accountIds]).where('purpose', '=', 'slip')
    .where('used_at', 'is', null).where('revoked_at', 'is', null).where('expires_at', '>', now).orderBy('created_at').execute()
  return new Map(rows.map((row) => [row.account_id, { at: row.created_at, issuedBy: row.issued_by }]))
}

/** Whether a code of this account would open now. */
export async function codeOpens(db: Db, hash: string, accountId: string, now: Instant): Promise<boolean> {
  const row = await db.selectFrom('sign_in_code').select('hash').where('hash', '=', hash).where('account_id', '=', accountId)
    .where('used_at', 'is', null).where('revoked_at', 'is', null).where('expires_at', '>', now).executeTakeFirst()
  return row !== undefined
}

/** Uses a code up: exactly one of those who try at once succeeds. */
export async function useCode(tx: Tx, hash: string, accountId: string, now: Instant): Promise<boolean> {
  return hitOne(
    await tx.updateTable('sign_in_code').set({ used_at: now }).where('hash', '=', hash).where('account_id', '=', accountId)
      .where('used_at', 'is', null).where('revoked_at', 'is', null).where('expires_at', '>', now).executeTakeFirst(),
  )
}

/** How a code came to be: for what, and issued by whom. */
export async function findCode(db: Db, hash: string) {
  return db.selectFrom('sign_in_code').select(['purpose', 'issued_by', 'created_at']).where('hash', '=', hash).executeTakeFirst()
}
