/**
 * The few places where MySQL / MariaDB and the embedded SQLite differ. Nothing else imports a driver but embedded.server.ts.
 */
import {
  MysqlAdapter,
  MysqlDialect,
  MysqlQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
  type Dialect,
  type Kysely,
  type RawBuilder,
  type ValueNode,
} from 'kysely'
import { createPool } from 'mysql2'
import { EmbeddedDriver, isBusy } from './embedded.server'
import type { Schema } from './schema'

export type Engine = 'mysql' | 'sqlite'

/** Which engine a handle or transaction speaks to. */
export function engineOf(db: Kysely<Schema>): Engine {
  return db.getExecutor().adapter instanceof MysqlAdapter ? 'mysql' : 'sqlite'
}

/** Refuses what the two engines would store differently: booleans, NaN, fractions, lists, objects and NUL characters. */
export function refuseAmbiguous(value: unknown): void {
  if (value === null || typeof value === 'bigint' || value instanceof Uint8Array || Number.isSafeInteger(value)) return
  if (typeof value === 'string' && !value.includes('\0')) return
  throw new TypeError(`The database takes no ${typeof value === 'string' ? 'text with NUL' : Array.isArray(value) ? 'list' : String(value)}`)
}

class CheckedMysqlCompiler extends MysqlQueryCompiler {
  protected override visitValue(node: ValueNode) {
    refuseAmbiguous(node.value)
    super.visitValue(node)
  }
  protected override appendValue(value: unknown) {
    refuseAmbiguous(value)
    super.appendValue(value)
  }
}

class CheckedSqliteCompiler extends SqliteQueryCompiler {
  protected override visitValue(node: ValueNode) {
    refuseAmbiguous(node.value)
    super.visitValue(node)
  }
  protected override appendValue(value: unknown) {
    refuseAmbiguous(value)
    super.appendValue(value)
  }
}

/** MySQL's migrator would take `get_lock`, which clusters do not share: the lease row of db/migrate takes its place. */
class LeaseLockedMysqlAdapter extends MysqlAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

class ShuhiMysqlDialect extends MysqlDialect {
  override createQueryCompiler() {
    return new CheckedMysqlCompiler()
  }
  override createAdapter() {
    return new LeaseLockedMysqlAdapter()
  }
}

/** Opens a pool on MySQL 8 / MariaDB 10.11 with READ COMMITTED, strict mode and UTC on every connection. */
export function mysqlDialect(url: string, connections: number): Dialect {
  const pool = createPool({
    uri: url,
    connectionLimit: connections,
    charset: 'utf8mb4_bin',
    timezone: 'Z',
    decimalNumbers: true,
    supportBigNumbers: true,
    maxPreparedStatements: 256,
    enableKeepAlive: true,
    flags: ['FOUND_ROWS'],
  })
  pool.on('connection', (connection) => {
    const orDrop = (error: unknown) => error && connection.destroy()
    connection.query('set session transaction isolation level read committed', orDrop)
    connection.query("set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE', time_zone = '+00:00', innodb_lock_wait_timeout = 10, group_concat_max_len = 16777216", orDrop)
  })
  return new ShuhiMysqlDialect({ pool })
}

/** Opens the embedded file: one writer, one reader that never blocks it. */
export function sqliteDialect(file: string): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new EmbeddedDriver(file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new CheckedSqliteCompiler(),
  }
}

/** `noSuchText`: MariaDB compares a column that holds identifiers and days with no text of other characters. Nothing there is that. */
export type Failure = 'duplicate' | 'missingReference' | 'check' | 'noSuchText' | 'tryAgain' | 'unavailable' | 'other'

const MYSQL_ERRNO: Record<number, Failure> = {
  1062: 'duplicate', 1452: 'missingReference', 1451: 'missingReference', 4025: 'check', 3819: 'check', 1406: 'check', 1264: 'check', 1048: 'check', 1267: 'noSuchText', 1270: 'noSuchText', 1271: 'noSuchText',
  1213: 'tryAgain', 1205: 'tryAgain', 1020: 'tryAgain', 1047: 'tryAgain', 1180: 'tryAgain', 1317: 'tryAgain', 3572: 'tryAgain',
}

