import type { Day } from './calendar'
import { refuse, type Refusal } from './refusal'
import { LONGEST_REASON, type Gives, type Impact } from './revision'

/** What a review says of a text, as its readers are told. */
export const REVIEW_STATES = { draft: '確認前の案', internal: '社内で確認済み', counsel: '弁護士が確認済み', needsUpdate: '見直し中', superseded: '前の版' } as const
export type ReviewState = keyof typeof REVIEW_STATES

export interface ReleaseWish {
  impact: Impact
  /** What those who completed an earlier version are given. */
  gives: Gives
  /** The 差分 unit; '' for none. */
  unit: string
  reason: string
  /** What was typed to confirm. */
  typed: string
  /** Fingerprint of the files that were looked at. */
  stamp: string
}

export interface ReleaseFacts {
  /** `M05 1.1`: what has to be typed. */
  name: string
  errors: number
  /** undefined for the first version of a slug. */
  currentNumber: string | undefined
  isNewer: boolean
  stamp: string
  /** Only a module can be given once more; what is signed anew is asked by a requirement. */
  canGive: boolean
  /** Units that are published, one of which may be the 差分. */
  units: readonly string[]
  /** The latest day for whose law anything in it is written. */
  writtenFor: Day
  today: Day
  /** Whether a published bank already has this number with other questions. */
  bankTaken: boolean
}

export type ReleaseRefusal = Refusal<'draftHasErrors' | 'draftNotNewer' | 'draftOfComingDay' | 'draftChanged' | 'bankNumberTaken' | 'givesForMinor' | 'givesMissing' | 'unitMissing' | 'typedOtherwise' | 'revisionReason'>

/** Whether a draft may be published as wished; null when it may. What is law only from a coming day is not taught as law before it (domain.md §3). A small mend assigns nothing; what matters is never left without a remedy (A19, A20). */
export function refusalToRelease(wish: ReleaseWish, facts: ReleaseFacts): ReleaseRefusal | null {
  if (facts.errors > 0) return refuse('draftHasErrors', { count: facts.errors })
  if (!facts.isNewer) return refuse('draftNotNewer', { current: facts.currentNumber ?? '' })
  if (facts.writtenFor > facts.today) return refuse('draftOfComingDay', { day: facts.writtenFor })
  if (wish.stamp !== facts.stamp) return refuse('draftChanged')
  if (facts.bankTaken) return refuse('bankNumberTaken')
  if (wish.typed.normalize('NFKC').trim() !== facts.name) return refuse('typedOtherwise', { name: facts.name })
  const length = [...wish.reason.trim()].length
  if (length === 0 || length > LONGEST_REASON) return refuse('revisionReason', { most: LONGEST_REASON })
  if (facts.currentNumber === undefined || !facts.canGive) return null
  if (wish.impact === 'minor') return wish.gives === 'none' ? null : refuse('givesForMinor')
  if (wish.gives === 'none') return refuse('givesMissing')
  return wish.gives === 'unit' && !facts.units.includes(wish.unit) ? refuse('unitMissing') : null
}
