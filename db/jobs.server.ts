import type { Instant } from '../app/domain/calendar'
import { hitOne, insertAbsentRows, insertRows, type Db, type Tx } from './database.server'

/** Claims a job for a while; of two servers one gets the token, which rises with every claim (fencing). The try counts as vain until it has succeeded. */
export async function claimJob(tx: Tx, name: string, owner: string, now: number, until: number): Promise<number | undefined> {
  await insertAbsentRows(tx, 'job_lease', 'name', [{ name, owner: '', leased_until: 0, token: 0, succeeded_at: null, trying_since: null, failure: '' }])
  const claimed = await tx.updateTable('job_lease').set((at) => ({ owner, leased_until: until, token: at('token', '+', 1), trying_since: at.fn.coalesce('trying_since', at.val(now)) })).where('name', '=', name).where('leased_until', '<=', now).executeTakeFirst()
  if (!hitOne(claimed)) return undefined
  return (await tx.selectFrom('job_lease').select('token').where('name', '=', name).executeTakeFirstOrThrow()).token
}

/** Moves the end of a lease: on, or to now to give the job back, then with how it went; false when another server has taken it meanwhile. */
export async function releaseJob(tx: Tx, name: string, token: number, until: number, outcome: { succeeded: Instant } | { failure: string } | null = null): Promise<boolean> {
  const set = outcome === null ? {} : 'succeeded' in outcome ? { succeeded_at: outcome.succeeded, trying_since: null, failure: '' } : { failure: outcome.failure }
  return hitOne(await tx.updateTable('job_lease').set({ leased_until: until, ...set }).where('name', '=', name).where('token', '=', token).executeTakeFirst())
}

/** Whether the last run of a job that told anything failed. */
export async function jobHasFailed(db: Db, name: string): Promise<boolean> {
  return (await db.selectFrom('job_lease').select('name').where('name', '=', name).where('failure', '<>', '').executeTakeFirst()) !== undefined
}

/** Notes a run of a slot; a slot runs once. */
export async function recordJobRun(tx: Tx, run: { id: string; name: string; slot: string; startedAt: number; finishedAt: number; counts: string }): Promise<void> {
  await insertRows(tx, 'job_run', [{ id: run.id, name: run.name, slot: run.slot, started_at: run.startedAt, finished_at: run.finishedAt, counts: run.counts }])
}

/** Whether a slot of a job has run. */
export async function jobHasRun(db: Db, name: string, slot: string): Promise<boolean> {
  return (await db.selectFrom('job_run').select('id').where('name', '=', name).where('slot', '=', slot).executeTakeFirst()) !== undefined
}

/** Each job with when it last succeeded, since when it tries in vain, and the class of its last failure. */
export async function listJobStates(db: Db): Promise<{ name: string; succeededAt: Instant | null; tryingSince: Instant | null; failure: string }[]> {
  return db.selectFrom('job_lease').select(['name', 'succeeded_at as succeededAt', 'trying_since as tryingSince', 'failure']).orderBy('name').execute()
}

/** How many mails wait, were given up, and are for nobody real; and since when the oldest could have gone. */
export async function countMails(db: Db): Promise<{ waiting: number; givenUp: number; fictional: number; oldest: Instant | null }> {
  const rows = await db.selectFrom('mail').select(['state', (at) => at.fn.countAll<number>().as('count'), (at) => at.fn.min('next_try_at').as('oldest')]).where('state', '<>', 'sent').groupBy('state').execute()
  const of = (state: string) => rows.find((row) => row.state === state)
  const count = (state: string) => Number(of(state)?.count ?? 0)
  return { waiting: count('waiting') + count('sending'), givenUp: count('givenUp'), fictional: count('fictional'), oldest: of('waiting')?.oldest ?? null }
}

/** How many mails left or were given up, in all. */
export async function countMailsThatLeft(db: Db): Promise<{ givenUp: number; all: number }> {
  const rows = await db.selectFrom('mail').select(['state', (at) => at.fn.countAll<number>().as('count')]).where('state', 'in', ['sent', 'givenUp']).groupBy('state').execute()
  return { givenUp: Number(rows.find(({ state }) => state === 'givenUp')?.count ?? 0), all: rows.reduce((sum, { count }) => sum + Number(count), 0) }
}
