import type { Day } from './calendar'
import type { CompanyPlan } from './roster-companies'
import type { Register } from './roster-state'

/** Companies with a contract in force, after the change, that lets the operator see names (氏名表示 可, domain.md L25). */
export function companiesShownByName(register: Register, plans: readonly CompanyPlan[], today: Day): Set<string> {
  const shown = new Set<string>()
  const planned = new Map(plans.map(({ code, entrustments }) => [code, new Map(entrustments.map(({ contractNumber, after }) => [contractNumber, after]))]))
  for (const code of new Set([...register.companies.keys(), ...planned.keys()])) {
    const after = new Map([...(register.companies.get(code)?.entrustments ?? []).map(({ contractNumber, versions }) => [contractNumber, versions] as const), ...(planned.get(code) ?? [])])
    if ([...after.values()].some((segments) => segments.some(({ from, to, attrs }) => attrs.namesAllowed && from <= today && today < to))) shown.add(code)
  }
  return shown
}
