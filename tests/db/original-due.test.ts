import { expect, it } from 'vitest'
import { completionWriter } from '../../app/domain/completions-csv'
import { originalDueOf } from '../../app/domain/original-due'
import { ownRecordView } from '../../app/routes/learn/own-record-view.server'
import { loader as personPage } from '../../app/routes/people/person'
import { loader as teamPage } from '../../app/routes/team/person'
import { listCompletions } from '../../db/completions-export.server'
import { inTransaction } from '../../db/database.server'
import { listOriginalDues } from '../../db/due-days.server'
import { gatherOwnRecord } from '../../db/own-record.server'
import { recordAssignmentEvent } from '../../db/pledges.server'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

it('is the due day before the first 猶予 of those that still hold, and nothing where none does', () => {
  const moved = [{ at: 1, dueBefore: '2026-11-30' }, { at: 2, dueBefore: '2026-12-15' }, { at: 4, dueBefore: '2026-12-25' }]
  expect(originalDueOf([], moved)).toBeNull()
  expect(originalDueOf([{ kind: 'defer', at: 1 }], moved)).toBe('2026-11-30')
  expect(originalDueOf([{ kind: 'defer', at: 1 }, { kind: 'defer', at: 2 }], moved)).toBe('2026-11-30')
  expect(originalDueOf([{ kind: 'defer', at: 1 }, { kind: 'void', at: 2 }], moved)).toBeNull()
  expect(originalDueOf([{ kind: 'defer', at: 1 }, { kind: 'resume', at: 2 }, { kind: 'defer', at: 4 }], moved)).toBe('2026-12-25')
  expect(originalDueOf([{ kind: 'defer', at: 3 }], moved)).toBeNull()
})

onBothEngines('元の期限', (engine) => {
  it('stands beside the day of a 猶予 for the manager, HR, the person and in the file', async () => {
    const world = await World.make(engine)
    const hr = await world.addPerson({ role: 'hr' })
    const head = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: await world.addUnit('U1', '本社') } })
    const unit = (await world.db.selectFrom('org_unit').select('id').executeTakeFirstOrThrow()).id
    const person = await world.addPerson({ unit })
    const id = await world.addAssignment(person, { kind: 'module', slug: 'M05', due: '2026-11-30' })
    const other = await world.addAssignment(person, { kind: 'module', slug: 'M01', due: '2026-11-30' })
    const defer = (day: string) => inTransaction(world.db, (tx) => recordAssignmentEvent(tx, { id: world.app.newId(), assignmentId: id, kind: 'defer', newDueOn: day, reasonCode: 'businessTrip', note: '', requestedBy: hr.accountId, at: ++world.now, refs: {} }))
    await defer('2026-12-15')
    await defer('2026-12-25')
    expect(await listOriginalDues(world.db, [person.engagementId])).toEqual(new Map([[id, '2026-11-30']]))
    const params = { engagementId: person.engagementId }
    const team = await teamPage(world.args(world.request('/team/x', head), params))
    expect(team.duties.map((duty) => [duty.id, duty.dueOn, duty.originalDue, duty.special])).toEqual(expect.arrayContaining([[id, '2026-12-25', '2026-11-30', 'deferred'], [other, '2026-11-30', null, null]]))
    await world.openRecord(hr, person.engagementId)
    expect((await personPage(world.args(world.request('/people/x', hr), params))).duties.map((duty) => [duty.id, duty.originalDue])).toEqual(expect.arrayContaining([[id, '2026-11-30'], [other, null]]))
    const { viewer, library } = await world.contextOf(person)
    const view = ownRecordView(library, viewer, await gatherOwnRecord(world.db, person, '2026-11-20', 50), world.now, 50)
    expect(view.trainings.rows.find((row) => row.id === id)!.day).toBe('期限 12月25日(金)(猶予。元の期限 11月30日(月))')
    // another year of the same module, which nobody put off
    await world.addAssignment(person, { kind: 'module', slug: 'M05', period: 'FY2025', due: '2026-12-25' })
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('engagement_id', '=', person.engagementId).execute()
    const write = completionWriter((_kind, slug) => slug)
    let file = ''
    for await (const part of listCompletions(world.db, 'workforce', '2026-11-20')) for (const one of part) file += write(one.person, one.duties)
    expect(file.trim().split('\r\n').map((line) => line.split(',').slice(7, 13).filter((_, column) => [0, 1, 3, 4].includes(column))).sort()).toEqual([['M01', '入社・受入時', '2026-11-30', ''], ['M05', '2025年度', '2026-12-25', ''], ['M05', '入社・受入時', '2026-12-25', '2026-11-30']])
  })
})
