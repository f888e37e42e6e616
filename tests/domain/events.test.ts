import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EngagementFacts } from '../../app/domain/audience'
import { addDays, OPEN_DAY, startOf, type Day, type WorkCalendar } from '../../app/domain/calendar'
import { explainAudience } from '../../app/domain/explain'
import type { AskedRole, EngagementKind } from '../../app/domain/people'
import { planAssignments, type ExistingAssignment, type Plan, type PlannedRequirement, type Rules, type When } from '../../app/domain/planning'

const calendar: WorkCalendar = { holidays: new Set(['2026-11-23']), fiscalYearStart: 4 }
const NEW: When = { on: 'appointment', businessDays: 10, newOnly: true }
const requirement = (id: string, audience: PlannedRequirement['audience'], when: When, target: PlannedRequirement['target'] = { kind: 'module', slug: 'M07' }, validFrom = '2026-10-01'): PlannedRequirement => ({ id, version: 1, validFrom, audience, target, when })
const yearly: When = { on: 'fiscalYear', opens: '04-01', due: '06-30' }
const HEADS = [requirement('role', { roles: ['manager', 'protectionManager'] }, NEW), requirement('year', { roles: ['manager', 'protectionManager'] }, yearly)]
const rules = (today: Day, requirements: readonly PlannedRequirement[] = HEADS): Rules => ({ requirements, calendar, today, targets: { hasModule: () => true, lawfulKinds: (slug) => (slug === 'PL4' ? ['regular'] : undefined) } })
const person = (more: Partial<EngagementFacts> = {}): EngagementFacts => ({ engagementId: 'e', companyKind: 'own', versions: [{ from: '2020-04-01', to: OPEN_DAY, kind: 'regular' as EngagementKind, unitCodes: [] }], scopes: [], leaves: [], ...more })
const head = (from: Day, to: Day = OPEN_DAY, role: AskedRole = 'manager') => ({ role, from, to })
const plan = (facts: EngagementFacts, today: Day, existing: readonly ExistingAssignment[] = [], requirements?: readonly PlannedRequirement[]) => planAssignments([{ facts, existing }], rules(today, requirements))
const created = (made: Plan) => made.create.map(({ slug, period, opens, due }) => `${slug} ${period} ${opens} ${due}`)

function after(existing: readonly ExistingAssignment[], step: Plan, today: Day): ExistingAssignment[] {
  const closed = new Map([...step.withdraw.map(({ assignmentId }) => [assignmentId, 'withdrawn'] as const), ...step.end.map(({ assignmentId }) => [assignmentId, 'ended'] as const)])
  const kept = existing.map((one): ExistingAssignment => {
    const again = step.reopen.find(({ assignmentId }) => assignmentId === one.id)
    if (again) return { ...one, settledAs: null, settledOn: null, opens: again.opens, due: again.due, createdAt: startOf(today), causes: again.causes.map(({ requirementId }) => requirementId) }
    if (closed.has(one.id)) return { ...one, settledAs: closed.get(one.id)!, settledOn: today, causes: [] }
    const moved = step.reschedule.find(({ assignmentId }) => assignmentId === one.id)
    const of = <T extends { assignmentId: string }>(list: readonly T[]) => list.filter(({ assignmentId }) => assignmentId === one.id)
    const causes = one.causes.filter((id) => !of(step.endCauses).some(({ requirementId }) => requirementId === id))
    return { ...one, ...(moved && { opens: moved.opens, due: moved.due }), causes: [...causes, ...of(step.addCauses).map(({ cause }) => cause.requirementId)] }
  })
  return [...kept, ...step.create.map((one, at): ExistingAssignment => ({ id: `${today} ${existing.length + at}`, kind: one.kind, slug: one.slug, period: one.period, opens: one.opens, due: one.due, createdAt: startOf(today), settledAs: null, settledOn: null, touched: false, causes: one.causes.map(({ requirementId }) => requirementId) }))]
}
const done = (all: readonly ExistingAssignment[], on: Day) => all.map((one): ExistingAssignment => (one.settledAs === null ? { ...one, settledAs: 'completed', settledOn: on, touched: true } : one))
const open = (period: string, more: Partial<ExistingAssignment> = {}): ExistingAssignment => ({ id: period, kind: 'module', slug: 'M07', period, opens: '2026-04-01', due: '2026-06-30', createdAt: startOf('2026-04-01'), settledAs: null, settledOn: null, touched: false, causes: ['year'], ...more })

