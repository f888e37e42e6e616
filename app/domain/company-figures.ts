import type { Day, Instant } from './calendar'
import { coverageOf, type Coverage, type CoverageRow } from './coverage'
import type { CompanyKind } from './people'

/** Contractors in their own block, tier by tier, 「報告ベース」: never among the operator's own figures (domain.md §5.10). */
export interface CompanyFigures {
  companyId: string
  name: string
  kind: CompanyKind
  depth: number
  /** Somebody of it is in force on the day. */
  atWork: boolean
  /** The last report about it (domain/company-report). */
  reportedAt: Instant | null
  declared: number | null
  coverage: Coverage
  /** Everybody at work there is named in a 誓約取得証明, or has signed themself. */
  isCertified: boolean
}

export const TIERS = ['委託先・販売代理店', '再委託先', '再々委託先より下', '派遣元の担当者', '個人受託者'] as const
export type TierName = (typeof TIERS)[number]

/** Which tier a company stands in. */
export const tierOf = ({ kind, depth }: { kind: CompanyKind; depth: number }): TierName =>
  kind === 'sole' ? '個人受託者' : kind === 'agency' ? '派遣元の担当者' : depth >= 2 ? '再々委託先より下' : depth === 1 || kind === 'subcontractor' ? '再委託先' : '委託先・販売代理店'

/** The figures of one company; undefined when nobody of it is at work. */
export function companyFigures(company: Omit<CompanyFigures, 'coverage' | 'isCertified'>, rows: readonly CoverageRow[], day: Day): CompanyFigures | undefined {
  const coverage = coverageOf(rows, day)
  if (coverage.all === 0) return undefined
  return { ...company, coverage, isCertified: coverageOf(rows.filter(({ isPledged }) => !isPledged), day).working === 0 }
}

export interface TierFigures {
  tier: TierName
  companies: number
  certified: number
  passed: number
  target: number
  /** The oldest of the companies' last reports; null when one has never reported. */
  oldest: Instant | null
}

/** The tiers that have anybody, each added up. */
export function tierFigures(companies: readonly CompanyFigures[]): TierFigures[] {
  return TIERS.flatMap((tier) => {
    const own = companies.filter((company) => tierOf(company) === tier)
    if (own.length === 0) return []
    const sum = (of: (company: CompanyFigures) => number) => own.reduce((total, company) => total + of(company), 0)
    const reports = own.map(({ reportedAt }) => reportedAt)
    return [{ tier, companies: own.length, certified: own.filter(({ isCertified }) => isCertified).length, passed: sum(({ coverage }) => coverage.passed), target: sum(({ coverage }) => coverage.target), oldest: reports.includes(null) ? null : Math.min(...(reports as number[])) }]
  })
}
