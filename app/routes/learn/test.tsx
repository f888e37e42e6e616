import { redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findExtraMinutes } from '../../../db/accommodations.server'
import { findPaper, listAttempts } from '../../../db/attempts.server'
import { findLesson } from '../../../db/learning.server'
import { openAttempt } from '../../commands/open-attempt.server'
import { moduleInUse } from '../../content/in-use.server'
import { dayOf, OPEN_INSTANT } from '../../domain/calendar'
import { neededToPass, nextAttempt } from '../../domain/quiz'
import { isRefusal, refuse, type Refusal } from '../../domain/refusal'
import { firstUnread, refusalToStudy, studyOpensAt } from '../../domain/study'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Facts } from '../../ui/facts'
import { dayWords, timeInWords } from '../../ui/format'
import type { MessageCode } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

const params = z.object({ assignmentId: z.uuid() })

/** The rules of the test in words, before it is opened; an open test goes on where it was left. */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { assignmentId } }) => {
  const { library, viewer, now, db } = context
  const lesson = await findLesson(db, assignmentId, viewer.engagements.map(({ id }) => id))
  const engagement = viewer.engagements.find(({ id }) => id === lesson?.engagementId)
  const version = lesson?.kind === 'module' ? moduleInUse(library, lesson.slug, lesson.shown) : undefined
  if (!lesson || !engagement || !version) throw notFound()
  const attempts = await listAttempts(db, assignmentId)
  const { quiz, sections } = version.meta
  const open = attempts.find(({ finished_at }) => finished_at === null)
  const unread = firstUnread(sections.map(({ id }) => id), new Set(lesson.shown.filter((one) => one.version === version.meta.version).map(({ page }) => page)))
  const next = nextAttempt(quiz, attempts.flatMap(({ ordinal, finished_at }) => (finished_at === null ? [] : [{ ordinal, finishedAt: finished_at }])), now)
  const refused: Refusal<MessageCode> | null =
    refusalToStudy(engagement, now) ??
    (lesson.settledAt !== OPEN_INSTANT ? refuse('alreadySettled')
      : lesson.opensOn > dayOf(now) ? refuse('opensLater', { words: dayWords(lesson.opensOn, dayOf(now)) })
      : open ? null
      : unread !== undefined ? refuse('pagesLeft', { page: unread })
      : next.open ? null
      : 'at' in next ? refuse('waitForNextAttempt', { words: timeInWords(studyOpensAt(engagement, next.at), now) }) : refuse('attemptsUsedUp'))
  if (open && !refused) {
    const paper = await findPaper(db, open.id, viewer.engagements.map(({ id }) => id))
    const position = paper?.items.find(({ answer }) => answer === null)?.position
    throw redirect(position === undefined ? `/attempts/${open.id}/review` : `/attempts/${open.id}/questions/${position}`)
  }
  const extraMinutes = await findExtraMinutes(db, engagement.id, lesson.slug)
  return {
    assignmentId, refused, title: version.meta.title, ordinal: attempts.length + 1, unread: unread ?? null,
    draw: quiz.draw, needed: neededToPass(quiz.draw, quiz.passPercent), minutes: quiz.minutes, wait: quiz.waitMinutes, max: quiz.maxAttempts,
    limit: quiz.limitMinutes === undefined ? null : quiz.limitMinutes + extraMinutes, extraMinutes, failed: attempts.findLast(({ finished_at }) => finished_at !== null)?.id ?? null,
  }
})

export const action = guardAction({ act: 'learn', params, form: z.object({}) }, async ({ context, params: { assignmentId } }) => {
  const opened = await openAttempt(context, assignmentId)
  if (!opened) throw notFound()
  if (isRefusal(opened)) throw redirect(opened.refused === 'pagesLeft' ? `/learn/${assignmentId}/pages/${opened.facts!.page}` : `/learn/${assignmentId}/test`, 303)
  throw redirect(opened.position === 0 ? `/attempts/${opened.attemptId}/review` : `/attempts/${opened.attemptId}/questions/${opened.position}`, 303)
})

export const meta: MetaFunction = () => [{ title: '確認テスト｜守秘' }]

export default function TestRules() {
  const test = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: '/', label: 'いま、やること' }} title="確認テスト" lead={test.title} />
      <Refused refused={test.refused} />
      {test.refused?.refused === 'waitForNextAttempt' && test.failed && <div className="acts"><Link className="btn btn-main" to={`/attempts/${test.failed}`}>読み直すところを見る</Link></div>}
      {test.refused?.refused === 'pagesLeft' && <div className="acts"><Link className="btn btn-main" to={`/learn/${test.assignmentId}/pages/${test.unread}`}>{test.unread}節から続ける</Link></div>}
      <div className="mt-6">
        <Facts facts={[
          ['問題', `${test.draw}問(約${test.minutes}分)`],
          ['合格', `${test.draw}問中${test.needed}問以上`],
          ['時間の制限', test.limit === null ? 'ありません。途中で閉じても、続きから答えられます。' : `${test.limit}分${test.extraMinutes > 0 ? `(延長${test.extraMinutes}分を足しています)` : ''}`],
          ['あなたの延長', test.limit === null && test.extraMinutes > 0 && `${test.extraMinutes}分。時間の制限があるテストのときに足します。`],
          ['もう一度受けるとき', `${test.wait > 0 ? `読み直しの時間として${test.wait}分あけます。` : 'すぐに受けられます。'}${test.max > 0 ? `回数は${test.max}回までです。` : '回数の上限はありません。'}`],
        ]} />
      </div>
      {!test.refused && (
        <Form method="post" className="acts">
          <button className="btn btn-main">{test.ordinal > 1 ? `もう一度受ける(${test.ordinal}回目)` : '確認テストを始める'}</button>
          <Link className="btn btn-text" to="/">ここまでにする</Link>
        </Form>
      )}
    </Page>
  )
}
