import { daysBetween, OPEN_INSTANT, type Day, type Instant } from './calendar'
import type { Relation } from './people'
import { addresseeFor } from './pledge'
import { refuse, type Refusal } from './refusal'
import { whyNotAskedFor, type AskedFrom, type OpenDuty } from './reminder'
import { CHANNEL_WORDS } from './reminder-words'
import { standingOf, worstOf, type Duty, type Standing } from './standing'

/** From how many days before the last day somebody stands in 「退職・終了」, and from how many the list is made and told (domain.md §5.6). */
export const VIEW_DAYS = 30
export const LEAD_DAYS = 20
/** The last days before the last one, marked as near. */
export const NEAR_DAYS = 10
/** An end that became known afterwards gets its list too, so many days back: nothing is lost by being late. */
export const LATE_DAYS = 60

export type ReturnKind = 'thing' | 'data' | 'access'
export const RETURN_KINDS: Record<ReturnKind, string> = { thing: '返すもの', data: '消すデータ', access: '止める権限' }
export const MOST_RETURN_WORDS = 100

export interface ReturnItem {
  id: string
  kind: ReturnKind
  words: string
  doneOn: Day | null
}

/** The list everybody begins with: the standard items, and one permission to stop for each system that is handled. */
export function standardList(items: readonly { kind: ReturnKind; words: string }[], scopes: readonly { system: string }[]): { kind: ReturnKind; words: string }[] {
  const systems = [...new Set(scopes.map(({ system }) => system.trim()).filter((system) => system !== ''))]
  return [...items, ...systems.map((system) => ({ kind: 'access' as const, words: `${system}の権限の停止`.slice(0, MOST_RETURN_WORDS) }))]
}

/** How a person answered the pledge at the end; one who never answered has no act. */
export type ExitAnswer = 'signed' | 'declined' | 'question' | 'later' | 'explainedDeclined' | 'unreachable'
/** The three ends of a pledge at the end (domain.md PL6): none is better than another, and none ties anything else. */
export const EXIT_OUTCOMES = { signed: '署名済み', explainedDeclined: '説明済み・署名辞退', unreachable: '連絡不能' } as const
/** Those that HR records, or the employer of who works elsewhere. */
export const NOTED_OUTCOMES = ['explainedDeclined', 'unreachable'] as const
export type NotedOutcome = (typeof NOTED_OUTCOMES)[number]
export const isNoted = (answer: string | null): answer is NotedOutcome => (NOTED_OUTCOMES as readonly (string | null)[]).includes(answer)

export interface ExitPledge {
  assignmentId: string
  settledAt: Instant
  settledAs: string | null
  dueOn: Day
  begun: boolean
  asked: boolean
  answer: ExitAnswer | null
}

/** What the pledge at the end has come to. `notAsked`: the person has died, and nothing is asked (A32). `elsewhere`: a 派遣元 or 委託先 asks its own people (L24, L25). `certified`: it has submitted its certificate. `later`: it is handed out 20 days before. */
export type PledgeState = 'notAsked' | 'elsewhere' | 'none' | 'later' | 'open' | 'asked' | 'declined' | 'certified' | keyof typeof EXIT_OUTCOMES

/** Of a 誓約取得証明 at the end, what the operator is told: that it is submitted, or the end that the employer noted. What a worker answered is between the two. */
export type ExitCertificateState = Pick<ExitPledge, 'settledAt' | 'settledAs'> & { noted: NotedOutcome | null }

