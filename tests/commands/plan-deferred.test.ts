import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { importRoster } from '../../app/commands/import-roster.server'
import { continuePlanning } from '../../app/commands/plan-assignments.server'
import { undoChangeSet } from '../../app/commands/undo-change-set.server'
import type { Context } from '../../app/context'
import { isRefusal } from '../../app/domain/refusal'
import * as change from '../../app/routes/people/change'
import { run } from '../../app/jobs/plan-deferred.server'
import { findExistingAssignments } from '../../db/assignments.server'
import { findPlanningOf, listOpenPlannings } from '../../db/planning.server'
import { onBothEngines } from '../support/database'
import { bytesOf, rosterCells, rosterText } from '../support/roster'
import { World, type TestPerson } from '../support/world'

class Killed extends Error {}

onBothEngines('planning after a large change', (engine) => {
  let world: World
  let hr: TestPerson
  let batch = 0
  beforeAll(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ role: 'hr' })
  })
  const bring = async (numbers: readonly string[], at: (index: number) => number, planAtOnce?: number) => {
    const rows = numbers.map((number, index) => ({ ...rosterCells(at(index)), 従事者番号: number, 上長番号: '', メール: '' }))
    const answer = await importRoster(world.systemContext(), { files: { roster: bytesOf(rosterText(rows)) }, fileName: 'r.csv', scope: null }, { invite: false, planAtOnce })
    if (isRefusal(answer)) throw new Error(JSON.stringify(answer))
    return answer.changeSetId
  }
  const numbersOf = (count: number) => (batch++, Array.from({ length: count }, (_, at) => `R${batch}-${at}`))
  /** What is assigned to each, without what tells one run from another. */
  const assigned = async (numbers: readonly string[]) => {
    const ids = new Map((await world.db.selectFrom('engagement').select(['id', 'number']).where('number', 'in', [...numbers]).execute()).map(({ id, number }) => [number, id]))
    const existing = await findExistingAssignments(world.db, [...ids.values()])
    return numbers.map((number) => (existing.get(ids.get(number)!) ?? []).map(({ id: _id, createdAt: _at, ...one }) => JSON.stringify(one)).sort())
  }
  /** A process that ends when it asks for its n-th identifier: in the middle of a portion. */
  const dying = (after: number): Context => {
    let left = after
    return { ...world.systemContext(), newId: () => (left-- > 0 ? world.app.newId() : (() => { throw new Killed() })()) }
  }

  it('is resumed where it was killed, and gives what planning all at once gives', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 2, max: 9 }), fc.nat(2_000), fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(25), { maxLength: 3 }), async (count, seed, portion, deaths) => {
      const [atOnce, deferred] = [numbersOf(count), numbersOf(count)]
      await bring(atOnce, (at) => seed + at * 7)
      const changeSetId = await bring(deferred, (at) => seed + at * 7, 1)
      expect((await assigned(deferred)).flat(), 'nothing is planned yet').toEqual([])
      for (const after of deaths) await continuePlanning(dying(after), { portion }).catch((error: unknown) => expect(error).toBeInstanceOf(Killed))
      await continuePlanning(world.systemContext(), { portion })
      expect(await assigned(deferred)).toEqual(await assigned(atOnce))
      expect(await findPlanningOf(world.db, changeSetId)).toMatchObject({ finished_at: world.now, done: expect.toSatisfy((done: number) => done >= count) })
      expect(await listOpenPlannings(world.db)).toEqual([])
    }), { numRuns: 8 })
  }, 120_000)

  it('loses no portion that was made before the end, and tells HR how far it is', async () => {
    const numbers = numbersOf(12)
    const changeSetId = await bring(numbers, (at) => at, 1)
    const shown = async () => (await change.loader(world.args(world.request(`/people/changes/${changeSetId}`, hr), { changeSetId }))).planning
    const all = Number((await world.db.selectFrom('engagement').select((at) => at.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n)
    expect(await shown()).toEqual({ total: all, done: 0 })
    let told = 0
    await expect(continuePlanning(world.systemContext(), { portion: 5, told: ({ done }) => { if ((told = done) >= all - 6) throw new Killed() } })).rejects.toThrow(Killed)
    expect(await shown()).toEqual({ total: all, done: told })
    const evidence = async () => (await world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'assignments.planned').execute()).length
    const before = await evidence()
    expect(await run(world.systemContext()), 'the job goes on with what is left').toEqual({ planned: all - told })
    expect(await shown()).toBeNull()
    expect(await evidence()).toBeGreaterThan(before - 1)
    expect((await assigned(numbers)).every((list) => list.length > 0)).toBe(true)
    expect(await run(world.systemContext())).toEqual({ planned: 0 })
  })

  it('is done once by two servers', async () => {
    const [atOnce, deferred] = [numbersOf(9), numbersOf(9)]
    await bring(atOnce, (at) => at)
    await bring(deferred, (at) => at, 1)
    await Promise.all([continuePlanning(world.systemContext(), { portion: 2 }), continuePlanning(world.systemContext(), { portion: 2 })])
    expect(await assigned(deferred)).toEqual(await assigned(atOnce))
  })

  it('stands beside the undoing of its change', async () => {
    const numbers = numbersOf(6)
    const changeSetId = await bring(numbers, (at) => at, 1)
    await continuePlanning(dying(3), { portion: 2 }).catch(() => undefined)
    const undone = await undoChangeSet(world.systemContext(), changeSetId)
    expect(isRefusal(undone)).toBe(false)
    await continuePlanning(world.systemContext())
    expect((await assigned(numbers)).flat().filter((one) => (JSON.parse(one) as { settledAs: string | null }).settledAs === null)).toEqual([])
  })
})
