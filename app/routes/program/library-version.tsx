import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listActors } from '../../../db/actors.server'
import { findRelease } from '../../../db/content.server'
import { countByVersion, listReleaseTimes, listReviewers, listReviews } from '../../../db/library.server'
import { reviewEdition } from '../../commands/review-edition.server'
import { isOwnOlder } from '../../content/disk.server'
import { factsOf, findEdition, listEditions } from '../../content/editions.server'
import { may } from '../../domain/access'
import { whoWords } from '../../domain/people'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { REVIEW_STATES, type ReviewState } from '../../domain/release'
import { GIVES, IMPACTS } from '../../domain/revision'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Facts } from '../../ui/facts'
import { Field, TroubleSummary } from '../../ui/field'
import { fullDay, fullDayWithWeekday, fullInstant } from '../../ui/format'
import { editionPath, ORIGIN_WORDS, REVIEW_WORDS, STATE_WORDS, TEXT_KINDS, tracksWords } from '../../ui/library-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'
import { editionParams } from './edition-params'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? '版'} 第${data?.version ?? ''}版｜守秘` }]

/** One version: how it stands, what is wrong with a draft, and its sisters. */
export const loader = guardLoader({ act: 'readProgram', params: editionParams, query: z.object({ done: z.enum(['published', 'reviewed']).optional().catch(undefined) }) }, async ({ context: { db, library, now, viewer }, params: { kind, slug, version }, query: { done } }) => {
  const edition = findEdition(library, kind, slug, version)
  if (!edition) throw notFound()
  const [released, people, reviews, release] = await Promise.all([listReleaseTimes(db), countByVersion(db, { kind, slug }), listReviews(db, { kind, slug, version }), findRelease(db, { kind, slug, version })])
  const at = released.get(`${kind} ${slug} ${version}`)
  const entered = await listReviewers(db, reviews.flatMap(({ id, entered: one }) => (one === '' ? [] : [id])))
  const actors = await listActors(db, [release?.by_account ?? null, ...entered.values()], dayOf(now))
  const who = (account: string | undefined) => { const actor = account === undefined ? undefined : actors.get(account); return actor ? whoWords(actor) : '' }
  const sections = edition.read?.version.kind === 'module' ? edition.read.version.meta.sections.length : null
  return {
    kind, slug, version, today: dayOf(now), ...factsOf(edition), sections, whose: library.folder.parts.length > 1 ? ORIGIN_WORDS[edition.origin] : null, state: edition.state, review: edition.review, errors: edition.errors, isOlder: edition.errors.length > 0 && edition.origin === 'own' && isOwnOlder(library), isReadable: edition.read !== undefined, reviews: reviews.map(({ id, status, by_whom, on_day, note, recorded_at: recorded, entered: one }) => ({ status, by_whom, on_day, note, recordedAt: Number(recorded), enteredBy: one === '' ? null : who(entered.get(id)) })),
    done: done ?? null, edits: may(viewer, 'editContent'), releasedAt: at ?? null,
    release: release ? { by: who(release.by_account), impact: release.impact === 'first' ? 'はじめての版' : IMPACTS[release.impact as keyof typeof IMPACTS], remedy: release.impact === 'first' ? '' : `${GIVES[release.gives as keyof typeof GIVES]}${release.unit_slug && ` ${release.unit_slug}`}`, reason: release.reason } : null, people: people.get(`${kind} ${slug} ${version}`) ?? 0,
    others: listEditions(library).filter((one) => one.kind === kind && one.slug === slug && one.number !== version).map((one) => ({ version: one.number, state: one.state, people: people.get(`${kind} ${slug} ${one.number}`) ?? 0 })),
  }
})

const states = Object.keys(REVIEW_STATES) as [ReviewState, ...ReviewState[]]
const form = z.object({
  status: z.enum(states, { error: '状態を選んでください。' }), by: z.string({ error: '確かめた人を書いてください。' }).trim().min(1, '確かめた人を書いてください。').max(100, '100字までで書いてください。'), note: z.string().trim().max(500, '500字までで書いてください。').default(''),
})
const LABELS = { status: '状態', by: '確かめた人', note: '言葉' }

export const action = guardAction({ act: 'editContent', params: editionParams, form }, async ({ context, params, form: sent }) => {
  if (!sent.ok) return data({ trouble: { errors: sent.errors as Record<string, string[]>, given: sent.given as Record<string, unknown> }, refused: null }, { status: 400 })
  const done = await reviewEdition(context, { ...params, ...sent.value })
  if (!isRefusal(done)) throw redirect(`${editionPath(params)}?done=reviewed`, 303)
  if (done.refused === 'notFound') throw notFound()
  return data({ trouble: { errors: {} as Record<string, string[]>, given: { ...sent.value } as Record<string, unknown> }, refused: done }, { status: 409 })
})

const DONE = { published: ['公開しました', 'この時から、新しく始める人はこの版を読みます。ほかのサーバーも1分ほどで替わります。'], reviewed: ['文章の確認を記録しました', '読む人の画面の出典にも、この状態が出ます。'] } as const

export default function LibraryVersion() {
  const one = useLoaderData<typeof loader>()
  const here = editionPath(one)
  const answer = useActionData<typeof action>()
  const unit = one.kind === 'pledge' ? '署名した人' : one.kind === 'notice' ? '確かめた人' : '修了した人'
  return (
    <Page>
      <Refused refused={answer?.refused} />
      <TroubleSummary trouble={answer?.trouble} labels={LABELS} />
      {one.done && !answer && <Notice kind="ok" title={DONE[one.done][0]}><p>{DONE[one.done][1]}</p></Notice>}
      <PageHead back={{ to: '/program/library', label: '教材と版' }} title={one.title} lead={`${TEXT_KINDS[one.kind]}${one.kind === 'notice' ? '' : ` ${one.slug}`} 第${one.version}版`} asOf={`基準日 ${fullDayWithWeekday(one.today)}`} />
      {one.errors.length > 0 && (
        <Notice kind="no" title={`直すところが ${one.errors.length}件あります`}>
          <p>ファイルを直して、この画面をもう一度開いてください。すべて直るまで公開できません。</p>
          {one.isOlder && <p>自社の法令、条項、決まり、言葉のファイルが、始めたあとで変わっています。起動し直すと、新しいもので確かめ直します。システム管理者に頼んでください。</p>}
        </Notice>
      )}
      <Facts facts={[
        ['公開', <Status key="s" mark={STATE_WORDS[one.state].mark}>{STATE_WORDS[one.state].words}</Status>],
        ['だれの教材か', one.whose],
        ['公開した日時', one.releasedAt !== null && fullInstant(one.releasedAt)],
        ['公開した人', one.release ? one.release.by : one.releasedAt !== null && '教材のフォルダから(守秘を始めたときに記録)'],
        ['変更の大きさ', one.release?.impact], ['前の版で終えた人', one.release?.remedy], ['公開の理由', one.release?.reason],
        ['文章の確認', REVIEW_WORDS[one.review]],
        ['法令の時点', one.asOf !== '' && fullDay(one.asOf)],
        ['言葉', tracksWords(one.tracks)],
        ['時間', one.minutes !== null && `${one.minutes}分`],
        ['節', one.sections !== null && `${one.sections}節`],
        ['問題', one.questions !== null && `${one.questions}問`],
        ['項目', one.items !== null && `${one.items}項目`],
        [unit, one.state !== 'draft' && `${one.people.toLocaleString('ja-JP')}人`],
      ]} />
      <div className="acts">
        {one.isReadable && <Link className="btn" to={`${here}/preview`}>読む人と同じ画面で見る</Link>}
        {one.isReadable && one.others.length > 0 && <Link className="btn" to={`${here}/difference`}>ほかの版との違いを見る</Link>}
        {one.edits && one.state === 'draft' && one.isReadable && one.errors.length === 0 && <Link className="btn btn-main" to={`${here}/publish`}>この版を公開する</Link>}
      </div>
      {one.errors.length > 0 && (
        <section className="sec">
          <h2>直すところ</h2>
          <Table>
            <caption className="sr-only">直すところ</caption>
            <Head><Row><ColumnHead>ファイル</ColumnHead><ColumnHead className="num">行</ColumnHead><ColumnHead>項目</ColumnHead><ColumnHead>内容</ColumnHead></Row></Head>
            <Body>{one.errors.map(({ file, line, field, message }, at) => <Row key={at}><RowHead>{file}</RowHead><Cell label="行" className="num">{line}</Cell><Cell label="項目">{field || '―'}</Cell><Cell label="内容">{message}</Cell></Row>)}</Body>
          </Table>
        </section>
      )}
      {one.others.length > 0 && (
        <section className="sec">
          <h2>ほかの版</h2>
          <Table>
            <caption className="sr-only">ほかの版</caption>
            <Head><Row><ColumnHead>版</ColumnHead><ColumnHead>公開</ColumnHead><ColumnHead className="num">{unit}</ColumnHead></Row></Head>
            <Body>{one.others.map(({ version, state, people }) => <Row key={version}><RowHead><Link to={editionPath({ ...one, version })}>第{version}版</Link></RowHead><Cell label="公開"><Status mark={STATE_WORDS[state].mark}>{STATE_WORDS[state].words}</Status></Cell><Cell label={unit} className="num">{state === 'draft' ? '―' : `${people.toLocaleString('ja-JP')}人`}</Cell></Row>)}</Body>
          </Table>
        </section>
      )}
      <section className="sec">
        <h2>文章の確認の記録</h2>
        {one.reviews.length === 0 ? <p>まだ、確認の記録はありません。「{REVIEW_WORDS.draft}」として読む人に示します。</p> : (
          <Table>
            <caption className="sr-only">文章の確認の記録</caption>
            <Head><Row><ColumnHead>日</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead>確かめた人</ColumnHead><ColumnHead>言葉</ColumnHead><ColumnHead>記録した人</ColumnHead></Row></Head>
            <Body>{one.reviews.map((review, at) => <Row key={at}><RowHead>{fullDay(review.on_day)}</RowHead><Cell label="状態">{REVIEW_WORDS[review.status as keyof typeof REVIEW_WORDS] ?? review.status}</Cell><Cell label="確かめた人">{review.by_whom}</Cell><Cell label="言葉">{review.note || '―'}</Cell><Cell label="記録した人">{review.enteredBy ?? '教材のフォルダから'}<br /><span className="sml mut nw">{fullInstant(review.recordedAt)}</span></Cell></Row>)}</Body>
          </Table>
        )}
        {one.edits && (
          <Form method="post" className="mt-4">
            <Field name="status" label="状態" need trouble={answer?.trouble}><select className="in"><option value="">選んでください</option>{states.filter((state) => state !== one.review).map((state) => <option key={state} value={state}>{REVIEW_STATES[state]}</option>)}</select></Field>
            <Field name="by" label="確かめた人" hint="職名か事務所の名前。読む人には出ません。" need trouble={answer?.trouble}><input className="in" maxLength={100} /></Field>
            <Field name="note" label="言葉" optional="なくてもかまいません" trouble={answer?.trouble}><input className="in" maxLength={500} /></Field>
            <div className="acts"><button className="btn">文章の確認を記録する</button></div>
          </Form>
        )}
      </section>
    </Page>
  )
}
