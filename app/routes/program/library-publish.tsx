import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { countConcerned } from '../../../db/content.server'
import { countForRevision } from '../../../db/revisions.server'
import { publishEdition, releaseFacts } from '../../commands/publish-edition.server'
import { differenceOf } from '../../content/difference.server'
import { findDraft } from '../../content/drafts.server'
import { factsOf, findEdition } from '../../content/editions.server'
import { readersOf } from '../../content/preview.server'
import { dayOf } from '../../domain/calendar'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { outOf } from '../../domain/percent'
import { isRefusal } from '../../domain/refusal'
import { GIVES, IMPACTS, LONGEST_REASON, type Gives, type Impact } from '../../domain/revision'
import { yearAt } from '../../domain/wanted'
import { TRACK_NAMES, TRACKS } from '../../domain/tracks'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Difference } from '../../ui/difference'
import { Field, TroubleSummary } from '../../ui/field'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { editionPath, TEXT_KINDS } from '../../ui/library-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'
import { editionParams } from './edition-params'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `公開 ${data?.title ?? ''}｜守秘` }]

/** A draft that can be published: what is new in it, whom it concerns, and what has to be decided. */
export const loader = guardLoader({ act: 'editContent', params: editionParams }, async ({ context, params: { kind, slug, version } }) => {
  const { library, db, now } = context
  const draft = findDraft(library, kind, slug, version)
  if (!draft?.read) throw notFound()
  const facts = await releaseFacts(context, draft)
  const today = dayOf(now)
  const before = facts.currentNumber === undefined ? undefined : findEdition(library, kind, slug, facts.currentNumber)?.read
  const { read } = draft
  const edition = findEdition(library, kind, slug, version)!
  const tracks = TRACKS.filter((track) => read.tracks.has(track))
  return {
    kind, slug, version, title: factsOf(edition).title, today, name: facts.name, errors: facts.errors, opensOn: facts.writtenFor > today ? facts.writtenFor : null, current: facts.currentNumber ?? null, stamp: facts.stamp,
    units: facts.units.map((unit) => ({ slug: unit, title: library.current('module', unit)!.meta.title })), people: kind === 'module' ? (await countForRevision(db, { slug, version, since: yearAt(today, library.calendar).from, today })).map(({ kind: of, finished, begun, untouched }) => ({ kind: of, completed: finished, begun, todo: untouched })) : await countConcerned(db, { kind, slug }, today),
    differences: before ? (tracks.length > 0 ? tracks : (['ja'] as const)).map((track) => ({ track, parts: differenceOf(before, read, track, readersOf(library, edition)) })) : [],
  }
})

const impacts = Object.keys(IMPACTS) as [Impact, ...Impact[]]
const gives = Object.keys(GIVES) as [Gives, ...Gives[]]
const form = z.object({
  impact: z.enum(impacts, { error: '変更の大きさを選んでください。' }), gives: z.enum(gives, { error: '前の版で終えた人のことを選んでください。' }), unit: z.string().max(64).default(''),
  reason: z.string({ error: '理由を書いてください。' }).trim().min(1, '理由を書いてください。').max(LONGEST_REASON, `${LONGEST_REASON}字までで書いてください。`), typed: z.string({ error: '確かめの言葉を入力してください。' }).max(80), stamp: z.string().max(64),
})
const LABELS = { impact: '変更の大きさ', gives: '前の版で終えた人', unit: '差分の教材', reason: '理由', typed: '確かめの言葉' }

export const action = guardAction({ act: 'editContent', params: editionParams, form }, async ({ context, params, form: sent }) => {
  if (!sent.ok) return data({ trouble: { errors: sent.errors as Record<string, string[]>, given: sent.given as Record<string, unknown> }, refused: null }, { status: 400 })
  const done = await publishEdition(context, { ...params, ...sent.value })
  if (!isRefusal(done)) throw redirect(`${editionPath(params)}?done=published`, 303)
  if (done.refused === 'notFound') throw notFound()
  return data({ trouble: { errors: {} as Record<string, string[]>, given: { ...sent.value } as Record<string, unknown> }, refused: done }, { status: 409 })
})

