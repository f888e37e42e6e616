import type { Day } from './calendar'
import { relationOf, type EngagementKind } from './people'
import type { RosterColumn } from './roster-columns'
import type { CompanyPlan } from './roster-companies'
import type { Register } from './roster-state'

/** What the operator does not see of a contractor's worker under 氏名表示 不可 (domain.md L25); every column is decided here. */
const SIGHT = {
  従事者番号: 'shown', 氏名: 'hidden', フリガナ: 'hidden', メール: 'hidden', 雇用形態: 'shown', 会社コード: 'shown', 所属コード: 'shown', 所属名: 'shown', 上長番号: 'shown',
  在籍開始日: 'shown', 在籍終了日: 'shown', 取扱区分: 'shown', '18歳未満': 'shown',
} as const satisfies Record<RosterColumn, 'shown' | 'hidden'>
export type HiddenColumn = { [C in RosterColumn]: (typeof SIGHT)[C] extends 'hidden' ? C : never }[RosterColumn]

/** The columns that are hidden of whom the operator sees by number only. */
export const HIDDEN_COLUMNS = (Object.keys(SIGHT) as RosterColumn[]).filter((column): column is HiddenColumn => SIGHT[column] === 'hidden')

/** Whether a column is one of them; labels of other facts are not. */
export const isHiddenColumn = (column: string): boolean => HIDDEN_COLUMNS.some((hidden) => hidden === column)

/** Whether the operator sees a person of this kind by number only. */
export const isHidden = (kind: EngagementKind, isCompanyShown: boolean): boolean => relationOf(kind) === 'contract' && !isCompanyShown

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
