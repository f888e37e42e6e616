import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, isBusinessDay, OPEN_DAY, startOf, type Day, type WorkCalendar } from '../../app/domain/calendar'
import type { EngagementFacts } from '../../app/domain/audience'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../../app/domain/people'
import { planAssignments, type ExistingAssignment, type Plan, type PlannedRequirement, type Rules, type Targets } from '../../app/domain/planning'
import { engagementsWithoutTemplate, kindsInDoubt } from '../../app/domain/without-template'

const KINDS = Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]
const calendar: WorkCalendar = { holidays: new Set(['2026-05-04', '2026-05-05', '2026-05-06', '2026-11-23', '2026-09-21', '2026-09-22', '2026-09-23']), fiscalYearStart: 4 }
const LAWFUL: Record<string, EngagementKind[]> = { PL1: ['regular', 'partTime', 'casual', 'secondedIn'], 'PL1-b': ['officer'], PL2: ['dispatched'], PL3: ['contractorWorker'], PL6: ['regular', 'partTime'] }
const targets: Targets = { hasModule: (slug) => ['M01', 'M05', 'U1'].includes(slug), lawfulKinds: (slug) => LAWFUL[slug] }
const requirement = (id: string, kinds: EngagementKind[], target: PlannedRequirement['target'], when: PlannedRequirement['when'], more: Partial<PlannedRequirement> = {}): PlannedRequirement =>
  ({ id, version: 1, validFrom: '2024-04-01', audience: { kinds }, target, when, ...more })
const yearly = { on: 'fiscalYear', opens: '04-01', due: '06-30' } as const
const REQUIREMENTS = [
  requirement('entry-m01', KINDS, { kind: 'module', slug: 'M01' }, { on: 'start', businessDays: 0 }),
  requirement('yearly-m01', KINDS, { kind: 'module', slug: 'M01' }, yearly),
  // too wide on purpose: what the law allows is decided by the template
  requirement('pledge', KINDS, { kind: 'pledge', slug: 'PL1' }, { on: 'start', businessDays: 0 }),
  requirement('mandate', KINDS, { kind: 'pledge', slug: 'PL1-b' }, { on: 'start', businessDays: 0 }),
  requirement('agency', KINDS, { kind: 'certificate', slug: 'PL2' }, { on: 'start', businessDays: 0 }),
  requirement('exit', KINDS, { kind: 'pledge', slug: 'PL6' }, { on: 'end', daysBefore: 20 }),
]
const rules = (today: Day, requirements = REQUIREMENTS): Rules => ({ requirements, targets, calendar, today })
const person = (from: Day, to: Day = OPEN_DAY, kind: EngagementKind = 'regular', more: Partial<EngagementFacts> = {}): EngagementFacts =>
  ({ engagementId: 'e', companyKind: 'own', versions: [{ from, to, kind, unitCodes: [] }], scopes: [], leaves: [], ...more })
const plan = (facts: EngagementFacts, today: Day, existing: ExistingAssignment[] = [], requirements = REQUIREMENTS) => planAssignments([{ facts, existing }], rules(today, requirements))
const created = (made: Plan) => made.create.map(({ kind, slug, period, opens, due }) => `${kind} ${slug} ${period} ${opens} ${due}`).sort()

