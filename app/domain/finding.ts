import { dayOf, daysBetween, isDay, type Day, type Instant } from './calendar'
import { SOON_DAYS } from './progress'
import { refuse, type Refusal } from './refusal'
import type { Mark } from './standing'

/**
 * 直すこと: an item that was answered 一部 or 未実施 in a complete filing. Between two filings whoever answers for the company or unit
 * reports it as mended, and the office accepts that or sends it back (domain.md C21, P06). A later filing that answers the same item speaks in
 * its place. Everything is appended.
 */
export type FindingActKind = 'reported' | 'returned' | 'accepted' | 'followed' | 'replaced'
export type FindingState = 'open' | FindingActKind

/** Where a finding stands: what was last done with it. */
export const findingStateOf = (last: FindingActKind | null): FindingState => last ?? 'open'

/** Whether it is the turn of the company or unit. */
export const mayReport = (state: FindingState): boolean => state === 'open' || state === 'returned'

export const MOST_FINDING_FILES = 5

/** What is wrong with a report, or null: it needs a day between the signed answer and today, and words. */
export function faultOfReport({ mendedOn, words }: { mendedOn: string; words: string }, { raisedAt, today }: { raisedAt: Instant; today: Day }): { mendedOn?: 'missing' | 'future' | 'beforeFiling'; words?: 'missing' } | null {
  const day = !isDay(mendedOn) ? 'missing' as const : mendedOn > today ? 'future' as const : mendedOn < dayOf(raisedAt) ? 'beforeFiling' as const : null
  const faults = { ...(day && { mendedOn: day }), ...(words.trim() === '' && { words: 'missing' as const }) }
  return Object.keys(faults).length > 0 ? faults : null
}

/** Why a finding cannot be reported as mended, or null: it waits already, is settled, or its filing has come back and is answered as a whole. */
export const refusalToReport = (finding: { state: FindingState; filingReturned: boolean }): Refusal<'findingSettled' | 'filingCameBack'> | null =>
  !mayReport(finding.state) ? refuse('findingSettled') : finding.filingReturned ? refuse('filingCameBack') : null

/** Why a report cannot be decided on, or null: only what waits, never by whoever reported it, and sent back with words only. */
export function refusalToDecideFinding(finding: { state: FindingState; reportedBy: string | null }, verdict: { is: 'accept' } | { is: 'return'; words: string }, by: { accountId: string }): Refusal<'findingNotWaiting' | 'findingIsYours' | 'findingWords'> | null {
  if (finding.state !== 'reported') return refuse('findingNotWaiting')
  if (finding.reportedBy === by.accountId) return refuse('findingIsYours')
  return verdict.is === 'return' && verdict.words.trim() === '' ? refuse('findingWords') : null
}

/** Where a finding stands, as mark and words (look.md §3). */
export function findingStanding({ state, improveBy }: { state: FindingState; improveBy: Day }, today: Day): { mark: Mark; words: string } {
  if (state === 'reported') return { mark: 'wait', words: '確認待ち' }
  if (state === 'returned') return { mark: 'fail', words: '差し戻し' }
  if (state === 'accepted') return { mark: 'done', words: '直しました' }
  if (state === 'followed') return { mark: 'none', words: '次の点検に引き継ぎ' }
  if (state === 'replaced') return { mark: 'none', words: '出し直しで置き換え' }
  if (improveBy < today) return { mark: 'late', words: `予定を${daysBetween(improveBy, today)}日過ぎました` }
  const left = daysBetween(today, improveBy)
  if (left <= SOON_DAYS) return { mark: 'soon', words: left === 0 ? '今日まで' : `あと${left}日` }
  return { mark: 'todo', words: 'これから直す' }
}
