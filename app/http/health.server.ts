import { countWaitingMails, listJobStates } from '../../db/jobs.server'
import { pingDatabase } from '../../db/sessions.server'
import type { App } from '../context'
import { HOUR_MS } from '../domain/calendar'
import { JOBS } from '../jobs/schedule.server'

type Part = { ok: boolean; [fact: string]: unknown }

/** The state of database, jobs and outbox; ok only when none is down. */
export async function healthOf(app: App): Promise<{ ok: boolean; database: Part; jobs: Part; outbox: Part }> {
  const now = app.clock()
  const tried = async (look: () => Promise<Part>): Promise<Part> => look().catch(() => ({ ok: false, reason: '応答がありません' }))
  const database = await tried(async () => ({ ok: (await pingDatabase(app.db)) === 1 }))
  const jobs = await tried(async () => {
    const states = await listJobStates(app.db)
    const late = states
      .filter(({ name, leased_until }) => {
        const every = JOBS.find((job) => job.name === name)?.every
        return every !== undefined && now - leased_until > (typeof every === 'number' ? every : 24 * HOUR_MS) + HOUR_MS
      })
      .map(({ name }) => name)
    return { ok: late.length === 0, late }
  })
  const outbox = await tried(async () => {
    const { waiting, givenUp, oldest } = await countWaitingMails(app.db)
    return { ok: !app.settings.smtpUrl || oldest === null || now - oldest < HOUR_MS, waiting, givenUp, sending: app.settings.smtpUrl !== undefined }
  })
  return { ok: database.ok && jobs.ok && outbox.ok, database, jobs, outbox }
}

/** What is up and what is not: all that a stranger is told. */
export const withoutNumbers = ({ ok, database, jobs, outbox }: Awaited<ReturnType<typeof healthOf>>) => ({ ok, database: { ok: database.ok }, jobs: { ok: jobs.ok }, outbox: { ok: outbox.ok } })
