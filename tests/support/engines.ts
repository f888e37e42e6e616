import { mkdtempSync, rmSync } from 'node:fs'
import { sql } from 'kysely'
import { createConnection } from 'mysql2/promise'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../db/database.server'
import { migrate } from '../../db/migrate.server'
import { startMariaDb } from './mariadb.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    mariadb: string
    /** An embedded database as migrations leave it. */
    embedded: string
    demo: string
  }
}

/**
 * One private MariaDB for the whole run, in which test files take migrated databases and give them back empty; one embedded
 * database as migrations leave it, to be copied; and one folder for the demonstration, which the first journey loads and the
 * others copy.
 */
export default async function start(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-demo-'))
  const embedded = join(folder, 'empty.db')
  const [server] = await Promise.all([startMariaDb(), makeEmbedded(embedded)])
  const root = await createConnection({ socketPath: server.socket, user: 'root', multipleStatements: true })
  await root.query('create database pool; create table pool.free (name varchar(64) primary key) engine=InnoDB')
  await root.end()
  project.provide('mariadb', server.socket)
  project.provide('embedded', embedded)
  project.provide('demo', folder)
  return async () => {
    rmSync(folder, { recursive: true, force: true })
    await server.stop()
  }
}

async function makeEmbedded(file: string): Promise<void> {
  const db = openDatabase({ file })
  await migrate(db, 'test', Date.now)
  await sql`pragma wal_checkpoint(truncate)`.execute(db)
  await db.destroy()
}
