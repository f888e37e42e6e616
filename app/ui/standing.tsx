import type { Relation } from '../domain/people'
import type { Standing } from '../domain/standing'
import type { Day } from '../domain/calendar'
import { shortDay, shortDueDay } from './format'
import { Status } from './status'

const TRAINING = { todo: '未着手', doing: '受講中', fail: '不合格', done: '修了', donelate: '期限後に修了', wait: '待機中', ask: '回答待ち', declined: '説明済み', none: '対象外' } as const
const SIGNATURE = { todo: '未署名', doing: '未署名', fail: '不備', done: '署名済み', donelate: '期限後に署名', wait: '待機中', ask: '回答待ち', declined: '署名辞退', none: '対象外' } as const

/** The word of a standing, as look.md §3 has it. */
export function standingWord({ mark, days, about, ended, signed }: Standing, relation: Relation): string {
  if (mark === 'late') return `期限超過 ${days}日`
  if (mark === 'soon') return days === 0 ? '今日まで' : `あと${days}日`
  if (mark === 'stop') return '休職・育休(期限停止)'
  if (mark === 'none' && ended) return '在籍終了'
  if (about === 'certificate' && (mark === 'done' || mark === 'donelate')) return mark === 'done' ? '証明あり' : '期限後に証明'
  if (about === 'certificate' && mark === 'wait') return `${relation === 'dispatched' ? '派遣元' : '委託先'}の${signed ? '提出' : '証明'}待ち`
  return (about === 'training' ? TRAINING : SIGNATURE)[mark]
}

/** A standing as mark and word; nothing to do at all is 「対象外」. */
export function StandingStatus({ standing, relation }: { standing: Standing | undefined; relation: Relation }) {
  return standing ? <Status mark={standing.mark}>{standingWord(standing, relation)}</Status> : <Status mark="none">対象外</Status>
}

/** A due day in a table, with 元の期限 below it where a 猶予 gave the day. */
export const DueCell = ({ dueOn, originalDue, today }: { dueOn: Day; originalDue: Day | null; today: Day }) => (
  <><span className="nw">{shortDueDay(dueOn, today)}</span>{originalDue !== null && <><br /><span className="sml mut nw">猶予(元の期限 {shortDay(originalDue, today)})</span></>}</>
)
