import { randomUUID } from 'node:crypto'
import { runJobNow } from '../commands/run-job-now.server'
import type { SignedInContext } from '../context'
import { runNow } from '../jobs/runner.server'
import { JOBS } from '../jobs/schedule.server'

/** A page waits so long for a job that somebody runs; a longer one goes on by itself. */
const PATIENCE_MS = 4_000

/** Runs a job because somebody asks; answers how it went, or that it is still at it, here or elsewhere. Undefined for a job that there is not. */
export async function runJob(context: SignedInContext, name: string): Promise<'done' | 'running' | 'failed' | undefined> {
  const job = JOBS.find((one) => one.name === name)
  if (!job) return undefined
  await runJobNow(context, name)
  const { db, library, settings, clock, newId, log } = context
  const run = runNow({ db, library, settings, clock, newId, log }, job, randomUUID()).then((counts) => (counts === null ? ('running' as const) : ('done' as const))).catch((error: unknown) => {
    log('error', '定期の処理に失敗しました', { job: name, error: error instanceof Error ? error.stack : String(error) })
    return 'failed' as const
  })
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<'running'>((resolve) => (timer = setTimeout(() => resolve('running'), PATIENCE_MS)))
  return Promise.race([run, patience]).finally(() => clearTimeout(timer))
}
