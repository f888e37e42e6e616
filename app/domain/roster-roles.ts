import { mayChangeMailOf } from './access'
import { OPEN_DAY } from './calendar'
import type { BadCell, BadReason } from './csv'
import { relationOf, ROLES } from './people'
import type { AppointmentPlan, RosterInput } from './roster-diff'
import type { RosterRow } from './roster'
import { attrsOn, lastOf, type Register } from './roster-state'

type Input = Pick<RosterInput, 'roster' | 'units' | 'companies' | 'acting' | 'today'>

/**
 * The roles that a file may not give, as the screen may not: none to oneself (R-003-23), though one held for good may stay, and no
 * 所属長 from among a contractor's people or 個人受託者 (domain.md L25). The command line has nobody who acts.
 */
export function refusedRoles(plans: readonly AppointmentPlan[], register: Register, input: Input): BadCell[] {
  return plans.flatMap((plan): BadCell[] => {
    if (plan.open === null) return []
    const known = lastOf(register.engagements.get(plan.open))
    const kind = input.roster.find(({ number }) => number === plan.open)?.kind ?? (known && attrsOn(known, input.today).kind)
    if (plan.role === 'unitHead' && kind && ['contract', 'sole'].includes(relationOf(kind))) return [cellOf(plan, input, 'headOutside')]
    const toOneself = input.acting && known?.personId === input.acting.personId && !heldForGood(plan, register)
    return toOneself ? [cellOf(plan, input, 'roleToOneself')] : []
  })
}

function heldForGood({ role, scopeCode, open }: AppointmentPlan, register: Register): boolean {
  const scopeId = (role === 'unitHead' ? register.units : register.companies).get(scopeCode)?.id
  return register.appointments.some((one) => one.role === role && one.scopeId === scopeId && one.number === open && one.segment.to === OPEN_DAY)
}

/** The cell that gives the role; where none does, the role follows the person into a new engagement. */
function cellOf({ role, scopeCode, open }: AppointmentPlan, input: Input, reason: BadReason): BadCell {
  const cell = (file: BadCell['file'], line: number, column: string): BadCell => ({ file, line, column, value: open!, reason, hint: ROLES[role] })
  const unit = role === 'unitHead' && input.units.findLast(({ code, headNumber }) => code === scopeCode && headNumber === open)
  if (unit) return cell('units', unit.line, '所属長番号')
  const company = role === 'companyContact' && input.companies.findLast(({ code, contactNumber }) => code === scopeCode && contactNumber === open)
  if (company) return cell('companies', company.line, '責任者番号')
  return cell('roster', input.roster.find(({ number }) => number === open)?.line ?? 0, '従事者番号')
}

/** The changed addresses that whoever applies the file may not change: codes for a new password would go there. The command line may. */
export function refusedMails(rows: readonly RosterRow[], register: Register, { acting, today }: Pick<Input, 'acting' | 'today'>): BadCell[] {
  if (!acting || register.officeRoles.size === 0) return []
  return rows.flatMap(({ line, number, mail }): BadCell[] => {
    const known = mail === undefined ? undefined : lastOf(register.engagements.get(number))
    const roles = (known && register.officeRoles.get(known.personId)) ?? []
    if (!known || roles.length === 0 || attrsOn(known, today).mail === mail || mayChangeMailOf(acting, { personId: known.personId, roles })) return []
    return [{ file: 'roster', line, column: 'メール', value: mail!, reason: 'mailOfOffice', hint: [...new Set(roles)].map((role) => ROLES[role]).join('・') }]
  })
}
