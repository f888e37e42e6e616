import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listAnsweredQuestions, listCorrections, listOpenQuestions, listReaderNotes, listRemarks, type Speaker as SpeakerFacts } from '../../../db/questions.server'
import { listUnheardCompanies } from '../../../db/unheard.server'
import { answerCorrectionRequest, answerQuestion, answerReaderNote } from '../../commands/answer-learner.server'
import { reopenDeclined } from '../../commands/reopen-pledge.server'
import type { Library } from '../../content/library.server'
import { NOTE_WORDS, titleOfNote } from '../../content/record-words.server'
import { may } from '../../domain/access'
import { addDays, dayOf, isDay, spanWords, type Instant } from '../../domain/calendar'
import { LEAST_DAYS_AFTER_ANSWER, TALK_MS } from '../../domain/pledge'
import { isRefusal } from '../../domain/refusal'
import { countWaiting, many } from '../../http/desk.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { instantWords, shortDueDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { employedAs } from '../../ui/people'
import { AskedList, NotedList, NothingSaid, SaidList, saidOf, UnheardList, type Asked, type Noted, type Said, type SpokenBy } from '../../ui/questions'
import { Refused } from '../../ui/refused'
import { Spoken } from '../../ui/spoken'

export const meta: MetaFunction = () => [{ title: '質問と申し出｜守秘' }]

const PAGE = 20
const VIEWS = { questions: '質問', notSigned: '署名しない', memos: '書き添え', corrections: '訂正の申し出', notes: '教材への指摘', unheard: '担当者のいない会社' } as const
/** What was answered stays to be read: the same list, filtered. */
const CLOSED = { questions: 'questionsClosed', corrections: 'correctionsClosed', notes: 'notesClosed' } as const
type Tab = keyof typeof VIEWS
type View = Tab | (typeof CLOSED)[keyof typeof CLOSED]
const tabs = Object.keys(VIEWS) as Tab[]
const views = [...tabs, ...Object.values(CLOSED)] as [View, ...View[]]
const tabOf = (view: View): Tab => (view in VIEWS ? (view as Tab) : (Object.keys(CLOSED) as (keyof typeof CLOSED)[]).find((tab) => CLOSED[tab] === view)!)
const query = z.object({ view: z.enum(views).catch('questions').default('questions'), after: z.string().max(64).default(''), sent: z.string().max(10).optional() })
const SUBJECTS = { minutes: '学習時間', record: '記録', registered: '登録されている情報' } as const

