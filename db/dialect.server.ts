/**
 * The few places where MySQL / MariaDB and the embedded SQLite differ. Nothing else imports a driver.
 */
import { DatabaseSync } from '@photostructure/sqlite'
import {
  Kysely,
  MysqlAdapter,
  MysqlDialect,
  MysqlQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type ValueNode,
} from 'kysely'
import { createPool } from 'mysql2'
import type { Schema } from './schema'

type File = InstanceType<typeof DatabaseSync>

export type Engine = 'mysql' | 'sqlite'

/** Which engine a handle or transaction speaks to. */
export function engineOf(db: Kysely<Schema>): Engine {
  return db.getExecutor().adapter instanceof MysqlAdapter ? 'mysql' : 'sqlite'
}

/** Refuses what the two engines would store differently: booleans, NaN, fractions, lists, objects and NUL characters. */
function refuseAmbiguous(value: unknown): void {
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
    connection.query(
      "set session transaction isolation level read committed, sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE'",
      () => undefined,
    )
    connection.query("set session time_zone = '+00:00', innodb_lock_wait_timeout = 10", () => undefined)
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

const BUSY_RETRY_MS = 15
const BUSY_GIVE_UP_MS = 20_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Another process may hold the write lock: waits without blocking the event loop. */
async function whenNotBusy<T>(work: () => T): Promise<T> {
  for (let waited = 0; ; waited += BUSY_RETRY_MS) {
    try {
      return work()
    } catch (error) {
      if (!isBusy(error) || waited >= BUSY_GIVE_UP_MS) throw error
      await pause(BUSY_RETRY_MS)
    }
  }
}

const isBusy = (error: unknown) => error instanceof Error && /database is locked|SQLITE_BUSY|database table is locked/.test(error.message)

class EmbeddedDriver implements Driver {
  #writer!: File
  #reader!: File
  #turn: Promise<void> = Promise.resolve()

  constructor(private readonly file: string) {}

  async init() {
    this.#writer = new DatabaseSync(this.file)
    await whenNotBusy(() => this.#writer.exec('pragma journal_mode = wal'))
    this.#writer.exec('pragma foreign_keys = on; pragma synchronous = full; pragma busy_timeout = 0; pragma temp_store = memory; pragma cache_size = -32000')
    this.#reader = new DatabaseSync(this.file)
    this.#reader.exec('pragma query_only = on; pragma busy_timeout = 0; pragma temp_store = memory; pragma cache_size = -32000; pragma mmap_size = 268435456')
  }

  async acquireConnection(): Promise<EmbeddedConnection> {
    return new EmbeddedConnection(this.#writer, this.#reader, () => this.#takeTurn())
  }

  async beginTransaction(connection: EmbeddedConnection) {
    await connection.begin()
  }

  async commitTransaction(connection: EmbeddedConnection) {
    await connection.end('commit')
  }

  async rollbackTransaction(connection: EmbeddedConnection) {
    await connection.end('rollback')
  }

  async releaseConnection() {}

  async destroy() {
    await this.#turn
    this.#reader.close()
    this.#writer.close()
  }

  /** Writers in this process stand in line; returns the function that lets the next one in. */
  async #takeTurn(): Promise<() => void> {
    const before = this.#turn
    let done!: () => void
    this.#turn = new Promise((resolve) => (done = resolve))
    await before
    return done
  }
}

class EmbeddedConnection implements DatabaseConnection {
  #leaveTurn: (() => void) | undefined

  constructor(
    private readonly writer: File,
    private readonly reader: File,
    private readonly takeTurn: () => Promise<() => void>,
  ) {}

  async begin() {
    this.#leaveTurn = await this.takeTurn()
    try {
      await whenNotBusy(() => this.writer.exec('begin immediate'))
    } catch (error) {
      this.#leaveTurn()
      this.#leaveTurn = undefined
      throw error
    }
  }

  async end(how: 'commit' | 'rollback') {
    if (!this.#leaveTurn) return
    try {
      await whenNotBusy(() => this.writer.exec(how))
    } catch (error) {
      if (how === 'commit') this.writer.exec('rollback')
      throw error
    } finally {
      this.#leaveTurn()
      this.#leaveTurn = undefined
    }
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#leaveTurn) return run<R>(this.writer, query)
    if (/^\s*(select|with|explain)\b/i.test(query.sql)) return whenNotBusy(() => run<R>(this.reader, query))
    const leave = await this.takeTurn()
    try {
      return await whenNotBusy(() => run<R>(this.writer, query))
    } finally {
      leave()
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const statement = this.reader.prepare(query.sql)
    for (const row of statement.iterate(...(query.parameters as never[]))) yield { rows: [row as R] }
  }
}

const prepared = new WeakMap<File, Map<string, ReturnType<File['prepare']>>>()

function statementOf(database: File, text: string) {
  let known = prepared.get(database)
  if (!known) prepared.set(database, (known = new Map()))
  let statement = known.get(text)
  if (!statement) {
    if (known.size > 400) known.clear()
    known.set(text, (statement = database.prepare(text)))
  }
  return statement
}

function run<R>(database: File, query: CompiledQuery): QueryResult<R> {
  const reads = /^\s*(select|with|pragma|explain)\b/i.test(query.sql) || /\breturning\b/i.test(query.sql)
  const statement = query.sql.length < 4000 ? statementOf(database, query.sql) : database.prepare(query.sql)
  const parameters = query.parameters as never[]
  if (reads) return { rows: statement.all(...parameters) as R[] }
  const { changes, lastInsertRowid } = statement.run(...parameters)
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
}

export type Failure = 'duplicate' | 'missingReference' | 'check' | 'tryAgain' | 'unavailable' | 'other'

const MYSQL_ERRNO: Record<number, Failure> = {
  1062: 'duplicate', 1452: 'missingReference', 1451: 'missingReference', 4025: 'check', 3819: 'check', 1406: 'check', 1264: 'check', 1048: 'check',
  1213: 'tryAgain', 1205: 'tryAgain', 1020: 'tryAgain', 1047: 'tryAgain', 1180: 'tryAgain', 1317: 'tryAgain', 3572: 'tryAgain',
}

/** What a driver's error means, told by number, since MariaDB names CHECK violations wrongly. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return 'other'
  const { errno, code } = error as Error & { errno?: number; code?: string }
  if (typeof errno === 'number' && MYSQL_ERRNO[errno]) return MYSQL_ERRNO[errno]
  if (code && ['ECONNREFUSED', 'PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE'].includes(code)) return 'unavailable'
  if (/UNIQUE constraint failed/.test(error.message)) return 'duplicate'
  if (/FOREIGN KEY constraint failed/.test(error.message)) return 'missingReference'
  if (/(CHECK|NOT NULL) constraint failed|cannot store/.test(error.message)) return 'check'
  return isBusy(error) ? 'tryAgain' : 'other'
}

/** Locks the rows of a query until the transaction ends; the embedded engine's writer already stands alone. */
export function lockRows<Q extends { forUpdate(): Q }>(db: Kysely<Schema>, query: Q): Q {
  return engineOf(db) === 'mysql' ? query.forUpdate() : query
}

/** How many rows of so many columns go into one statement on either engine. */
export const rowsPerStatement = (columns: number) => Math.max(1, Math.min(1000, Math.floor(30_000 / columns)))
