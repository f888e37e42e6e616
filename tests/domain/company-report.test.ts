import { describe, expect, it } from 'vitest'
import { isSilent, SILENT_MS, withLastReports } from '../../app/domain/company-report'
import { COMPANY_KINDS, type CompanyKind } from '../../app/domain/people'

const NOW = 1_800_000_000_000
const of = (companyId: string, parentId: string | null, reportedAt: number | null) => ({ companyId, parentId, reportedAt })

describe('what companies report', () => {
  it('is the newest of its own and of those above it, whatever the order, and ends where companies stand in a ring', () => {
    const reports = (companies: ReturnType<typeof of>[]) => Object.fromEntries(withLastReports(companies).map(({ companyId, reportedAt }) => [companyId, reportedAt]))
    expect(reports([of('C', 'B', 1), of('B', 'A', null), of('A', null, 5), of('D', 'gone', null)])).toEqual({ A: 5, B: 5, C: 5, D: null })
    expect(reports([of('A', null, 5), of('B', 'A', 9), of('C', 'B', null)])).toEqual({ A: 5, B: 9, C: 9 })
    expect(reports([of('A', 'B', null), of('B', 'A', 3)])).toEqual({ A: 3, B: 3 })
  })

  it('is missed after two weeks of contractors with people at work, and of nobody else', () => {
    const silent = (kind: CompanyKind, atWork: boolean, reportedAt: number | null) => isSilent({ kind, atWork, reportedAt }, NOW)
    expect((Object.keys(COMPANY_KINDS) as CompanyKind[]).filter((kind) => silent(kind, true, null)).sort()).toEqual(['contractor', 'salesAgency', 'subcontractor'])
    expect([silent('contractor', false, null), silent('contractor', true, NOW - SILENT_MS + 1), silent('contractor', true, NOW - SILENT_MS)]).toEqual([false, false, true])
  })
})
