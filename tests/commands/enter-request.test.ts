import { beforeEach, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.server'
import { enterRequest } from '../../app/commands/enter-request.server'
import { HOUR_MS, startOf } from '../../app/domain/calendar'
import { composeLetter } from '../../app/content/request-letter.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('a request', (engine) => {
  let world: World
  let person: TestPerson
  let duty: string
  beforeEach(async () => {
    world = await World.make(engine)
    person = await world.addPerson({ mail: 'kai@mail.internal', name: '𠮷田 彩' })
    duty = await world.addAssignment(person, { kind: 'module', slug: 'M01', due: '2026-11-27' })
  })
  const enter = (given: Partial<Parameters<typeof enterRequest>[2]> = {}) =>
    inTransaction(world.db, (tx) => enterRequest(tx, world.systemContext(), { engagementId: person.engagementId, assignmentIds: [duty], reasonCode: 'manager', ...given }))
  const mails = () => world.db.selectFrom('mail').selectAll().where('class', '=', 'request').orderBy('day').execute()
  const reminders = () => world.db.selectFrom('reminder').selectAll().execute()

  it('is one mail a person a day, within the hours', async () => {
    const first = await enter()
    expect(first).toMatchObject({ by: 'mail', leavesAt: world.now + 15 * 60_000 })
    const other = await world.addAssignment(person, { kind: 'module', slug: 'M05' })
    expect(await enter({ assignmentIds: [other] })).toEqual(first)
    expect(await mails()).toHaveLength(1)
    expect(await reminders()).toHaveLength(2)
  })

  it('goes on the next working day once today’s has left, and never at night or on a day off', async () => {
    await enter()
    await world.db.updateTable('mail').set({ state: 'sent' }).execute()
    expect(await enter()).toMatchObject({ leavesAt: startOf('2026-11-24') + 9 * HOUR_MS })
    world.now = startOf('2026-11-24') + 23 * HOUR_MS
    await world.db.updateTable('mail').set({ state: 'sent' }).execute()
    expect(await enter()).toMatchObject({ leavesAt: startOf('2026-11-25') + 9 * HOUR_MS })
    expect((await mails()).map(({ day, dedupe_key: key }) => [day, key])).toEqual(['2026-11-20', '2026-11-24', '2026-11-25'].map((day) => [day, `${person.personId}|${day}|request`]))
  })

  it('asks nobody who is done, on leave, gone, not begun, or works for a contractor', async () => {
    await world.addCompany('C1', '青葉設備', 'contractor')
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'w@mail.internal' })
    const theirs = await world.addAssignment(worker, { kind: 'module', slug: 'M01' })
    expect(await enter({ engagementId: worker.engagementId, assignmentIds: [theirs] })).toEqual({ by: 'nobody', why: 'throughCompany' })
    expect(await enter({ engagementId: worker.engagementId, assignmentIds: [theirs], from: 'employer' })).toMatchObject({ by: 'mail' })
    const paper = await world.addPerson({ mail: 'nobody@there.example' })
    const unread = await world.addAssignment(paper, { kind: 'module', slug: 'M01' })
    expect(await enter({ engagementId: paper.engagementId, assignmentIds: [unread] })).toEqual({ by: 'paper' })
    const later = await world.addPerson({ from: '2027-01-01' })
    const begins = await world.addAssignment(later, { kind: 'module', slug: 'M01' })
    expect(await enter({ engagementId: later.engagementId, assignmentIds: [begins] })).toEqual({ by: 'nobody', why: 'notStarted' })
    await world.db.insertInto('leave_period').values({ ...world.fact('2026-11-01', '2026-12-31'), engagement_id: person.engagementId, reason_code: 'childcare' }).execute()
    expect(await enter()).toEqual({ by: 'nobody', why: 'onLeave' })
    expect((await mails()).map(({ to_address: to }) => to)).toEqual(['w@mail.internal'])
  })

  it('is entered once by two at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => enter()))
    expect(new Set(all.map((one) => 'mailId' in one && one.mailId)).size).toBe(1)
    expect(await mails()).toHaveLength(1)
  })

  it('says what is open when it leaves, and nothing when nothing is left', async () => {
    const manager = await world.addPerson({ name: '山﨑 健一' })
    await inTransaction(world.db, async (tx) => enterRequest(tx, await world.contextOf(manager), { engagementId: person.engagementId, assignmentIds: [duty], reasonCode: 'manager', note: '声をかけてください。' }))
    const [mail] = await mails()
    const late = await world.addAssignment(person, { kind: 'module', slug: 'M05', due: '2026-11-18' })
    const letter = await composeLetter(world.systemContext(), mail!)
    expect(letter).toMatchObject({ to: 'kai@mail.internal', props: { name: '𠮷田 彩', askers: [{ words: '声をかけてください。' }], tasks: [{ dueOn: '2026-11-18' }, { dueOn: '2026-11-27' }] } })
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('id', 'in', [duty, late]).execute()
    expect(await composeLetter(world.systemContext(), mail!)).toEqual({ needless: 'done' })
  })
})
