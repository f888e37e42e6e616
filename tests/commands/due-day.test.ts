import { beforeEach, expect, it } from 'vitest'
import { answerQuestion } from '../../app/commands/answer-learner.server'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { editPerson, previewEdit } from '../../app/commands/edit-person.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { rebuildDerived } from '../../app/commands/rebuild-derived.server'
import { taskListOf } from '../../app/content/task-list.server'
import { DAY_MS, dayOf } from '../../app/domain/calendar'
import { standingOf } from '../../app/domain/standing'
import { loader as home } from '../../app/routes/learn/home'
import { loader as records } from '../../app/routes/learn/records'
import { listRosterDuties } from '../../db/company-roster.server'
import { listDuties } from '../../db/people-search.server'
import { listPersonAssignments } from '../../db/person.server'
import { listProgress, listTasks } from '../../db/tasks.server'
import { onBothEngines } from '../support/database'
import { NOW, World, type TestPerson } from '../support/world'

onBothEngines('the due day in force', (engine) => {
  let world: World
  let person: TestPerson
  let hr: TestPerson
  let pledge: string
  beforeEach(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ role: 'hr' })
    person = await world.addPerson()
    await planAssignments(world.systemContext(), 'all')
    pledge = (await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', person.engagementId).where('target_slug', '=', 'PL1').executeTakeFirstOrThrow()).id
  })

  /** Every list that speaks of this due day, and the mark that HR's lists give it. */
  const everywhere = async () => {
    const today = dayOf(world.now)
    const ids = [person.engagementId]
    const tasks = await listTasks(world.db, ids, today)
    const { viewer, library } = await world.contextOf(person)
    const list = taskListOf(library, tasks, await listProgress(world.db, tasks.map(({ id }) => id)), viewer.engagements, world.now)
    const [search] = (await listDuties(world.db, ids)).filter(({ kind }) => kind === 'pledge')
    const days = [
      [...list.open, ...list.waiting].find(({ id }) => id === pledge)!.dueOn, search!.dueOn,
      (await listPersonAssignments(world.db, person.engagementId)).find(({ id }) => id === pledge)!.dueOn, (await listRosterDuties(world.db, ids)).find(({ assignmentId }) => assignmentId === pledge)!.dueOn,
    ]
    expect(new Set(days).size, days.join()).toBe(1)
    return `${days[0]} ${standingOf(search!, { onLeave: Number(tasks[0]!.on_leave) === 1, ended: false }, today).mark}`
  }
  const later = async (days: number) => {
    world.now += days * DAY_MS
    await world.db.updateTable('session').set({ expires_at: world.now + DAY_MS, last_seen_at: world.now }).execute()
  }
  const ask = async () => declinePledge(await world.contextOf(person), { assignmentId: pledge, outcome: 'question', words: `${world.now} なぜですか。` })
  const answer = async () => answerQuestion(await world.contextOf(hr), { assignmentId: pledge, words: 'こうです。', as: 'operator' })
  const away = async (from: string, lastDay: string, was: string | null = null) =>
    editPerson(world.systemContext(), { expect: 'known', cells: { 従事者番号: person.number }, leave: { was, is: { from, lastDay, reason: 'parental' } }, note: '' })

  it('stands still while a question is open, and runs again with the days that were left', async () => {
    expect(await everywhere()).toBe('2026-12-07 todo')
    await ask()
    await later(30)
    expect(await everywhere()).toBe('2026-12-07 ask')
    expect(await answer()).toEqual({ dueOn: '2027-01-06' })
    expect(await everywhere()).toBe('2027-01-06 todo')
    await ask()
    await later(2)
    expect(await answer()).toEqual({ dueOn: '2027-01-08' })
    expect(await everywhere()).toBe('2027-01-08 todo')
  })

  it('leaves behind, each time it is moved, the day that was in force before', async () => {
    const before = () => world.db.selectFrom('due_change').select(['due_before', 'at']).where('assignment_id', '=', pledge).orderBy('id').execute()
    await ask()
    await later(30)
    await answer()
    expect(await before()).toEqual([{ due_before: '2026-12-07', at: world.now }])
    await planAssignments(world.systemContext(), 'all')
    expect(await before()).toHaveLength(1)
    await away('2026-12-20', '2027-02-28')
    expect((await before()).map(({ due_before: day }) => day)).toEqual(['2026-12-07', expect.stringMatching(/^202/)])
  })

  it('is not taken back by the night, nor by a cause that joins', async () => {
    await ask()
    await later(5)
    await answer()
    const moved = await everywhere()
    expect(moved).toBe('2026-12-14 todo')
    expect(await planAssignments(world.systemContext(), 'all')).toMatchObject({ rescheduled: 0, created: 0, withdrawn: 0 })
    expect(await everywhere()).toBe(moved)
    await world.db.updateTable('assignment_cause').set({ until: '2026-11-20' }).where('assignment_id', '=', pledge).execute()
    await world.db.insertInto('assignment_cause').values({ assignment_id: pledge, requirement_id: 'gone', requirement_version: 1, since: '2026-11-20', until: '9999-12-31' }).execute()
    expect(await planAssignments(world.systemContext(), 'all')).toMatchObject({ joined: 1, rescheduled: 0 })
    expect(await everywhere()).toBe(moved)
  })

  it('gives ten business days after a leave that begins within the given days, and none while the return is not known', async () => {
    await ask()
    await later(5)
    await answer()
    await away('2026-12-10', '2027-01-10')
    expect(await everywhere()).toBe('2027-01-25 todo')
    await away('2026-12-10', '', '2026-12-10')
    expect(await everywhere()).toBe('9999-12-31 stop')
    expect(await planAssignments(world.systemContext(), 'all')).toMatchObject({ rescheduled: 0 })
    await later(20)
    await rebuildDerived(world.systemContext())
    expect(await everywhere()).toBe('9999-12-31 stop')
    await away('2026-12-10', '2026-12-14', '2026-12-10')
    expect(await everywhere()).toBe('2027-01-04 todo')
  })

  it('has no day to move while there is none', async () => {
    await ask()
    await away('2026-11-21', '')
    await later(3)
    expect(await answer()).toEqual({ dueOn: '9999-12-31' })
    expect(await world.db.selectFrom('assignment_event').select('new_due_on').where('kind', '=', 'resume').execute()).toEqual([{ new_due_on: null }])
    await away('2026-11-21', '2026-11-24', '2026-11-21')
    expect(await everywhere()).toBe('2026-12-09 stop')
  })

  it('is told before leave is recorded, and nobody on leave is told to go on', async () => {
    const leave = { was: null, is: { from: dayOf(NOW), lastDay: '' as const, reason: 'parental' } }
    expect((await previewEdit(world.systemContext(), { expect: 'known', cells: { 従事者番号: person.number }, leave, note: '' })).report.effect).toMatchObject({ gained: 0, rescheduled: 3 })
    const shown = async () => (await home(world.args(world.request('/', person)))) as { onLeave: boolean; open: { due: { words: string; after: string } }[] }
    expect((await shown()).onLeave).toBe(false)
    await away(dayOf(NOW), '')
    expect(await shown()).toMatchObject({ onLeave: true, open: [{ due: { words: '期限は止まっています', after: '期限は、復帰後に決まります' } }, {}, {}] })
    await away(dayOf(NOW), '2027-01-10', dayOf(NOW))
    expect((await shown()).open[0]!.due.after).toBe('休みのあとの期限は1月25日(月)')
  })

  it('never shows the end of time to anybody', async () => {
    await away(dayOf(NOW), '')
    for (const path of ['/', '/records']) expect(JSON.stringify(await (path === '/' ? home : records)(world.args(world.request(path, person))))).not.toMatch(/9999年|9999\/12/)
  })
})
