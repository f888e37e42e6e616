import type { ProgressStep, TaskRow } from '../../db/tasks.server'
import type { ViewerEngagement } from '../domain/access'
import { dayOf, OPEN_INSTANT, type Day, type Instant } from '../domain/calendar'
import { templateFits } from '../domain/pledge'
import type { Relation } from '../domain/people'
import { doneMark, dueOf, inOrderOfUrgency, type Due } from '../domain/progress'
import { slugOfRevision } from '../domain/revision'
import { nextAttempt } from '../domain/quiz'
import { answerOf, pledgeStageOf } from '../domain/standing'
import { firstUnread, minutesLeft, studyOpensAt } from '../domain/study'
import { ownRevisionWords } from './cause-words'
import { moduleInUse } from './in-use.server'
import type { Library } from './library.server'

/** What a task asks now; the page has the words. */
export type TaskState =
  | { is: 'untouched'; kind: 'module' | 'pledge' }
  | { is: 'reading'; done: number; of: number; next: number }
  | { is: 'allRead' }
  | { is: 'inTest' }
  | { is: 'failed'; attemptId: string; opensAt: Instant | null; usedUp: boolean }
  | { is: 'asked' }
  | { is: 'answered' | 'reopened' }
  | { is: 'later'; at: Instant }
  | { is: 'declined'; at: Instant; employer: Relation }
  | { is: 'awaitsEmployer'; employer: Relation }

export interface Task {
  id: string
  kind: 'module' | 'pledge'
  title: string
  dueOn: Day
  due: Due
  minutes: number
  begun: boolean
  /** Why it was given, where the text of something that was finished has changed; else empty. */
  why: string
  state: TaskState
}

export interface FinishedTask {
  id: string
  title: string
  mark: 'done' | 'donelate' | 'declined'
  kind: 'module' | 'pledge'
  at: Instant
  minutes: number | null
  /** Towards whom the engagement's words go: its own HR, or the company that employs. */
  relation: Relation
  /** A declined pledge that the person may still sign. */
  stillToSign: boolean
}

export interface TaskList {
  /** What the person can do now, the most urgent first. */
  open: Task[]
  /** Somebody else's turn. */
  waiting: Task[]
  later: { title: string; opensOn: Day }[]
  finished: FinishedTask[]
}

/** What the person has done their part of, for now. */
const OTHERS_TURN: ReadonlySet<TaskState['is']> = new Set(['asked', 'declined', 'awaitsEmployer'])

/** Puts the assignments of a person into what to do now, what waits for others, what comes later and what is done. */
export function taskListOf(library: Library, rows: readonly (Omit<TaskRow, 'period'> & { period?: string })[], progress: readonly ProgressStep[], engagements: readonly ViewerEngagement[], now: Instant): TaskList {
  const today = dayOf(now)
  const list: TaskList = { open: [], waiting: [], later: [], finished: [] }
  for (const row of rows) {
    const kind = row.target_kind === 'module' ? 'module' : 'pledge'
    const title = titleOf(library, row)
    if (title === undefined) continue
    if (row.settled_at !== OPEN_INSTANT)
      list.finished.push({ id: row.id, title, kind, at: row.settled_at, minutes: row.minutes, mark: row.settled_as === 'declined' ? 'declined' : doneMark(row.settled_at, row.due_on), relation: relationIn(engagements, row), stillToSign: row.settled_as === 'declined' && maySign(library, row, engagements) })
    else if (row.opens_on > today) list.later.push({ title, opensOn: row.opens_on })
    else {
      const steps = progress.filter(({ assignment_id }) => assignment_id === row.id)
      const { state, minutes } = kind === 'module' ? moduleState(library, row, steps, now, (one) => ({ under18Until: engagements.find(({ id }) => id === one.engagement_id)?.under18Until ?? '' })) : pledgeState(library, row, steps, engagements)
      const task: Task = { id: row.id, kind, title, dueOn: row.due_on, due: dueOf(row.due_on, today, Number(row.on_leave) === 1 || state.is === 'asked'), minutes, begun: state.is !== 'untouched', why: whyOf(library, row, steps), state }
      list[OTHERS_TURN.has(state.is) ? 'waiting' : 'open'].push(task)
    }
  }
  list.open = inOrderOfUrgency(list.open)
  list.later.sort((a, b) => (a.opensOn < b.opensOn ? -1 : 1))
  return list
}

