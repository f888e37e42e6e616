import { CompiledQuery, Kysely, type Transaction } from 'kysely'
import { engineOf, failureOf, mysqlDialect, refuseAmbiguous, rowsPerStatement, sqliteDialect, type Engine } from './dialect.server'
import type { Schema } from './schema'

/** A handle that may read. */
export type Db = Kysely<Schema>

declare const insideTransaction: unique symbol
/** A handle that may write: only `inTransaction` makes one, and only commands may call that. */
export type Tx = Transaction<Schema> & { readonly [insideTransaction]: true }

/** Opens the database of the settings: `mysql://…`, or the path of an embedded file. */
export function openDatabase(where: { url: string; connections?: number } | { file: string }): Db {
  return new Kysely<Schema>({ dialect: 'url' in where ? mysqlDialect(where.url, where.connections ?? 10) : sqliteDialect(where.file) })
}

const TRIES = 6

/**
 * Runs `work` in one transaction and commits. After a deadlock or a certification failure, also at commit, the whole of it
 * runs again: it must leave no trace outside the transaction and wait for nothing but the database.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute((transaction) => work(transaction as Tx))
    } catch (error) {
      if (attempt >= TRIES || failureOf(error) !== 'tryAgain') throw error
      await new Promise((resolve) => setTimeout(resolve, attempt * attempt * 7 + (attempt * 13) % 11))
    }
  }
}

/**
 * Inserts rows in statements of a size both engines take. Rows may be made while they are asked for: the server writes one part
 * while the next is put together, and no more than two parts are held.
 */
export async function insertRows<T extends keyof Schema & string>(tx: Tx, table: T, rows: Iterable<Row<T>>): Promise<void> {
  await insertInParts(tx, table, rows, '', (part) => tx.insertInto(table).values(part as never).compile())
}

/** Inserts the rows whose key is not there yet; a missing reference or a bad value still fails. */
export async function insertAbsentRows<T extends keyof Schema & string>(tx: Tx, table: T, keyColumn: string & keyof Schema[T], rows: Iterable<Row<T>>): Promise<void> {
  const mysql = engineOf(tx) === 'mysql'
  await insertInParts(tx, table, rows, mysql ? ` on duplicate key update \`${keyColumn}\` = \`${keyColumn}\`` : ' on conflict do nothing', (part) => {
    const insert = tx.insertInto(table).values(part as never)
    return (mysql ? insert.onDuplicateKeyUpdate((at: { ref(name: string): unknown }) => ({ [keyColumn]: at.ref(keyColumn) }) as never) : insert.onConflict((on) => on.doNothing())).compile()
  })
}

async function insertInParts(tx: Tx, table: string, rows: Iterable<object>, tail: string, compileOdd: (part: object[]) => CompiledQuery): Promise<void> {
  let running: Promise<unknown> = Promise.resolve()
  for (const part of parts(rows, engineOf(tx))) {
    const query = insertAlike(tx, table, part, tail) ?? compileOdd(part)
    // never sent before the one in front has succeeded: after a deadlock the server has left the transaction, and what follows would stay
    await running
    running = tx.executeQuery(query)
    running.catch(() => undefined)
  }
  await running
}

/** Rows of one shape need no query tree: the text is the same every time, and the embedded engine keeps it prepared. */
function insertAlike(tx: Tx, table: string, rows: readonly object[], tail: string): CompiledQuery | undefined {
  const columns = Object.keys(rows[0]!)
  const values: unknown[] = []
  for (const row of rows) {
    if (Object.keys(row).length !== columns.length) return undefined
    for (const column of columns) {
      const value = (row as Record<string, unknown>)[column]
      if (value === undefined) return undefined
      refuseAmbiguous(value)
      values.push(value)
    }
  }
  const quote = (name: string) => (engineOf(tx) === 'mysql' ? `\`${name}\`` : `"${name}"`)
  const tuple = tupleOf(columns.length)
  return CompiledQuery.raw(`insert into ${quote(table)} (${columns.map(quote).join(',')}) values ${`${tuple},`.repeat(rows.length - 1)}${tuple}${tail}`, values)
}

const tupleOf = (columns: number) => `(${'?,'.repeat(columns - 1)}?)`

function* parts(rows: Iterable<object>, engine: Engine): Generator<object[]> {
  let part: object[] = []
  let size = 0
  for (const row of rows) {
    if (part.length === 0) {
      const columns = Object.keys(row).length
      size = engine === 'mysql' ? rowsPerStatement(columns) : Math.max(1, Math.min(rowsPerStatement(columns), Math.floor(3_000 / (tupleOf(columns).length + 1))))
    }
    part.push(row)
    if (part.length < size) continue
    yield part
    part = []
  }
  if (part.length > 0) yield part
}

/** A row as schema.ts has it: a column that is forgotten or holds something else is an error of types. */
type Row<T extends keyof Schema> = Readonly<Schema[T]>

/** True when an update by condition hit exactly one row: the conditional update is the claim. */
export const hitOne = (result: { numUpdatedRows?: bigint; numDeletedRows?: bigint }) => (result.numUpdatedRows ?? result.numDeletedRows) === 1n
