import { dayOf, startOf, type Instant } from './calendar'
import { refuse, type Refusal } from './refusal'

/**
 * How looking at people is recorded (domain.md C17, L32; house.md §4.9). A list — search, 様式なし, changes — shows who there is and
 * where each stands; it is read by GET and is not recorded person by person, or the looks that matter would drown. One person's
 * record is opened by POST with a reason and stays open to whoever gave it until that day ends in Japan. The person reads who,
 * what, when and why. What the person wrote to HR was sent to be read and is not an opening. Looking for people by name is a POST
 * too: what was typed is recorded, and the list that follows is read by GET for the rest of that day. A number is no search: who
 * knows it was given it.
 */
export const LOOK_REASONS = {
  procedure: '登録・異動・休職・退職などの手続',
  asked: '本人からの質問や申し出への対応',
  progress: '受講と誓約の状況の確認',
  audit: '監査・点検・検査への対応',
  incident: '漏えいなどの事故への対応',
  other: 'そのほか',
} as const
export type LookReason = keyof typeof LOOK_REASONS

export const MOST_REASON_WORDS = 150

/** The reason as it is kept and as the person reads it; 「そのほか」 alone says nothing. */
export function reasonInWords(reason: LookReason, words: string): string | Refusal<'reasonInOwnWords'> {
  const own = words.trim()
  if (reason === 'other') return own === '' ? refuse('reasonInOwnWords') : own
  return own === '' ? LOOK_REASONS[reason] : `${LOOK_REASONS[reason]}(${own})`
}

/** Whether what was typed looks for a name: anything but a 従事者番号. */
export const looksForName = (typed: string): boolean => typed !== '' && !/^[\x21-\x7e]*\d[\x21-\x7e]*$/.test(typed.normalize('NFKC'))

/** Since when an opening still counts. */
export const openingsSince = (now: Instant): Instant => startOf(dayOf(now))