/** What is there after a step was taken on a day. */
function after(existing: readonly ExistingAssignment[], step: Plan, today: Day): ExistingAssignment[] {
  const closed = new Map([...step.withdraw.map(({ assignmentId }) => [assignmentId, 'withdrawn'] as const), ...step.end.map(({ assignmentId }) => [assignmentId, 'ended'] as const)])
  const kept = existing.map((one): ExistingAssignment => {
    const reopened = step.reopen.find(({ assignmentId }) => assignmentId === one.id)
    if (reopened) return { ...one, settledAs: null, settledOn: null, opens: reopened.opens, due: reopened.due, createdAt: startOf(today), touched: one.touched, causes: reopened.causes.map(({ requirementId }) => requirementId) }
    if (closed.has(one.id)) return { ...one, settledAs: closed.get(one.id)!, settledOn: today, causes: [] }
    const moved = step.reschedule.find(({ assignmentId }) => assignmentId === one.id)
    const causes = [...one.causes.filter((id) => !step.endCauses.some((ended) => ended.assignmentId === one.id && ended.requirementId === id)), ...step.addCauses.filter(({ assignmentId }) => assignmentId === one.id).map(({ cause }) => cause.requirementId)]
    return { ...one, ...(moved && { opens: moved.opens, due: moved.due }), causes }
  })
  return [...kept, ...step.create.map((one, at): ExistingAssignment => ({ id: `${today} ${existing.length + at}`, kind: one.kind, slug: one.slug, period: one.period, opens: one.opens, due: one.due, createdAt: startOf(today), settledAs: null, settledOn: null, touched: false, causes: one.causes.map(({ requirementId }) => requirementId) }))]
}

describe('a due day given after a question', () => {
  const open = (dueGiven?: Day, due = '2026-11-24'): ExistingAssignment =>
    ({ id: 'a', kind: 'pledge', slug: 'PL1', period: 'entry', opens: '2026-11-24', due, dueGiven, createdAt: startOf('2026-11-20'), settledAs: null, settledOn: null, touched: true, causes: ['pledge'] })
  const only = [requirement('pledge', KINDS, { kind: 'pledge', slug: 'PL1' }, { on: 'start', businessDays: 0 })]
  const moved = (one: ExistingAssignment, more: Partial<EngagementFacts> = {}) => plan(person('2026-11-24', OPEN_DAY, 'regular', more), '2026-11-26', [one], only).reschedule.map(({ due }) => due)
  it('holds against the rules, and only ever makes the day later', () => {
    expect(moved(open('2026-12-08', '2026-12-08'))).toEqual([])
    expect(moved(open('2026-12-08'))).toEqual(['2026-12-08'])
    expect(moved(open('2026-11-20'))).toEqual([])
  })
  it('stops for a leave that begins before it, and not for one that begins after it', () => {
    expect(moved(open('2026-12-08'), { leaves: [{ from: '2026-12-08', to: '2026-12-15' }] })).toEqual(['2027-01-04'])
    expect(moved(open('2026-12-08'), { leaves: [{ from: '2026-12-09', to: '2026-12-15' }] })).toEqual(['2026-12-08'])
    expect(moved(open('2026-12-08'), { leaves: [{ from: '2026-12-01', to: OPEN_DAY }] })).toEqual([OPEN_DAY])
  })
})

describe('what a new person gets', () => {
  it('module and lawful pledge on the day of the start, the yearly module joined to it', () => {
    const made = plan(person('2026-11-24'), '2026-11-20')
    expect(created(made)).toEqual(['module M01 entry 2026-11-24 2026-11-24', 'pledge PL1 entry 2026-11-24 2026-11-24'])
    expect(made.create[0]!.causes.map(({ requirementId }) => requirementId)).toEqual(['entry-m01', 'yearly-m01'])
  })
  it('a due day on a holiday rolls forward (A26)', () => {
    expect(created(plan(person('2026-05-03'), '2026-04-20'))[0]).toBe('module M01 entry 2026-05-03 2026-05-07')
  })
  it('who was already here gets ten business days from hearing of it, counted over holidays', () => {
    expect(created(plan(person('2015-04-01'), '2026-11-20'))[0]).toBe('module M01 entry 2024-04-01 2026-12-07')
  })
  it('nothing after the end, nothing of an undone engagement', () => {
    expect(plan(person('2026-04-01', '2026-11-20'), '2026-11-20').create).toEqual([])
    expect(plan({ ...person('2026-04-01'), versions: [] }, '2026-11-20').create).toEqual([])
  })
  it('nothing whose text is not there, and what is assigned already stays', () => {
    const made = after([], plan(person('2026-11-16'), '2026-11-16'), '2026-11-16')
    const without: Rules = { ...rules('2026-11-17'), targets: { hasModule: () => false, lawfulKinds: () => undefined } }
    expect(planAssignments([{ facts: person('2026-11-16'), existing: [] }], without).create).toEqual([])
    expect(planAssignments([{ facts: person('2026-11-16'), existing: made }], without).withdraw).toEqual([])
  })
  it('only by scope where the requirement asks for one', () => {
    const scoped = [requirement('s', KINDS, { kind: 'module', slug: 'M05' }, { on: 'start', businessDays: 10 }, { audience: { kinds: KINDS, categories: ['specifiedUserInfo'] } })]
    expect(plan(person('2026-04-01'), '2026-11-20', [], scoped).create).toEqual([])
    const handling = person('2026-04-01', OPEN_DAY, 'regular', { scopes: [{ category: 'specifiedUserInfo', from: '2026-11-20', to: OPEN_DAY }] })
    expect(created(plan(handling, '2026-11-20', [], scoped))).toEqual(['module M05 entry 2026-11-20 2026-12-07'])
  })
})

