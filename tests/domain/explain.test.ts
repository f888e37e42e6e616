import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EngagementFacts } from '../../app/domain/audience'
import { addDays, OPEN_DAY, startOf } from '../../app/domain/calendar'
import { explainAudience } from '../../app/domain/explain'
import { CATEGORIES, COMPANY_KINDS, ENGAGEMENT_KINDS, type Category, type CompanyKind, type EngagementKind } from '../../app/domain/people'
import { planAssignments, type PlannedRequirement, type Rules } from '../../app/domain/planning'

const TODAY = '2026-11-20'
const kind = fc.constantFrom(...(Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]))
const category = fc.constantFrom(...(Object.keys(CATEGORIES) as Category[]))
const companyKind = fc.constantFrom(...(Object.keys(COMPANY_KINDS) as CompanyKind[]))
const day = fc.integer({ min: -500, max: 200 }).map((days) => addDays(TODAY, days))
const span = fc.tuple(day, fc.oneof(fc.constant(OPEN_DAY), fc.integer({ min: 1, max: 400 }))).map(([from, length]) => ({ from, to: typeof length === 'number' ? addDays(from, length) : OPEN_DAY }))
const unit = fc.constantFrom('D1', 'D2', 'D3')

const facts: fc.Arbitrary<EngagementFacts> = fc.record({ companyKind, first: span, changes: fc.array(fc.record({ after: fc.integer({ min: 1, max: 200 }), kind, unit }), { maxLength: 2 }), kind, unit, scopes: fc.array(fc.tuple(span, category), { maxLength: 2 }), leaves: fc.array(span, { maxLength: 1 }) })
  .map(({ companyKind: company, first, changes, kind: own, unit: at, scopes, leaves }) => {
    const versions = [{ ...first, kind: own, unitCodes: [at] }]
    for (const change of changes) {
      const last = versions.at(-1)!
      const turn = addDays(last.from, change.after)
      if (turn >= last.to) break
      versions.push({ from: turn, to: last.to, kind: change.kind, unitCodes: [change.unit] })
      last.to = turn
    }
    return { engagementId: 'e', companyKind: company, versions, scopes: scopes.map(([when, what]) => ({ ...when, category: what })), leaves }
  })

