import { countMails, listJobStates } from '../../db/jobs.server'
import { pingDatabase } from '../../db/sessions.server'
import type { App } from '../context'
import { DAY_MS, HOUR_MS } from '../domain/calendar'
import { jobStands } from '../domain/job-health'
import { JOBS } from '../jobs/schedule.server'

/** 'off' is what nobody has asked for: without SMTP_URL mail waits, and nothing is broken. */
export type PartState = 'up' | 'down' | 'off'
export interface Part<Facts = object> {
  state: PartState
  facts: Partial<Facts>
}

export interface Health {
  ok: boolean
  database: Part
  /** The names of the jobs that are down. */
  jobs: Part<{ down: string[] }>
  outbox: Part<{ waiting: number; givenUp: number; fictional: number }>
}

/** The state of database, jobs and outbox; ok only when none is down. Jobs are judged by what they have done, not by having run. */
export async function healthOf(app: App): Promise<Health> {
  const now = app.clock()
  const tried = async <Facts>(look: () => Promise<Part<Facts>>): Promise<Part<Facts>> => look().catch(() => ({ state: 'down' as const, facts: {} }))
  const part = <Facts extends object>(up: boolean, facts: Facts): Part<Facts> => ({ state: up ? 'up' : 'down', facts })
  const database = await tried(async () => part((await pingDatabase(app.db)) === 1, {}))
  const down = listJobStates(app.db).then((states) => states.flatMap((state) => {
    const every = JOBS.find(({ name }) => name === state.name)?.every
    return every === undefined || jobStands({ everyMs: typeof every === 'number' ? every : DAY_MS }, state, now) ? [] : [state.name]
  }))
  const jobs = await tried(async () => part((await down).length === 0, { down: await down }))
  const outbox = await tried(async () => {
    const { oldest, ...facts } = await countMails(app.db)
    if (!app.settings.smtpUrl) return { state: 'off' as const, facts }
    return part((oldest === null || now - oldest < HOUR_MS) && !(await down).includes('send-mail'), facts)
  })
  return { ok: [database, jobs, outbox].every(({ state }) => state !== 'down'), database, jobs, outbox }
}

/** What /healthz says: the parts with their facts to this machine, and to a stranger only what is up, down or off. */
export function healthWords({ ok, database, jobs, outbox }: Health, isFromHere: boolean) {
  const said = ({ state, facts }: Part) => ({ ok: state !== 'down', state, ...(isFromHere && facts) })
  return { ok, database: said(database), jobs: said(jobs), outbox: said(outbox) }
}