describe('an appointment', () => {
  it('asks ten business days from the day of the role', () => {
    expect(created(plan(person({ roles: [head('2026-11-16')] }), '2026-11-16'))).toEqual(['M07 role-2026-11-16 2026-11-16 2026-12-01'])
  })
  it('asks nobody who had the role before the rule: those the next year’s round reaches', () => {
    const facts = person({ roles: [head('2021-04-01')] })
    expect(created(plan(facts, '2026-11-20'))).toEqual([])
    expect(created(plan(facts, '2027-04-01'))).toEqual(['M07 FY2027 2027-04-01 2027-06-30'])
    expect(created(plan(facts, '2026-11-20', [], [requirement('role', { roles: ['manager'] }, { on: 'appointment', businessDays: 10 })]))).toEqual(['M07 role-2021-04-01 2026-10-01 2026-12-07'])
  })
  it('serves the round of its year, and each later year is a row of its own', () => {
    const begun = after([], plan(person({ roles: [head('2027-05-10')] }), '2027-05-10'), '2027-05-10')
    expect(begun.map(({ period, causes }) => `${period} ${causes.join()}`)).toEqual(['role-2027-05-10 role,year'])
    const finished = done(begun, '2027-05-12')
    expect(created(plan(person({ roles: [head('2027-05-10')] }), '2028-03-31', finished))).toEqual([])
    expect(created(plan(person({ roles: [head('2027-05-10')] }), '2028-04-01', finished))).toEqual(['M07 FY2028 2028-04-01 2028-06-30'])
  })
  it('joins the round of the year that is open, without making it due earlier', () => {
    const facts = person({ roles: [head('2027-04-05')] })
    const existing = [open('FY2027', { opens: '2027-04-01', due: '2027-06-30', createdAt: startOf('2027-04-01') })]
    const step = plan(facts, '2027-04-05', existing)
    expect([created(step), step.addCauses.map(({ cause }) => cause.requirementId)]).toEqual([[], ['role']])
    const joined = after(existing, step, '2027-04-05')
    expect(joined[0]!.due).toBe('2027-06-30')
    // still open a year later: no second one for the same appointment
    expect(created(plan(facts, '2028-04-01', joined))).toEqual(['M07 FY2028 2028-04-01 2028-06-30'])
  })
  it('is served by what was finished in the fiscal year of its day, not by an older one', () => {
    const was = (on: Day) => [open('FY2026', { settledAs: 'completed', settledOn: on, touched: true })]
    const facts = person({ roles: [head('2027-02-01')] })
    expect(created(plan(facts, '2027-02-01', was('2026-05-20')))).toEqual([])
    expect(created(plan(facts, '2027-02-01', was('2026-03-20')))).toEqual(['M07 role-2027-02-01 2027-02-01 2027-02-15'])
  })
  it('taken again two years later is a period of its own; two roles at once are one', () => {
    const first = done(after([], plan(person({ roles: [head('2026-11-02', '2027-01-01')] }), '2026-11-02'), '2026-11-02'), '2026-11-04')
    const again = person({ roles: [head('2026-11-02', '2027-01-01'), head('2028-11-06'), head('2028-11-08', OPEN_DAY, 'protectionManager')] })
    expect(created(plan(again, '2028-11-08', first, [HEADS[0]!]))).toEqual(['M07 role-2028-11-06 2028-11-06 2028-11-20'])
  })
  it('taken away before anything was read withdraws it', () => {
    const begun = after([], plan(person({ roles: [head('2026-11-16')] }), '2026-11-16'), '2026-11-16')
    expect(plan(person({ roles: [head('2026-11-16', '2026-11-20')] }), '2026-11-20', begun).withdraw).toHaveLength(1)
    expect(plan(person({ roles: [] }), '2026-11-20', begun.map((one) => ({ ...one, touched: true }))).endCauses.map(({ requirementId }) => requirementId)).toEqual(['role'])
  })
})

