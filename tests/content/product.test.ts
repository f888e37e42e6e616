import { describe, expect, it } from 'vitest'
import { contentCheck } from '../../app/cli/content.server'
import type { CheckReport } from '../../app/content/checks.server'
import { planningRules } from '../../app/content/planning-rules'
import { addDays, isBusinessDay, rollForward } from '../../app/domain/calendar'
import { companyKindsFor, ENGAGEMENT_KINDS, type EngagementKind } from '../../app/domain/people'
import { planAssignments } from '../../app/domain/planning'
import { kindsInDoubt } from '../../app/domain/without-template'
import { testLibrary } from '../support/world'

const KINDS = Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]
const TODAY = '2026-11-20'

describe('the texts of the product', () => {
  it('pass every check', async () => {
    const out: string[] = []
    const code = await contentCheck(['--json'], { out: (line) => out.push(line), err: (line) => out.push(line) })
    const report = JSON.parse(out.join('\n')) as CheckReport
    expect(report.errors).toEqual([])
    expect(code).toBe(0)
    expect(report.modules.map(({ id }) => id)).toEqual(expect.arrayContaining(['M01', 'M05', 'U1']))
    expect(report.pledges.map(({ id }) => id)).toEqual(expect.arrayContaining(['PL1', 'PL1-b', 'PL2', 'PL2-B', 'PL3', 'PL3-b', 'PL4', 'PL5', 'PL6']))
  }, 120_000)

  it('give each kind of person the modules and the one pledge that is lawful', () => {
    const rules = planningRules(testLibrary(), TODAY)
    const given = Object.fromEntries(KINDS.map((kind) => {
      const companyKind = companyKindsFor(kind)[0]!
      const { create } = planAssignments([{ facts: { engagementId: 'e', companyKind, versions: [{ from: '2026-11-24', to: '9999-12-31', kind, unitCodes: [] }], scopes: [], leaves: [] }, existing: [] }], rules)
      return [kind, create.map(({ kind: target, slug }) => (target === 'module' ? slug : `${target} ${slug}`)).sort().join(' ')]
    }))
    const texts = (list: string) => list.split(' ').filter((slug) => testLibrary().current('module', slug)).join(' ')
    const [own, office] = [`${texts('M01 M02 M03 M04 M05')} pledge PL1`, `${texts('M01 M02 M03 M04 M05 M11')} pledge PL1-b`]
    expect(given).toEqual({
      regular: own, contractEmployee: own, commissioned: own, partTime: own, casual: own, secondedIn: own, officer: office, executive: office, auditOfficer: office,
      dispatched: `${texts('M01 M02 M03 M04 M05 U1')} certificate PL2`, contractorWorker: `${texts('M01 M05 M09')} certificate PL3`, soleContractor: 'M01 M05 pledge PL3-b',
    })
    // A 派遣元's own people (派遣元責任者) do not work under an entrustment: no text of ours is asked of them, and 「様式なし」 says so.
    expect(kindsInDoubt(rules)).toEqual(['contractorWorker'])
  })
})

describe('the plain words of a provision', () => {
  const rows = [...testLibrary().folder.provisions.values()]
  it('stand for every row', () => expect(rows.filter(({ words }) => !words).map(({ id }) => id)).toEqual([]))
  it('never let the old regime pass for what holds today', () => expect(rows.filter(({ status, words }) => status === 'oldRegime' && !/^(以前|当時)/.test(words)).map(({ id }) => id)).toEqual([]))
  it('say of what only the draft says that a draft says it', () => expect(rows.filter(({ id, words }) => id.startsWith('R-001-2') && !/案/.test(words)).map(({ id }) => id)).toEqual([]))
})

describe('the work calendar', () => {
  const { calendar } = testLibrary()
  it.each([
    ['2024-05-06', '振替休日'], ['2024-08-12', '振替休日'], ['2024-09-23', '振替休日'], ['2025-02-24', '振替休日'], ['2025-05-06', '振替休日(3日後)'], ['2025-11-24', '振替休日'], ['2026-05-06', '振替休日(3日後)'],
    ['2026-09-22', '国民の休日'], ['2027-03-22', '振替休日'], ['2028-09-22', '秋分の日'], ['2029-04-30', '振替休日'], ['2030-05-06', '振替休日'], ['2026-12-29', '年末'], ['2027-01-03', '年始'],
  ])('knows %s (%s) as no business day', (day) => {
    expect(isBusinessDay(day, calendar)).toBe(false)
  })

  it('counts the days on which offices work', () => {
    const days = (year: number) => Array.from({ length: 366 }, (_, at) => addDays(`${year}-01-01`, at)).filter((day) => day.startsWith(String(year)) && isBusinessDay(day, calendar)).length
    // 2026: 261 weekdays, 17 holidays on weekdays, and 1/2, 12/29, 12/30, 12/31
    expect(days(2026)).toBe(261 - 17 - 4)
    expect(rollForward('2026-05-03', calendar)).toBe('2026-05-07')
    expect(rollForward('2026-09-19', calendar)).toBe('2026-09-24')
    expect(rollForward('2026-12-29', calendar)).toBe('2027-01-04')
  })
})
