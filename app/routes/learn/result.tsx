import { redirect, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findCompletion, findPaperOfPerson, listAttempts } from '../../../db/attempts.server'
import { listProgress, listTasks } from '../../../db/tasks.server'
import { explainPaper } from '../../content/explanation.server'
import { counselFor } from '../../ui/channel'
import { taskListOf } from '../../content/task-list.server'
import { dayOf, OPEN_INSTANT, type Day, type Instant } from '../../domain/calendar'
import { doneMark } from '../../domain/progress'
import { isNearPass, neededToPass, nextAttempt, sectionsToReread, topicsToReread } from '../../domain/quiz'
import { refusalToStudy, studyOpensAt } from '../../domain/study'
import { readingOf } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { fullDay, fullDayWithWeekday, timeInWords, timeWords } from '../../ui/format'
import { Failed, Passed } from '../../ui/test-result'
import { taskView } from '../../ui/task'

const params = z.object({ attemptId: z.uuid() })

/** When the next attempt may begin, for this person: a minor's night is waited out (L27), and that is then the reason. */
function nextFor(next: ReturnType<typeof nextAttempt>, person: { under18Until: Day | '' }, now: Instant) {
  if ('exhausted' in next) return { is: 'never' as const }
  const earliest = next.open ? now : next.at
  const at = studyOpensAt(person, earliest)
  return at <= now ? { is: 'open' as const } : { is: 'at' as const, at, words: timeInWords(at, now), night: at > earliest }
}

/**
 * After a fail: what to read again and when the next attempt opens. After a pass: every explanation, and what is next. The result
 * itself is one's own record and always open; what is to be studied (sections, explanations) is closed to minors at night (L27).
 */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { attemptId } }) => {
  const { db, library, viewer, now } = context
  const paper = await findPaperOfPerson(db, attemptId, viewer.personId)
  if (!paper) throw notFound()
  if (paper.finishedAt === null) throw redirect(`/attempts/${attemptId}/review`)
  const version = library.find('module', paper.slug, paper.moduleVersion)
  const bank = library.bank(paper.slug, paper.bankVersion)
  if (!version || !bank) throw notFound()
  const { meta } = version
  const total = paper.items.length
  const engagement = viewer.engagements.find(({ id }) => id === paper.engagementId)
  const reader = engagement ?? { under18Until: '' as const }
  const night = refusalToStudy(reader, now) !== null
  const counsel = counselFor(engagement ? [engagement.relation] : viewer.engagements.map(({ relation }) => relation))
  const names = library.namesIn(version, viewer.track)
  const head = { owner: [viewer.name, engagement?.number].filter(Boolean).join(' '), night, counsel, title: names.title, ordinal: paper.ordinal, total, score: paper.score ?? 0, needed: neededToPass(total, meta.quiz.passPercent) }
  if (!paper.passed) {
    const topicOf = new Map(bank.questions.map(({ id, topic }) => [id, topic]))
    const attempts = await listAttempts(db, paper.assignmentId)
    const items = paper.items.map(({ questionId, correct }) => ({ topic: topicOf.get(questionId) ?? '', correct: correct === true }))
    const reread = sectionsToReread(meta.topics, items)
    const named = new Set(reread.flatMap(({ topics }) => topics.map(({ id }) => id)))
    const settled = paper.settledAt !== OPEN_INSTANT
    const next = nextAttempt(meta.quiz, attempts.flatMap(({ ordinal, finished_at }) => (finished_at === null ? [] : [{ ordinal, finishedAt: finished_at }])), now)
    return {
      passed: false as const, ...head, assignmentId: paper.assignmentId, settled, wait: meta.quiz.waitMinutes, max: meta.quiz.maxAttempts,
      next: nextFor(next, reader, now), near: isNearPass(head.score, total, meta.quiz.passPercent),
      others: topicsToReread(meta.topics, items).flatMap(({ topic }) => (named.has(topic.id) ? [] : [names.topics.get(topic.id)!.text])),
      sections: reread.map(({ section, topics, right, asked }) => {
        const page = Math.max(0, meta.sections.findIndex(({ id }) => id === section)) + 1
        return { page, title: topics.map(({ id }) => names.topics.get(id)!.text).join('、'), right, asked, minutes: meta.sections[page - 1]?.minutes ?? 0 }
      }),
    }
  }
  const completion = await findCompletion(db, paper.assignmentId)
  const rows = await listTasks(db, viewer.engagements.map(({ id }) => id), dayOf(now))
  const progress = await listProgress(db, rows.flatMap(({ id, settled_at }) => (settled_at === OPEN_INSTANT ? id : [])))
  const [following] = taskListOf(library, rows, progress, viewer.engagements, now).open
  return {
    passed: true as const, ...head, assignmentId: paper.assignmentId,
    mark: completion ? doneMark(completion.completed_at, paper.dueOn) : null, minutes: completion?.minutes ?? null,
    completedAt: completion ? `${fullDayWithWeekday(dayOf(completion.completed_at))} ${timeWords(completion.completed_at)}` : null,
    version: `第${meta.version}版(法令は${fullDay(meta.asOf)}時点)`, next: following && !night ? taskView(following, now) : null,
    items: night ? [] : explainPaper(library, version, bank, paper, engagement, viewer), reading: readingOf(viewer, version.tracks), aid: version.aids.length > 0,
  }
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.passed ? '合格しました' : '確認テストの結果'}｜守秘` }]

export default function Result() {
  const result = useLoaderData<typeof loader>()
  return result.passed ? <Passed result={result} /> : <Failed result={result} />
}
