import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { MINUTE_MS } from '../../app/domain/calendar'
import { runIfDue, type Job } from '../../app/jobs/runner.server'
import { listWaiting } from '../../app/http/desk.server'
import { healthOf } from '../../app/http/health.server'
import { JOBS } from '../../app/jobs/schedule.server'
import { listJobStates } from '../../db/jobs.server'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

onBothEngines('a job and its lease', (engine) => {
  let world: World
  beforeAll(async () => void (world = await World.make(engine)))
  afterEach(() => void vi.useRealTimers())
  const job = (name: string, run: Job['run']): Job => ({ name, title: name, every: 1_000, run })
  const leaseOf = async (name: string) => (await world.db.selectFrom('job_lease').select('leased_until').where('name', '=', name).executeTakeFirstOrThrow()).leased_until

  it('is taken up by another a minute after a crash', async () => {
    let crash: () => void = () => undefined
    const started = new Promise<void>((begun) => {
      void runIfDue(world.app, job('crashed', () => new Promise((resolve) => (begun(), (crash = () => resolve({}))))), 'first')
    })
    await started
    expect(await runIfDue(world.app, job('crashed', async () => ({ done: 1 })), 'second')).toBeNull()
    world.now += MINUTE_MS
    expect(await runIfDue(world.app, job('crashed', async () => ({ done: 1 })), 'second')).toEqual({ done: 1 })
    crash()
  })

  it('stays with who works, however long it takes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    let end: () => void = () => undefined
    let running: Promise<unknown> = Promise.resolve()
    await new Promise<void>((begun) => (running = runIfDue(world.app, job('long', () => new Promise((resolve) => (begun(), (end = () => resolve({}))))), 'first')))
    for (let minute = 0; minute < 3; minute++) {
      const before = await leaseOf('long')
      world.now += MINUTE_MS / 2
      vi.advanceTimersByTime(MINUTE_MS / 2)
      await vi.waitFor(async () => expect(await leaseOf('long')).toBeGreaterThan(before))
      expect(await runIfDue(world.app, job('long', async () => ({ done: 1 })), 'second')).toBeNull()
    }
    end()
    await running
    expect(await runIfDue(world.app, job('long', async () => ({ done: 1 })), 'second')).toEqual({ done: 1 })
  })

  const stateOf = async (name: string) => (await listJobStates(world.db)).find((state) => state.name === name)!
  class WorkerGone extends Error {
    code = 'EPIPE'
  }

  it('is judged by what it has done: one that throws each time is down, and says of its failure the class alone', async () => {
    const [failing] = JOBS.filter(({ name }) => name === 'rebuild-derived')
    const began = world.now
    const health = () => healthOf(world.app)
    const fails = () => runIfDue(world.app, { ...failing!, every: 1_000, run: () => Promise.reject(new WorkerGone('user misaki:secret@host')) }, 'first')
    await expect(fails()).rejects.toThrow(WorkerGone)
    expect(await stateOf('rebuild-derived')).toEqual({ name: 'rebuild-derived', succeededAt: null, tryingSince: began, failure: 'WorkerGone EPIPE' })
    expect((await health()).ok, 'it may pass by itself').toBe(true)
    for (; world.now < began + 10 * MINUTE_MS; world.now += MINUTE_MS) await expect(fails()).rejects.toThrow(WorkerGone)
    expect(await health()).toMatchObject({ ok: false, database: { state: 'up' }, jobs: { state: 'down', facts: { down: ['rebuild-derived'] } }, outbox: { state: 'off' } })
    const desk = async (role: 'systemAdministrator' | 'auditLead') => listWaiting(await world.contextOf(await world.addPerson({ role })))
    expect(await desk('systemAdministrator')).toContainEqual({ words: '滞っている定期の処理を確かめる(1件)', to: '/system' })
    expect(await desk('auditLead')).toEqual([])
    expect(await runIfDue(world.app, { ...failing!, every: 1_000, run: async () => ({ rebuilt: 0 }) }, 'first')).toEqual({ rebuilt: 0 })
    expect(await stateOf('rebuild-derived')).toEqual({ name: 'rebuild-derived', succeededAt: world.now, tryingSince: null, failure: '' })
    expect((await health()).ok).toBe(true)
  })

  it('that had nothing to do takes no failure back', async () => {
    const tells = ({ sent }: Record<string, number>) => sent! > 0
    const mail = (run: Job['run']) => runIfDue(world.app, { ...job('mail', run), tells }, 'first')
    await mail(async () => ({ sent: 0 }))
    expect(await stateOf('mail')).toMatchObject({ succeededAt: world.now, failure: '' })
    await expect(mail(() => Promise.reject(new WorkerGone()))).rejects.toThrow(WorkerGone)
    world.now += MINUTE_MS
    await mail(async () => ({ sent: 0 }))
    expect(await stateOf('mail')).toMatchObject({ tryingSince: world.now - MINUTE_MS, failure: 'WorkerGone EPIPE' })
    await mail(async () => ({ sent: 1 }))
    expect(await stateOf('mail')).toEqual({ name: 'mail', succeededAt: world.now, tryingSince: null, failure: '' })
  })
})