/** Where the pledge at the end stands. */
export function pledgeStateOf({ relation, lastDay, died = false }: { relation: Relation; lastDay: Day; died?: boolean }, pledge: ExitPledge | null, today: Day, certificate: ExitCertificateState | null = null): PledgeState {
  const isElsewhere = addresseeFor(relation) === 'employer'
  if (isElsewhere && certificate?.settledAs === 'completed') return 'certified'
  if (died && pledge?.settledAs !== 'completed' && pledge?.answer !== 'signed') return 'notAsked'
  if (isElsewhere) return (certificate?.settledAs === 'declined' && certificate.noted) || 'elsewhere'
  if (!pledge) return relation === 'own' && daysBetween(today, lastDay) > LEAD_DAYS ? 'later' : 'none'
  if (pledge.settledAs === 'completed' || pledge.answer === 'signed') return 'signed'
  if (pledge.settledAt === OPEN_INSTANT) return pledge.asked ? 'asked' : 'open'
  if (isNoted(pledge.answer)) return pledge.answer
  return pledge.settledAs === 'declined' ? 'declined' : 'none'
}

/** A duty that is not one of the end: a training of the year or of the beginning, or a certificate of the employer. */
export interface RemainingDuty extends Duty {
  slug: string
  period: string
}

/**
 * What is still open of somebody who leaves, by what the end does to it: due by the last day, due later and so waived by leaving, or
 * ended open. Nothing of it is late after the end, and nothing is asked for then (A14).
 */
export function remainingAtEnd<D extends RemainingDuty>(duties: readonly D[], lastDay: Day, today: Day): { due: D[]; waived: D[]; ended: D[] } {
  const open = duties.filter(({ settledAt }) => settledAt === OPEN_INSTANT).sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
  const over = lastDay < today
  return { due: over ? [] : open.filter(({ dueOn }) => dueOn <= lastDay), waived: over ? [] : open.filter(({ dueOn }) => dueOn > lastDay), ended: [...duties.filter(({ settledAs }) => settledAs === 'ended'), ...(over ? open : [])] }
}

/**
 * What a letter before the end asks: what is due by the last day and is the reader's turn, and what is given back or erased;
 * permissions are stopped by others. The employer of a 派遣社員 has the certificate to give, that of a contractor's worker all else too.
 */
export function leavingAsks(person: { relation: Relation; lastDay: Day }, facts: { duties: readonly OpenDuty[]; items: readonly ReturnItem[] }, by: AskedFrom, today: Day): { open: OpenDuty[]; returns: string[] } {
  const theirs = (duty: OpenDuty) => {
    if (by === 'employer' && person.relation === 'dispatched' && duty.kind !== 'certificate') return false
    const why = whyNotAskedFor(duty, by, today)
    return why === null || (by === 'employer' && why === 'awaitsEmployer')
  }
  return { open: facts.duties.filter((duty) => duty.dueOn <= person.lastDay && theirs(duty)), returns: facts.items.filter(({ kind, doneOn }) => kind !== 'access' && doneOn === null).map(({ words }) => words) }
}

export type NextStep = 'makeList' | 'checkReturns' | 'checkAccess' | 'noteOutcome' | 'explain' | 'letter' | 'answer' | 'handList' | 'tellOfPledge' | 'waitForLastDay' | 'nothing'

export interface Departure {
  daysLeft: number
  ended: boolean
  died: boolean
  /** Where the trainings stand that are due by the last day, those of the end itself among them. */
  exit: Standing | undefined
  /** How many other duties are open: due by the last day, waived by leaving, or ended open. */
  remaining: { due: number; waived: number; ended: number }
  pledge: PledgeState
  returns: { done: number; all: number; open: string[] }
  access: { done: number; all: number; stoppedOn: Day | null }
  next: NextStep
}

