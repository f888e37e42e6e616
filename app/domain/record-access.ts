import { dayOf, startOf, type Instant } from './calendar'
import { refuse, type Refusal } from './refusal'

/**
 * How looking at people is recorded (domain.md C17, L32; house.md §4.9). A list — a team, a roster, a class, changes — shows who
 * there is and where each stands; it is not recorded person by person, or the looks that matter would drown. For the rest one thing
 * decides: whether a reason is asked.
 *
 * Who answers for everybody is asked: the record opens by POST with a reason and stays open to whoever gave it until that day ends in
 * Japan. Who answers for this very person is not (`UNASKED`): the page is a link, and reading it is noted as it is read. So is a
 * search by name, wherever it is made. This and the idle clock are all that a GET writes: a note of a read is evidence of it, not an
 * effect that anybody asked for; read again the same day it adds nothing, and where it cannot be written the page is shown and the
 * server's log says so. A number is no search: who knows it was given it. The person reads who, what, when and why. What the person
 * wrote to HR was sent to be read and is no look.
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

/** The pages of one person that are read without being asked why, with the reason that the page itself is. A class is a list: it is noted as one request. */
export const UNASKED = {
  lineFile: '受け持つ人の受講と誓約の確認',
  companyFile: '自社と下位の会社の人の受講と誓約の確認',
  request: '申請の確認',
  classRequest: '集合研修の申請の確認',
} as const
export type Unasked = keyof typeof UNASKED

/** Since when an opening, a look or a search still counts: each is recorded once a Japanese day. */
export const openingsSince = (now: Instant): Instant => startOf(dayOf(now))
