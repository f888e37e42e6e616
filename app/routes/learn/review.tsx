import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findPaper } from '../../../db/attempts.server'
import { submitTest } from '../../commands/submit-test.server'
import { answerInWords, questionOf } from '../../content/question.server'
import { isRefusal } from '../../domain/refusal'
import { refusalToStudy } from '../../domain/study'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { timeWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

const params = z.object({ attemptId: z.uuid() })

/** All answers on one page before they are handed in. */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { attemptId } }) => {
  const { library, viewer, now } = context
  const paper = await findPaper(context.db, attemptId, viewer.engagements.map(({ id }) => id))
  if (!paper) throw notFound()
  if (paper.finishedAt !== null) throw redirect(`/attempts/${attemptId}`)
  const savedAt = Math.max(0, ...paper.items.map((item) => item.savedAt ?? 0))
  const refused = refusalToStudy(viewer.engagements.find(({ id }) => id === paper.engagementId)!, now, { kept: savedAt > 0 })
  return {
    attemptId, refused, title: library.find('module', paper.slug, paper.moduleVersion)?.meta.title ?? paper.slug, saved: savedAt > 0 ? timeWords(savedAt) : null,
    timeIsUp: paper.closesAt !== null && now > paper.closesAt,
    items: refused ? [] : paper.items.map((item) => {
      const question = questionOf(library, paper, item, viewer.track)
      return { position: item.position, text: question ? library.plainText(question.text) : '', answer: question && item.answer !== null ? answerInWords(library, question, item.answer) : null }
    }),
  }
})

export const action = guardAction({ act: 'learn', params, form: z.object({}) }, async ({ context, params: { attemptId } }) => {
  const result = await submitTest(context, attemptId)
  if (!result) throw notFound()
  if (isRefusal(result)) return data({ refused: result }, { status: 409 })
  throw redirect(`/attempts/${attemptId}`, 303)
})

export const meta: MetaFunction = () => [{ title: '答えを見直す｜守秘' }]

export default function Review() {
  const { attemptId, refused, title, saved, timeIsUp, items } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const missing = items.filter(({ answer }) => answer === null)
  if (refused)
    return (
      <Page width="wrap-narrow">
        <PageHead title="確認テスト" lead={title} />
        <Refused refused={refused} />
      </Page>
    )
  return (
    <Page width="wrap-narrow">
      {tried?.refused && <div className="mb-6"><Refused refused={tried.refused} /></div>}
      <PageHead
        title={timeIsUp ? '時間になりました' : missing.length > 0 ? `あと${missing.length}問、答えていません` : '答えを見直して提出します'}
        lead={<>{title}　確認テスト。{timeIsUp ? '保存した答えで提出できます。' : '変えたい答えがあれば、ここから戻れます。'}</>}
      />
      <ol className="tasks border-t-3 border-solid border-ink">
        {items.map(({ position, text, answer }) => (
          <li key={position} className="task">
            <p className="sml mut">{position}問目</p>
            <p className="phrases">{text}</p>
            <p className="sml"><span className="mut">あなたの答え：</span>{answer ?? 'まだ答えていません'}</p>
            {!timeIsUp && <Link className="btn btn-sm" to={`/attempts/${attemptId}/questions/${position}?from=review`} aria-label={`${position}問目${answer === null ? 'に答える' : 'を変える'}`}>{answer === null ? '答える' : '変える'}</Link>}
          </li>
        ))}
      </ol>
      {saved && <p className="sml mut mt-4" role="status">{saved}に保存しました。途中で閉じても、ここから続けられます。</p>}
      <Form method="post" className="acts">
        {(missing.length === 0 || timeIsUp) && <button className="btn btn-main">提出する</button>}
        {missing.length > 0 && !timeIsUp && <Link className="btn btn-main" to={`/attempts/${attemptId}/questions/${missing[0]!.position}?from=review`}>{missing[0]!.position}問目に答える</Link>}
        <Link className="btn btn-text" to="/">ここまでにする</Link>
      </Form>
    </Page>
  )
}
