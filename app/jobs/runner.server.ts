import { randomUUID } from 'node:crypto'
import { jobHasRun } from '../../db/jobs.server'
import { claimJob, finishJob, renewJob, type JobOutcome } from '../commands/claim-job.server'
import type { App, Context } from '../context'
import { dayOf, HOUR_MS, MINUTE_MS } from '../domain/calendar'
import { failureClass } from '../domain/job-health'
import { JOBS } from './schedule.server'

/** Something that runs without a person: calls commands in order and says what it did, in counts. */
export interface Job {
  name: string
  title: string
  /** 'daily' runs once a Japanese day, from this hour on; otherwise milliseconds between runs. */
  every: number | { dailyFromHour: number }
  run: (context: Context) => Promise<Record<string, number>>
  /** Whether these counts tell that the job works; one that had nothing to do may tell nothing. */
  tells?: (counts: Record<string, number>) => boolean
}

/** A lease is short, so that work goes on soon after a crash, and renewed while the work lasts. */
const LEASE_MS = MINUTE_MS
const RENEW_EVERY_MS = 15_000

/** Starts the schedule in this process; several servers may, each slot still runs once. `stop` waits for what is running. */
export function startJobs(app: App): { stop: () => Promise<void> } {
  const owner = randomUUID()
  let stopped = false
  const timers = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const later = (job: Job, ms: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      const work = tick(job).finally(() => running.delete(work))
      running.add(work)
    }, ms)
    timers.add(timer)
  }
  const tick = async (job: Job) => {
    try {
      await runIfDue(app, job, owner)
    } catch (error) {
      app.log('error', '定期の処理に失敗しました', { job: job.name, error: error instanceof Error ? error.stack : String(error) })
    }
    if (!stopped) later(job, typeof job.every === 'number' ? job.every : 10 * MINUTE_MS)
  }
  JOBS.forEach((job, at) => later(job, 1_000 + at * 700))
  return {
    stop: async () => {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}

/** Runs a job when its time has come and nobody else is at it. Answers with its counts, or null when there was nothing to run. */
export async function runIfDue(app: App, job: Job, owner: string): Promise<Record<string, number> | null> {
  const now = app.clock()
  const slot = slotOf(job, now)
  if (slot === null || (slot !== '' && (await jobHasRun(app.db, job.name, slot)))) return null
  return claimAndRun(app, job, owner, { now, slot })
}

/** Runs a job at once because somebody asked for it, whatever the hour: under the same lease. Null while it is running elsewhere. */
export async function runNow(app: App, job: Job, owner: string): Promise<Record<string, number> | null> {
  const now = app.clock()
  const slot = slotOf(job, now) ?? ''
  return claimAndRun(app, job, owner, { now, slot: slot !== '' && (await jobHasRun(app.db, job.name, slot)) ? '' : slot })
}

async function claimAndRun(app: App, job: Job, owner: string, { now, slot }: { now: number; slot: string }): Promise<Record<string, number> | null> {
  const context: Context = { ...app, now, viewer: null, from: { address: '', agent: '' } }
  const token = await claimJob(context, job.name, owner, now + LEASE_MS)
  if (token === undefined) return null
  const renewing = setInterval(() => {
    renewJob(context, { name: job.name, token, until: app.clock() + LEASE_MS }).catch((error: unknown) => app.log('warn', '定期の処理の持ち時間を延ばせませんでした', { job: job.name, error: String(error) }))
  }, RENEW_EVERY_MS)
  const finish = (outcome: JobOutcome) => finishJob(context, { name: job.name, token, slot, finishedAt: app.clock(), outcome })
  try {
    const counts = await job.run(context)
    await finish({ counts, tells: job.tells?.(counts) ?? true })
    return counts
  } catch (error) {
    await finish({ failure: failureClass(error) })
    throw error
  } finally {
    clearInterval(renewing)
  }
}

/** The slot a moment belongs to: the day for daily jobs, '' for repeating ones (not noted), null when it is too early. */
function slotOf(job: Job, now: number): string | null {
  if (typeof job.every === 'number') return ''
  return now - Date.parse(`${dayOf(now)}T00:00:00+09:00`) >= job.every.dailyFromHour * HOUR_MS ? dayOf(now) : null
}