describe('audiences', () => {
  const asks = (audience: PlannedRequirement['audience'], facts: EngagementFacts) => created(plan(facts, '2026-11-20', [], [requirement('one', audience, { on: 'start', businessDays: 10 })])).length === 1
  const placed = (unitKinds: EngagementFacts['versions'][number]['unitKinds']) => person({ versions: [{ from: '2020-04-01', to: OPEN_DAY, kind: 'casual', unitCodes: ['S1'], unitKinds }] })
  it('name kinds of unit, the ones above count', () => {
    expect([asks({ unitKinds: ['shop', 'site'] }, placed(['unit', 'shop'])), asks({ unitKinds: ['shop'] }, placed(['callCenter'])), asks({ unitKinds: ['shop'] }, person())]).toEqual([true, false, false])
  })
  it('are met by any of several', () => {
    const either: PlannedRequirement['audience'] = [{ roles: ['hr'] }, { categories: ['myNumber'] }]
    expect(asks(either, person({ roles: [head('2026-01-01', OPEN_DAY, 'hr')] }))).toBe(true)
    expect(asks(either, person({ scopes: [{ category: 'myNumber', from: '2026-01-01', to: OPEN_DAY }] }))).toBe(true)
    expect(asks(either, person({ roles: [head('2026-01-01', OPEN_DAY, 'chief')], scopes: [{ category: 'personalInfo', from: '2026-01-01', to: OPEN_DAY }] }))).toBe(false)
  })
  it('a newcomer’s duty leaves out who was there before the rule', () => {
    const entry = [requirement('m02', { kinds: ['regular'] }, { on: 'start', businessDays: 10, newOnly: true }, { kind: 'module', slug: 'M02' })]
    const since = (from: Day) => person({ versions: [{ from, to: OPEN_DAY, kind: 'regular', unitCodes: [] }] })
    expect([created(plan(since('2026-09-30'), '2026-11-20', [], entry)), created(plan(since('2026-11-16'), '2026-11-20', [], entry))]).toEqual([[], ['M02 entry 2026-11-16 2026-12-01']])
  })
  it('a yearly rule made in the middle of a year’s round begins with the next, whoever it asks', () => {
    const mine = [requirement('y', { kinds: ['regular'] }, yearly, { kind: 'module', slug: 'M02' }, '2026-04-02')]
    expect(created(plan(person(), '2026-05-01', [], mine))).toEqual([])
    expect(created(plan(person(), '2026-05-01', [], [{ ...mine[0]!, validFrom: '2026-04-01' }]))).toEqual(['M02 FY2026 2026-04-01 2026-06-30'])
  })
})

