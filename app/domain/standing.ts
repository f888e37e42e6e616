import { OPEN_INSTANT, type Day, type Instant } from './calendar'
import { doneMark, dueOf } from './progress'

/** The marks of look.md §3: word + mark + colour, the same on screen, in mail and on paper. */
export type Mark = 'todo' | 'doing' | 'soon' | 'late' | 'fail' | 'done' | 'donelate' | 'wait' | 'ask' | 'declined' | 'stop' | 'none'

/** One assignment as far as its standing needs it. */
export interface Duty {
  kind: 'module' | 'pledge' | 'certificate'
  dueOn: Day
  /** OPEN_INSTANT while nothing settled it. */
  settledAt: Instant
  settledAs: string | null
  begun: boolean
  /** A question stops the due day until it is answered. */
  asked?: boolean
  /**
   * Of a certificate: how the person last answered the pledge towards their employer, null when not yet. Left out for the operator's
   * roles: what a worker answered their employer is between the two (domain.md PL2, PL3, A17).
   */
  answer?: string | null
}

/** Whose turn an open pledge is, and why. The learner's home, the company's roster and HR's screens all read it here. */
export type PledgeStage = 'toSign' | 'asked' | 'declined' | 'signed'

/** A signature speaks before everything else, then the last answer; a question counts until it is answered. */
export function pledgeStageOf({ answer, asked }: { answer?: string | null; asked: boolean }): PledgeStage {
  if (answer === 'signed' || answer === 'declined') return answer
  return asked ? 'asked' : 'toSign'
}

/** How a person answered a pledge: the signature if there is one, else the last answer. */
export const answerOf = (acts: readonly { outcome: string; at: Instant }[]): string | null =>
  (acts.find(({ outcome }) => outcome === 'signed') ?? [...acts].sort((a, b) => a.at - b.at).at(-1))?.outcome ?? null

export interface Standing {
  mark: Mark
  /** Days left or past, where the mark speaks of days. */
  days: number
  /** What the standing is about: which words the page takes. */
  about: 'training' | 'signature' | 'certificate'
  /** True when it was settled because the engagement ended, or the engagement is over. */
  ended: boolean
  /** Of what waits for an employer's certificate: whether the reader knows that the person has signed. */
  signed?: boolean
}

const aboutOf = (kind: Duty['kind']): Standing['about'] => (kind === 'certificate' ? 'certificate' : kind === 'pledge' ? 'signature' : 'training')

/**
 * Where one assignment stands (look.md §3): settled ones by how, open ones by their due day; leave and an open question stop the clock; after the
 * engagement nothing is overdue any more (A14).
 */
export function standingOf(duty: Duty, person: { onLeave: boolean; ended: boolean }, today: Day): Standing {
  const about = aboutOf(duty.kind)
  const is = (mark: Mark, days = 0, ended = false): Standing => ({ mark, days, about, ended })
  if (duty.settledAt !== OPEN_INSTANT) {
    if (duty.settledAs === 'completed') return is(doneMark(duty.settledAt, duty.dueOn))
    if (duty.settledAs === 'declined') return is('declined')
    return is('none', 0, duty.settledAs === 'ended')
  }
  if (person.ended) return is('none', 0, true)
  const stage = pledgeStageOf({ answer: about === 'certificate' ? duty.answer : null, asked: duty.asked === true })
  if (stage === 'asked') return is('ask')
  if (stage === 'declined') return is('declined')
  const due = dueOf(duty.dueOn, today, person.onLeave)
  if (due.mark === 'late' || due.mark === 'stop') return is(due.mark, due.days)
  if (about === 'certificate' && (stage === 'signed' || duty.answer === undefined)) return { ...is('wait', due.days), signed: stage === 'signed' }
  if (due.mark === 'soon') return is('soon', due.days)
  return is(duty.begun ? 'doing' : 'todo', due.days)
}

const WORST_FIRST: readonly Mark[] = ['late', 'soon', 'ask', 'doing', 'todo', 'wait', 'stop', 'fail', 'declined', 'donelate', 'done', 'none']

/** Several standings as one: the one that asks most comes through, of two that ask alike the one with more days past or fewer left. */
export function worstOf(standings: readonly Standing[]): Standing | undefined {
  const urgency = ({ mark, days }: Standing) => WORST_FIRST.indexOf(mark) * 100_000 + (mark === 'late' ? -days : days)
  return standings.reduce<Standing | undefined>((worst, one) => (worst && urgency(worst) <= urgency(one) ? worst : one), undefined)
}
