import { afterEach, beforeEach, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.server'
import { enterRequest } from '../../app/commands/enter-request.server'
import { planRequests } from '../../app/commands/plan-requests.server'
import { addDays, dayOf, HOUR_MS, hourOf, isBusinessDay, MINUTE_MS, startOf, type Day } from '../../app/domain/calendar'
import { diceOf } from '../../app/domain/random'
import { PostUnreachable, run } from '../../app/jobs/send-mail.server'
import { onBothEngines } from '../support/database'
import { textOf } from '../support/post'
import { startPost } from '../support/smtp'
import { World, type TestPerson } from '../support/world'

onBothEngines('request mails', (engine) => {
  let world: World
  let person: TestPerson
  let duty: string
  let post: Awaited<ReturnType<typeof startPost>>
  beforeEach(async () => {
    world = await World.make(engine)
    post = await startPost('accept')
    person = await world.addPerson({ name: '𠮷田 彩', mail: 'aya@mail.internal' })
    duty = await world.addAssignment(person, { kind: 'module', slug: 'M01', due: '2026-11-27' })
  })
  afterEach(() => post.stop())
  const enter = (who = person, id = duty) => inTransaction(world.db, (tx) => enterRequest(tx, world.systemContext(), { engagementId: who.engagementId, assignmentIds: [id], reasonCode: 'manager' }))
  const send = (): Promise<Record<string, number>> => run({ ...world.systemContext(), settings: { ...world.app.settings, smtpUrl: post.url } }).catch((error: unknown) => {
    if (error instanceof PostUnreachable) return error.counts
    throw error
  })
  const mails = () => world.db.selectFrom('mail').selectAll().orderBy('day').orderBy('id').execute()
  const results = async () => (await world.db.selectFrom('reminder').select('result').execute()).map(({ result }) => result)
  const settle = (id: string) => world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('id', '=', id).execute()

  it('say what is open when they leave, and keep what they said', async () => {
    await enter()
    expect(await send()).toMatchObject({ sent: 0 })
    world.now += 16 * MINUTE_MS
    expect(await send()).toMatchObject({ sent: 1 })
    const [row] = await mails()
    expect(row).toMatchObject({ state: 'sent', sent_at: world.now })
    expect(JSON.parse(row!.props)).toMatchObject({ name: '𠮷田 彩', tasks: [{ dueOn: '2026-11-27' }] })
    expect(textOf(post.received[0]!)).toContain('𠮷田 彩 さん')
    expect(await results()).toEqual(['sent'])
  })

  it('are not sent when nothing is left, and leave the day free for another', async () => {
    await enter()
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('settled_as', 'is', null).execute()
    world.now += 16 * MINUTE_MS
    expect(await send()).toMatchObject({ sent: 0, needless: 1 })
    expect(await mails()).toMatchObject([{ state: 'needless', error: 'done' }])
    expect(await results()).toEqual(['done'])
    const other = await world.addAssignment(person, { kind: 'module', slug: 'M05' })
    expect(await enter(person, other)).toMatchObject({ by: 'mail', leavesAt: world.now + 15 * MINUTE_MS })
  })

  it('never leave at night: they wait for the next working day, and count for it', async () => {
    await enter()
    world.now = startOf('2026-11-20') + 19 * HOUR_MS
    expect(await send()).toMatchObject({ sent: 0 })
    world.now = startOf('2026-11-24') + 9 * HOUR_MS
    expect(await send()).toMatchObject({ sent: 1 })
    expect(await mails()).toMatchObject([{ state: 'sent', day: '2026-11-24', dedupe_key: `${person.personId}|2026-11-24|request` }])
  })

  it('that missed their day join the day’s own, or go on the next', async () => {
    await enter()
    world.now = startOf('2026-11-24') + 8 * HOUR_MS
    await world.db.updateTable('mail').set({ state: 'sending', lease_owner: 'dead', leased_until: world.now - 1 }).execute()
    const second = await world.addAssignment(person, { kind: 'module', slug: 'M05' })
    await enter(person, second)
    expect((await mails()).map(({ day }) => day)).toEqual(['2026-11-20', '2026-11-24'])
    world.now = startOf('2026-11-24') + 10 * HOUR_MS
    expect(await send()).toMatchObject({ sent: 1 })
    expect(post.received).toHaveLength(1)
    expect((await mails()).map(({ state, error }) => `${state} ${error}`)).toEqual(['needless joined', 'sent '])
    expect(await results()).toEqual(['sent', 'sent'])
  })

  it.each(['refuse', 'later', 'middle', 'drop'] as const)('that the post met with %s go later, once', async (manner) => {
    post.set(manner)
    await enter()
    world.now += 16 * MINUTE_MS
    expect(await send()).toMatchObject({ sent: 0, waiting: 1 })
    expect(post.received).toEqual([])
    post.set('accept')
    world.now += 2 * MINUTE_MS
    expect(await send()).toMatchObject({ sent: 1 })
    expect(post.received).toHaveLength(1)
    expect(await mails()).toMatchObject([{ state: 'sent', tries: 2 }])
  })

  it('that the post took before it hung up, or slowly, count as sent, with two senders at once too', async () => {
    for (const [at, manner] of (['after', 'slow'] as const).entries()) {
      post.set(manner)
      const people = await Promise.all(Array.from({ length: 6 }, (_, count) => world.addPerson({ mail: `${manner}${count}@mail.internal` })))
      for (const one of people) await enter(one, await world.addAssignment(one, { kind: 'module', slug: 'M01' }))
      world.now += 16 * MINUTE_MS
      const [one, two] = await Promise.all([send(), send()])
      expect(one.sent! + two.sent!).toBe(6)
      expect(new Set(post.received.map((mail) => mail.split('\n')[0])).size).toBe(6 * (at + 1))
      expect(post.received).toHaveLength(6 * (at + 1))
      expect(await send()).toMatchObject({ sent: 0, waiting: 0 })
    }
  })

  it('give up visibly after eight, and the reminder says so', async () => {
    post.set('refuse')
    await enter()
    for (let tries = 0; tries < 8; tries++) {
      world.now = (await mails())[0]!.next_try_at
      await send()
    }
    expect(await mails()).toMatchObject([{ state: 'givenUp', tries: 8 }])
    expect(await results()).toEqual(['givenUp'])
  })

  it('keep their promises through random weeks', async () => {
    for (const seed of engine === 'SQLite' ? ['a', 'b', 'c'] : ['d']) await randomWeeks(seed)
  }, 120_000)

  /** Three weeks of twelve people: duties come, are done, put off, people go on leave and leave, are asked, the post fails, the server sleeps. */
  async function randomWeeks(seed: string) {
    const dice = diceOf(seed)
    const random = () => dice.below(10_000) / 10_000
    const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
    const start: Day = '2026-11-16'
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('settled_as', 'is', null).execute()
    world.now = startOf(start)
    await world.db.deleteFrom('reminder').execute()
    await world.db.deleteFrom('mail').execute()
    post.received.length = 0
    const people = await Promise.all(Array.from({ length: 12 }, (_, at) => world.addPerson({ mail: `${seed}${at}@mail.internal`, ...(at === 0 && { from: addDays(start, 12) }), ...(at === 1 && { to: addDays(start, 6) }) })))
    const open = new Map<string, { person: TestPerson; id: string }>()
    const held = new Set<string>()
    const asked = new Map<string, number>()
    let seen = 0
    let last: Day | undefined
    for (let step = 0; step < 21 * 8; step++) {
      world.now = startOf(start) + step * 3 * HOUR_MS + Math.floor(random() * HOUR_MS)
      const today = dayOf(world.now)
      const one = pick(people)
      const act = random()
      if (act < 0.3) {
        const id = await world.addAssignment(one, { kind: 'module', slug: pick(['M01', 'M05', 'U1']), period: `p${step}`, opens: start, due: addDays(today, Math.floor(random() * 20) - 4) })
        open.set(id, { person: one, id })
      } else if (act < 0.4 && open.size > 0) {
        const { id } = pick([...open.values()])
        await settle(id)
        open.delete(id)
      } else if (act < 0.45 && open.size > 0) {
        const { id } = pick([...open.values()])
        await world.db.insertInto('assignment_event').values({ id: crypto.randomUUID(), assignment_id: id, kind: 'defer', new_due_on: '2027-02-01', reason_code: 'trip', note: '', requested_by: null, approved_by: null, at: world.now, refs: '{}' }).execute()
        await world.db.updateTable('assignment').set({ due_on: '2027-02-01' }).where('id', '=', id).execute()
        open.delete(id)
      } else if (act < 0.48 && !held.has(one.personId)) {
        held.add(one.personId)
        await world.db.insertInto('leave_period').values({ ...world.fact(today, '2027-03-01'), engagement_id: one.engagementId, reason_code: 'sick' }).execute()
      } else if (act < 0.75 && open.size > 0) {
        const duty = pick([...open.values()])
        const entered = await enter(duty.person, duty.id)
        if (entered.by === 'mail') asked.set(duty.id, world.now)
      }
      post.set(random() < 0.15 ? pick(['refuse', 'later', 'drop', 'middle'] as const) : 'accept')
      // the server sleeps now and then; the job runs once a day that it is awake
      if (random() < 0.75) {
        if (last !== today && hourOf(world.now) >= 5) {
          await planRequests(world.systemContext(), last)
          last = today
        }
        await Promise.all([send(), send()])
      }
      for (const mail of post.received.slice(seen)) {
        const to = people.findIndex((_, at) => mail.startsWith(`${seed}${at}@`))
        const who = people[to]!
        expect(isBusinessDay(today, world.app.library.calendar) && hourOf(world.now) >= 9 && hourOf(world.now) < 18, 'within the hours').toBe(true)
        expect([...open.values()].some(({ person: owner }) => owner === who), 'something is open').toBe(true)
        expect(held.has(who.personId) || (to === 0 && today < addDays(start, 12)) || (to === 1 && today >= addDays(start, 6)), 'neither on leave nor gone nor not begun').toBe(false)
      }
      seen = post.received.length
    }
    const rows = (await mails()).filter(({ to_address: to, state }) => to.startsWith(seed) && state === 'sent')
    expect(rows.length, 'something was sent').toBeGreaterThan(5)
    expect(post.received.length).toBe(rows.length)
    expect(new Set(rows.map(({ recipient_id: to, sent_at: at }) => `${to} ${dayOf(at!)}`)).size, 'one a person a day').toBe(rows.length)
    // a quiet week later nothing that was asked is without an end
    post.set('accept')
    for (let day = addDays(start, 21); day < addDays(start, 30); day = addDays(day, 1)) {
      world.now = startOf(day) + 11 * HOUR_MS
      for (let again = 0; again < 3; again++) await send()
    }
    const unended = await world.db.selectFrom('reminder').select(['assignment_id', 'result']).where('result', '=', '').execute()
    expect(unended, 'none lost').toEqual([])
    for (const id of asked.keys()) if (open.has(id) && !held.has(open.get(id)!.person.personId)) {
      const ends = (await world.db.selectFrom('reminder').select('result').where('assignment_id', '=', id).execute()).map(({ result }) => result)
      expect(ends.some((result) => result === 'sent' || result === 'givenUp' || result === 'gone'), `asked and open: ${ends.join()}`).toBe(true)
    }
  }
})