describe('new information to handle', () => {
  const PL4 = [requirement('pl4', { kinds: ['regular'], categories: ['specifiedUserInfo', 'myNumber', 'personalInfo'] }, { on: 'scope', businessDays: 5, newOnly: true }, { kind: 'pledge', slug: 'PL4' })]
  const scope = (category: EngagementFacts['scopes'][number]['category'], from: Day, to: Day = OPEN_DAY) => ({ category, from, to })
  it('is promised anew, what was there from the first day is not', () => {
    const facts = person({ scopes: [scope('personalInfo', '2020-04-01'), scope('specifiedUserInfo', '2026-11-16')] })
    expect(created(plan(facts, '2026-11-16', [], PL4))).toEqual(['PL4 scope-2026-11-16 2026-11-16 2026-11-24'])
    expect(created(plan(person({ scopes: [scope('personalInfo', '2020-04-01')] }), '2026-11-16', [], [{ ...PL4[0]!, when: { on: 'scope', businessDays: 5 } }]))).toEqual([])
  })
  it('joins the promise that is still open, and asks again after it was given', () => {
    const first = after([], plan(person({ scopes: [scope('specifiedUserInfo', '2026-11-16')] }), '2026-11-16', [], PL4), '2026-11-16')
    const both = person({ scopes: [scope('specifiedUserInfo', '2026-11-16'), scope('myNumber', '2026-11-18')] })
    expect(Object.values(plan(both, '2026-11-18', first, PL4)).flat()).toEqual([])
    expect(created(plan(both, '2026-11-18', done(first, '2026-11-17'), PL4))).toEqual(['PL4 scope-2026-11-18 2026-11-18 2026-11-26'])
    expect(created(plan(both, '2026-11-18', done(first, '2026-11-18'), PL4))).toEqual([])
  })
})

describe('always', () => {
  const day = fc.integer({ min: 0, max: 900 }).map((count) => addDays('2026-01-01', count))
  const span = fc.tuple(day, fc.integer({ min: 1, max: 300 }), fc.boolean()).map(([from, length, isOpen]) => ({ from, to: isOpen ? OPEN_DAY : addDays(from, length) }))
  const roles = fc.array(fc.tuple(span, fc.constantFrom<AskedRole>('manager', 'hr', 'protectionManager')).map(([one, role]) => ({ ...one, role })), { maxLength: 3 })
  const scopes = fc.array(fc.tuple(span, fc.constantFrom('personalInfo' as const, 'myNumber' as const)).map(([one, category]) => ({ ...one, category })), { maxLength: 3 })
  const ALL = [
    ...HEADS, requirement('hr', [{ roles: ['hr'] }, { categories: ['myNumber'] }], NEW), requirement('placed', { kinds: ['regular'] }, { on: 'start', businessDays: 10, newOnly: true }),
    requirement('pl4', { kinds: ['regular'] }, { on: 'scope', businessDays: 5, newOnly: true }, { kind: 'pledge', slug: 'PL4' }), requirement('scope', { categories: ['myNumber'] }, { on: 'scope', businessDays: 10 }),
  ]
  const history = fc.array(fc.tuple(fc.record({ roles, scopes, leaves: fc.array(span, { maxLength: 1 }) }), fc.integer({ min: 0, max: 200 }), fc.boolean()), { minLength: 1, maxLength: 5 })

  it('a step that was taken leaves nothing to do, nothing done is asked again for the same event, and the explanation agrees', () => {
    fc.assert(fc.property(day, history, (begin, changes) => {
      let [existing, today]: [ExistingAssignment[], Day] = [[], begin]
      for (const [facts, wait, finishes] of changes) {
        today = addDays(today, wait)
        const current = person(facts)
        existing = after(existing, plan(current, today, existing, ALL), today)
        expect(Object.values(plan(current, today, existing, ALL)).flat()).toEqual([])
        expect(Object.values(plan(current, today, [...existing].reverse(), ALL)).flat()).toEqual([])
        expect(new Set(existing.map(({ slug, period }) => `${slug} ${period}`)).size).toBe(existing.length)
        expect(existing.filter(({ settledAs, due }) => settledAs === null && due < today).every(({ createdAt }) => createdAt < startOf(today))).toBe(true)
        for (const { asked, served } of explainAudience(current, existing, rules(today, ALL))) expect('not' in asked || served !== null).toBe(true)
        if (!finishes) continue
        existing = done(existing, today)
        expect(created(plan(current, today, existing, ALL)).filter((one) => !one.includes('-') || one.includes(`role-${today}`))).toEqual([])
      }
    }), { numRuns: 500 })
  })
})
