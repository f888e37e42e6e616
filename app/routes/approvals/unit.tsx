import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listUnitChoices } from '../../../db/roster-choices.server'
import { deferUnit, previewUnitDeferral } from '../../commands/defer-unit.server'
import { targetTitle } from '../../content/target-titles'
import { addDays, dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { DAYS_BACK, UNIT_REASONS, type UnitReason } from '../../domain/unit-deferral'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Field, TroubleSummary } from '../../ui/field'
import { dayWords, shortDueDay } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '部署の期限をまとめて延ばす｜守秘' }]

export const loader = guardLoader({ act: 'deferUnits' }, async ({ context: { db, now } }) => {
  const today = dayOf(now)
  return { units: await listUnitChoices(db, today), today, earliest: addDays(today, -DAYS_BACK), tomorrow: addDays(today, 1) }
})

const reasons = Object.keys(UNIT_REASONS) as [UnitReason, ...UnitReason[]]
const form = z.object({
  unitCode: z.string({ error: '部署を選んでください。' }).min(1, '部署を選んでください。').max(64), from: z.string({ error: '日を入れてください。' }).max(10), dueOn: z.string({ error: '新しい期限を入れてください。' }).max(10),
  reason: z.enum(reasons, { error: '理由を選んでください。' }), words: z.string({ error: 'くわしい理由を書いてください。' }).trim().min(1).max(500, '500字までで書いてください。'), go: z.enum(['preview', 'apply']),
})
const LABELS = { unitCode: '部署', from: 'この日からの期限', dueOn: '新しい期限', reason: '理由', words: 'くわしい理由' }

/** Shows first what would move; moves it when that was seen. */
export const action = guardAction({ act: 'deferUnits', form }, async ({ context, form: sent }) => {
  if (!sent.ok) return data({ trouble: { errors: sent.errors, given: sent.given }, refused: null, preview: null }, { status: 400 })
  const { go, ...given } = sent.value
  const trouble = { errors: {}, given: { ...given } as Record<string, unknown> }
  if (go === 'apply') {
    const done = await deferUnit(context, given)
    if (!isRefusal(done)) return redirect('/approvals?sent=deferred', 303)
    if (done.refused === 'notFound') throw notFound()
    return data({ trouble, refused: done, preview: null }, { status: 409 })
  }
  const preview = await previewUnitDeferral(context, given)
  if (isRefusal(preview)) {
    if (preview.refused === 'notFound') throw notFound()
    return data({ trouble, refused: preview, preview: null }, { status: 409 })
  }
  const today = dayOf(context.now)
  return { trouble, refused: null, preview: { ...preview, given, dueOn: dayWords(preview.dueOn, today), from: dayWords(preview.from, today), duties: preview.duties.map((one) => ({ title: targetTitle(context.library, one.targetKind, one.slug), contract: one.ofContractors, duties: one.duties, first: shortDueDay(one.first, today) })) } }
})

export default function Unit() {
  const { units, today, earliest, tomorrow } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const preview = answer?.preview
  if (preview)
    return (
      <Page width="wrap-mid">
        <PageHead back={{ to: '/approvals/unit', label: '部署の期限をまとめて延ばす' }} title={`${preview.unit}の期限を、${preview.dueOn}まで延ばします`} lead={`${preview.people}人の、${preview.from}から後に期限が来るものです。まだ何も変わっていません。`} />
        <Table>
          <caption className="sr-only">延ばすもの</caption>
          <Head><Row><ColumnHead>内容</ColumnHead><ColumnHead className="num">件数</ColumnHead><ColumnHead>いまの期限(早いもの)</ColumnHead></Row></Head>
          <Body>{preview.duties.map((one) => <Row key={`${one.title}${one.contract}`}><RowHead>{one.title}{one.contract && <span className="mut">　委託先で働く方</span>}</RowHead><Cell label="件数" className="num">{one.duties}件</Cell><Cell label="いまの期限">{one.first}</Cell></Row>)}</Body>
        </Table>
        <p className="mt-4">理由：{UNIT_REASONS[preview.given.reason]}。{preview.given.words}</p>
        <p className="sml mut mt-2">その日より前に期限が過ぎていたものと、あなた自身のものは変わりません。だれが、なぜ延ばしたかを、1件ずつの記録に残します。</p>
        <Form method="post">
          {Object.entries(preview.given).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <div className="acts"><button className="btn btn-main" name="go" value="apply">{preview.duties.reduce((sum, one) => sum + one.duties, 0)}件の期限を延ばす</button></div>
        </Form>
      </Page>
    )
  const trouble = answer?.trouble
  return (
    <Page width="wrap-narrow">
      <Refused refused={answer?.refused} />
      <TroubleSummary trouble={trouble} labels={LABELS} />
      <PageHead back={{ to: '/approvals', label: '申請' }} title="部署の期限をまとめて延ばす" lead="災害や障害で、部署の全員が受講できないときに使います。1人ずつの事情には、猶予の申請を使います。次の画面で、何が変わるかを確かめます。" />
      <Form method="post">
        <Field name="unitCode" label="部署" hint="下の部署も含みます。" need trouble={trouble}><select className="in"><option value="">選んでください</option>{units.map(({ code, name }) => <option key={code} value={code}>{name}({code})</option>)}</select></Field>
        <Field name="reason" label="理由" need trouble={trouble}><select className="in">{Object.entries(UNIT_REASONS).map(([code, word]) => <option key={code} value={code}>{word}</option>)}</select></Field>
        <Field name="words" label="くわしい理由" hint="いつ、何が起きて、受講できなかったか。本人と監査の人が読みます。" need trouble={trouble}><textarea className="in min-h-20" maxLength={500} /></Field>
        <Field name="from" label="この日からの期限" hint="出来事のあった日。この日より前に期限が過ぎたものは変わりません。" need trouble={trouble} value={today}><input className="in in-s" type="date" min={earliest} max={today} /></Field>
        <Field name="dueOn" label="新しい期限" hint="休みの日は、次の営業日になります。" need trouble={trouble}><input className="in in-s" type="date" min={tomorrow} /></Field>
        <div className="acts"><button className="btn btn-main" name="go" value="preview">延ばすものを確かめる</button></div>
      </Form>
    </Page>
  )
}
