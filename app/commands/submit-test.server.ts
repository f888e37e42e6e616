import { finishAttempt, lockPaper, recordCompletion, type Paper } from '../../db/attempts.server'
import { inTransaction, type Tx } from '../../db/database.server'
import { countStudySeconds, createSitting, findLesson, findMailAddress, settleAssignment } from '../../db/learning.server'
import { refreshLine } from '../../db/line-members.server'
import { correctedKeys } from '../content/in-use.server'
import type { ModuleVersion } from '../content/schema'
import type { SignedInContext } from '../context'
import type { ViewerEngagement } from '../domain/access'
import { dayOf, OPEN_INSTANT } from '../domain/calendar'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { letterHead } from '../domain/mail'
import { grade, isPassed } from '../domain/quiz'
import { refuse, type Refusal } from '../domain/refusal'
import { countTest, minutesOf, refusalToStudy } from '../domain/study'
import { trackFor } from '../domain/tracks'
import { recordEvidence } from './evidence.server'
import { queueMails } from './queue-mail.server'

export interface TestResult {
  attemptId: string
  score: number
  total: number
  passed: boolean
}

/**
 * Hands a test in: marks it on the server, and when it is passed completes and settles the assignment, with the evidence, in
 * one transaction. Pressed twice, or in two tabs, the first result stands and is answered again.
 */
export async function submitTest(context: SignedInContext, attemptId: string): Promise<TestResult | Refusal<'nightForMinors' | 'unanswered'> | undefined> {
  const { library, viewer, now } = context
  const engagementIds = viewer.engagements.map(({ id }) => id)
  return inTransaction(context.db, async (tx) => {
    const paper = await lockPaper(tx, attemptId, engagementIds)
    const engagement = viewer.engagements.find(({ id }) => id === paper?.engagementId)
    const version = paper && library.find('module', paper.slug, paper.moduleVersion)
    const bank = paper && library.bank(paper.slug, paper.bankVersion)
    if (!paper || !engagement || !version || !bank) return undefined
    const total = paper.items.length
    if (paper.finishedAt !== null) return { attemptId, score: paper.score ?? 0, total, passed: paper.passed ?? false }
    const refused = refusalToStudy(engagement, now)
    if (refused) return refused
    const missing = paper.items.find(({ answer }) => answer === null)
    const timeIsUp = paper.closesAt !== null && now > paper.closesAt
    if (missing && !timeIsUp) return refuse('unanswered', { position: missing.position })

    const rightPositions = paper.items.flatMap(({ position, questionId, answer }) => {
      const question = bank.questions.find(({ id }) => id === questionId)
      return question && grade(question, answer, correctedKeys(library, paper.slug, question)) ? [position] : []
    })
    const score = rightPositions.length
    const passed = isPassed(score, total, version.meta.quiz.passPercent)
    await finishAttempt(tx, { id: attemptId, at: now, score, passed, rightPositions })
    const time = countTest([paper.openedAt, ...paper.items.flatMap(({ savedAt }) => savedAt ?? []), now], version.meta.quiz.minutes, total + 1)
    await createSitting(tx, {
      id: context.newId(), assignment_id: paper.assignmentId, started_at: time.startedAt, ended_at: time.endedAt, counted_seconds: time.countedSeconds, idle_seconds: time.idleSeconds, measured: time.measured,
    })
    const completion = passed && paper.settledAt === OPEN_INSTANT ? await complete(tx, context, paper, version, engagement) : null
    await recordEvidence(tx, context, {
      type: 'test.finished', subjectEngagementId: engagement.id, commandKey: `test ${attemptId}`,
      payload: {
        assignment: paper.assignmentId, attempt: attemptId, ordinal: paper.ordinal, number: engagement.number, module: paper.slug, version: paper.moduleVersion, bank: paper.bankVersion,
        track: trackFor(viewer.track, version.tracks), seed: paper.seed, opened: paper.openedAt, score, total, passed,
        answers: sha256(canonicalBytes(paper.items.map(({ questionId, optionOrder, answer }) => ({ questionId, optionOrder, answer })))),
        ...(completion && { completion }),
      },
    })
    if (completion) await refreshLine(tx, [engagement.id], dayOf(now))
    return { attemptId, score, total, passed }
  })
}

/** The completion of an assignment: which version, the hash over what was rendered page by page, and the working minutes, told by mail. */
async function complete(tx: Tx, context: SignedInContext, paper: Paper, version: ModuleVersion, engagement: ViewerEngagement) {
  const lesson = await findLesson(tx, paper.assignmentId, [engagement.id])
  const shown = version.meta.sections.map(({ id }) => ({ page: id, sha256: lesson?.shown.find((page) => page.page === id && page.version === version.meta.version)?.sha256 ?? '' }))
  const renderedSha256 = sha256(canonicalBytes(shown))
  const minutes = minutesOf(await countStudySeconds(tx, paper.assignmentId))
  await recordCompletion(tx, {
    id: context.newId(), assignment_id: paper.assignmentId, attempt_id: paper.id, content_version: version.meta.version, bank_version: paper.bankVersion, rendered_sha256: renderedSha256,
    completed_at: context.now, minutes, route: 'screen', scan_sha256: null, entered_by: null, approved_by: null, settle_slot: 1,
  })
  await settleAssignment(tx, paper.assignmentId, context.now, { version: version.meta.version, route: 'screen' })
  await queueMails(tx, context, [{
    template: 'completion', recipientId: context.viewer.accountId, to: await findMailAddress(tx, engagement.id, dayOf(context.now)), dedupeKey: `completion ${paper.assignmentId}`,
    props: { ...letterHead(engagement, context.library.words), title: version.meta.title, completedAt: context.now, minutes },
  }])
  return { rendered: renderedSha256, pages: shown, minutes }
}
