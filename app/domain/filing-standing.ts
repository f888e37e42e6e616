import { dayOf, daysBetween, type Day, type Instant } from './calendar'
import type { FilingState } from './filing'
import { SOON_DAYS } from './progress'
import type { Mark } from './standing'

/** Where a filing stands, as mark and words (look.md §3): whose turn it is, and whether it is or was late. */
export function filingStanding(filing: { state: FilingState; handedTo: 'operator' | 'file'; opensOn: Day; dueOn: Day; submittedAt: Instant | null }, today: Day): { mark: Mark; words: string } {
  const { state, dueOn } = filing
  const late = filing.submittedAt !== null && dayOf(filing.submittedAt) > dueOn
  if (state === 'accepted' || (state === 'submitted' && filing.handedTo === 'file')) return { mark: late ? 'donelate' : 'done', words: `${state === 'accepted' ? '受理済み' : '提出済み'}${late ? '(期限後)' : ''}` }
  if (state === 'submitted') return { mark: 'wait', words: '確認待ち' }
  if (state === 'returned') return { mark: 'fail', words: '差し戻し' }
  if (dueOn < today) return { mark: 'late', words: `期限超過 ${daysBetween(dueOn, today)}日` }
  if (filing.opensOn > today) return { mark: 'todo', words: '予定' }
  const left = daysBetween(today, dueOn)
  if (left <= SOON_DAYS) return { mark: 'soon', words: left === 0 ? '今日まで' : `あと${left}日` }
  return state === 'draft' ? { mark: 'doing', words: '記入中' } : { mark: 'todo', words: '未着手' }
}
