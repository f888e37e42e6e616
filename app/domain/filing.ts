import type { Capacity, ViewerRole } from './access'
import { isDay, type Day } from './calendar'
import { refuse, type Refusal } from './refusal'

/**
 * 点検の提出: one version of a checklist, answered for one subject (a company, a unit, a contract) and one period. The duty follows the
 * company or unit and not a person, so it is no assignment: who answers for the subject on that day owes it (domain.md C21, C22, C37).
 */
export const ANSWERS = { done: '実施', partly: '一部', notDone: '未実施', none: '該当なし' } as const
export type Answer = keyof typeof ANSWERS

export const MOST_REMARK = 500
export const MOST_FILES_OF_ITEM = 5
export const MOST_FILES = 40

/** A question of the form, as far as the rules need it. */
export interface FilingItem {
  id: string
  /** 「該当なし」 is no answer to it. */
  always: boolean
}

/** What was answered to one item. `improveBy`: until when what is missing will be mended. */
export interface Answered {
  answer: Answer | null
  remark: string
  improveBy: Day | ''
}

export const NOT_ANSWERED: Answered = { answer: null, remark: '', improveBy: '' }

/** Whether an answer leaves something to mend. */
export const isFinding = (answer: Answer | null): boolean => answer === 'partly' || answer === 'notDone'

export const FILING_FAULTS = ['unanswered', 'alwaysApplies', 'remarkMissing', 'dayMissing', 'dayPast'] as const
export type FilingFault = (typeof FILING_FAULTS)[number]

/** What is still missing of one item, or null: what is not done needs words and a day, and 「該当なし」 needs its reason. */
export function faultOf(item: FilingItem, { answer, remark, improveBy }: Answered, today: Day): FilingFault | null {
  if (answer === null) return 'unanswered'
  if (answer === 'none' && item.always) return 'alwaysApplies'
  if (answer !== 'done' && remark.trim() === '') return 'remarkMissing'
  if (!isFinding(answer)) return null
  if (!isDay(improveBy)) return 'dayMissing'
  return improveBy < today ? 'dayPast' : null
}

/** The items that still miss something, in the order of the form. */
export const faultsOf = (items: readonly FilingItem[], answers: ReadonlyMap<string, Answered>, today: Day): { itemId: string; fault: FilingFault }[] =>
  items.flatMap((item) => {
    const fault = faultOf(item, answers.get(item.id) ?? NOT_ANSWERED, today)
    return fault ? [{ itemId: item.id, fault }] : []
  })

export interface FilingCounts {
  done: number
  partly: number
  notDone: number
  none: number
}

/** How often each answer was given. */
export function countAnswers(items: readonly FilingItem[], answers: ReadonlyMap<string, Answered>): FilingCounts {
  const counts: FilingCounts = { done: 0, partly: 0, notDone: 0, none: 0 }
  for (const { id } of items) {
    const answer = answers.get(id)?.answer
    if (answer) counts[answer]++
  }
  return counts
}

/** Of how many items that apply (N of n/N): 「該当なし」 is not counted. */
export const applicable = ({ done, partly, notDone }: FilingCounts): number => done + partly + notDone

/** How an answer stands to the one before: better and worse only where both say how far it is done. */
export type Change = 'same' | 'better' | 'worse' | 'other' | 'new'
const RANK: Partial<Record<Answer, number>> = { notDone: 0, partly: 1, done: 2 }
export const CHANGES: Readonly<Record<Change, string>> = { same: '変わりません', better: '良くなりました', worse: '下がりました', other: '変わりました', new: '今回からの項目です' }

/** Compares the answers to one item; `before` is null where the form before had no such item. */
export function changeOf(before: Answer | null, now: Answer): Change {
  if (before === null) return 'new'
  if (before === now) return 'same'
  const [was, is] = [RANK[before], RANK[now]]
  return was === undefined || is === undefined ? 'other' : is > was ? 'better' : 'worse'
}

