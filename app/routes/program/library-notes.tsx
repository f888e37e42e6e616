import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listReaderNotes } from '../../../db/questions.server'
import { answerReaderNote } from '../../commands/answer-learner.server'
import { NOTE_WORDS, titleOfNote } from '../../content/record-words.server'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { instantWords } from '../../ui/format'
import { editionPath } from '../../ui/library-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { NotedList, NothingSaid } from '../../ui/questions'
import { Refused } from '../../ui/refused'
import { Spoken } from '../../ui/spoken'

export const meta: MetaFunction = () => [{ title: '教材への指摘｜守秘' }]

const PAGE = 20
const query = z.object({ view: z.enum(['open', 'answered']).catch('open').default('open'), after: z.string().max(64).catch('').default(''), done: z.literal('1').optional().catch(undefined) })

/** 「ここがおかしい」: what readers say about texts, for their editor. Who said it is not shown. */
export const loader = guardLoader({ act: 'editContent', query }, async ({ context: { db, library, now }, query: { view, after, done } }) => {
  const today = dayOf(now)
  const listed = await listReaderNotes(db, view === 'answered', { after, limit: PAGE + 1 })
  const link = (key: string) => `/program/library/notes?${new URLSearchParams({ view, ...(key && { after: key }) })}`
  return {
    view, done: done !== undefined,
    notes: listed.slice(0, PAGE).map((one) => ({
      id: one.id, about: titleOfNote(library, one), body: one.body, at: instantWords(one.at, today), ...NOTE_WORDS[one.status], answer: one.answered_at === null ? null : { at: instantWords(one.answered_at, today), words: one.answer },
      preview: library.shelf.get(one.kind, one.slug, one.version) ? `${editionPath(one)}/preview?${new URLSearchParams({ page: one.section })}` : null,
    })),
    next: listed.length > PAGE ? link(listed[PAGE - 1]!.id) : null, first: after === '' ? null : link(''),
  }
})

const form = z.object({
  about: z.literal('note'), id: z.string().max(64), outcome: z.enum(['fixed', 'planned', 'asIs'], { error: 'どうするかを選んでください。' }),
  words: z.string({ error: '本人に見せる言葉を書いてください。' }).trim().min(1, '本人に見せる言葉を書いてください。').max(1500, '長すぎます。1,500字までで書いてください。'),
})

export const action = guardAction({ act: 'editContent', query, form }, async ({ context, form: sent }) => {
  if (!sent.ok) {
    if (typeof sent.given.id !== 'string') throw notFound()
    return data({ trouble: { errors: sent.errors as Record<string, string[]>, given: sent.given as Record<string, unknown>, about: sent.given.id }, refused: null }, { status: 400 })
  }
  const { id, outcome, words } = sent.value
  const answered = await answerReaderNote(context, { noteId: id, outcome, words })
  if (!isRefusal(answered)) throw redirect('/program/library/notes?done=1', 303)
  if (answered.refused === 'notFound') throw notFound()
  return data({ trouble: null, refused: answered }, { status: 409 })
})

export default function LibraryNotes() {
  const { view, notes, next, first, done } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <Page width="wrap-mid">
      {done && !answer && <Notice kind="ok" title="回答を送りました"><p>書いた人の「わたしの記録」に表示します。だれが書いたかは、ここには出ません。</p></Notice>}
      <Refused refused={answer?.refused} />
      <PageHead back={{ to: '/program/library', label: '教材と版' }} title="教材への指摘" lead="読んだ人が「ここがおかしい」と知らせたものです。答えは、書いた人が読みます。" />
      <nav className="tabs" aria-label="指摘の状態">
        <Link to="/program/library/notes" aria-current={view === 'open' ? 'page' : undefined}>回答待ち</Link>
        <Link to="/program/library/notes?view=answered" aria-current={view === 'answered' ? 'page' : undefined}>回答済み</Link>
      </nav>
      <div className="mt-6">
        {notes.length === 0 ? <NothingSaid title={view === 'open' ? '回答を待つ指摘はありません' : '回答した指摘は、まだありません'} body="どの節にも「ここがおかしいと知らせる」があります。届くと、ここに並びます。" />
          : view === 'open' ? <NotedList noted={notes} action="/program/library/notes" trouble={answer?.trouble} /> : <Spoken spoken={notes} />}
        <Pager next={next} first={first} label={`${PAGE}件`} />
      </div>
      {notes.some(({ preview }) => preview !== null) && (
        <section className="sec">
          <h2>指摘のあった節を見る</h2>
          <ul>{[...new Map(notes.flatMap(({ about, preview }) => (preview === null ? [] : [[preview, about] as const])))].map(([to, about]) => <li key={to}><Link to={to}>{about}</Link></li>)}</ul>
        </section>
      )}
    </Page>
  )
}
