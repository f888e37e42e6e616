import { inTransaction, type Db, type Tx } from '../../db/database.server'
import { createSitting, extendSitting, findLastSitting, findLastStudy, lockLesson, recordPageShown } from '../../db/learning.server'
import { recordBlob } from '../../db/ledger.server'
import { refreshLine } from '../../db/line-members.server'
import { moduleInUse, renderingShown } from '../content/in-use.server'
import type { SignedInContext } from '../context'
import { dayOf, OPEN_INSTANT } from '../domain/calendar'
import { refuse, type Refusal } from '../domain/refusal'
import { countTime, firstUnread, refusalToStudy, SITTING_GAP_MS, stepBegan } from '../domain/study'

export interface ShownStep {
  assignmentId: string
  /** The section, from 1. */
  page: number
  /** The hash of what was on the screen. */
  sha256: string
  openedAt?: number | undefined
  /** Seconds with events, counted by the page's script; missing without script. */
  activeSeconds?: number | undefined
}

/** Renderings whose bytes this process knows to be kept, so that each is written once. */
const kept = new WeakMap<Db, Set<string>>()

/**
 * Records that a section was shown to its end: page, time and the hash of what was rendered, with its working time. Answers
 * where to go on: the next section, or `test` after the last. Shown again, only the time is added; nothing after completion.
 */
export async function showPage(
  context: SignedInContext,
  step: ShownStep,
): Promise<{ next: number | 'test'; settled: boolean } | Refusal<'nightForMinors' | 'opensLater' | 'pagesLeft' | 'shownDifferently'> | undefined> {
  const { db, library, viewer, now } = context
  let keptNow: string | undefined
  const answer = await inTransaction(db, async (tx) => {
    keptNow = undefined
    const lesson = await lockLesson(tx, step.assignmentId, viewer.engagements.map(({ id }) => id))
    const engagement = viewer.engagements.find(({ id }) => id === lesson?.engagementId)
    const version = lesson?.kind === 'module' ? moduleInUse(library, lesson.slug, lesson.shown) : undefined
    const section = version?.meta.sections[step.page - 1]
    if (!lesson || !engagement || !version || !section) return undefined
    const refused = refusalToStudy(engagement, now)
    if (refused) return refused
    const next = step.page < version.meta.sections.length ? step.page + 1 : ('test' as const)
    if (lesson.settledAt !== OPEN_INSTANT) return { next, settled: true }
    if (lesson.opensOn > dayOf(now)) return refuse('opensLater', { day: lesson.opensOn })
    const own = lesson.shown.filter((page) => page.version === version.meta.version)
    const reached = firstUnread(version.meta.sections.map(({ id }) => id), new Set(own.map(({ page }) => page)))
    if (reached !== undefined && step.page > reached) return refuse('pagesLeft', { page: reached })
    const shown = renderingShown(library, version, section.id, engagement, step.sha256)
    if (!shown) return refuse('shownDifferently')
    const { track, rendered } = shown
    const seconds = await countStep(tx, context, step, section.minutes)
    await recordPageShown(tx, {
      assignmentId: lesson.id, version: version.meta.version, track, page: section.id, sha256: rendered.sha256, at: now, seconds,
      again: own.some((one) => one.page === section.id && one.track === track),
    })
    if (!kept.get(db)?.has(rendered.sha256)) {
      await recordBlob(tx, { sha256: rendered.sha256, mediaType: 'text/html; charset=utf-8', bytes: new TextEncoder().encode(rendered.html) })
      keptNow = rendered.sha256
    }
    if (lesson.shown.length === 0) await refreshLine(tx, [lesson.engagementId], dayOf(now))
    return { next, settled: false }
  })
  if (keptNow) kept.set(db, (kept.get(db) ?? new Set()).add(keptNow))
  return answer
}

/** Adds the working time of one step to the sitting at hand, or begins a new one; returns its counted seconds. */
export async function countStep(tx: Tx, context: SignedInContext, step: Pick<ShownStep, 'assignmentId' | 'openedAt' | 'activeSeconds'>, plannedMinutes: number): Promise<number> {
  const { now, viewer } = context
  const newest = await findLastStudy(tx, viewer.engagements.map(({ id }) => id))
  const last = newest?.assignment_id === step.assignmentId ? newest : newest && (await findLastSitting(tx, step.assignmentId))
  const began = stepBegan(step.openedAt, Math.max(viewer.signedInAt, newest?.ended_at ?? 0), now)
  const time = countTime({ elapsedMs: now - began, plannedMinutes, activeSeconds: step.activeSeconds })
  if (last && last.measured === time.measured && began - last.ended_at < SITTING_GAP_MS) await extendSitting(tx, last.id, { at: now, ...time })
  else
    await createSitting(tx, {
      id: context.newId(), assignment_id: step.assignmentId, started_at: began, ended_at: now, counted_seconds: time.countedSeconds, idle_seconds: time.idleSeconds, measured: time.measured,
    })
  return time.countedSeconds
}
