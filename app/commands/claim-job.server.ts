import { inTransaction } from '../../db/database.server'
import { claimJob as storeClaim, jobHasFailed, recordJobRun, releaseJob as storeRelease } from '../../db/jobs.server'
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

/** How a run went: what it did, in counts; the class of what it failed at; or that it found nothing by which to tell. */
export type JobOutcome = { counts: Record<string, number>; tells: boolean } | { failure: string }

/**
 * Gives a job back with how it went and, where its slot is one that runs once, notes that it has run. A run that tells nothing
 * (there was no mail to send) leaves an earlier failure standing.
 */
export async function finishJob(context: Context, job: { name: string; token: number; slot: string; finishedAt: Instant; outcome: JobOutcome }): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const { outcome } = job
    const failed = 'failure' in outcome
    const silent = !failed && !outcome.tells && (await jobHasFailed(tx, job.name))
    const stillOurs = await storeRelease(tx, job.name, job.token, job.finishedAt, failed ? outcome : silent ? null : { succeeded: job.finishedAt })
    if (!stillOurs || job.slot === '' || failed) return
    await recordJobRun(tx, { id: context.newId(), name: job.name, slot: job.slot, startedAt: context.now, finishedAt: job.finishedAt, counts: JSON.stringify(outcome.counts) })
  })
}
