import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { afterAll, describe, inject } from 'vitest'
import { openDatabase, type Db } from '../../db/database.server'
import { migrate } from '../../db/migrate.server'

export type EngineName = 'MariaDB' | 'SQLite'

/** A fresh, migrated database on one engine; it is gone when the file's tests end. */
export async function freshDatabase(engine: EngineName): Promise<Db> {
  const { db, drop } = await (engine === 'MariaDB' ? freshMariaDb() : freshSqlite())
  afterAll(drop)
  await migrate(db, 'test', Date.now)
  return db
}

async function freshSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-'))
  const db = openDatabase({ file: join(folder, 'test.db') })
  return { db, drop: async () => (await db.destroy(), rmSync(folder, { recursive: true, force: true })) }
}

async function freshMariaDb() {
  const socketPath = inject('mariadb')
  const name = `t_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  const root = await createConnection({ socketPath, user: 'root' })
  await root.query(`create database ${name} character set utf8mb4 collate utf8mb4_bin`)
  const db = openDatabase({ url: `mysql://root@localhost/${name}?socketPath=${encodeURIComponent(socketPath)}` })
  return { db, drop: async () => (await db.destroy(), await root.query(`drop database ${name}`), await root.end()) }
}

/** Runs the same tests on both engines. */
export function onBothEngines(what: string, tests: (engine: EngineName) => void) {
  for (const engine of ['SQLite', 'MariaDB'] as const) describe(`${what} (${engine})`, () => tests(engine))
}
