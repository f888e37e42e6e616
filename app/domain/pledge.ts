import { addDays, DAY_MS, daysBetween, dayOf, OPEN_DAY, OPEN_INSTANT, rollForward, type Day, type Instant, type WorkCalendar } from './calendar'
import { relationOf, type EngagementKind, type Relation } from './people'
import { needsAgreement, type PledgeNature } from './pledge-clauses'
import { refuse, type Refusal } from './refusal'
import { refusalToStudy } from './study'

/** What a pledge's template says about whom it is lawful for (content/pledges/…/pledge.yaml, domain.md §2.5). */
export interface PledgeTemplate extends PledgeNature {
  kinds: readonly EngagementKind[]
  keyClauses: readonly { clause: string }[]
}

/** Whom a worker promises to: 派遣 and 委託先 promise to their own employer, everybody else to the operator (domain.md L24, L25). */
export const addresseeFor = (relation: Relation): 'operator' | 'employer' => (relation === 'dispatched' || relation === 'contract' ? 'employer' : 'operator')

/** Whether a template is lawful for this kind of engagement: nobody is ever given one of another legal relation. A 派遣社員 confirms towards the 派遣先 only where their employer has agreed (PL2 mode B). */
export const templateFits = (template: Pick<PledgeTemplate, 'kinds' | keyof PledgeNature>, kind: EngagementKind): boolean =>
  template.kinds.includes(kind) && (template.addressee === addresseeFor(relationOf(kind)) || needsAgreement(template))

export interface Reader {
  kind: EngagementKind
  under18Until: Day | ''
  /** Some 取扱範囲 of theirs is in force. */
  handles?: boolean
  /** Their 派遣元 has agreed in writing that they confirm towards the 派遣先. */
  agreed?: boolean
}

/** Who hears of a question or of not signing: the employer of whoever is employed elsewhere, also where the text goes to the operator (domain.md §2.5: 派遣元責任者 only). */
export const isHeardByOperator = (template: PledgeNature): boolean => template.addressee === 'operator' && !needsAgreement(template)

/** The reader of an own pledge, from what is registered. */
export const readerOf = (own: { under18_until: Day | '' | null; handled: readonly unknown[]; agreed: boolean }, kind: EngagementKind): Reader => ({ kind, under18Until: own.under18_until ?? '', handles: own.handled.length > 0, agreed: own.agreed })

export type ReadRefusal = Refusal<'templateNotForYou' | 'nightForMinors' | 'agencyNotAgreed' | 'noScopeRecorded'>

/** Why a person may not open the pledge now, or null (domain.md L27). */
export function refusalToRead(template: PledgeTemplate, reader: Reader, now: Instant): ReadRefusal | null {
  if (!templateFits(template, reader.kind)) return refuse('templateNotForYou')
  if (needsAgreement(template) && reader.agreed !== true) return refuse('agencyNotAgreed')
  if (template.occasion === 'scope' && reader.handles !== true) return refuse('noScopeRecorded')
  return refusalToStudy(reader, now)
}

/** A page of the text with the hashes it can be shown under (with and without furigana), and how it was last shown. */
export interface PageState {
  page: string
  hashes: readonly string[]
  shown: { sha256: string; at: Instant } | null
}

/** The first page that was not shown as it stands now, or undefined when all were (1-based position in `at`). */
export function firstPageToRead(pages: readonly PageState[]): { page: string; at: number; changed: boolean } | undefined {
  const index = pages.findIndex(({ shown, hashes }) => !shown || !hashes.includes(shown.sha256))
  const found = pages[index]
  return found && { page: found.page, at: index + 1, changed: found.shown !== null }
}

export type SignRefusal = ReadRefusal | Refusal<'pledgeSettled' | 'pagesNotShown' | 'pagesChanged'>

/**
 * Why a person may not sign now, or null: the template is lawful for them, it is not night for a minor, and every page was shown in
 * exactly today's words (issue §4).
 */
export function refusalToSign(template: PledgeTemplate, facts: { reader: Reader; settled: boolean; pages: readonly PageState[] }, now: Instant): SignRefusal | null {
  const reading = refusalToRead(template, facts.reader, now)
  if (reading) return reading
  if (facts.settled) return refuse('pledgeSettled')
  const unread = firstPageToRead(facts.pages)
  return unread ? refuse(unread.changed ? 'pagesChanged' : 'pagesNotShown', { page: unread.at, pages: facts.pages.length }) : null
}

/** How much may be written beside a signature. */
const MOST_BESIDE = { guardian: 100, memo: 1500 } as const

export type SignFaults = { clause?: number; name?: string; guardian?: number; memo?: number }

