import type { Bucket } from '../app/domain/throttle'
import { insertAbsentRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'

const NONE: Bucket = { failures: 0, at: 0 }

/** A bucket as it stands, held until the transaction ends. */
export async function lockBucket(tx: Tx, bucket: string): Promise<Bucket> {
  await insertAbsentRows(tx, 'throttle', 'bucket', [{ bucket, failures: 0, refilled_at: 0 }])
  const row = await lockRows(tx, tx.selectFrom('throttle').select(['failures', 'refilled_at']).where('bucket', '=', bucket)).executeTakeFirstOrThrow()
  return { failures: row.failures, at: row.refilled_at }
}

/** A bucket as it stands. */
export async function findBucket(db: Db, bucket: string): Promise<Bucket> {
  const row = await db.selectFrom('throttle').select(['failures', 'refilled_at']).where('bucket', '=', bucket).executeTakeFirst()
  return row ? { failures: row.failures, at: row.refilled_at } : NONE
}

/** Notes a bucket's failures. */
export async function recordBucket(tx: Tx, bucket: string, state: Bucket): Promise<void> {
  await tx.updateTable('throttle').set({ failures: state.failures, refilled_at: state.at }).where('bucket', '=', bucket).execute()
}

/** Forgets a bucket, after a success. */
export async function forgetBucket(tx: Tx, bucket: string): Promise<void> {
  await tx.deleteFrom('throttle').where('bucket', '=', bucket).execute()
}
