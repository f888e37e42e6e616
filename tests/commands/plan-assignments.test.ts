import { beforeAll, expect, it } from 'vitest'
import { planAssignments, planWithin, previewPlan } from '../../app/commands/plan-assignments.server'
import { run } from '../../app/jobs/plan-nightly.server'
import { OPEN_DAY, OPEN_INSTANT } from '../../app/domain/calendar'
import { findExistingAssignments, findPlanningFacts } from '../../db/assignments.server'
import { insertRows, inTransaction } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { firstRequirements, World } from '../support/world'

const titles = (list: { kind: string; slug: string; period: string }[]) => list.map(({ kind, slug, period }) => `${kind} ${slug} ${period}`).sort()

onBothEngines('planning assignments', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await World.make(engine, firstRequirements())
    await world.addCompany('H1', 'あおば派遣', 'agency')
    await world.addCompany('I1', 'みなみ工事', 'contractor')
  })
  const assignmentsOf = async (engagementId: string) => (await findExistingAssignments(world.db, [engagementId])).get(engagementId) ?? []

  it('gives each kind what is lawful for it, with evidence, and a second run changes nothing', async () => {
    const employee = await world.addPerson({ from: '2026-11-16' })
    const dispatched = await world.addPerson({ kind: 'dispatched', company: 'H1', from: '2026-11-16' })
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'I1', from: '2026-11-16' })
    const counts = await planAssignments(world.systemContext(), 'all')
    expect(titles(await assignmentsOf(employee.engagementId))).toEqual(['module M01 entry', 'module M05 entry', 'pledge PL1 entry'])
    expect(titles(await assignmentsOf(dispatched.engagementId))).toEqual(['certificate PL2 entry', 'module M01 entry', 'module M05 entry', 'module U1 entry'])
    expect(titles(await assignmentsOf(worker.engagementId))).toEqual(['certificate PL3 entry', 'module M01 entry', 'module M05 entry'])
    expect(counts.created).toBe(10)
    const [changeSet] = await world.db.selectFrom('change_set').selectAll().where('kind', '=', 'plan').execute()
    expect(changeSet).toMatchObject({ at: world.now, actor_account_id: null })
    expect(await world.db.selectFrom('ledger_entry').select('type').execute()).toEqual([{ type: 'assignments.planned' }])
    expect(await run(world.systemContext())).toEqual({ created: 0, reopened: 0, joined: 0, rescheduled: 0, withdrawn: 0, ended: 0 })
    expect(await world.db.selectFrom('change_set').select('id').where('kind', '=', 'plan').execute()).toHaveLength(1)
  })

  it('ends what is open when the engagement ends and takes it up again when the end was a mistake', async () => {
    const person = await world.addPerson({ from: '2026-11-16' })
    await planAssignments(world.systemContext(), [person.engagementId])
    await world.db.updateTable('engagement_version').set({ valid_to: '2026-11-20' }).where('engagement_id', '=', person.engagementId).execute()
    expect(await planAssignments(world.systemContext(), [person.engagementId])).toMatchObject({ ended: 3 })
    expect((await assignmentsOf(person.engagementId)).map(({ settledAs, causes }) => ({ settledAs, causes }))).toEqual(Array(3).fill({ settledAs: 'ended', causes: [] }))
    await world.db.updateTable('engagement_version').set({ valid_to: OPEN_DAY }).where('engagement_id', '=', person.engagementId).execute()
    expect(await planAssignments(world.systemContext(), [person.engagementId])).toMatchObject({ reopened: 3, created: 0 })
    expect((await assignmentsOf(person.engagementId)).every(({ settledAs, causes }) => settledAs === null && causes.length > 0)).toBe(true)
    expect(await planAssignments(world.systemContext(), [person.engagementId])).toEqual({ created: 0, reopened: 0, joined: 0, rescheduled: 0, withdrawn: 0, ended: 0 })
  })

  it('withdraws what was not touched when the kind changes, and keeps what was read', async () => {
    const person = await world.addPerson({ from: '2026-11-16' })
    await planAssignments(world.systemContext(), [person.engagementId])
    const m01 = (await assignmentsOf(person.engagementId)).find(({ slug }) => slug === 'M01')!
    await inTransaction(world.db, (tx) => insertRows(tx, 'page_shown', [{ assignment_id: m01.id, version: '1.0', track: 'ja', page: 'a', rendered_sha256: 'a'.repeat(64), first_at: 1, last_at: 2, seconds: 1 }]))
    await world.db.updateTable('engagement_version').set({ kind: 'officer' }).where('engagement_id', '=', person.engagementId).execute()
    expect(await planAssignments(world.systemContext(), [person.engagementId])).toMatchObject({ withdrawn: 1, created: 1 })
    const now = await assignmentsOf(person.engagementId)
    expect(titles(now.filter(({ settledAs }) => settledAs === null))).toEqual(['module M01 entry', 'module M05 entry', 'pledge PL1-b entry'])
    expect(now.find(({ slug }) => slug === 'PL1')?.settledAs).toBe('withdrawn')
  })

  it('previews what it would then do', async () => {
    const person = await world.addPerson({ from: '2026-11-16' })
    const facts = await findPlanningFacts(world.db, [person.engagementId], '2026-11-20')
    const preview = await previewPlan(world.db, world.systemContext(), facts)
    expect(preview.created.map(({ slug }) => slug).sort()).toEqual(['M01', 'M05', 'PL1'])
    expect(await assignmentsOf(person.engagementId)).toEqual([])
    const done = await inTransaction(world.db, (tx) => planWithin(tx, world.systemContext(), world.changeSetId, [person.engagementId]))
    expect(done).toEqual({ ...preview.counts, deferred: false })
    expect((await assignmentsOf(person.engagementId)).map(({ slug, due }) => ({ slug, due })).sort((a, b) => (a.slug < b.slug ? -1 : 1)))
      .toEqual(preview.created.map(({ slug, due }) => ({ slug, due })).sort((a, b) => (a.slug < b.slug ? -1 : 1)))
  })

  it('plans 10,000 engagements in one transaction with a few statements for a thousand of them', async () => {
    const ids = Array.from({ length: 10_000 }, () => world.app.newId())
    await inTransaction(world.db, async (tx) => {
      await insertRows(tx, 'person', ids.map((id) => ({ id, created_at: 1, merged_into: null })))
      await insertRows(tx, 'engagement', ids.map((id, at) => ({ id, person_id: id, number: `N${at}`, sequence: 1, employer_company_id: world.companyId(), created_at: 1 })))
      await insertRows(tx, 'engagement_version', ids.map((id) => ({ ...world.fact('2026-04-01'), engagement_id: id, kind: 'regular', display_name: '試験', kana: '', name_folded: '', mail: '', unit_id: null, supervisor_number: '', under18_until: '' })))
    })
    let statements = 0
    const counting = world.db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        statements++
        return result
      },
    })
    const counts = await inTransaction(counting, (tx) => planWithin(tx, world.systemContext(), world.changeSetId, ids))
    expect(counts.created).toBe(30_000)
    expect(await world.db.selectFrom('assignment').select((at) => at.fn.countAll<number>().as('n')).where('settled_at', '=', OPEN_INSTANT).executeTakeFirst()).toMatchObject({ n: expect.toSatisfy((n: number) => Number(n) >= 30_000) })
    // reading, 30,000 assignments and as many causes: a statement for each person would be 10,000 and more (house.md §5)
    expect(statements).toBeGreaterThan(0)
    expect(statements).toBeLessThan(2_500)
  }, 120_000)
})
