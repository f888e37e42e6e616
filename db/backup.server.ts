import { sql } from 'kysely'
import type { Db } from './database.server'
import { engineOf } from './dialect.server'

/**
 * Writes the whole embedded database into a new file while others go on working: one consistent state, without what lies in the
 * write-ahead log. False for MySQL / MariaDB, which bring their own means.
 */
export async function backUp(db: Db, file: string): Promise<boolean> {
  if (engineOf(db) === 'mysql') return false
  await sql`vacuum into ${file}`.execute(db)
  return true
}
