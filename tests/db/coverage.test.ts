import { beforeAll, expect, it } from 'vitest'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { refreshCoverage } from '../../app/commands/refresh-coverage.server'
import { planningRules } from '../../app/content/planning-rules'
import type { Audience } from '../../app/domain/audience'
import { addDays, dayOf, MINUTE_MS, startOf, type Day } from '../../app/domain/calendar'
import { coverageOf, type Coverage } from '../../app/domain/coverage'
import { countedScopes, type CoverageScope } from '../../app/domain/coverage-scope'
import { isWorkforce, type EngagementKind } from '../../app/domain/people'
import { countCoverage, coverageRow, findCounts, findCountsByPlace, findDone, listLatePlaces } from '../../db/coverage-counts.server'
import { COVERAGE_LISTS, listCovered } from '../../db/coverage-people.server'
import { inTransaction } from '../../db/database.server'
import { recordAssignmentEvent } from '../../db/pledges.server'
import { onBothEngines } from '../support/database'
import { addRandomPeople, type Somebody } from '../support/random-company'
import { World } from '../support/world'

const TODAY = '2026-11-20'
const PEOPLE = 160

/** The same numbers, counted one by one and by hand from what the test itself entered (domain.md §5.10). */
function naive(people: readonly Somebody[], day: Day, asks: (person: Somebody) => boolean) {
  const end = startOf(addDays(day, 1))
  const sum = { all: 0, before: 0, away: 0, working: 0, notAsked: 0, exempted: 0, target: 0, gap: 0, assigned: 0, begun: 0, passed: 0, inTime: 0, late: 0, unfinished: 0, pledged: 0, overdue: 0, dueCome: 0, dueInTime: 0, deferred: 0, asked: 0 }
  for (const { from, to, leave, duty, pledgedAt, ...person } of people.filter(({ kind }) => isWorkforce(kind))) {
    if (to <= day) continue
    sum.all++
    if (from > day) { sum.before++; continue }
    if (leave && leave.from <= day && day < leave.to) { sum.away++; continue }
    sum.working++
    const isOfYear = duty?.period === 'FY2026' || (duty?.settledAt ?? 0) >= startOf('2026-04-01')
    const there = duty && isOfYear && duty.created < end && !(['withdrawn', 'ended'].includes(duty.settledAs ?? '') && duty.settledAt < end) ? duty : null
    if (!there && !asks({ from, to, leave, duty, pledgedAt, ...person })) { sum.notAsked++; continue }
    const settled = there && there.settledAt < end ? there.settledAs : null
    if (settled === 'exempted') { sum.exempted++; continue }
    sum.target++
    if (!there) { sum.gap++; sum.unfinished++; continue }
    sum.assigned++
    const waits = settled === null && there.askedAt !== null && there.askedAt < end && !(there.answeredAt !== null && there.answeredAt < end)
    const isDue = there.due < day && !waits
    if (isDue) sum.dueCome++
    if (settled === 'completed') {
      sum.passed++
      sum.begun++
      const inTime = dayOf(there.settledAt) <= there.due
      sum[inTime ? 'inTime' : 'late']++
      if (isDue && inTime) sum.dueInTime++
      if (pledgedAt !== null && pledgedAt < end) sum.pledged++
      continue
    }
    sum.unfinished++
    if (settled === 'declined') continue
    if (there.begunAt !== null && there.begunAt < end) sum.begun++
    if (waits) sum.asked++
    else if (there.deferredAt !== null && there.deferredAt < end) sum.deferred++
    if (isDue) sum.overdue++
  }
  return sum
}

