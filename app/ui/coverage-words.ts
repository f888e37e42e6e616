import { daysBetween, type Day } from '../domain/calendar'
import type { DutyState } from '../domain/coverage'
import { SOON_DAYS } from '../domain/progress'
import type { Mark } from './status'

/** What a list behind a number is called, and what it says above its rows. */
export const LIST_WORDS = {
  target: '対象の人', gap: '対象なのに割当がない人', todo: '未着手の人', doing: '受講中の人', passed: '終えた人', late: '期限後に終えた人', unpledged: '合格したのに誓約がない人', overdue: '期限を過ぎてまだの人', soon: `${SOON_DAYS}日以内に期限が来る人`,
  held: '猶予・回答待ちの人', declined: '説明済み・署名辞退の人', before: 'これから始まる人', away: '休職・育休などの人', notAsked: '対象外の人', exempted: '免除の人',
} as const

/** Where somebody stands, as mark and word (look.md §3). */
export function dutyStanding({ duty, dueOn, hold }: { duty: DutyState; dueOn: Day; hold: '' | 'deferred' | 'asked' }, day: Day, signs: boolean): readonly [Mark, string] {
  if (duty === 'none') return ['none', '対象外']
  if (duty === 'exempted') return ['none', '免除']
  if (duty === 'gap') return ['late', '割当なし']
  if (duty === 'declined') return ['declined', '説明済み・署名辞退']
  if (duty === 'inTime') return ['done', signs ? '署名済み' : '修了']
  if (duty === 'late') return ['donelate', signs ? '期限後に署名' : '期限後に修了']
  if (hold === 'asked') return ['ask', '回答待ち']
  const days = daysBetween(day, dueOn)
  if (days < 0) return ['late', `期限超過 ${-days}日`]
  if (hold === 'deferred') return ['wait', '猶予中']
  if (days <= SOON_DAYS) return ['soon', days === 0 ? '今日まで' : `あと${days}日`]
  return duty === 'begun' ? ['doing', signs ? '読みかけ' : '受講中'] : ['todo', signs ? '未署名' : '未着手']
}
