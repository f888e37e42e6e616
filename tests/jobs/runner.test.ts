import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { MINUTE_MS } from '../../app/domain/calendar'
import { runIfDue, type Job } from '../../app/jobs/runner.server'
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
})
