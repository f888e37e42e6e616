import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findPaper } from '../../../db/attempts.server'
import { saveAnswer } from '../../commands/save-answer.server'
import { renderQuestion } from '../../content/question.server'
import { neededToPass, orderFromPlaces } from '../../domain/quiz'
import { isRefusal } from '../../domain/refusal'
import { refusalToStudy } from '../../domain/study'
import { readingOf } from '../../domain/tracks'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { timeInWords, timeWords } from '../../ui/format'
import { useHeadingFocus } from '../../ui/heading-focus'
import { Page } from '../../ui/page-head'
import { proseOf, ReadingForm } from '../../ui/reading'
import { MultipleChoice, OneChoice, Ordering } from '../../ui/question'
import { Refused } from '../../ui/refused'

const params = z.object({ attemptId: z.uuid(), position: z.coerce.number().int().min(1).max(99) })
const query = z.object({ from: z.literal('review').optional() })

/** One question with what was answered so far; the whole paper comes in one query. */
export const loader = guardLoader({ act: 'learn', params, query }, async ({ context, params: { attemptId, position }, query: { from } }) => {
  const { library, viewer, now } = context
  const paper = await findPaper(context.db, attemptId, viewer.engagements.map(({ id }) => id))
  if (!paper) throw notFound()
  if (paper.finishedAt !== null) throw redirect(`/attempts/${attemptId}`)
  if (paper.closesAt !== null && now > paper.closesAt) throw redirect(`/attempts/${attemptId}/review`)
  const engagement = viewer.engagements.find(({ id }) => id === paper.engagementId)!
  const version = library.find('module', paper.slug, paper.moduleVersion)
  const item = paper.items[position - 1]
  const savedAt = Math.max(0, ...paper.items.map((one) => one.savedAt ?? 0))
  const refused = refusalToStudy(engagement, now, { kept: savedAt > 0 })
  const shown = item && version && (refused ? null : renderQuestion(library, paper, item, engagement, viewer))
  if (!item || !version || shown === undefined) throw notFound()
  return {
    attemptId, position, from: from ?? null, refused, question: shown, reading: readingOf(viewer, version.tracks), total: paper.items.length, answered: paper.items.filter(({ answer }) => answer !== null).length,
    title: library.namesIn(version, viewer.track).title, saved: savedAt > 0 ? timeWords(savedAt) : null, needed: neededToPass(paper.items.length, version.meta.quiz.passPercent), until: paper.closesAt === null ? null : timeInWords(paper.closesAt, now),
  }
})

const id = z.string().max(8)
const form = z.object({
  answer: z.union([id, z.array(id).max(10)]).optional(),
  place: z.record(id, id.optional()).optional(),
  go: z.enum(['next', 'prev', 'pause']).default('next'),
  last: z.literal('1').optional(),
})

/** Keeps the answer and goes on. What is not an answer yet stops only who wants to go on to the next question. */
export const action = guardAction({ act: 'learn', params, query, form }, async ({ context, params: { attemptId, position }, query: { from }, form }) => {
  if (!form.ok) throw notFound()
  const { answer, place, go, last } = form.value
  const places = place ? orderFromPlaces(place) : [answer ?? []].flat()
  const saved = isRefusal(places) ? places : await saveAnswer(context, { attemptId, position, places })
  if (!saved) throw notFound()
  const incomplete = isRefusal(saved) && ['noAnswer', 'sameNumberTwice', 'numberMissing'].includes(saved.refused)
  if (isRefusal(saved) && !(incomplete && go !== 'next')) return data({ refused: saved, places: place ?? null }, { status: 409 })
  if (go === 'pause') throw redirect('/', 303)
  if (go === 'prev') throw redirect(`/attempts/${attemptId}/questions/${Math.max(1, position - 1)}`, 303)
  throw redirect(from === 'review' || last ? `/attempts/${attemptId}/review` : `/attempts/${attemptId}/questions/${position + 1}`, 303)
})

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `確認テスト ${data.position}問目｜守秘` : '守秘' }]

export default function Question() {
  const test = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { position, total, question } = test
  const heading = useHeadingFocus(position)
  const refused = test.refused ?? tried?.refused ?? undefined
  const prose = proseOf(test.reading)
  return (
    <Page width="wrap-narrow">
      <div className="steps mb-4">
        <div><span>{test.title}　確認テスト</span><span><b>{total}問中 {position}問目</b></span></div>
        <progress value={test.answered} max={total} aria-label="答えた問題">{test.answered}/{total}</progress>
      </div>
      {!test.refused && <div className="mb-4"><ReadingForm reading={test.reading} /></div>}
      {refused && <div className="mb-6"><Refused refused={refused} /></div>}
      {question ? (
        <Form method="post">
          <div className={`${prose.className} mb-6`} lang={prose.lang}>
            {question.scene && <div dangerouslySetInnerHTML={{ __html: question.scene }} />}
            <h1 className="q" id="q" ref={heading} tabIndex={-1} dangerouslySetInnerHTML={{ __html: question.text }} />
          </div>
          {question.kind === 'multiple' ? <MultipleChoice key={position} question={question} /> : question.kind === 'order' ? <Ordering key={position} question={question} places={tried?.places ?? null} refused={refused} /> : <OneChoice key={position} question={question} />}
          <p className="sml mut mt-3" role="status">{test.saved && `${test.saved}に保存しました。途中で閉じても、ここから続けられます。`}</p>
          {position === total && <input type="hidden" name="last" value="1" />}
          {question.kind === 'multiple' || question.kind === 'order' ? (
            <div className="acts acts-split">
              <button className="btn btn-main" name="go" value="next">{test.from === 'review' || position === total ? '答えて、見直しへ' : '答えて次へ'}</button>
              <span>
                {position > 1 && <button className="btn btn-text" name="go" value="prev">前の問題</button>}
                <button className="btn btn-text" name="go" value="pause">ここまでにする</button>
              </span>
            </div>
          ) : (
            <div className="acts">
              {position > 1 && <Link className="btn btn-text" to={`/attempts/${test.attemptId}/questions/${position - 1}`}>前の問題</Link>}
              <Link className="btn btn-text" to="/">ここまでにする</Link>
            </div>
          )}
        </Form>
      ) : <h1>確認テスト</h1>}
      <p className="src">{test.until ? `${test.until}まで答えられます。` : '制限時間はありません。'}合格は{total}問中{test.needed}問以上。答えは、全問を見直してから提出します。</p>
    </Page>
  )
}
