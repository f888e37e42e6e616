import { decideNewDue, refusalOfDuty, type ApprovalKind, type ApprovalOutcome, type AskedDuty, type AskRefusal } from './approval'
import type { Day, Instant, WorkCalendar } from './calendar'
import { dayOf } from './calendar'
import { GRACE_BUSINESS_DAYS } from './wanted'
import { refuse, type Refusal } from './refusal'
import { Workdays } from './workdays'

/** Who is who in a request: accounts of those who asked and decided, and the person it is about. */
export interface Parties {
  askedBy: string
  decidedBy: string | null
  personId: string
}

type Approver = { accountId: string; personId: string }

/** Four eyes: nobody decides what they asked themselves, and nobody about themselves (house rule, R-003-23). */
export function refusalToDecide(approver: Approver, { askedBy, personId }: Parties): Refusal<'approvalAboutYou' | 'approvalYouAsked'> | null {
  if (approver.personId === personId) return refuse('approvalAboutYou')
  return approver.accountId === askedBy ? refuse('approvalYouAsked') : null
}

/** What an approver says. A day is given where another than the wished one is right. */
export type Verdict = { is: 'accept'; dueOn: Day | null } | { is: 'return'; words: string }

export type Effect = { outcome: Exclude<ApprovalOutcome, 'withdrawn'>; dueOn: Day | null }

/** What a verdict does: the outcome, and for 猶予 the new due day; or why it cannot be. */
export function decideVerdict(
  request: { kind: ApprovalKind; wishedDueOn: Day | null }, verdict: Verdict, duty: Omit<AskedDuty, 'waiting'>, today: Day, calendar: WorkCalendar,
): Effect | AskRefusal | Refusal<'approvalWords'> {
  if (verdict.is === 'return') return verdict.words.trim() === '' ? refuse('approvalWords') : { outcome: 'returned', dueOn: null }
  const closed = refusalOfDuty(request.kind, duty, today)
  if (closed) return closed
  if (request.kind !== 'defer') return { outcome: 'accepted', dueOn: null }
  const decided = decideNewDue(duty.dueOn, verdict.dueOn ?? request.wishedDueOn, today, calendar)
  return 'dueOn' in decided ? { outcome: decided.dueOn === request.wishedDueOn ? 'accepted' : 'partly', dueOn: decided.dueOn } : decided
}

/** Who may take an acceptance back: another approver than the one who gave it, and nobody for oneself. */
export function refusalToVoid(approver: Approver, parties: Parties): Refusal<'approvalAboutYou' | 'approvalYouDecided'> | null {
  if (approver.personId === parties.personId) return refuse('approvalAboutYou')
  return approver.accountId === parties.decidedBy ? refuse('approvalYouDecided') : null
}

/**
 * The due day after an acceptance is taken back: who was late before stays late (A22); nobody else is late on the day they hear of
 * it, and has ten 営業日.
 */
export function dueAfterVoid(dueBefore: Day, decidedAt: Instant, today: Day, calendar: WorkCalendar): Day {
  if (dueBefore < dayOf(decidedAt) || dueBefore >= today) return dueBefore
  return new Workdays(calendar).after(today, GRACE_BUSINESS_DAYS)
}
