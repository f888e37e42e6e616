import { beforeEach, expect, it } from 'vitest'
import { issueSlips } from '../../app/commands/issue-code.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { addDays, dayOf } from '../../app/domain/calendar'
import { intakesOf, missingOf } from '../../app/domain/hiring'
import { loader as hiring } from '../../app/routes/people/hiring'
import { loader as intake } from '../../app/routes/people/intake'
import { countIntakes, listIntake } from '../../db/intakes.server'
import { onBothEngines } from '../support/database'
import { NOW, World, type TestPerson } from '../support/world'

onBothEngines('入社・受入', (engine) => {
  let world: World
  let hr: TestPerson
  const today = dayOf(NOW)
  const soon = addDays(today, 11)
  const duties = { slugs: ['M01', 'M05', 'U1'] }
  beforeEach(async () => {
    world = await World.make(engine)
    const unit = await world.addUnit('D1', '仙台店')
    hr = await world.addPerson({ role: 'hr' })
    await world.addCompany('C1', '青葉設備', 'contractor')
    for (const from of [today, soon]) {
      await world.addPerson({ from, unit, supervisor: hr, password: true })
      await world.addPerson({ from, unit, supervisor: hr })
      await world.addPerson({ from })
      await world.addPerson({ from, kind: 'contractorWorker', company: 'C1' })
    }
    await world.addPerson({ from: addDays(today, 90) })
    await planAssignments(world.systemContext(), 'all')
  })

  it('counts people by what is known of them as the list shows one by one', async () => {
    const at = { today, now: NOW }
    const rows = await countIntakes(world.db, { from: addDays(today, -14), to: addDays(today, 60) }, duties, at)
    const intakes = intakesOf(rows, today)
    expect(intakes.map(({ firstDay, kind, people }) => `${firstDay} ${kind} ${people}`).sort()).toEqual([today, soon].flatMap((day) => [`${day} contractorWorker 1`, `${day} regular 3`]))
    expect(intakes.reduce((sum, { people }) => sum + people, 0)).toBe(8)
    for (const one of intakes) {
      const listed = await listIntake(world.db, { firstDay: one.firstDay, companyId: one.companyId, kind: one.kind as 'regular' }, duties, { after: '', limit: 100, ...at })
      expect(listed.length).toBe(one.people)
      const missing = listed.map(({ facts }) => missingOf(facts, one.firstDay, today))
      expect(missing.filter(({ length }) => length === 0).length).toBe(one.ready)
      const counts: Record<string, number> = {}
      for (const code of missing.flat()) counts[code] = (counts[code] ?? 0) + 1
      expect(one.missing).toEqual(counts)
    }
  })

  it('is ready before the first day when all is prepared, and on the day when all is done', async () => {
    const page = async () => hiring(world.args(world.request('/people/hiring', hr)))
    expect(await page()).toMatchObject({ people: 8, ready: 1 })
    const waiting = await world.db.selectFrom('engagement_current').select('engagement_id').where('valid_from', '=', soon).execute()
    const given = await issueSlips(await world.contextOf(hr), waiting.map(({ engagement_id: id }) => id))
    expect(given).toHaveLength(4)
    expect(await page()).toMatchObject({ people: 8, ready: 3 })
    const one = await intake(world.args(world.request(`/people/hiring/intake?day=${soon}&company=${world.companyId()}&kind=regular`, hr)))
    expect(one.people.map(({ missing }) => missing)).toEqual([[], [], ['unit', 'supervisor']])
    const begun = await intake(world.args(world.request(`/people/hiring/intake?day=${today}&company=${world.companyId()}&kind=regular`, hr)))
    expect(begun.people.map(({ missing }) => missing)).toEqual([['training', 'pledge'], ['told', 'training', 'pledge'], ['unit', 'supervisor', 'told', 'training', 'pledge']])
  })

  it('is not there for an intake of nobody', async () => {
    const asked = intake(world.args(world.request(`/people/hiring/intake?day=${soon}&company=${world.companyId()}&kind=casual`, hr)))
    expect(await asked.catch((thrown: unknown) => thrown)).toMatchObject({ status: 404 })
  })
})