describe('years', () => {
  it('the next fiscal year is a row of its own once the entry is done', () => {
    const done = after([], plan(person('2026-02-02'), '2026-02-02'), '2026-02-02').map((one): ExistingAssignment => ({ ...one, settledAs: 'completed', settledOn: '2026-02-03' }))
    expect(created(plan(person('2026-02-02'), '2026-04-01', done))).toEqual(['module M01 FY2026 2026-04-01 2026-06-30'])
  })
  it('an entry still open, or done within the year, serves the year', () => {
    const open = after([], plan(person('2026-02-02'), '2026-02-02'), '2026-02-02')
    expect(plan(person('2026-02-02'), '2026-04-01', open).create).toEqual([])
    const done = open.map((one): ExistingAssignment => ({ ...one, settledAs: 'completed', settledOn: '2026-04-10' }))
    expect(plan(person('2026-02-02'), '2026-05-01', done).create).toEqual([])
  })
  it('an open one of last year stays beside that of this year (A23)', () => {
    const done = after([], plan(person('2020-04-01'), '2024-04-01'), '2024-04-01').map((one): ExistingAssignment => ({ ...one, settledAs: 'completed', settledOn: '2024-04-02' }))
    const lastYear = after(done, plan(person('2020-04-01'), '2025-04-01', done), '2025-04-01')
    const step = plan(person('2020-04-01'), '2026-04-01', lastYear)
    expect(created(step)).toEqual(['module M01 FY2026 2026-04-01 2026-06-30'])
    expect([...step.withdraw, ...step.end]).toEqual([])
  })
  it('who is away for the whole of the year is not asked', () => {
    const away = person('2020-04-01', OPEN_DAY, 'regular', { leaves: [{ from: '2026-03-01', to: '2027-05-01' }] })
    expect(plan(away, '2026-04-01').create.filter(({ period }) => period === 'FY2026')).toEqual([])
  })
})

describe('leave (A01, A02)', () => {
  it('moves the due day to ten business days after the return, and to the open day while the return is not known', () => {
    const open = after([], plan(person('2026-11-24'), '2026-11-20'), '2026-11-20')
    const back = person('2026-11-24', OPEN_DAY, 'regular', { leaves: [{ from: '2026-11-24', to: '2026-12-01' }] })
    expect(plan(back, '2026-11-25', open).reschedule.map(({ due }) => due)).toEqual(['2026-12-15', '2026-12-15'])
    const unknown = person('2026-11-24', OPEN_DAY, 'regular', { leaves: [{ from: '2026-11-24', to: OPEN_DAY }] })
    expect(plan(unknown, '2026-11-25', open).reschedule.map(({ due }) => due)).toEqual([OPEN_DAY, OPEN_DAY])
  })
  it('does not excuse what was late before it began', () => {
    const open = after([], plan(person('2026-11-02'), '2026-11-02'), '2026-11-02')
    expect(plan(person('2026-11-02', OPEN_DAY, 'regular', { leaves: [{ from: '2026-11-10', to: '2026-12-01' }] }), '2026-12-02', open).reschedule).toEqual([])
  })
})

