import { Link } from '@remix-run/react'
import { dayOf, OPEN_DAY, type Instant } from '../domain/calendar'
import type { Relation } from '../domain/people'
import type { Due } from '../domain/progress'
import { dayWords, dueDay, timeInWords } from './format'
import { Status, type Mark } from './status'

/** How a settled assignment is called. */
export const FINISHED_WORDS = {
  module: { done: '修了', donelate: '期限後に修了', declined: '終了' },
  pledge: { done: '署名済み', donelate: '期限後に署名', declined: '署名辞退' },
} as const

export interface TaskGiven {
  id: string
  kind: 'module' | 'pledge'
  title: string
  dueOn: string
  due: Due
  minutes: number
  /** Why it was given, where that has to be told. */
  why: string
  state:
    | { is: 'untouched' | 'allRead' | 'inTest' | 'asked' | 'answered' | 'reopened' }
    | { is: 'later'; at: Instant }
    | { is: 'declined'; at: Instant; employer: Relation }
    | { is: 'reading'; done: number; of: number; next: number }
    | { is: 'failed'; attemptId: string; opensAt: Instant | null; usedUp: boolean }
    | { is: 'awaitsEmployer'; employer: Relation }
}

export interface TaskView {
  id: string
  title: string
  /** Where it stands; missing where nothing was begun. */
  status: { mark: Mark; words: string; about: string } | null
  due: { mark: Mark | null; words: string; after: string }
  minutes: string
  hint: string
  /** Null while nothing can be opened (at night under 18). */
  action: { to: string; label: string } | null
}

/** A task in words: state, due day, minutes, and the one thing to press. */
export function taskView(task: TaskGiven, now: Instant): TaskView {
  const { state } = task
  const pledge = task.kind === 'pledge'
  const view = { id: task.id, title: pledge ? `${task.title}を読んで署名する` : task.title, due: dueWords(task, now), minutes: `約${task.minutes}分`, hint: task.why, status: null as TaskView['status'] }
  const reading = (page: number) => `/${pledge ? 'pledges' : 'learn'}/${task.id}/pages/${page}`
  const test = `/learn/${task.id}/test`
  switch (state.is) {
    case 'untouched':
      return { ...view, hint: pledge ? '署名の前に質問することも、署名しないこともできます。' : task.why, action: { to: reading(1), label: pledge ? '読む' : '始める' } }
    case 'reading':
      return { ...view, minutes: `残り 約${task.minutes}分`, status: { mark: 'doing', words: '受講中', about: `${state.of}節のうち${state.done}節まで済み` }, action: { to: reading(state.next), label: `${state.next}節から続ける` } }
    case 'allRead':
      return { ...view, minutes: `残り 約${task.minutes}分`, status: { mark: 'doing', words: '受講中', about: '全頁を表示' }, action: { to: test, label: '確認テストへ' } }
    case 'inTest':
      return { ...view, minutes: `残り 約${task.minutes}分`, status: { mark: 'doing', words: '受講中', about: '確認テストの途中' }, action: { to: test, label: 'テストを続ける' } }
    case 'failed':
      if (state.usedUp) return { ...view, status: { mark: 'fail', words: '不合格', about: '受けられる回数を使い切りました' }, action: { to: `/attempts/${state.attemptId}`, label: '相談先を見る' } }
      return {
        ...view, status: { mark: 'fail', words: '不合格', about: state.opensAt === null ? 'もう一度受けられます' : `次は${timeInWords(state.opensAt, now)}から受けられます` },
        action: state.opensAt === null ? { to: test, label: 'もう一度受ける' } : { to: `/attempts/${state.attemptId}`, label: '読み直すところを見る' },
      }
    case 'answered':
      return { ...view, status: { mark: 'ask', words: '回答あり', about: '質問への回答が届いています' }, hint: '回答は、本文の上に表示します。', action: { to: reading(1), label: '回答を見て読む' } }
    case 'reopened':
      return { ...view, hint: '人事からの言葉があります。署名するかどうかは、あなたが選べます。', action: { to: reading(1), label: '読む' } }
    case 'asked':
      return { ...view, status: { mark: 'ask', words: '回答待ち', about: '回答があるまで、期限は止まっています' }, action: { to: reading(1), label: '読む' } }
    case 'later':
      return { ...view, status: { mark: 'todo', words: '今は署名しない', about: `${dayWords(dayOf(state.at), dayOf(now))}に答えました。期限は変わりません` }, hint: '署名したくなったら、いつでも続けられます。', action: { to: reading(1), label: '読む' } }
    case 'declined':
      return {
        ...view, title: task.title, minutes: '', due: { mark: null, words: '', after: '' }, status: { mark: 'declined', words: '署名辞退', about: declinedOn(state.at, now) },
        hint: afterDeclining(state.employer), action: { to: reading(1), label: '本文を読む' },
      }
    case 'awaitsEmployer':
      return {
        ...view, title: task.title, minutes: '', due: { mark: null, words: task.due.mark === 'stop' ? '' : `会社の提出の期限 ${dayWords(task.dueOn, dayOf(now))}`, after: '' }, status: { mark: 'wait', words: state.employer === 'dispatched' ? '派遣元の提出待ち' : '委託先の提出待ち', about: 'あなたの署名は終わっています' },
        action: { to: `/pledges/${task.id}/receipt`, label: '控えを見る' },
      }
  }
}

