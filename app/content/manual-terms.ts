import { DAY_MS, spanWords } from '../domain/calendar'
import { LEAD_DAYS, VIEW_DAYS } from '../domain/departure'
import { FAILING_MS } from '../domain/job-health'
import { GRACE_BUSINESS_DAYS } from '../domain/wanted'
import { TALK_MS } from '../domain/pledge'
import { SOON_DAYS } from '../domain/progress'
import { IDLE_WARNING_MS, SESSION_LIMITS } from '../domain/session'
import { LEAVING_LIMIT } from '../domain/roster-leaving'
import { codeTerms, SLIP_DAYS_AHEAD } from '../domain/sign-in-code'
import { UNDO_DAYS } from '../domain/undo'

/** The terms that the manual names as {{variable}}: its words are made of the numbers that bind. No other text may have them. */
export const MANUAL_TERMS: Readonly<Record<string, string>> = {
  slipHolds: spanWords(codeTerms('slip').livesMs), slipAhead: spanWords(SLIP_DAYS_AHEAD * DAY_MS), mailCodeHolds: spanWords(codeTerms('invite').livesMs),
  sharedIdle: spanWords(SESSION_LIMITS.shared.idleMs), idleWarning: spanWords(IDLE_WARNING_MS), talk: spanWords(TALK_MS), undo: spanWords(UNDO_DAYS * DAY_MS), leavingLimit: LEAVING_LIMIT,
  departureView: spanWords(VIEW_DAYS * DAY_MS), departureLead: spanWords(LEAD_DAYS * DAY_MS),
  soon: spanWords(SOON_DAYS * DAY_MS), grace: `${GRACE_BUSINESS_DAYS}営業日`, jobFailing: spanWords(FAILING_MS),
}