const requirement = fc.record({
  kinds: fc.uniqueArray(kind, { minLength: 1, maxLength: 6 }), companyKinds: fc.option(fc.uniqueArray(companyKind, { minLength: 1, maxLength: 3 }), { nil: undefined }), units: fc.option(fc.constant<string[]>(['D1']), { nil: undefined }), categories: fc.option(fc.uniqueArray(category, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  slug: fc.constantFrom('M01', 'M02', 'GONE'), pledge: fc.boolean(), validFrom: day,
  when: fc.constantFrom<PlannedRequirement['when']>({ on: 'start', businessDays: 0 }, { on: 'start', businessDays: 10 }, { on: 'fiscalYear', opens: '04-01', due: '06-30' }, { on: 'fiscalYear', opens: '12-01', due: '02-28' }, { on: 'end', daysBefore: 20 }),
})
const rulesOf = (given: readonly { kinds: EngagementKind[]; companyKinds?: CompanyKind[]; units?: string[]; categories?: Category[]; slug: string; pledge: boolean; validFrom: string; when: PlannedRequirement['when'] }[]): Rules => ({
  today: TODAY, calendar: { holidays: new Set(['2026-11-23']), fiscalYearStart: 4 },
  targets: { hasModule: (slug) => slug !== 'GONE', lawfulKinds: (slug) => (slug === 'PL' ? ['regular', 'partTime', 'officer'] : undefined) },
  requirements: given.map(({ slug, pledge, validFrom, when, kinds, ...audience }, at) => ({ id: `r${at}`, version: 1, validFrom, audience: { kinds, ...Object.fromEntries(Object.entries(audience).filter(([, value]) => value !== undefined)) }, target: pledge ? { kind: 'pledge', slug: 'PL' } : { kind: 'module', slug }, when })),
})

describe('why somebody is asked', () => {
  it('agrees with the plan, for anybody and any rules: what is asked is planned, and what is not has a reason', () => {
    fc.assert(fc.property(facts, fc.array(requirement, { minLength: 1, maxLength: 5 }), (person, given) => {
      const rules = rulesOf(given)
      const planned = new Set(planAssignments([{ facts: person, existing: [] }], rules).create.flatMap(({ causes }) => causes.map(({ requirementId }) => requirementId)))
      for (const { requirementId, asked } of explainAudience(person, [], rules)) expect('not' in asked ? asked.not : 'asked', requirementId).toSatisfy((answer: string) => (answer === 'asked') === planned.has(requirementId))
    }), { numRuns: 400 })
  })

  it('confirms the pledge of the entry by the year, and not in the year in which it was signed (PL5)', () => {
    const yearly: PlannedRequirement['when'] = { on: 'fiscalYear', opens: '04-01', due: '06-30', confirmsEntry: true }
    const settled = fc.constantFrom('completed', 'declined', 'exempted', 'withdrawn', 'ended', null)
    const pledge = fc.record({ kind: fc.constantFrom('pledge' as const, 'certificate' as const, 'module' as const), slug: fc.constantFrom('PL1', 'PL1-b'), period: fc.constantFrom('entry', 'FY2025'), settledAs: settled, on: day })
    fc.assert(fc.property(facts, fc.uniqueArray(pledge, { maxLength: 3, selector: ({ kind: of, slug, period }) => `${of} ${slug} ${period}` }), (person, given) => {
      const rules = rulesOf([{ kinds: ['regular', 'partTime', 'officer'], slug: 'PL', pledge: true, validFrom: '2024-04-01', when: yearly }])
      const existing = given.map(({ settledAs, on, ...one }, at) => ({ ...one, id: `${at}`, opens: '2024-04-01', due: '2024-04-30', createdAt: startOf('2024-04-01'), settledAs, settledOn: settledAs === null ? null : on, touched: true, causes: [] }))
      const entry = existing.filter((one) => one.kind === 'pledge' && one.period === 'entry' && one.settledAs !== 'withdrawn' && one.settledAs !== 'ended')
      const isHeld = entry.length > 0 && entry.every(({ settledAs, settledOn }) => settledAs === 'completed' && settledOn! < '2026-04-01')
      const { create } = planAssignments([{ facts: person, existing }], rules)
      const [{ asked }] = explainAudience(person, existing, rules) as [ReturnType<typeof explainAudience>[number]]
      expect(create.map(({ slug, period, opens }) => [slug, period, opens >= '2026-04-01'])).toEqual('not' in asked ? [] : [['PL', 'FY2026', true]])
      if (!isHeld) expect(create).toEqual([])
      if (isHeld) expect(asked).not.toMatchObject({ not: 'nothingToConfirm' })
    }), { numRuns: 400 })
    const signed = (on: string) => [{ id: 'a', kind: 'pledge' as const, slug: 'PL1', period: 'entry', opens: '2024-04-01', due: '2024-04-30', createdAt: 1, settledAs: 'completed' as const, settledOn: on, touched: true, causes: [] }]
    const rules = one({ slug: 'PL', pledge: true, when: yearly })
    const old = { ...regular, versions: [{ ...regular.versions[0]!, from: '2024-04-01' }] }
    expect([signed('2026-03-31'), signed('2026-04-01'), []].map((existing) => planAssignments([{ facts: old, existing }], rules).create.map(({ period, due }) => `${period} ${due}`))).toEqual([['FY2026 2026-12-07'], [], []])
  })

  const regular: EngagementFacts = { engagementId: 'e', companyKind: 'own', versions: [{ from: '2026-11-01', to: OPEN_DAY, kind: 'regular', unitCodes: ['D2'] }], scopes: [], leaves: [] }
  const one = (over: Partial<Parameters<typeof rulesOf>[0][number]>) => rulesOf([{ kinds: ['regular'], slug: 'M01', pledge: false, validFrom: '2024-04-01', when: { on: 'start', businessDays: 0 }, ...over }])
  const why = (rules: Rules, person = regular) => {
    const [{ asked }] = explainAudience(person, [], rules) as [ReturnType<typeof explainAudience>[number]]
    return 'not' in asked ? asked.not : 'asked'
  }

  it('names the condition that fails', () => {
    expect(why(one({}))).toBe('asked')
    expect(why(one({ kinds: ['officer'] }))).toBe('otherKind')
    expect(why(one({ companyKinds: ['agency'] }))).toBe('otherCompany')
    expect(why(one({ units: ['D1'] }))).toBe('otherUnit')
    expect(why(one({ categories: ['personalInfo'] }))).toBe('otherCategory')
    expect(why(one({ slug: 'GONE' }))).toBe('notLawful')
    expect(why(one({ when: { on: 'end', daysBefore: 20 } }))).toBe('noEndYet')
    expect(why(one({ when: { on: 'end', daysBefore: 20 } }), { ...regular, versions: [{ ...regular.versions[0]!, to: '2027-03-01' }] })).toBe('endIsFar')
    expect(why(one({}), { ...regular, versions: [{ ...regular.versions[0]!, to: '2026-11-10' }] })).toBe('over')
    expect(why(one({ when: { on: 'fiscalYear', opens: '04-01', due: '06-30' } }), { ...regular, leaves: [{ from: '2026-10-01', to: OPEN_DAY }] })).toBe('awayAllYear')
  })

  it('tells how the due day came about', () => {
    const served = (due: string, more = {}) => ({ id: 'a', kind: 'module' as const, slug: 'M01', period: 'entry', opens: '2026-11-01', due, createdAt: startOf('2026-11-18'), settledAs: null, settledOn: null, touched: false, causes: ['r0'], ...more })
    const steps = (existing: ReturnType<typeof served>, person = regular) => explainAudience(person, [existing], one({}))[0]!.dueSteps.map(({ how }) => how)
    expect(steps(served('2026-11-02'))).toEqual(['rule'])
    expect(steps(served('2026-12-03'))).toEqual(['rule', 'heardLate'])
    expect(steps(served('2026-12-15', { dueGiven: '2026-12-15' }))).toEqual(['rule', 'given'])
    expect(steps(served('2026-12-15'), { ...regular, leaves: [{ from: '2026-11-10', to: '2026-12-01' }] })).toEqual(['rule', 'leave'])
    expect(steps(served(OPEN_DAY))).toEqual(['rule', 'whenBack'])
  })
})
