import { CompiledQuery, Kysely, type Transaction } from 'kysely'
import { engineOf, failureOf, mysqlDialect, refuseAmbiguous, rowsPerStatement, sqliteDialect } from './dialect.server'
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

/** Inserts rows in statements of a size both engines take; returns how many were written. */
export async function insertRows<T extends keyof Schema & string>(tx: Tx, table: T, rows: readonly Row<T>[]): Promise<number> {
  const columns = columnsOf(rows)
  if (!columns) for (const part of parts(rows)) await tx.insertInto(table).values(part as never).execute()
  else await insertAlike(tx, table, columns, rows, '')
  return rows.length
}

/** Inserts the rows whose key is not there yet; a missing reference or a bad value still fails. */
export async function insertAbsentRows<T extends keyof Schema & string>(tx: Tx, table: T, keyColumn: string & keyof Schema[T], rows: readonly Row<T>[]): Promise<void> {
  const columns = columnsOf(rows)
  if (columns) return insertAlike(tx, table, columns, rows, engineOf(tx) === 'mysql' ? ` on duplicate key update \`${keyColumn}\` = \`${keyColumn}\`` : ' on conflict do nothing')
  for (const part of parts(rows)) {
    const insert = tx.insertInto(table).values(part as never)
    await (engineOf(tx) === 'mysql'
      ? insert.onDuplicateKeyUpdate((at: { ref(name: string): unknown }) => ({ [keyColumn]: at.ref(keyColumn) }) as never)
      : insert.onConflict((on) => on.doNothing())
    ).execute()
  }
}

/** The columns that every row has, or undefined when rows differ in shape. */
function columnsOf(rows: readonly object[]): string[] | undefined {
  const columns = Object.keys(rows[0] ?? {})
  return rows.every((row) => Object.keys(row).length === columns.length && columns.every((column) => (row as Record<string, unknown>)[column] !== undefined)) ? columns : undefined
}

/** Rows of one shape need no query tree: the text is the same every time, and the embedded engine keeps it prepared. */
async function insertAlike(tx: Tx, table: string, columns: readonly string[], rows: readonly object[], tail: string): Promise<void> {
  const engine = engineOf(tx)
  const quote = (name: string) => (engine === 'mysql' ? `\`${name}\`` : `"${name}"`)
  const tuple = `(${columns.map(() => '?').join(',')})`
  const size = engine === 'mysql' ? rowsPerStatement(columns.length) : Math.max(1, Math.min(rowsPerStatement(columns.length), Math.floor(3_000 / (tuple.length + 1))))
  const head = `insert into ${quote(table)} (${columns.map(quote).join(',')}) values `
  let running: Promise<unknown> = Promise.resolve()
  for (let start = 0; start < rows.length; start += size) {
    const part = rows.slice(start, start + size)
    const values: unknown[] = []
    for (const row of part)
      for (const column of columns) {
        const value = (row as Record<string, unknown>)[column]
        refuseAmbiguous(value)
        values.push(value)
      }
    // The server writes one part while the next is put together; a connection keeps the order.
    const before = running
    running = tx.executeQuery(CompiledQuery.raw(head + `${tuple},`.repeat(part.length - 1) + tuple + tail, values))
    running.catch(() => undefined)
    await before
  }
  await running
}

type Row<T extends keyof Schema> = { [C in keyof Schema[T]]?: unknown }

function* parts<R extends object>(rows: readonly R[]): Generator<R[]> {
  const size = rowsPerStatement(Object.keys(rows[0] ?? {}).length || 1)
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size)
}

/** True when an update by condition hit exactly one row: the conditional update is the claim. */
export const hitOne = (result: { numUpdatedRows?: bigint; numDeletedRows?: bigint }) => (result.numUpdatedRows ?? result.numDeletedRows) === 1n