function whyOf(library: Library, { period = '', target_slug: given }: { period?: string; target_slug: string }, steps: readonly ProgressStep[]): string {
  const told = steps.find(({ step }) => step === 'revision')
  return told ? ownRevisionWords(library, { slug: slugOfRevision(period), version: told.version, impact: told.passed === 1 ? 'law' : 'major', reason: told.detail, onDay: dayOf(told.at) }, given) : ''
}

const relationIn = (engagements: readonly ViewerEngagement[], row: Pick<TaskRow, 'engagement_id'>): Relation => engagements.find(({ id }) => id === row.engagement_id)?.relation ?? 'own'

function maySign(library: Library, row: Omit<TaskRow, 'period'>, engagements: readonly ViewerEngagement[]): boolean {
  const held = engagements.find(({ id }) => id === row.engagement_id)
  const template = library.current('pledge', row.target_slug)?.meta
  return row.target_kind === 'pledge' && held !== undefined && template !== undefined && templateFits(template, held.kind)
}

function titleOf(library: Library, row: Pick<TaskRow, 'target_kind' | 'target_slug'>): string | undefined {
  return library.current(row.target_kind === 'module' ? 'module' : 'pledge', row.target_slug)?.meta.title
}

function moduleState(library: Library, row: Omit<TaskRow, 'period'>, steps: readonly ProgressStep[], now: Instant, under18: (row: Omit<TaskRow, 'period'>) => { under18Until: Day | '' }): { state: TaskState; minutes: number } {
  const pages = steps.filter(({ step }) => step === 'page').map(({ version, detail, at }) => ({ version, page: detail, lastAt: at }))
  const { meta } = moduleInUse(library, row.target_slug, pages)!
  const shown = new Set(pages.filter(({ version }) => version === meta.version).map(({ page }) => page))
  const next = firstUnread(meta.sections.map(({ id }) => id), shown)
  const minutes = minutesLeft(meta.sections, meta.quiz.minutes, shown)
  const attempts = steps.filter(({ step }) => step === 'attempt')
  if (attempts.some(({ at }) => at === 0)) return { state: { is: 'inTest' }, minutes: meta.quiz.minutes }
  const failed = [...attempts].sort((a, b) => a.at - b.at)
  if (failed.length > 0) {
    const again = nextAttempt(meta.quiz, failed.map(({ at }, index) => ({ ordinal: index + 1, finishedAt: at })), now)
    const opensAt = studyOpensAt(under18(row), 'at' in again ? again.at : now)
    return { state: { is: 'failed', attemptId: failed.at(-1)!.detail, opensAt: opensAt > now ? opensAt : null, usedUp: 'exhausted' in again }, minutes: meta.quiz.minutes }
  }
  if (next === undefined) return { state: { is: 'allRead' }, minutes }
  if (shown.size === 0) return { state: { is: 'untouched', kind: 'module' }, minutes: meta.minutes }
  return { state: { is: 'reading', done: shown.size, of: meta.sections.length, next }, minutes }
}

function pledgeState(library: Library, row: Omit<TaskRow, 'period'>, steps: readonly ProgressStep[], engagements: readonly ViewerEngagement[]): { state: TaskState; minutes: number } {
  const minutes = library.current('pledge', row.target_slug)?.meta.minutes ?? 0
  const lastEvent = steps.filter(({ step }) => step === 'event').sort((a, b) => a.at - b.at).at(-1)
  const acts = steps.filter(({ step }) => step === 'act').map(({ detail, at }) => ({ outcome: detail, at })).sort((a, b) => a.at - b.at)
  const stage = pledgeStageOf({ answer: answerOf(acts), asked: lastEvent?.detail === 'suspend' })
  if (stage === 'asked') return { state: { is: 'asked' }, minutes }
  if (stage === 'signed') return { state: { is: 'awaitsEmployer', employer: relationIn(engagements, row) }, minutes }
  const spoken = lastEvent && (acts.at(-1)?.at ?? 0) <= lastEvent.at
  if (spoken && (lastEvent.version === 'answered' || lastEvent.version === 'reopened')) return { state: { is: lastEvent.version }, minutes }
  if (stage === 'declined') return { state: { is: 'declined', at: acts.findLast(({ outcome }) => outcome === 'declined')!.at, employer: relationIn(engagements, row) }, minutes }
  const last = acts.at(-1)
  if (last?.outcome === 'later') return { state: { is: 'later', at: last.at }, minutes }
  return { state: { is: 'untouched', kind: 'pledge' }, minutes }
}
