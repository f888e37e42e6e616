import { Migrator, sql, type Migration } from 'kysely'
import type { Instant } from '../app/domain/calendar'
import type { Db } from './database.server'
import { engineOf } from './dialect.server'
import * as people from './migrations/0001-people'
import * as doors from './migrations/0002-doors'
import * as learning from './migrations/0003-learning'
import * as supervision from './migrations/0004-supervision'
import * as coverage from './migrations/0005-coverage'
import * as readAtOnce from './migrations/0006-read-at-once'
import * as readByIndex from './migrations/0007-read-by-index'

const MIGRATIONS = { '0001-people': people, '0002-doors': doors, '0003-learning': learning, '0004-supervision': supervision, '0005-coverage': coverage, '0006-read-at-once': readAtOnce, '0007-read-by-index': readByIndex }
const LEASE_MS = 60_000

const migrationsAt = (now: Instant): Record<string, Migration> => Object.fromEntries(Object.entries(MIGRATIONS).map(([name, { up }]) => [name, { up: (db) => up(db as never, now) }]))

/** Brings the tables to this version; of two servers starting at once one migrates and the other waits. */
export async function migrate(db: Db, who: string, now: () => number): Promise<void> {
  const release = engineOf(db) === 'mysql' ? await takeLease(db, who, now) : async () => undefined
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsAt(now()) } })
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
  } finally {
    await release()
  }
}

async function takeLease(db: Db, who: string, now: () => number): Promise<() => Promise<void>> {
  await sql`create table if not exists migration_lease (name varchar(20) primary key, owner varchar(64) not null, leased_until bigint not null)`.execute(db)
  await sql`insert into migration_lease values ('migrate', '', 0) on duplicate key update name = name`.execute(db)
  for (;;) {
    const taken = await sql`update migration_lease set owner = ${who}, leased_until = ${now() + LEASE_MS} where name = 'migrate' and leased_until < ${now()}`.execute(db)
    if (taken.numAffectedRows === 1n) break
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return async () => {
    await sql`update migration_lease set leased_until = 0 where name = 'migrate' and owner = ${who}`.execute(db)
  }
}