/** What a driver's error means, told by number, since MariaDB names CHECK violations wrongly. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return 'other'
  const { errno, code } = error as Error & { errno?: number; code?: string }
  if (typeof errno === 'number' && MYSQL_ERRNO[errno]) return MYSQL_ERRNO[errno]
  if (code && ['ECONNREFUSED', 'PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'ENOENT', 'EAI_AGAIN', 'ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR'].includes(code)) return 'unavailable'
  if (/UNIQUE constraint failed/.test(error.message)) return 'duplicate'
  if (/FOREIGN KEY constraint failed/.test(error.message)) return 'missingReference'
  if (/(CHECK|NOT NULL) constraint failed|cannot store/.test(error.message)) return 'check'
  return isBusy(error) ? 'tryAgain' : 'other'
}

/** Locks the rows of a query until the transaction ends; the embedded engine's writer already stands alone. */
export function lockRows<Q extends { forUpdate(): Q }>(db: Kysely<Schema>, query: Q): Q {
  return engineOf(db) === 'mysql' ? query.forUpdate() : query
}

/** Has the tables of a query read in the order in which it names them: the server's statistics count twice as many rows as a range holds, and read a large table from end to end for them. The embedded engine finds the order itself. */
export function inOrderNamed<Q extends { modifyFront(modifier: RawBuilder<unknown>): Q }>(db: Kysely<Schema>, query: Q): Q {
  return engineOf(db) === 'mysql' ? query.modifyFront(sql`straight_join`) : query
}

/** How many rows of so many columns go into one statement on either engine. */
export const rowsPerStatement = (columns: number) => Math.max(1, Math.min(500, Math.floor(30_000 / columns)))

/** Between the columns of one text. No cell that may enter holds it. */
export const COLUMN_END = '\u001F'

/** Columns as one text, what is missing as an empty one: where thousands of rows are read, a driver takes longer for their columns than for anything else. */
export function oneText(db: Kysely<Schema>, columns: readonly (string | RawBuilder<unknown>)[]): RawBuilder<string> {
  const filled = columns.map((column) => sql`coalesce(${typeof column === 'string' ? sql.ref(column) : column}, '')`)
  return engineOf(db) === 'mysql' ? sql`concat_ws(${COLUMN_END}, ${sql.join(filled)})` : sql.join(filled, sql` || ${COLUMN_END} || `) as RawBuilder<string>
}

/** Between the rows of one text. No cell that may enter holds it either. */
const ROW_END = '\u001E'

/** All rows as one text, beside `count(*)`, in the order in which they are read: tens of thousands of rows are tens of thousands of things to keep for a driver, one text is one. */
export function rowsAsOneText(db: Kysely<Schema>, columns: readonly (string | RawBuilder<unknown>)[]): RawBuilder<string | null> {
  const row = oneText(db, columns)
  return engineOf(db) === 'mysql' ? sql`group_concat(${row} separator ${ROW_END})` : sql`group_concat(${row}, ${ROW_END})`
}

/** Such a text, and how many rows it must hold. */
export interface RowsText {
  text: string | null
  count: number | bigint | string
}

/** Shows each row of such a text by where it begins and ends; a text that the database has cut off is an error. */
export function eachRowOf({ text, count }: RowsText, row: (text: string, at: number, end: number) => void): void {
  let rows = 0
  for (let at = 0; text !== null && at <= text.length; rows++) {
    const next = text.indexOf(ROW_END, at)
    const end = next < 0 ? text.length : next
    row(text, at, end)
    at = end + 1
  }
  if (rows !== Number(count)) throw new Error(`The database has cut off rows: ${rows} of ${count}`)
}

/** The rows of such a text where each is one column. */
export function cellsOf(rows: RowsText): string[] {
  const cells: string[] = []
  eachRowOf(rows, (text, at, end) => cells.push(text.slice(at, end)))
  return cells
}

/** The Japanese day of an instant, inside a query: a day's text, to be compared with days. */
export function dayOfInstant(db: Kysely<Schema>, instant: RawBuilder<unknown>): RawBuilder<string> {
  return engineOf(db) === 'mysql'
    ? sql<string>`convert(date_format(date_add('1970-01-01', interval floor((${instant} + 32400000) / 86400000) day), '%Y-%m-%d') using ascii)`
    : sql<string>`strftime('%Y-%m-%d', (${instant} + 32400000) / 1000, 'unixepoch')`
}
