import { randomBytes } from 'node:crypto'
import { findExtraMinutes } from '../../db/accommodations.server'
import { createAttempt, findPaper, listAskedQuestions, listAttempts } from '../../db/attempts.server'
import { inTransaction } from '../../db/database.server'
import { lockLesson } from '../../db/learning.server'
import { moduleInUse } from '../content/in-use.server'
import type { SignedInContext } from '../context'
import { dayOf, OPEN_INSTANT } from '../domain/calendar'
import { closesAt, drawQuestions, nextAttempt } from '../domain/quiz'
import { refuse, type Refusal } from '../domain/refusal'
import { firstUnread, refusalToStudy } from '../domain/study'

const SEED_BYTES = 16

export type OpenRefusal = Refusal<'nightForMinors' | 'opensLater' | 'alreadySettled' | 'pagesLeft' | 'waitForNextAttempt' | 'attemptsUsedUp'>

/**
 * Opens the test of an assignment, or goes on with the one that is open: there is one at a time, so a second tab resumes.
 * Questions and their order come from a seed that is stored with module and bank version. Answers the question to go to;
 * 0 when all are answered.
 */
export async function openAttempt(context: SignedInContext, assignmentId: string): Promise<{ attemptId: string; position: number } | OpenRefusal | undefined> {
  const { library, viewer, now } = context
  const engagementIds = viewer.engagements.map(({ id }) => id)
  return inTransaction(context.db, async (tx) => {
    const lesson = await lockLesson(tx, assignmentId, engagementIds)
    const engagement = viewer.engagements.find(({ id }) => id === lesson?.engagementId)
    const version = lesson?.kind === 'module' ? moduleInUse(library, lesson.slug, lesson.shown) : undefined
    if (!lesson || !engagement || !version) return undefined
    const refused = refusalToStudy(engagement, now)
    if (refused) return refused
    if (lesson.settledAt !== OPEN_INSTANT) return refuse('alreadySettled')
    if (lesson.opensOn > dayOf(now)) return refuse('opensLater', { day: lesson.opensOn })
    const attempts = await listAttempts(tx, assignmentId)
    const open = attempts.find(({ finished_at }) => finished_at === null)
    if (open) {
      const paper = await findPaper(tx, open.id, engagementIds)
      return { attemptId: open.id, position: paper?.items.find(({ answer }) => answer === null)?.position ?? 0 }
    }
    const shown = new Set(lesson.shown.filter((page) => page.version === version.meta.version).map(({ page }) => page))
    const unread = firstUnread(version.meta.sections.map(({ id }) => id), shown)
    if (unread !== undefined) return refuse('pagesLeft', { page: unread })
    const next = nextAttempt(version.meta.quiz, attempts.map(({ ordinal, finished_at }) => ({ ordinal, finishedAt: finished_at! })), now)
    if (!next.open) return 'at' in next ? refuse('waitForNextAttempt', { at: next.at }) : refuse('attemptsUsedUp')

    const last = attempts.at(-1)
    const previous = last ? await listAskedQuestions(tx, last.id) : []
    const seed = randomBytes(SEED_BYTES).toString('hex')
    const extraMinutes = await findExtraMinutes(tx, engagement.id, lesson.slug)
    const attemptId = context.newId()
    await createAttempt(
      tx,
      {
        id: attemptId, assignmentId, ordinal: (last?.ordinal ?? 0) + 1, moduleVersion: version.meta.version, bankVersion: version.bank.version, seed, extraMinutes,
        openedAt: now, closesAt: closesAt(now, version.meta.quiz.limitMinutes, extraMinutes),
      },
      drawQuestions(version.bank.questions, version.meta.quiz.draw, seed, new Set(previous)),
    )
    return { attemptId, position: 1 }
  })
}