/**
 * Everything the signer can mend in the form, at once: how many key clauses are not ticked, the registered name where the typed one
 * is another apart from variants (domain.md A07), and how long a text may be that is too long.
 */
export function faultsInSigning(template: PledgeTemplate, form: { ticked: readonly string[]; nameMatches: boolean; nameRegistered: string; guardian: string; memo: string }): SignFaults {
  const missing = template.keyClauses.filter(({ clause }) => !form.ticked.includes(clause)).length
  return {
    ...(missing > 0 && { clause: missing }), ...(!form.nameMatches && { name: form.nameRegistered }),
    ...(form.guardian.length > MOST_BESIDE.guardian && { guardian: MOST_BESIDE.guardian }), ...(form.memo.length > MOST_BESIDE.memo && { memo: MOST_BESIDE.memo }),
  }
}

/** What a person answers instead of signing, and what follows from it. */
export const NOT_SIGNING = {
  question: { stopsDueDate: true, settles: false },
  later: { stopsDueDate: false, settles: false },
  declined: { stopsDueDate: false, settles: true },
} as const
export type NotSigning = keyof typeof NOT_SIGNING

/** A refusal to sign waits for a talk so long; that there was one is written nowhere, so it ends by itself. */
export const TALK_MS = 30 * DAY_MS

/**
 * What not signing does to the duty. A question stops the due date once; 「署名しない」 settles one's own pledge as declined, and
 * leaves a 誓約取得証明 open, since that is the employer's to submit. No outcome ever leads to a sanction by itself (A17, L31).
 */
export function effectOfNotSigning(outcome: NotSigning, duty: { kind: 'pledge' | 'certificate'; suspended: boolean }): { suspend: boolean; settleAs: 'declined' | null } {
  const { stopsDueDate, settles } = NOT_SIGNING[outcome]
  return { suspend: stopsDueDate && !duty.suspended, settleAs: settles && duty.kind === 'pledge' ? 'declined' : null }
}

/**
 * Whether a duty can no longer be signed. Having declined does not bind: whoever has thought it over signs later, and the refusal
 * stays beside the signature (domain.md A17, L31).
 */
export const isClosedToSigning = (duty: { settledAt: Instant; settledAs: string | null }): boolean => duty.settledAt !== OPEN_INSTANT && duty.settledAs !== 'declined'

export const LEAST_DAYS_AFTER_ANSWER = 3

/** The due date after a question was answered: the days that were left when it was asked, at least three, on a 営業日 (L34). None is left open. */
export function dueAfterAnswer(duty: { dueOn: Day; askedOn: Day }, today: Day, calendar: WorkCalendar): Day {
  if (duty.dueOn === OPEN_DAY) return OPEN_DAY
  const left = Math.max(LEAST_DAYS_AFTER_ANSWER, daysBetween(duty.askedOn, duty.dueOn))
  return rollForward(addDays(today, left), calendar)
}

/** As far as a new day may lie ahead. */
const MOST_DAYS_TO_THINK = 366

/**
 * Hands a declined pledge out again after a talk: the new due day, a 営業日, or why not. Nobody is hurried: three days at least,
 * and only while the text is lawful for the person and they are here (domain.md A17).
 */
export function decideReopening(
  template: PledgeTemplate | undefined, duty: { settledAs: string | null; kind: EngagementKind; inForce: boolean }, dueOn: Day, today: Day, calendar: WorkCalendar,
): { dueOn: Day } | Refusal<'notDeclined' | 'templateNotForThem' | 'dueTooSoon'> {
  if (duty.settledAs !== 'declined' || !duty.inForce) return refuse('notDeclined')
  if (!template || !templateFits(template, duty.kind)) return refuse('templateNotForThem')
  const days = daysBetween(today, dueOn)
  if (days < LEAST_DAYS_AFTER_ANSWER || days > MOST_DAYS_TO_THINK) return refuse('dueTooSoon', { days: LEAST_DAYS_AFTER_ANSWER })
  return { dueOn: rollForward(dueOn, calendar) }
}

const RECEIPT_SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const RECEIPT_BYTES = 5

/** A receipt number that can be read aloud and not be guessed: SH, the Japanese year, 40 random bits without I, L, O, U. */
export function receiptNumber(at: Instant, random: Uint8Array): string {
  let bits = 0n
  for (const byte of random.subarray(0, RECEIPT_BYTES)) bits = (bits << 8n) | BigInt(byte)
  let signs = ''
  for (let left = 0; left < 8; left++, bits >>= 5n) signs = RECEIPT_SIGNS[Number(bits & 31n)]! + signs
  return `SH-${dayOf(at).slice(0, 4)}-${signs}`
}
