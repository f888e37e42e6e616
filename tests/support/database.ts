import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise'
import { describe, inject } from 'vitest'
import { openDatabase, type Db } from '../../db/database.server'
import { migrate } from '../../db/migrate.server'

export type EngineName = 'MariaDB' | 'SQLite'

const taken: (() => Promise<void>)[] = []

/** An empty, migrated database on one engine; it is given back when the file's tests end. */
export async function freshDatabase(engine: EngineName): Promise<Db> {
  const { db, giveBack } = await (engine === 'MariaDB' ? freshMariaDb() : freshSqlite())
  taken.push(giveBack)
  return db
}

/** Gives back what the file has taken. Asked by the setup of every file: what a hook registers while it runs is never called. */
export async function giveBackDatabases(): Promise<void> {
  await Promise.all(taken.splice(0).map((giveBack) => giveBack()))
}

/** A copy of what migrations leave: making some sixty tables takes a hundred times as long. */
async function freshSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-'))
  const file = join(folder, 'test.db')
  copyFileSync(inject('embedded'), file)
  const db = openDatabase({ file })
  // No test pulls the plug: none of thousands of commits need wait for the disk.
  await sql`pragma synchronous = off`.execute(db)
  return { db, giveBack: async () => (await db.destroy(), rmSync(folder, { recursive: true, force: true })) }
}

/** One that an earlier file has given back, else a new one. */
async function freshMariaDb() {
  const socketPath = inject('mariadb')
  const root = await createConnection({ socketPath, user: 'root', multipleStatements: true })
  const given = await takeFree(root)
  const name = given ?? `t_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  if (!given) await root.query(`create database ${name} character set utf8mb4 collate utf8mb4_bin`)
  const db = openDatabase({ url: `mysql://root@localhost/${name}?socketPath=${encodeURIComponent(socketPath)}` })
  if (!given) await migrate(db, 'test', Date.now)
  return { db, giveBack: async () => (await db.destroy(), await emptied(root, name), await root.query('insert into pool.free values (?)', [name]), await root.end()) }
}

async function takeFree(root: Connection): Promise<string | undefined> {
  await root.beginTransaction()
  const [[free]] = await root.query<RowDataPacket[]>('select name from pool.free limit 1 for update skip locked')
  if (free) await root.query('delete from pool.free where name = ?', [free.name])
  await root.commit()
  return free?.name as string | undefined
}

/** Takes every row out; the tables, and the note that they are migrated, stay. */
async function emptied(root: Connection, name: string): Promise<void> {
  const [tables] = await root.query<RowDataPacket[]>("select table_name as name from information_schema.tables where table_schema = ? and table_name not like 'kysely%'", [name])
  await root.query(`set foreign_key_checks = 0; ${tables.map((table) => `delete from \`${name}\`.\`${table.name}\``).join('; ')}; set foreign_key_checks = 1`)
}

/** Runs the same tests on both engines. */
export function onBothEngines(what: string, tests: (engine: EngineName) => void) {
  for (const engine of ['SQLite', 'MariaDB'] as const) describe(`${what} (${engine})`, () => tests(engine))
}
