import { DAY_MS, spanWords, type Instant } from './calendar'
import type { CompanyKind } from './people'

/** What companies report of themselves, a 誓約取得証明 or a 在籍人数 (domain.md §5.3): who reported last, and who has been silent too long. */

/** A contractor that reported nothing for so long is asked. */
export const SILENT_MS = 14 * DAY_MS
export const SILENT_WORDS = `報告が${spanWords(SILENT_MS)}以上ない`

/** Those who report; of a 派遣元 the operator keeps the records itself, and a 個人受託者 speaks by the own record. */
const REPORTING: readonly CompanyKind[] = ['contractor', 'subcontractor', 'salesAgency']

export interface Reporting {
  companyId: string
  parentId: string | null
  /** The last report that came from the company itself. */
  reportedAt: Instant | null
}

/** The same companies, each with the last report about it: its own, or that of a company above it, which reports for the tiers below too. */
export function withLastReports<C extends Reporting>(companies: readonly C[]): C[] {
  const byId = new Map(companies.map((one) => [one.companyId, one]))
  return companies.map((company) => {
    const passed = new Set<string>()
    let reportedAt = company.reportedAt
    for (let at: C | undefined = company; at && !passed.has(at.companyId); at = at.parentId === null ? undefined : byId.get(at.parentId)) {
      passed.add(at.companyId)
      if (at.reportedAt !== null && (reportedAt === null || at.reportedAt > reportedAt)) reportedAt = at.reportedAt
    }
    return { ...company, reportedAt }
  })
}

/** Whether a company reports at all, and has people at work of whom to report. */
export const mustReport = ({ kind, atWork }: { kind: CompanyKind; atWork: boolean }): boolean => REPORTING.includes(kind) && atWork

/** Whether a company that must report has been silent: nothing about it was reported for two weeks. */
export const isSilent = ({ kind, atWork, reportedAt }: { kind: CompanyKind; atWork: boolean; reportedAt: Instant | null }, now: Instant): boolean =>
  mustReport({ kind, atWork }) && (reportedAt === null || now - reportedAt >= SILENT_MS)
