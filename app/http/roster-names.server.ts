import type { MissingPerson } from '../domain/roster-diff'
import type { ReportedPerson, RosterReport } from '../domain/roster-report'

const NAMED_COLUMNS: readonly string[] = ['氏名', 'フリガナ', 'メール']
const UNSHOWN = '(表示しない契約です)'

/** A preview with the names of those left out whom the operator sees by number only: a contractor's people without 氏名表示 (domain.md L25). */
export function hideNames(report: Pick<RosterReport, 'people' | 'missing'>, companies: readonly { code: string; named: boolean }[]): { people: (Omit<ReportedPerson, 'name'> & { name: string | null })[]; missing: (Omit<MissingPerson, 'name'> & { name: string | null })[] } {
  const named = new Set(companies.filter((one) => one.named).map(({ code }) => code))
  const hidden = ({ kind, companyCode }: { kind: ReportedPerson['kind']; companyCode: string }) => kind === 'contractorWorker' && !named.has(companyCode)
  return {
    people: report.people.map((person) => (hidden(person) ? { ...person, name: null, fields: person.fields.map((field) => (NAMED_COLUMNS.includes(field.column) ? { ...field, was: UNSHOWN, is: UNSHOWN } : field)) } : person)),
    missing: report.missing.map((person) => (hidden(person) ? { ...person, name: null } : person)),
  }
}
