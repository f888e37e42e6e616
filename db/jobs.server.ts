import { hitOne, insertAbsentRows, insertRows, type Db, type Tx } from './database.server'

/** Claims a job for a while; of two servers one gets the token, which rises with every claim (fencing). */
export async function claimJob(tx: Tx, name: string, owner: string, now: number, until: number): Promise<number | undefined> {
  await insertAbsentRows(tx, 'job_lease', 'name', [{ name, owner: '', leased_until: 0, token: 0 }])
  const claimed = await tx.updateTable('job_lease').set((at) => ({ owner, leased_until: until, token: at('token', '+', 1) })).where('name', '=', name).where('leased_until', '<=', now).executeTakeFirst()
  if (!hitOne(claimed)) return undefined
  return (await tx.selectFrom('job_lease').select('token').where('name', '=', name).executeTakeFirstOrThrow()).token
}

/** Moves the end of a lease: on, or to now to give the job back; false when another server has taken it meanwhile. */
export async function releaseJob(tx: Tx, name: string, token: number, until: number): Promise<boolean> {
  return hitOne(await tx.updateTable('job_lease').set({ leased_until: until }).where('name', '=', name).where('token', '=', token).executeTakeFirst())
}

/** Notes a run of a slot; a slot runs once. */
export async function recordJobRun(tx: Tx, run: { id: string; name: string; slot: string; startedAt: number; finishedAt: number; counts: string }): Promise<void> {
  await insertRows(tx, 'job_run', [{ id: run.id, name: run.name, slot: run.slot, started_at: run.startedAt, finished_at: run.finishedAt, counts: run.counts }])
}

/** Whether a slot of a job has run. */
export async function jobHasRun(db: Db, name: string, slot: string): Promise<boolean> {
  return (await db.selectFrom('job_run').select('id').where('name', '=', name).where('slot', '=', slot).executeTakeFirst()) !== undefined
}

/** Each job with its lease and its last run. */
export async function listJobStates(db: Db) {
  return db
    .selectFrom('job_lease as l')
    .leftJoin((part) => part.selectFrom('job_run').select(['name', (at) => at.fn.max('finished_at').as('last_at')]).groupBy('name').as('r'), (on) => on.onRef('r.name', '=', 'l.name'))
    .select(['l.name', 'l.owner', 'l.leased_until', 'r.last_at'])
    .orderBy('l.name')
    .execute()
}

/** How many mails wait, how many were given up, and since when the oldest could have gone. */
export async function countWaitingMails(db: Db): Promise<{ waiting: number; givenUp: number; oldest: number | null }> {
  const rows = await db.selectFrom('mail').select(['state', (at) => at.fn.countAll<number>().as('count'), (at) => at.fn.min('next_try_at').as('oldest')]).where('state', 'in', ['waiting', 'sending', 'givenUp']).groupBy('state').execute()
  const of = (state: string) => rows.find((row) => row.state === state)
  return { waiting: Number(of('waiting')?.count ?? 0) + Number(of('sending')?.count ?? 0), givenUp: Number(of('givenUp')?.count ?? 0), oldest: of('waiting')?.oldest ?? null }
}
