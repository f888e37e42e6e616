/**
 * The embedded engine: one writer that stands in line, one reader beside it, and no wait that blocks the event loop.
 * Kysely's own SQLite driver has a single connection and a deferred `begin`, which deadlocks and loses writes here.
 */
import { DatabaseSync } from '@photostructure/sqlite'
import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'

type File = InstanceType<typeof DatabaseSync>

const BUSY_RETRY_MS = 15
const BUSY_GIVE_UP_MS = 20_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const LONGEST_BREATH_MS = 25
let breathedAt = 0

/**
 * The embedded engine answers at once, so that work of many statements would never let anything else happen: from time to
 * time a statement waits until timers and requests have had their turn. A transaction stays what it is, its turn is its own.
 */
async function breathe(): Promise<void> {
  if (performance.now() - breathedAt < LONGEST_BREATH_MS) return
  await new Promise((resolve) => setImmediate(resolve))
  breathedAt = performance.now()
}

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

/** Whether another process holds the write lock. */
export const isBusy = (error: unknown) => error instanceof Error && /database is locked|SQLITE_BUSY|database table is locked/.test(error.message)

/** The driver of the embedded file. */
export class EmbeddedDriver implements Driver {
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
    await breathe()
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
