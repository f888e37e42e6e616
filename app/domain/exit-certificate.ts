import type { Day } from './calendar'
import { decideContactTry, decideExitOutcome, type ExitPledge, type NotedOutcome, type OutcomeRefusal } from './departure'
import { isRefusal, refuse, type Refusal } from './refusal'

/** The 誓約取得証明 at the end, of somebody employed elsewhere: what of it decides whether its employer may note an outcome. */
export type ExitCertificate = Pick<ExitPledge, 'settledAt' | 'settledAs' | 'answer'> & { opensOn: Day }

/** What an employer notes of it, with the day on which it was explained. */
export interface NotedExit {
  outcome: NotedOutcome
  explainedOn: Day | null
}

/**
 * Whether an employer may note that its worker does not sign, or cannot be reached: as HR does for the operator's own people (PL6,
 * A16, L31), and never over a signature. The day of the explanation is a day that has come, and not before there was a text.
 */
export function decideExitCertificate(
  certificate: ExitCertificate, { outcome, explainedOn }: NotedExit, triedOn: readonly Day[], today: Day,
): { settles: boolean } | Exclude<OutcomeRefusal, Refusal<'pledgeSettled'>> | Refusal<'exitSigned' | 'exitSettled' | 'explainedOutside'> {
  if (certificate.settledAs !== 'completed' && certificate.answer === 'signed') return refuse('exitSigned')
  const decided = decideExitOutcome(certificate, outcome, triedOn)
  if (isRefusal(decided)) return decided.refused === 'pledgeSettled' ? refuse('exitSettled') : decided
  if (outcome !== 'explainedDeclined') return decided
  const day = explainedOn === null ? refuse('tryOutside') : decideContactTry(certificate, explainedOn, today)
  return isRefusal(day) ? refuse('explainedOutside', { from: certificate.opensOn }) : decided
}

/** Whether a person's refusal on screen keeps them off a certificate: until they sign here, or, once they have left, until what was explained to them is noted; then a paper may still come (A17, L31). */
export const isKeptOff = ({ signed, declined, noted, left }: { signed: boolean; declined: boolean; noted: boolean; left: boolean }): boolean => !signed && declined && !(noted && left)
