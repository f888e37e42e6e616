import { refusalToAppoint, type Viewer } from './access'
import { addDays, OPEN_DAY, type Day } from './calendar'
import type { Relation, Role } from './people'

/** What kind of scope each role is bound to. */
export const SCOPE_OF_ROLE: Record<Role, 'all' | 'unit' | 'company'> = {
  unitHead: 'unit', protectionManager: 'unit', protectionDeputy: 'unit', companyContact: 'company', hr: 'all', chief: 'all', auditLead: 'all', systemAdministrator: 'all',
}

/** Who is to hold a role, as the register knows them. */
export interface Appointee {
  personId: string
  relation: Relation
  companyId: string
  validFrom: Day
  validTo: Day
}

export interface HeldRole {
  role: Role
  scopeId: string
  validFrom: Day
  validTo: Day
}

export type AppointRefusal =
  | 'notYourRoleToGive' | 'notToOneself' | 'roleNotForContract' | 'contactOfAnotherCompany' | 'appointmentOutsideService' | 'appointmentEndsFirst' | 'alreadyAppointed'

/** First day after an appointment whose last day is given, or open. */
export const endOf = (lastDay: Day | ''): Day => (lastDay === '' ? OPEN_DAY : addDays(lastDay, 1))

/**
 * Why a role may not be given, or null. Nobody appoints oneself (R-003-23). A contractor's people and those who work on their
 * own account hold no role inside the operator (domain.md L25), and only they speak for their company, theirs or one below.
 */
export function refusalToGive(
  viewer: Viewer,
  to: Appointee,
  asked: { role: Role; scopeId: string; from: Day; lastDay: Day | '' },
  held: readonly HeldRole[],
  companiesBelow: readonly string[],
): AppointRefusal | null {
  const refused = refusalToAppoint(viewer, asked.role, to)
  if (refused) return refused
  if (asked.role === 'companyContact') {
    if (!companiesBelow.includes(asked.scopeId) || to.relation === 'own') return 'contactOfAnotherCompany'
  } else if (to.relation === 'contract' || to.relation === 'sole') return 'roleNotForContract'
  const until = endOf(asked.lastDay)
  if (until <= asked.from) return 'appointmentEndsFirst'
  if (asked.from < to.validFrom || asked.from >= to.validTo) return 'appointmentOutsideService'
  const overlaps = held.some((one) => one.role === asked.role && one.scopeId === asked.scopeId && one.validFrom < until && asked.from < one.validTo)
  return overlaps ? 'alreadyAppointed' : null
}

/** Whether a viewer may bring back, or take away, an appointment by undoing what gave or ended it: what the screen would refuse, one's own above all, is left as it is. */
export const mayUndoAppointment = (viewer: Viewer, one: { role: Role; personId: string }): boolean => refusalToAppoint(viewer, one.role, one) === null

/** Why an appointment may not be ended on a day, or null; it may be shortened, never lengthened, and not one's own. */
export function refusalToEnd(viewer: Viewer, one: HeldRole & { personId: string }, lastDay: Day): Extract<AppointRefusal, 'notYourRoleToGive' | 'notToOneself'> | 'endsLater' | null {
  return refusalToAppoint(viewer, one.role, one) ?? (endOf(lastDay) >= one.validTo ? 'endsLater' : null)
}