export default function PublishEdition() {
  const one = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const back = { to: editionPath(one), label: `${one.title} 第${one.version}版` }
  const trouble = answer?.trouble
  const total = (pick: 'completed' | 'begun' | 'todo') => one.people.reduce((sum, row) => sum + row[pick], 0)
  const all = total('completed') + total('begun') + total('todo')
  return (
    <Page width="wrap-mid">
      <Refused refused={answer?.refused} />
      <TroubleSummary trouble={trouble} labels={LABELS} />
      <PageHead back={back} title={`${one.title} 第${one.version}版を公開する`} lead="公開すると、その時から使われます。公開した文は、あとから1文字も変えられません。" asOf={`基準日 ${fullDayWithWeekday(one.today)}`} />
      {one.current !== null && (
        <section className="sec">
          <h2>だれに関わるか</h2>
          <Table>
            <caption>終えた人の修了は有効のままです。途中の人は前の版のまま終えられます。まだの人は新しい版になります。</caption>
            <Head><Row><ColumnHead>雇用形態</ColumnHead><ColumnHead className="num">終えた人</ColumnHead><ColumnHead className="num">途中の人</ColumnHead><ColumnHead className="num">まだの人</ColumnHead></Row></Head>
            <Body>
              {one.people.map((row) => ({ ...row, of: row.completed + row.begun + row.todo })).map((row) => <Row key={row.kind}><RowHead>{ENGAGEMENT_KINDS[row.kind]}</RowHead><Cell label="終えた人" className="num">{outOf(row.completed, row.of)}</Cell><Cell label="途中の人" className="num">{outOf(row.begun, row.of)}</Cell><Cell label="まだの人" className="num">{outOf(row.todo, row.of)}</Cell></Row>)}
              <Row><RowHead><b>合計</b></RowHead><Cell label="終えた人" className="num"><b>{outOf(total('completed'), all)}</b></Cell><Cell label="途中の人" className="num"><b>{outOf(total('begun'), all)}</b></Cell><Cell label="まだの人" className="num"><b>{outOf(total('todo'), all)}</b></Cell></Row>
            </Body>
          </Table>
        </section>
      )}
      <section className="sec">
        <h2>新しくなること</h2>
        {one.current === null ? <p>この{TEXT_KINDS[one.kind]}の、はじめての版です。<Link to={`${editionPath(one)}/preview`}>読む人と同じ画面で見る</Link></p> : (
          <>
            <p>第{one.current}版からの違いです。〔 〕の中が前の言葉、下線が新しい言葉です。</p>
            {one.differences.map(({ track, parts }) => (
              <details key={track} className="more" open={track === 'ja'}>
                <summary>{TRACK_NAMES[track].name}　{parts.length === 0 ? '違いはありません' : `${parts.length}か所`}</summary>
                <div><Difference parts={parts} /></div>
              </details>
            ))}
          </>
        )}
      </section>
      <section className="sec">
        <h2>決めること</h2>
        {one.opensOn !== null && <Notice kind="warn" title={`${fullDay(one.opensOn)}から公開できます`}><p>この版は、その日の法令で書かれています。前に公開すると、まだ始まっていない決まりを、いまの決まりとして教えることになります。</p></Notice>}
        {one.opensOn === null && <Form method="post">
          <input type="hidden" name="stamp" value={one.stamp} />
          {one.current === null ? <><input type="hidden" name="impact" value="minor" /><input type="hidden" name="gives" value="none" /></> : (
            <>
              <Field name="impact" label="変更の大きさ" hint="言い回しや誤字だけなら「軽微な直し」です。することが変わるなら「重要な変更」です。" need trouble={trouble}><select className="in"><option value="">選んでください</option>{impacts.map((impact) => <option key={impact} value={impact}>{IMPACTS[impact]}</option>)}</select></Field>
              {one.kind === 'module' ? (
                <>
                  <Field name="gives" label="前の版で終えた人に" hint="今年度に前の版で終えた人が対象です。途中の人は、前の版で終えたあとに同じものを受けます。" need trouble={trouble}><select className="in"><option value="">選んでください</option>{gives.map((give) => <option key={give} value={give}>{GIVES[give]}</option>)}</select></Field>
                  <Field name="unit" label="差分の研修" optional="差分の研修を選んだときだけ" trouble={trouble}><select className="in"><option value="">なし</option>{one.units.map(({ slug, title }) => <option key={slug} value={slug}>{slug} {title}</option>)}</select></Field>
                </>
              ) : <input type="hidden" name="gives" value="none" />}
            </>
          )}
          <Field name="reason" label="理由" hint="割り当てる人が読みます。だれが、なぜ公開したかの記録にもなります。" need trouble={trouble}><textarea className="in" rows={3} maxLength={LONGEST_REASON} /></Field>
          <Field name="typed" label={`確かめのため「${one.name}」と入力する`} need trouble={trouble}><input className="in" autoComplete="off" maxLength={80} /></Field>
          <div className="acts"><button className="btn btn-main">第{one.version}版を公開する</button></div>
        </Form>}
      </section>
    </Page>
  )
}