onBothEngines('全体の状況', (engine) => {
  let world: World
  let people: Somebody[]
  let units: string[]
  let scope: CoverageScope
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('A1', '派遣元', 'agency')
    await world.addCompany('C1', '委託先', 'contractor')
    await world.addCompany('S1', '個人', 'sole')
    const head = await world.addUnit('U1', '本社')
    units = [head, await world.addUnit('U2', '支店', head), await world.addUnit('U3', '工場')]
    people = await addRandomPeople(world, units, PEOPLE, 7, TODAY)
    scope = countedScopes(planningRules(world.app.library, TODAY), TODAY).find(({ key }) => key === 'module-M01-FY2026')!
  })
  const live = async (day: Day, of = scope) => (await countCoverage(world.db, of, day)).counts.filter(({ side }) => side === 'workforce').map(coverageRow)

  it.each([TODAY, '2026-11-19', '2026-10-01', '2026-06-15', '2026-04-01'])('counts as the definitions say, as of %s', async (day) => {
    expect(coverageOf(await live(day), day)).toMatchObject(naive(people, day, () => true))
  })

  it.each<Audience>([
    { kinds: ['regular'] }, { kinds: ['regular', 'partTime', 'dispatched', 'contractorWorker'], companyKinds: ['own'] }, { kinds: ['regular', 'officer'], units: ['U1'] }, { kinds: ['regular', 'partTime'], categories: ['personalInfo'] }, { kinds: ['regular'], categories: ['communicationsSecrecy'] },
  ])('asks whom the audience asks (%o)', async (audience) => {
    const asks = ({ kind, unit, handles }: Somebody) => audience.kinds!.includes(kind) && (!audience.companyKinds || kind !== 'dispatched') && (!audience.units || unit === units[0] || unit === units[1]) && (!audience.categories || (handles && audience.categories.includes('personalInfo')))
    expect(coverageOf(await live(TODAY, { ...scope, audiences: [audience] }), TODAY)).toMatchObject(naive(people, TODAY, asks))
  })

  it('reconciles: the parts make the whole, each step is among the one before, units and kinds add up, contractors are never in', async () => {
    const { counts } = await countCoverage(world.db, scope, TODAY)
    const rows = counts.filter(({ side }) => side === 'workforce')
    const whole = coverageOf(rows.map(coverageRow), TODAY)
    expect(whole.all).toBe(whole.working + whole.away + whole.before)
    expect(whole.target).toBe(whole.working - whole.notAsked - whole.exempted)
    expect(whole.inTime + whole.late + whole.unfinished).toBe(whole.target)
    const funnel = [whole.all, whole.target, whole.assigned, whole.begun, whole.passed, whole.pledged]
    expect(funnel).toEqual([...funnel].sort((a, b) => b - a))
    expect(whole.dueInTime).toBeLessThanOrEqual(whole.dueCome)
    const sums = (groups: Map<unknown, typeof rows>) => [...groups.values()].map((group) => coverageOf(group.map(coverageRow), TODAY)).reduce((total, one) => Object.fromEntries(Object.entries(total).map(([key, value]) => [key, value + one[key as keyof Coverage]])) as unknown as Coverage)
    expect(sums(grouped(rows, ({ place_id }) => place_id))).toEqual(whole)
    expect(sums(grouped(rows, ({ kind }) => kind))).toEqual(whole)
    expect(rows.every(({ kind }) => isWorkforce(kind as EngagementKind))).toBe(true)
    expect(counts.filter(({ side }) => side === 'company').every(({ kind }) => !isWorkforce(kind as EngagementKind))).toBe(true)
    for (const value of [whole.before, whole.away, whole.exempted, whole.gap, whole.late, whole.declined, whole.deferred, whole.asked, whole.overdue, whole.soon, whole.pledged]) expect(value).toBeGreaterThan(0)
  })

  it.each(COVERAGE_LISTS)('has behind each number the people of it (%s)', async (list) => {
    for (const day of [TODAY, '2026-10-01']) {
      const whole = coverageOf(await live(day), day)
      const listed = new Set<string>()
      for (let after = ''; ; ) {
        const page = await listCovered(world.db, scope, list, { unit: '', kind: '' }, { after, limit: 7, day })
        for (const person of page) listed.add(person.engagementId)
        if (page.length < 7) break
        after = page.at(-1)!.key
      }
      expect(listed.size).toBe(list === 'held' ? whole.deferred + whole.asked : whole[list])
    }
  })

  it('keeps in its tables what the facts say, writes what differs only, and no midnight changes it', async () => {
    const counted = await refreshCoverage(world.systemContext(), { force: true })
    expect(counted.counted).toBeGreaterThan(3)
    const derived = async (day: Day) => coverageOf((await findCounts(world.db, scope.key, { side: 'workforce' })).map(coverageRow), day)
    for (const ahead of [0, 1, 5, 12, 30, 80]) {
      const day = addDays(TODAY, ahead)
      expect(await derived(day), `${ahead} days later`).toEqual(coverageOf(await live(day), day))
    }
    const byPlace = await findCountsByPlace(world.db, scope.key, 'workforce')
    for (const { placeId, late } of await listLatePlaces(world.db, scope.key, TODAY, { after: null, limit: 9 })) expect(coverageOf(byPlace.filter(({ place_id }) => place_id === placeId).map(coverageRow), TODAY).overdue).toBe(late)
    expect((await findDone(world.db, scope.key)).filter(({ counted: is }) => is === 1).reduce((sum, { people: many }) => sum + many, 0)).toBe((await derived(TODAY)).passed)

    world.now += MINUTE_MS
    expect(await refreshCoverage(world.systemContext()), 'nothing has changed').toEqual({ counted: 0 })
    const person = await world.addPerson({ unit: units[0]! })
    await world.openRecord(await world.addPerson({ role: 'hr' }), person.engagementId)
    world.now += MINUTE_MS
    expect((await refreshCoverage(world.systemContext())).counted).toBeGreaterThan(3)
    expect(await derived(TODAY)).toEqual(coverageOf(await live(TODAY), TODAY))
  })

  it('counts as a gap of the yearly pledge only whose pledge of the entry is of an earlier year, as planning asks (PL5)', async () => {
    const fresh = await World.make(engine)
    const signed = async (on: Day | null, settledAs: 'completed' | 'declined' = 'completed') => {
      const person = await fresh.addPerson({ from: '2024-04-01' })
      if (on === null) return person
      const id = await fresh.addAssignment(person, { kind: 'pledge', slug: 'PL1', period: 'entry', due: on })
      await fresh.db.updateTable('assignment').set({ created_at: startOf(on), settled_at: startOf(on) + 1, settled_as: settledAs }).where('id', '=', id).execute()
      return person
    }
    await signed('2026-04-01')
    await signed(null)
    await signed('2025-06-01', 'declined')
    const earlier = await signed('2026-03-31')
    const rules = planningRules(fresh.app.library, TODAY)
    const yearly = countedScopes(rules, TODAY).find(({ key }) => key === 'pledge-PL5-FY2026')!
    const now = async () => coverageOf((await countCoverage(fresh.db, yearly, TODAY)).counts.map(coverageRow), TODAY)
    expect(await now()).toMatchObject({ all: 4, notAsked: 3, target: 1, gap: 1 })
    await planAssignments(fresh.systemContext(), 'all')
    expect(await fresh.db.selectFrom('assignment').select('engagement_id').where('target_slug', '=', 'PL5').execute()).toEqual([{ engagement_id: earlier.engagementId }])
    expect(await now()).toMatchObject({ notAsked: 3, target: 1, gap: 0, todo: 1 })
  })

  it('has nobody deferred whose 猶予 was taken back, and still as of the day on which it held', async () => {
    const fresh = await World.make(engine)
    const id = await fresh.addAssignment(await fresh.addPerson({ from: '2024-04-01' }), { kind: 'module', slug: 'M01', period: 'FY2026', due: '2026-12-04', opens: '2026-10-01' })
    await fresh.db.updateTable('assignment').set({ created_at: startOf('2026-10-01') }).where('id', '=', id).execute()
    const event = (kind: 'defer' | 'void', day: Day, newDueOn: Day) => inTransaction(fresh.db, (tx) => recordAssignmentEvent(tx, { id: fresh.app.newId(), assignmentId: id, kind, newDueOn, reasonCode: 'defer', note: '', requestedBy: null, at: startOf(day), refs: {} }))
    const of = async (day: Day) => coverageOf((await countCoverage(fresh.db, scope, day)).counts.map(coverageRow), day).deferred
    await event('defer', '2026-11-10', '2027-01-15')
    expect([await of('2026-11-09'), await of('2026-11-10'), await of(TODAY)]).toEqual([0, 1, 1])
    await event('void', '2026-11-16', '2026-12-04')
    expect([await of('2026-11-09'), await of('2026-11-12'), await of(TODAY)]).toEqual([0, 1, 0])
  })

  it('takes a year’s duty from the entry only while it is of that year', async () => {
    const scopeOf = (day: Day) => countedScopes(planningRules(world.app.library, TODAY), day).find(({ kind, slug, year }) => kind === 'module' && slug === 'M01' && year !== null)!
    expect(scopeOf('2026-03-31')).toMatchObject({ period: 'FY2025', year: { from: '2025-04-01', to: '2026-04-01' } })
    const fresh = await World.make(engine)
    const veteran = await fresh.addPerson({ from: '2024-04-01' })
    const id = await fresh.addAssignment(veteran, { kind: 'module', slug: 'M01', due: '2024-04-30', opens: '2024-04-01' })
    await fresh.db.updateTable('assignment').set({ settled_at: startOf('2025-05-01'), settled_as: 'completed' }).where('id', '=', id).execute()
    const of = async (day: Day) => coverageOf((await countCoverage(fresh.db, scopeOf(day), day)).counts.map(coverageRow), day)
    expect(await of('2026-03-31'), 'done within the year').toMatchObject({ target: 1, passed: 1, late: 1 })
    expect(await of(TODAY), 'a new year asks anew').toMatchObject({ target: 1, passed: 0, gap: 1 })
  })
})

function grouped<T>(rows: readonly T[], key: (row: T) => unknown): Map<unknown, T[]> {
  const groups = new Map<unknown, T[]>()
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row])
  return groups
}
