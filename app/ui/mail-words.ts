import type { Day } from '../domain/calendar'
import type { AskedTask, PostState, RequestLetter } from '../domain/mail'
import { dayWords } from './format'

/** When a mail that was asked for will be there. */
export const MAIL_COMES: Record<PostState, string> = {
  open: '数分のうちに届きます。',
  closed: 'メールの送信がまだ設定されていないため、設定されるまで届きません。',
  fictional: 'デモの会社の宛先は架空なので(.example)、メールは送りません。',
}

export const minutesOfTasks = (tasks: readonly AskedTask[]): number => tasks.reduce((sum, { minutes }) => sum + minutes, 0)
export const kindOfTasks = (tasks: readonly AskedTask[]): string => (tasks.every(({ kind }) => kind === 'pledge') ? '誓約書' : tasks.every(({ kind }) => kind === 'module') ? '研修' : '研修と誓約書')
export const isLateTask = ({ dueOn }: { dueOn: Day }, today: Day): boolean => dueOn < today

/** The subject of a request tells alone what to do: what, how long, and the nearest due day (voice.md §5). */
export function requestSubject({ tasks, today }: Pick<RequestLetter, 'tasks' | 'today'>): string {
  const first = tasks[0]
  if (!first) return '【守秘】お知らせ'
  const what = tasks.length === 1 ? `${first.title}(約${first.minutes}分)` : `${kindOfTasks(tasks)} あと${tasks.length}つ(合わせて約${minutesOfTasks(tasks)}分)`
  return `【守秘】${what}・${isLateTask(first, today) ? `期限は${dayWords(first.dueOn)}でした` : `${dayWords(first.dueOn)}まで`}`
}

/** The same in やさしい日本語 (domain.md L29). */
export function easyRequestSubject({ tasks, today }: Pick<RequestLetter, 'tasks' | 'today'>): string {
  const first = tasks[0]
  if (!first) return '【守秘】おしらせ'
  const what = tasks.length === 1 ? `${first.title}(約${first.minutes}分)` : `あと${tasks.length}つ(ぜんぶで約${minutesOfTasks(tasks)}分)`
  return `【守秘】${what}・${dayWords(first.dueOn)}${isLateTask(first, today) ? 'まででした' : 'まで'}`
}