/** What was done with a filing as a whole; the last one speaks. Each is appended with its evidence. */
export type FilingActKind = 'submitted' | 'returned' | 'accepted'
export type FilingState = 'none' | 'draft' | FilingActKind

/** Where a filing stands: opened or not, and what was last done with it. */
export const filingStateOf = (opened: boolean, last: FilingActKind | null): FilingState => (opened ? (last ?? 'draft') : 'none')

/** Whether answers may be changed: before it is signed, and when it has come back. */
export const mayEdit = (state: FilingState): boolean => state === 'none' || state === 'draft' || state === 'returned'

/** Why a filing cannot be decided on, or null: only what was signed and waits, and never by whoever signed it. A form that is only kept may be sent back, not accepted. */
export function refusalToDecideFiling(
  filing: { state: FilingState; handedTo: 'operator' | 'file'; signedBy: string | null },
  verdict: { is: 'accept' } | { is: 'return'; reasons: readonly { itemId: string; words: string }[] },
  by: { accountId: string },
): Refusal<'filingNotWaiting' | 'filingIsYours' | 'filingReasons'> | null {
  if (filing.state !== 'submitted' || (verdict.is === 'accept' && filing.handedTo === 'file')) return refuse('filingNotWaiting')
  if (filing.signedBy === by.accountId) return refuse('filingIsYours')
  return verdict.is === 'return' && !verdict.reasons.some(({ words }) => words.trim() !== '') ? refuse('filingReasons') : null
}

/** Characters that came in pieces (か and ゛, as some devices name files) put together; all others stay as they are, 神 (U+FA19) too. */
const composed = (text: string): string => text.replace(/\P{M}[\u0300-\u036f\u3099\u309a]+/gu, (pieces) => pieces.normalize('NFC'))

/** A file's name as it is kept and shown: one line, no path, whole characters, and no sign at the front that a spreadsheet would compute with. */
export function attachmentName(given: string): string {
  const name = composed(given.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}"]/gu, '').replace(/^[\s=+\-@|']+/, '').trim()
  return Array.from(name).slice(0, 100).join('') || '添付'
}

/** Who answers a form: the company's 会社側担当者 (a 個人受託者 in person), the unit's 保護管理者, or the office of the operator. */
export type AnsweredBy = 'company' | 'protectionManager' | 'operator'
export type FilingCapacity = Extract<Capacity, 'companyContact' | 'soleContractor' | 'protectionManager' | 'hr' | 'chief'>

/**
 * As what, and by which engagement, somebody answers for a subject; undefined for whoever does not. A 会社側担当者 answers for the own
 * company first, and for a lower tier in the name of the nearest company above it (R-003-38-5: through the contractor): who is contact of
 * two companies does not sign for the one in the name of the other. `tiers` holds the subject's company and those above it, the nearest first.
 */
export function answererOf(answeredBy: AnsweredBy, roles: readonly ViewerRole[], subject: { companyId: string | null; unitId: string | null }, tiers: readonly string[]): { capacity: FilingCapacity; engagementId: string } | undefined {
  const as = (held: ViewerRole | undefined, capacity: FilingCapacity) => held && { capacity, engagementId: held.engagementId }
  if (answeredBy === 'protectionManager') return as(roles.find(({ role, scopeKind, scopeId }) => role === 'protectionManager' && scopeKind === 'unit' && scopeId === subject.unitId), 'protectionManager')
  if (answeredBy === 'operator') return as(roles.find(({ role }) => role === 'hr'), 'hr') ?? as(roles.find(({ role }) => role === 'chief'), 'chief')
  const self = roles.find(({ role, scopeId }) => role === 'soleContractor' && scopeId === subject.companyId)
  if (self) return as(self, 'soleContractor')
  const contacts = roles.filter(({ role }) => role === 'companyContact')
  return as(tiers.flatMap((id) => contacts.find(({ scopeId }) => scopeId === id) ?? [])[0], 'companyContact')
}