/** What the operator's own people say and ask. What 派遣社員 and contractors' people say about a pledge goes to their employer. */
export const loader = guardLoader({ act: 'answerLearners', query }, async ({ context, query: { view, after, sent } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const ear = { is: 'operator' } as const
  const page = { after, before: after, limit: PAGE + 1, today }
  const by = (one: SpeakerFacts) => ({ name: one.name, number: one.number, kindWords: employedAs(one) })
  const at = (instant: Instant) => instantWords(instant, today)
  const [waiting, unheard] = [await countWaiting(context), await listUnheardCompanies(db, { after: view === 'unheard' ? after : '', limit: PAGE + 1, today })]
  const lists: { asked: Asked[]; said: Said[]; notes: Noted[]; keys: string[] } = { asked: [], said: [], notes: [], keys: [] }
  if (view === 'questions')
    for (const one of await listOpenQuestions(db, ear, page)) {
      lists.keys.push(one.key)
      lists.asked.push({ id: one.assignmentId, by: by(one), about: titleOf(library, one.slug), at: at(one.askedAt), words: one.words })
    }
  else if (view === 'questionsClosed')
    for (const one of await listAnsweredQuestions(db, ear, page)) {
      lists.keys.push(one.key)
      lists.notes.push({ id: one.key, about: `${byWords(by(one))}　${titleOf(library, one.slug)}`, body: one.words.join('\n'), at: at(one.askedAt), mark: 'done', words: '回答済み', answer: { at: at(one.answer.at), words: one.answer.words } })
    }
  else if (view === 'correctionsClosed')
    for (const one of await listCorrections(db, true, page)) {
      lists.keys.push(one.id)
      lists.notes.push({ id: one.id, about: `${byWords(by(one))}　${SUBJECTS[one.subject]}の訂正`, body: one.body, at: at(one.at), mark: 'done', words: '回答済み', answer: { at: at(one.answeredAt ?? one.at), words: one.answer } })
    }
  else if (view === 'corrections')
    for (const one of await listCorrections(db, false, page)) {
      lists.keys.push(one.id)
      lists.asked.push({ id: one.id, by: by(one), about: `${SUBJECTS[one.subject]}の訂正`, at: at(one.at), words: [one.body] })
    }
  else if (view === 'notes' || view === 'notesClosed')
    for (const one of await listReaderNotes(db, view === 'notesClosed', page)) {
      lists.keys.push(one.id)
      lists.notes.push({ id: one.id, about: titleOfNote(library, one), body: one.body, at: at(one.at), ...NOTE_WORDS[one.status], answer: one.answered_at === null ? null : { at: at(one.answered_at), words: one.answer } })
    }
  else if (view === 'unheard') lists.keys.push(...unheard.map(({ code }) => code))
  else
    for (const one of await listRemarks(db, ear, view === 'memos' ? 'memo' : 'notSigned', page)) {
      lists.keys.push(one.key)
      lists.said.push(saidOf(one, {
        by: by(one), about: titleOf(library, one.slug), at: at(one.at), since: one.since === 'signed' ? 'そのあとに署名済み' : one.since === 'reopened' ? `もう一度渡しました(期限 ${shortDueDay(one.dueOn, today)})` : '',
        reopen: one.canReopen ? { assignmentId: one.assignmentId, from: addDays(today, LEAST_DAYS_AFTER_ANSWER) } : null,
      }))
    }
  const { keys } = lists
  return {
    view, waiting: waitingWords(waiting), counts: Object.fromEntries(tabs.flatMap((tab) => (tab in waiting && waiting[tab as keyof typeof waiting] > 0 ? [[tab, many(waiting[tab as keyof typeof waiting], '')]] : []))), sent: SENT[sent as keyof typeof SENT] ? (sent as keyof typeof SENT) : null, asked: lists.asked.slice(0, PAGE), said: lists.said.slice(0, PAGE), notes: lists.notes.slice(0, PAGE),
    unheard: unheard.slice(0, PAGE).map(({ since, ...one }) => ({ ...one, since: at(since) })), mayAppoint: may(viewer, 'giveLineRoles'),
    next: keys.length > PAGE ? `/people/questions?${new URLSearchParams({ view, after: keys[PAGE - 1]! })}` : null, first: after === '' ? null : `/people/questions?view=${view}`,
  }
})

/** All that waits, in the order of the tabs. */
const waitingWords = (waiting: Awaited<ReturnType<typeof countWaiting>>): string => {
  const parts = ([['questions', '回答を待っている質問', '件'], ['notSigned', `この${spanWords(TALK_MS)}に「署名しない」と答えた方`, '人'], ['corrections', '訂正の申し出', '件'], ['notes', '教材への指摘', '件'], ['unheard', '担当者のいない会社', '社']] as const)
    .flatMap(([tab, what, unit]) => (waiting[tab] > 0 ? [`${what} ${many(waiting[tab], unit)}`] : []))
  return parts.length === 0 ? '待っているものはありません。' : `待っているもの：${parts.join('、')}。${waiting.questions > 0 ? '質問への回答が届くまで、その人の期限は止まっています。' : ''}`
}

/** 氏名 + 従事者番号 + 雇用形態; by number only where the name is not shown. */
const byWords = (by: SpokenBy) => `${by.name ?? '従事者'} ${by.number}・${by.kindWords}`

const VIEW_OF = { question: 'questions', correction: 'corrections', note: 'notes', reopen: 'notSigned' } as const satisfies Record<string, View>
const SENT = {
  question: ['回答を送りました', '本人の画面に表示します。質問で止まっていた期限は、残っていた日数で動きはじめます。'],
  correction: ['回答を送りました', '本人の「わたしの記録」に表示します。'],
  note: ['回答を送りました', '書いた人の「わたしの記録」に表示します。だれが書いたかは、ここには出ません。'],
  reopen: ['もう一度渡しました', '本人の「いま、やること」に、新しい期限とあなたの言葉を表示します。前の答えは記録に残っています。'],
} as const

const titleOf = (library: Library, slug: string) => library.current('pledge', slug)?.meta.title ?? slug

const words = z.string({ error: '本人に見せる言葉を書いてください。' }).trim().min(1).max(1500, '長すぎます。1,500字までで書いてください。')
const id = z.string().max(64)
const form = z.discriminatedUnion('about', [
  z.object({ about: z.enum(['question', 'correction']), id, words }),
  z.object({ about: z.literal('note'), id, words, outcome: z.enum(['fixed', 'planned', 'asIs'], { error: 'どうするかを選んでください。' }) }),
  z.object({ about: z.literal('reopen'), id, words, dueOn: z.string({ error: '新しい期限を選んでください。' }).refine(isDay, '新しい期限を、カレンダーから選んでください。') }),
])

export const action = guardAction({ act: 'answerLearners', query, form }, async ({ context, form }) => {
  if (!form.ok) {
    if (typeof form.given.id !== 'string') throw notFound()
    return data({ trouble: { ...form, about: form.given.id }, refused: null }, { status: 400 })
  }
  const { about, id, words } = form.value
  const answer = about === 'reopen' ? await reopenDeclined(context, { assignmentId: id, dueOn: form.value.dueOn, words })
    : about === 'note' ? await answerReaderNote(context, { noteId: id, words, outcome: form.value.outcome })
    : about === 'question' ? await answerQuestion(context, { assignmentId: id, words, as: 'operator' }) : await answerCorrectionRequest(context, { requestId: id, words })
  if (!isRefusal(answer)) return redirect(`/people/questions?view=${VIEW_OF[about]}&sent=${about}`, { status: 303 })
  if (answer.refused === 'notFound') throw notFound()
  return data({ trouble: { about: id, errors: {}, given: form.value }, refused: answer }, { status: 409 })
})

const EMPTY: Record<View, [string, string]> = {
  questions: ['回答を待っている質問はありません', '質問が届くと、その人の期限が止まり、ここに出ます。派遣社員と委託先の方の質問は、雇い主の会社の担当者に届きます。'],
  notSigned: ['「署名しない」「今は署名しない」という答えはありません', '答えがあると、本人の言葉といっしょにここに出ます。'],
  memos: ['書き添えのある署名はありません', '署名に書き添えがあると、ここに出ます。'],
  corrections: ['回答を待っている申し出はありません', '「わたしの記録」から訂正の申し出があると、ここに出ます。'],
  notes: ['回答を待っている指摘はありません', '教材や書面の「ここがおかしい」から届いたものが、ここに出ます。'],
  notesClosed: ['回答した指摘はありません', '教材への指摘に回答すると、ここに移ります。'],
  questionsClosed: ['回答した質問は、まだありません', '質問に回答すると、質問と回答がここに残ります。'],
  correctionsClosed: ['回答した申し出は、まだありません', '訂正の申し出に回答すると、申し出と回答がここに残ります。'],
  unheard: ['担当者のいない会社で待っている質問はありません', '派遣元・委託先で働く方の質問には、その会社の会社側担当者が答えます。担当者のいない会社に質問が届くと、ここに出ます。'],
}

export default function Questions() {
  const { view, waiting, counts, asked, said, notes, unheard, mayAppoint, sent, next, first } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const tab = tabOf(view)
  const closed = tab in CLOSED ? CLOSED[tab as keyof typeof CLOSED] : null
  return (
    <Page>
      {sent && !tried && <Notice kind="ok" title={SENT[sent][0]}><p>{SENT[sent][1]}</p></Notice>}
      <Refused refused={tried?.refused} />
      <PageHead title="質問と申し出" lead={waiting} />
      {!sent && view !== 'unheard' && unheard.length > 0 && (
        <Notice kind="warn" title="会社側担当者のいない会社で、質問が待っています">
          <p>その会社の人のほかは、質問を読むことも答えることもできません。会社側担当者を任命すると、質問はその人に届きます。</p>
          <div className="acts"><Link className="btn btn-sm" to="/people/questions?view=unheard">会社を見る</Link></div>
        </Notice>
      )}
      <nav className="tabs" aria-label="種類">
        {tabs.map((one) => <Link key={one} to={`/people/questions?view=${one}`} aria-current={one === tab ? 'page' : undefined}>{VIEWS[one]}{counts[one] && `(${counts[one]})`}</Link>)}
      </nav>
      {closed && (
        <Form className="filter" action="/people/questions">
          <div className="field"><label className="label" htmlFor="view">状態</label>
            <select className="in" id="view" name="view" defaultValue={view} key={view}><option value={tab}>回答待ち</option><option value={closed}>回答済み</option></select>
          </div>
          <button className="btn btn-sm">絞り込む</button>
        </Form>
      )}
      <div className="mt-6">
        {asked.length + said.length + notes.length + (view === 'unheard' ? unheard.length : 0) === 0 && <NothingSaid title={EMPTY[view][0]} body={EMPTY[view][1]} />}
        {asked.length > 0 && <AskedList asked={asked} action={`/people/questions?view=${view}`} what={view === 'corrections' ? 'correction' : 'question'} trouble={tried?.trouble} button={view === 'corrections' ? 'この回答を送る' : '回答を送り、期限を動かす'} />}
        {said.length > 0 && <SaidList said={said} action={`/people/questions?view=${view}`} trouble={tried?.trouble} caption={view === 'memos' ? '署名といっしょに書かれた言葉です。必要なときは、本人と話してください。' : '署名しないことだけで、不利益な扱いはしません。理由をきき、いまある義務を説明してください。'} />}
        {notes.length > 0 && (view === 'notes' ? <NotedList noted={notes} action="/people/questions?view=notes" trouble={tried?.trouble} /> : <Spoken spoken={notes} />)}
        {view === 'unheard' && unheard.length > 0 && <UnheardList companies={unheard} mayAppoint={mayAppoint} />}
        <Pager next={next} first={first} label={`${PAGE}件`} />
      </div>
    </Page>
  )
}