/** Everything that 「退職・終了」 says of one person, from the facts of a day; what is left after the end, and what to do first. */
export function departureOf(person: { relation: Relation; lastDay: Day; onLeave: boolean; died?: boolean }, facts: { duties: readonly Duty[]; remaining?: readonly RemainingDuty[]; pledge: ExitPledge | null; certificate?: ExitCertificateState | null; items: readonly ReturnItem[] }, today: Day): Departure {
  const ended = person.lastDay < today
  const returned = facts.items.filter(({ kind }) => kind !== 'access')
  const access = facts.items.filter(({ kind }) => kind === 'access')
  const done = (items: readonly ReturnItem[]) => items.filter(({ doneOn }) => doneOn !== null)
  const pledge = pledgeStateOf(person, facts.pledge, today, facts.certificate)
  const remaining = remainingAtEnd(facts.remaining ?? [], person.lastDay, today)
  const state = {
    daysLeft: daysBetween(today, person.lastDay), ended, died: person.died === true, pledge,
    exit: worstOf([...facts.duties, ...remaining.due].map((duty) => standingOf(duty, { onLeave: person.onLeave, ended }, today))),
    remaining: { due: remaining.due.length, waived: remaining.waived.length, ended: remaining.ended.length },
    returns: { done: done(returned).length, all: returned.length, open: returned.filter(({ doneOn }) => doneOn === null).map(({ words }) => words) },
    access: { done: done(access).length, all: access.length, stoppedOn: access.length > 0 && done(access).length === access.length ? access.map(({ doneOn }) => doneOn!).sort().at(-1)! : null },
  }
  return { ...state, next: nextStep(state, addresseeFor(person.relation) === 'employer') }
}

function nextStep({ ended, died, pledge, returns, access }: Omit<Departure, 'next' | 'exit' | 'daysLeft' | 'remaining'>, isElsewhere: boolean): NextStep {
  if (returns.all + access.all === 0) return 'makeList'
  const over = ended || died
  if (over && access.done < access.all) return 'checkAccess'
  if (over && returns.done < returns.all) return 'checkReturns'
  if (died) return 'nothing'
  if (pledge === 'asked') return 'answer'
  if (pledge === 'declined') return 'explain'
  if (ended && pledge === 'open') return 'noteOutcome'
  if (ended) return !isElsewhere && isNoted(pledge) ? 'letter' : 'nothing'
  if (returns.done === 0 && returns.all > 0) return 'handList'
  return pledge === 'open' ? 'tellOfPledge' : 'waitForLastDay'
}

const { mail, phone, letter, inPerson } = CHANNEL_WORDS
/** How somebody who has left is reached. */
export const CONTACT_CHANNELS = { mail, phone, letter, inPerson } as const
export type ContactChannel = keyof typeof CONTACT_CHANNELS
/** Tries on so many different days make 「連絡不能」 (A16). */
export const TRIES_NEEDED = 2

/** Whether a try to reach somebody can be entered for a day: a day that has come, and not before the pledge was handed out. */
export function decideContactTry(duty: { opensOn: Day }, onDay: Day, today: Day): { onDay: Day } | Refusal<'tryOutside'> {
  return onDay > today || onDay < duty.opensOn ? refuse('tryOutside', { from: duty.opensOn, to: today }) : { onDay }
}

export type OutcomeRefusal = Refusal<'pledgeSettled' | 'personDied' | 'triesNeeded' | 'outcomeNoted'>

/**
 * Whether HR may record this end of the pledge (domain.md PL6, A16, L31). A signature closes it; a person's own 「署名しない」 is
 * followed by 説明済み; and whoever could not be reached may still be reached. Nobody's later signature is shut out by it.
 */
export function decideExitOutcome(pledge: Pick<ExitPledge, 'settledAt' | 'settledAs' | 'answer'>, outcome: NotedOutcome, triedOn: readonly Day[]): { settles: boolean } | OutcomeRefusal {
  const open = pledge.settledAt === OPEN_INSTANT
  if (!open && pledge.settledAs !== 'declined') return refuse('pledgeSettled')
  if (pledge.answer === outcome && !open) return refuse('outcomeNoted')
  if (outcome === 'unreachable' && !open) return refuse('pledgeSettled')
  const days = new Set(triedOn).size
  if (outcome === 'unreachable' && days < TRIES_NEEDED) return refuse('triesNeeded', { needed: TRIES_NEEDED, days })
  return { settles: open }
}