/** That somebody chose not to sign, and when: an outcome, not a fault. */
export const declinedOn = (at: Instant, now: Instant): string => `${dayWords(dayOf(at), dayOf(now))}に「署名しない」を選びました`

/** What follows when somebody has declined: who speaks with them, and that it stays open. */
export const afterDeclining = (employer: Relation): string =>
  `${employer === 'dispatched' ? '派遣元の担当者' : employer === 'contract' ? '会社の担当者' : '人事の担当者'}がお話をうかがいます。考えが変わったときは、本文を読んで、いつでも署名できます。`

function dueWords({ dueOn, due, state }: TaskGiven, now: Instant): TaskView['due'] {
  const day = dayWords(dueOn, dayOf(now))
  if (due.mark === 'late') return { mark: 'late', words: `期限超過 ${due.days}日`, after: `期限は${day}でした` }
  if (due.mark === 'soon') return { mark: 'soon', words: `期限 ${day} ${due.days === 0 ? '今日まで' : `あと${due.days}日`}`, after: '' }
  // what was late before a leave began has no new day; a question says beside it what stops the day
  const returning = state.is === 'asked' || dueOn <= dayOf(now) ? '' : dueOn === OPEN_DAY ? `期限は、${dueDay(dueOn, dayOf(now))}` : `休みのあとの期限は${day}`
  if (due.mark === 'stop') return { mark: 'stop', words: '期限は止まっています', after: returning }
  return { mark: null, words: `期限 ${day}`, after: '' }
}

/** One task with one action; the first of the list is large and filled. */
export function TaskItem({ task, now = false }: { task: TaskView; now?: boolean }) {
  return (
    <li className={now ? 'task task-now' : 'task'}>
      {task.status && <p className="sml"><Status mark={task.status.mark}>{task.status.words}</Status><span className="mut">　{task.status.about}</span></p>}
      <h2 className="task-name">{task.title}</h2>
      <p className="task-meta">
        {task.due.words && <span>{task.due.mark ? <Status mark={task.due.mark}>{task.due.words}</Status> : task.due.words}</span>}
        {task.due.after && <span>{task.due.after}</span>}
        {task.minutes && <span>{task.minutes}</span>}
      </p>
      {task.hint && <p className="sml mut">{task.hint}</p>}
      {task.action && <Link className={now ? 'btn btn-main' : 'btn'} to={task.action.to} aria-label={now ? undefined : `${task.title}：${task.action.label}`}>{task.action.label}</Link>}
    </li>
  )
}
