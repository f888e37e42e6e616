import { beforeAll, expect, it } from 'vitest'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { reopenDeclined } from '../../app/commands/reopen-pledge.server'
import { taskListOf } from '../../app/content/task-list.server'
import type { SignedInContext } from '../../app/context'
import { OPEN_INSTANT } from '../../app/domain/calendar'
import { findLastAnswer } from '../../db/pledges.server'
import { listRemarks } from '../../db/questions.server'
import { listProgress, listTasks } from '../../db/tasks.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { World, type TestPerson } from '../support/world'

onBothEngines('handing a declined pledge out again', (engine) => {
  let world: World
  let hr: SignedInContext
  let person: TestPerson
  const words = 'お話をうかがい、第11条を説明しました。'
  const today = '2026-11-20'
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    hr = await world.contextOf(await world.addPerson({ role: 'hr' }))
    person = await world.addPerson({ name: '髙橋 美咲', password: true })
  })
  const declined = async (who: TestPerson, period: string) => {
    const id = await world.addAssignment(who, { kind: 'pledge', slug: 'PL1', period })
    await declinePledge(await world.contextOf(who), { assignmentId: id, outcome: 'declined', words: '第11条に納得できません。' })
    return id
  }
  const duty = (id: string) => world.db.selectFrom('assignment').select(['settled_at', 'settled_as', 'due_on']).where('id', '=', id).executeTakeFirstOrThrow()
  const home = async () => {
    const { viewer, library } = await world.contextOf(person)
    const rows = await listTasks(world.db, [person.engagementId], today)
    return taskListOf(library, rows, await listProgress(world.db, rows.map(({ id }) => id)), viewer.engagements, world.now)
  }
  const remarks = () => listRemarks(world.db, { is: 'operator' }, 'notSigned', { before: '', limit: 20, today })

  it('shows HR the refusal with its words, and hands it out with a new due day, once', async () => {
    const id = await declined(person, 'entry')
    expect((await home()).finished).toMatchObject([{ id, mark: 'declined', stillToSign: true }])
    expect((await remarks())[0]).toMatchObject({ assignmentId: id, words: '第11条に納得できません。', since: 'nothing', canReopen: true })
    for (const dueOn of ['2026-11-22', '2027-11-22']) expect(await reopenDeclined(hr, { assignmentId: id, dueOn, words })).toEqual({ refused: 'dueTooSoon', facts: { days: 3 } })
    const twice = await Promise.all([1, 2].map(() => reopenDeclined(hr, { assignmentId: id, dueOn: '2026-11-28', words })))
    expect(twice).toContainEqual({ dueOn: '2026-11-30' })
    expect(twice).toContainEqual({ refused: 'notDeclined' })
    expect(await duty(id)).toEqual({ settled_at: OPEN_INSTANT, settled_as: null, due_on: '2026-11-30' })
    expect(await findLastAnswer(world.db, id)).toMatchObject({ note: words, reason_code: 'reopened' })
    expect((await home()).open).toMatchObject([{ id, dueOn: '2026-11-30', state: { is: 'reopened' } }])
    expect((await remarks())[0]).toMatchObject({ since: 'reopened', canReopen: false })
    const entries = await world.db.selectFrom('ledger_entry as l').innerJoin('ledger_payload as p', 'p.entry_id', 'l.id').select('p.bytes').where('l.type', '=', 'pledge.reopened').execute()
    expect(entries).toHaveLength(1)
    expect(new TextDecoder().decode(entries[0]!.bytes)).not.toContain('第11条')
    const context = await world.contextOf(person)
    expect(await signRead(context, id, await readPledge(world, context, id))).toHaveProperty('receipt')
    expect((await remarks())[0]).toMatchObject({ since: 'signed', canReopen: false })
    expect(await reopenDeclined(hr, { assignmentId: id, dueOn: '2026-11-30', words })).toEqual({ refused: 'notDeclined' })
  })

  it('is for HR, for the operator\'s own people, and for those who are here', async () => {
    const id = await declined(person, 'FY2026')
    const given = { assignmentId: id, dueOn: '2026-11-30', words }
    expect(await reopenDeclined(await world.contextOf(person), given)).toEqual({ refused: 'notFound' })
    expect(await reopenDeclined(await world.contextOf(await world.addPerson({ role: 'chief' })), given)).toEqual({ refused: 'notFound' })
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'K1' })
    const certificate = await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
    await declinePledge(await world.contextOf(worker), { assignmentId: certificate, outcome: 'declined', words: '' })
    expect(await reopenDeclined(hr, { ...given, assignmentId: certificate })).toEqual({ refused: 'notFound' })
    const leaver = await world.addPerson({ to: '2026-11-21' })
    const ending = await declined(leaver, 'entry')
    expect(await reopenDeclined({ ...hr, now: world.now + 86_400_000 }, { ...given, assignmentId: ending })).toEqual({ refused: 'notDeclined' })
    await world.db.updateTable('engagement_current').set({ kind: 'officer' }).where('engagement_id', '=', person.engagementId).execute()
    expect(await reopenDeclined(hr, given)).toEqual({ refused: 'templateNotForThem' })
    expect(await duty(id)).toMatchObject({ settled_as: 'declined' })
  })
})
