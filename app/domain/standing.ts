import { OPEN_INSTANT, type Day, type Instant } from './calendar'
import { doneMark, dueOf } from './progress'

/** The marks of look.md §3: word + mark + colour, the same on screen, in mail and on paper. */
export type Mark = 'todo' | 'doing' | 'soon' | 'late' | 'fail' | 'done' | 'donelate' | 'wait' | 'ask' | 'declined' | 'stop' | 'none'

/** One assignment as far as its standing needs it. */
export interface Duty {
  kind: 'module' | 'pledge' | 'checklist' | 'certificate'
  dueOn: Day
  /** OPEN_INSTANT while nothing settled it. */
  settledAt: Instant
  settledAs: string | null
  begun: boolean
  /** A question stops the due day until it is answered. */
  asked?: boolean
}

export interface Standing {
  mark: Mark
  /** Days left or past, where the mark speaks of days. */
  days: number
  /** What the standing is about: which words the page takes. */
  about: 'training' | 'signature' | 'certificate'
  /** True when it was settled because the engagement ended, or the engagement is over. */
  ended: boolean
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
  if (duty.asked) return is('ask')
  const due = dueOf(duty.dueOn, today, person.onLeave)
  if (due.mark === 'late' || due.mark === 'stop') return is(due.mark, due.days)
  if (about === 'certificate') return is('wait', due.days)
  if (due.mark === 'soon') return is('soon', due.days)
  return is(duty.begun ? 'doing' : 'todo', due.days)
}

const WORST_FIRST: readonly Mark[] = ['late', 'soon', 'ask', 'doing', 'todo', 'wait', 'stop', 'fail', 'declined', 'donelate', 'done', 'none']

/** Several standings as one: the one that asks most comes through, of two that ask alike the one with more days past or fewer left. */
export function worstOf(standings: readonly Standing[]): Standing | undefined {
  const urgency = ({ mark, days }: Standing) => WORST_FIRST.indexOf(mark) * 100_000 + (mark === 'late' ? -days : days)
  return standings.reduce<Standing | undefined>((worst, one) => (worst && urgency(worst) <= urgency(one) ? worst : one), undefined)
}
