import { inTransaction } from '../../db/database.server'
import { claimJob as storeClaim, recordJobRun, releaseJob as storeRelease } from '../../db/jobs.server'
import type { Context } from '../context'
import type { Instant } from '../domain/calendar'

/** Takes a job for this process until an instant, or undefined while another has it. The token rises with every claim. */
export async function claimJob(context: Context, name: string, owner: string, until: Instant): Promise<number | undefined> {
  return inTransaction(context.db, (tx) => storeClaim(tx, name, owner, context.now, until))
}

/** Keeps a job for longer; false when another process has it by now. */
export async function renewJob(context: Context, job: { name: string; token: number; until: Instant }): Promise<boolean> {
  return inTransaction(context.db, (tx) => storeRelease(tx, job.name, job.token, job.until))
}

/** Gives a job back and, where its slot is one that runs once, notes that it has run. */
export async function finishJob(context: Context, job: { name: string; token: number; slot: string; finishedAt: Instant; counts: Record<string, number> | null }): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const stillOurs = await storeRelease(tx, job.name, job.token, job.finishedAt)
    if (!stillOurs || job.slot === '' || job.counts === null) return
    await recordJobRun(tx, { id: context.newId(), name: job.name, slot: job.slot, startedAt: context.now, finishedAt: job.finishedAt, counts: JSON.stringify(job.counts) })
  })
}