describe('the end', () => {
  it('asks for the exit pledge 20 days before, due on the last business day', () => {
    const facts = person('2020-04-01', '2026-11-23')
    expect(created(plan(facts, '2026-11-01')).filter((one) => one.includes('exit'))).toEqual([])
    expect(created(plan(facts, '2026-11-02')).filter((one) => one.includes('exit'))).toEqual(['pledge PL6 exit 2026-11-02 2026-11-20'])
  })
  it('ends what is open, but leaves the exit pledge to a person, and withdraws it when the end is taken back', () => {
    const facts = person('2020-04-01', '2026-11-23')
    const open = after([], plan(facts, '2026-11-02'), '2026-11-02')
    const step = plan(facts, '2026-11-23', open)
    expect(step.end.map(({ assignmentId }) => open.find(({ id }) => id === assignmentId)!.slug).sort()).toEqual(['M01', 'PL1'])
    expect(plan(person('2020-04-01'), '2026-11-10', open).withdraw.map(({ assignmentId }) => open.find(({ id }) => id === assignmentId)!.slug)).toEqual(['PL6'])
  })
  it('takes up again what was ended or withdrawn by mistake, heard of anew', () => {
    const open = after([], plan(person('2026-11-02'), '2026-11-02'), '2026-11-02')
    const ended = after(open, plan(person('2026-11-02', '2026-11-10'), '2026-11-10', open), '2026-11-10')
    expect(ended.map(({ settledAs }) => settledAs)).toEqual(['ended', 'ended'])
    expect(plan(person('2026-11-02'), '2026-11-20', ended).reopen.map(({ due }) => due)).toEqual(['2026-12-07', '2026-12-07'])
    const undone = after(open, plan({ ...person('2026-11-02'), versions: [] }, '2026-11-10', open), '2026-11-10')
    expect(undone.map(({ settledAs }) => settledAs)).toEqual(['withdrawn', 'withdrawn'])
    expect(plan(person('2026-11-02'), '2026-11-20', undone).reopen).toHaveLength(2)
  })
  it('withdraws what no requirement asks any more, unless it was begun', () => {
    const open = after([], plan(person('2026-11-02'), '2026-11-02'), '2026-11-02')
    const officer = person('2026-11-02', OPEN_DAY, 'officer')
    const pledge = open.find(({ slug }) => slug === 'PL1')!
    expect(plan(officer, '2026-11-03', open)).toMatchObject({ withdraw: [{ assignmentId: pledge.id, engagementId: 'e' }], endCauses: [] })
    const begun = open.map((one) => ({ ...one, touched: true }))
    expect(plan(officer, '2026-11-03', begun)).toMatchObject({ withdraw: [], end: [], endCauses: [{ assignmentId: pledge.id, requirementId: 'pledge' }] })
  })
  it('never touches what somebody assigned by hand while the person is here', () => {
    const byHand: ExistingAssignment = { id: 'x', kind: 'module', slug: 'U1', period: 'entry', opens: '2026-11-01', due: '2026-11-30', createdAt: 1, settledAs: null, settledOn: null, touched: false, causes: [] }
    const step = plan(person('2020-04-01'), '2026-11-10', [byHand])
    expect([...step.withdraw, ...step.reschedule, ...step.addCauses]).toEqual([])
  })
})

describe('様式なし', () => {
  it('names kinds and engagements without a lawful template', () => {
    expect(kindsInDoubt(rules('2026-11-20'))).toEqual(['contractEmployee', 'commissioned', 'executive', 'auditOfficer', 'contractorWorker', 'soleContractor'])
    expect(engagementsWithoutTemplate([person('2026-04-01', OPEN_DAY, 'executive'), { ...person('2026-04-01'), engagementId: 'f' }, person('2026-04-01', '2026-05-01', 'executive')], rules('2026-11-20'))).toEqual(['e'])
  })

  it('doubts a kind whose text is asked for in one unit, or one kind of company, only', () => {
    const only = (audience: Partial<PlannedRequirement['audience']>) => kindsInDoubt(rules('2026-11-20', [...REQUIREMENTS, requirement('pl3', ['contractorWorker'], { kind: 'certificate', slug: 'PL3' }, { on: 'start', businessDays: 0 }, { audience: { kinds: ['contractorWorker'], ...audience } })]))
    expect(only({})).not.toContain('contractorWorker')
    expect(only({ units: ['S01'] })).toContain('contractorWorker')
    expect(only({ companyKinds: ['contractor'] })).toContain('contractorWorker')
  })
})

