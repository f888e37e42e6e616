import type { Instant } from '../calendar'
import type { TargetKind } from '../planning'

/** What a record says about how a duty was done. A pledge towards an employer says neither version nor way: they are the employer's (domain.md PL2, PL3). */
export interface SettlingRecord {
  at: Instant
  version: string | null
  route: string | null
}

/** A duty as lists and figures read it, and the records beside it that settle one. */
export interface SettledDuty {
  id: string
  kind: TargetKind
  settledAs: string | null
  settledAt: Instant
  version: string | null
  route: string | null
  completed: SettlingRecord | null
  /** Whether somebody approved the 免除, or noted that the person did not sign. */
  exempted: boolean
  declined: boolean
}

/** A duty that counts as settled and nothing says why; one that says otherwise than its record; a record whose duty does not count. */
export type SettlementFault = 'settledWithoutRecord' | 'settledOtherwise' | 'recordNotSettled'

/** Whether a duty says what its records say: a table that was changed by hand would count people as done who are not. */
export function faultOfSettlement(duty: SettledDuty): SettlementFault | undefined {
  const { settledAs, completed } = duty
  if (settledAs !== 'completed' && completed) return 'recordNotSettled'
  if (settledAs === 'exempted') return duty.exempted ? undefined : 'settledWithoutRecord'
  if (settledAs === 'declined') return duty.declined ? undefined : 'settledWithoutRecord'
  if (settledAs !== 'completed') return undefined
  if (!completed) return 'settledWithoutRecord'
  return completed.at === duty.settledAt && completed.version === duty.version && completed.route === duty.route ? undefined : 'settledOtherwise'
}
