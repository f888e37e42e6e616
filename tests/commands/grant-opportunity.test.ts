import { beforeAll, expect, it } from 'vitest'
import { grantOpportunity, previewGrant } from '../../app/commands/grant-opportunity.server'
import { HOUR_MS, startOf } from '../../app/domain/calendar'
import * as home from '../../app/routes/learn/home'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const SLOT = { day: '2026-11-24', from: '17:00', to: '18:00' }

onBothEngines('受講の時間', (engine) => {
  let world: World
  let [manager, stranger]: TestPerson[] = []
  let team: TestPerson[] = []
  let worker: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('C', '青葉設備', 'contractor')
    const unit = await world.addUnit('D1', '仙台')
    const inUnit = { roleScope: { kind: 'unit' as const, id: unit } }
    manager = await world.addPerson({ name: '山﨑 健一', role: 'unitHead', ...inUnit, unit })
    stranger = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: await world.addUnit('D2', '福岡') } })
    team = [await world.addPerson({ unit, mail: 'a@demo.example' }), await world.addPerson({ unit, under18Until: '2027-01-31' }), await world.addPerson({ supervisor: manager })]
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'C', unit })
    for (const person of [...team.slice(0, 2), worker]) await world.addAssignment(person, { kind: 'module', slug: 'M01', due: '2026-11-24' })
    await world.addAssignment(team[0]!, { kind: 'module', slug: 'M05', due: '2026-11-13' })
  })
  const ids = () => [...team, worker, manager!].map(({ engagementId }) => engagementId)
  const rows = () => world.db.selectFrom('opportunity_grant as g').innerJoin('assignment as a', 'a.id', 'g.assignment_id').select(['a.engagement_id', 'a.target_slug', 'g.starts_at', 'g.granted_by']).orderBy('a.engagement_id').execute()

  it('is previewed for the own line only, and writes nothing', async () => {
    const preview = await previewGrant(await world.contextOf(manager!), ids(), { ...SLOT, from: '21:30', to: '22:30' })
    expect(preview).toMatchObject({ granted: [{ person: { engagementId: team[0]!.engagementId } }], leftOut: [{ person: { engagementId: team[1]!.engagementId }, why: 'minorNight' }, { person: { engagementId: team[2]!.engagementId }, why: 'nothingOpen' }] })
    expect(await rows()).toEqual([])
  })

  it('is recorded once with its evidence, told in a mail, and stands on the first screen', async () => {
    const context = await world.contextOf(manager!)
    expect(await grantOpportunity(context, ids(), SLOT)).toMatchObject({ granted: 2, leftOut: [{ why: 'nothingOpen' }] })
    expect(await grantOpportunity(context, ids(), SLOT)).toMatchObject({ granted: 2 })
    const given = await rows()
    expect(given.map(({ engagement_id, target_slug }) => [engagement_id, target_slug])).toEqual([[team[0]!.engagementId, 'M05'], [team[1]!.engagementId, 'M01']].sort((a, b) => (a[0]! < b[0]! ? -1 : 1)))
    expect(given[0]).toMatchObject({ starts_at: startOf('2026-11-24') + 17 * HOUR_MS, granted_by: manager!.accountId })
    expect(await world.db.selectFrom('ledger_entry').select('subject_engagement_id').where('type', '=', 'opportunity.granted').execute()).toHaveLength(2)
    expect(await world.db.selectFrom('reminder').select('channel').where('reason_code', '=', 'granted').execute()).toHaveLength(2)
    const { slots } = (await home.loader(world.args(world.request('/', team[0])))) as { slots: string[] }
    expect(slots).toEqual(['11月24日(火) 17時00分〜18時00分(山﨑 健一さんが用意)'])
    world.now += 6 * 24 * HOUR_MS
    expect(((await home.loader(world.args(world.request('/', await world.addPerson())))) as { slots: string[] }).slots).toEqual([])
    world.now -= 6 * 24 * HOUR_MS
  })

  it('is given to nobody by another manager, nor for hours that can not be', async () => {
    const before = await rows()
    expect(await grantOpportunity(await world.contextOf(stranger!), ids(), SLOT)).toMatchObject({ refused: 'nobodyToGrant' })
    const context = await world.contextOf(manager!)
    expect(await grantOpportunity(context, [team[2]!.engagementId], SLOT)).toMatchObject({ refused: 'nobodyToGrant' })
    expect(await grantOpportunity(context, ids(), { ...SLOT, day: '2026-11-19' })).toMatchObject({ refused: 'slotPast' })
    expect(await grantOpportunity(context, [], SLOT)).toMatchObject({ refused: 'nobodyChosen' })
    expect(await rows()).toEqual(before)
  })
})