describe('always', () => {
  const day = fc.integer({ min: 0, max: 1100 }).map((count) => addDays('2024-06-01', count))
  const span = fc.tuple(day, fc.integer({ min: 1, max: 500 }), fc.boolean()).map(([from, length, open]) => ({ from, to: open ? OPEN_DAY : addDays(from, length) }))
  const facts = fc.record({
    versions: fc.tuple(span, fc.constantFrom(...KINDS), fc.option(fc.tuple(fc.integer({ min: 1, max: 200 }), fc.constantFrom(...KINDS)))).map(([{ from, to }, kind, change]) => {
      const middle = change ? addDays(from, change[0]) : to
      return middle < to ? [{ from, to: middle, kind, unitCodes: [] }, { from: middle, to, kind: change![1], unitCodes: [] }] : [{ from, to, kind, unitCodes: [] }]
    }),
    leaves: fc.array(span, { maxLength: 2 }),
  }).map((given): EngagementFacts => ({ engagementId: 'e', companyKind: 'own', scopes: [], ...given }))
  const history = fc.tuple(fc.array(facts, { minLength: 1, maxLength: 3 }), fc.array(fc.integer({ min: 0, max: 120 }), { minLength: 3, maxLength: 3 }), day)

  it('a step that was taken leaves nothing to do; keys stay unique; days fall on business days; pledges are lawful', () => {
    fc.assert(fc.property(history, ([changes, waits, begin]) => {
      let existing: ExistingAssignment[] = []
      let today = begin
      changes.forEach((current, at) => {
        today = addDays(today, waits[at]!)
        const step = plan(current, today, existing)
        for (const one of [...step.create, ...step.reopen]) {
          expect(one.due >= today).toBe(true)
          if (one.due !== OPEN_DAY) expect(isBusinessDay(one.due, calendar) || one.due === one.opens).toBe(true)
        }
        for (const one of step.create) if (one.kind !== 'module') expect(current.versions.some(({ kind }) => LAWFUL[one.slug]!.includes(kind))).toBe(true)
        const on = (day: Day) => current.leaves.some((leave) => leave.from <= day && day < leave.to)
        for (const one of [...step.create, ...step.reopen, ...step.reschedule]) expect(one.due !== OPEN_DAY && on(one.due) && one.opens <= one.due && !current.leaves.some((leave) => leave.to <= one.opens)).toBe(false)
        existing = after(existing, step, today)
        expect(new Set(existing.map(({ kind, slug, period }) => `${kind} ${slug} ${period}`)).size).toBe(existing.length)
        expect(Object.values(plan(current, today, existing)).flat()).toEqual([])
        expect(Object.values(plan(current, today, [...existing].reverse())).flat()).toEqual([])
      })
    }), { numRuns: 1500 })
  })

  it('nothing that was completed, declined or exempted is ever changed', () => {
    fc.assert(fc.property(history, fc.constantFrom('completed' as const, 'declined' as const, 'exempted' as const), ([changes, waits, begin], settledAs) => {
      const first = plan(changes[0]!, begin)
      const settled = after([], first, begin).map((one): ExistingAssignment => ({ ...one, settledAs, settledOn: begin, touched: true }))
      for (const current of changes) {
        const step = plan(current, addDays(begin, waits[0]!), settled)
        expect([...step.reopen, ...step.reschedule, ...step.withdraw, ...step.end]).toEqual([])
      }
    }), { numRuns: 500 })
  })
})
