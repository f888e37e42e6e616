import { capacityWords, mayChangeMailOf, type Capacity } from './access'
import { OPEN_DAY, type Day } from './calendar'
import type { BadCell, BadReason } from './csv'
import { relationOf, ROLES } from './people'
import type { AppointmentPlan, RosterInput } from './roster-diff'
import type { RosterRow } from './roster'
import type { PersonChange } from './roster-person'
import { attrsOn, lastOf, notEnded, type Register } from './roster-state'

type Input = Pick<RosterInput, 'roster' | 'units' | 'companies' | 'acting' | 'today' | 'within'>

/**
 * The roles that a file may not give, as the screen may not: none to oneself (R-003-23), though one held for good may stay, and no
 * 所属長 from among a contractor's people or 個人受託者 (domain.md L25). The file of a 会社側担当者 gives none at all. The command line has nobody who acts.
 */
export function refusedRoles(plans: readonly AppointmentPlan[], register: Register, input: Input): BadCell[] {
  return plans.flatMap((plan): BadCell[] => {
    if (plan.open === null) return []
    if (input.within) return [cellOf(plan, input, 'roleNotYours')]
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

/** What the bearer of a number stands for beyond being 会社側担当者 of companies that a file may speak for. */
function beyond(codes: readonly string[], number: string, register: Register): Capacity[] {
  const { standing } = register
  const last = lastOf(register.engagements.get(number))
  const own = new Set(codes.flatMap((code) => register.companies.get(code)?.id ?? []))
  const held = (last && standing?.capacities.get(last.personId)) ?? []
  return [...held.flatMap(({ role, scopeId }) => (role === 'companyContact' && own.has(scopeId) ? [] : [role])), ...(standing?.reportedTo.has(number) ? ['supervisor' as const] : [])]
}

/** The registrations that a 会社側担当者 may not begin or reopen: with the number somebody would become 所属長 or 上長 again. */
export function refusedAgain(people: readonly PersonChange[], plans: readonly AppointmentPlan[], register: Register, { within, today }: Pick<Input, 'within' | 'today'>): BadCell[] {
  if (!within) return []
  const given = new Set(plans.map(({ open }) => open))
  return people.flatMap(({ line, number, outcome }): BadCell[] => {
    if (given.has(number) || goesOn(number, outcome, register, today)) return []
    const stands = standsFor(within, number, register, today)
    return stands.length === 0 ? [] : [{ file: 'roster', line, column: '従事者番号', value: number, reason: 'roleNotYours', hint: capacityWords(stands) }]
  })
}

/** The days of service that a 会社側担当者 may not move: with them ends, or goes on for longer, what somebody does at the operator's. */
export function refusedTerms(people: readonly PersonChange[], register: Register, { within, today }: Pick<Input, 'within' | 'today'>): BadCell[] {
  if (!within) return []
  return people.flatMap(({ line, number, outcome, fields }): BadCell[] => {
    const moved = fields.find(({ column }) => column === '在籍終了日' || column === '在籍開始日')
    if (!moved || !goesOn(number, outcome, register, today)) return []
    const stands = standsFor(within, number, register, today)
    return stands.length === 0 ? [] : [{ file: 'roster', line, column: moved.column, value: moved.is, reason: 'termNotYours', hint: capacityWords(stands) }]
  })
}

/** Whether a change is one of a registration that has not ended: nothing begins with it. */
function goesOn(number: string, outcome: PersonChange['outcome'], register: Register, today: Day): boolean {
  const last = lastOf(register.engagements.get(number))
  return outcome === 'changed' && last !== undefined && notEnded(last, today)
}

/** The same with the units whose 所属長番号 it is, whoever was appointed. */
function standsFor(codes: readonly string[], number: string, register: Register, today: Day): Capacity[] {
  const heads = [...register.units.values()].some(({ versions }) => versions.some(({ to, attrs }) => to > today && attrs.headNumber === number))
  return [...(heads ? ['unitHead' as const] : []), ...beyond(codes, number, register)]
}

/**
 * The changed addresses that whoever applies the file may not change: codes for a new password would go there. A 会社側担当者 may change
 * nobody's who answers for others at the operator's (domain.md L25). The command line may.
 */
export function refusedMails(rows: readonly RosterRow[], register: Register, { acting, today, within }: Pick<Input, 'acting' | 'today' | 'within'>): BadCell[] {
  if (!within && (!acting || register.officeRoles.size === 0)) return []
  return rows.flatMap(({ line, number, mail }): BadCell[] => {
    const known = mail === undefined ? undefined : lastOf(register.engagements.get(number))
    if (!known || attrsOn(known, today).mail === mail) return []
    const { personId } = known
    const refuse = (reason: BadReason, roles: readonly Capacity[]): BadCell[] => [{ file: 'roster', line, column: 'メール', value: mail!, reason, hint: capacityWords(roles) }]
    const stands = within ? beyond(within, number, register) : []
    if (stands.length > 0) return refuse('mailNotYours', stands)
    const roles = register.officeRoles.get(personId) ?? []
    return !acting || roles.length === 0 || mayChangeMailOf(acting, { personId, roles }) ? [] : refuse('mailOfOffice', roles)
  })
}
