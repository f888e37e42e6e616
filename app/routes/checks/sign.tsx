import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { submitFiling } from '../../commands/submit-filing.server'
import { dayOf } from '../../domain/calendar'
import { applicable, faultOf, mayEdit } from '../../domain/filing'
import { filingPeriodWords } from '../../domain/filing-period'
import { isRefusal, type Refusal } from '../../domain/refusal'
import { openOwnSheet } from '../../http/filings.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { FAULT_WORDS } from '../../ui/check-form'
import { CheckItems } from '../../ui/check-items'
import { Facts } from '../../ui/facts'
import { Field, TroubleSummary } from '../../ui/field'
import { dueDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '点検に署名する｜守秘' }]

const params = z.object({ filingId: z.uuid() })

/** All answers on one page as they will be signed, and what still misses something. */
export const loader = guardLoader({ act: 'answerChecks', params }, async ({ context, params: { filingId } }) => {
  const { sheet, by } = await openOwnSheet(context, filingId)
  if (!mayEdit(sheet.state)) throw redirect(`/checks/${filingId}/record`)
  const today = dayOf(context.now)
  const { meta } = sheet.form
  const longForm = sheet.items.length > 12
  const partOf = new Map(sheet.groups.flatMap((group, at) => group.items.map(({ id }) => [id, longForm ? at + 1 : 1] as const)))
  const items = sheet.items.map((item) => ({ ...item, files: item.files.map(({ id, name }) => ({ id, name })), fault: faultOf(item, item, today), part: partOf.get(item.id) ?? 1 }))
  return {
    filingId, title: meta.title, subject: sheet.subjectName, periodWords: filingPeriodWords(sheet.filing.period), due: dueDay(sheet.filing.due_on, today), digest: sheet.digest, declaration: sheet.declaration, counts: sheet.counts, of: applicable(sheet.counts), items,
    missing: items.filter(({ fault }) => fault !== null).length, name: context.viewer.engagements.find(({ id }) => id === by.engagementId)?.name ?? context.viewer.name, handedTo: meta.handedTo, operator: context.library.words.operator,
  }
})

/** Every field is read leniently and judged together, so that all faults are named at once. */
const form = z.object({ shown: z.string().max(64).default(''), declare: z.string().default(''), name: z.string().trim().default(''), password: z.string().default('') }).superRefine(({ declare, name, password }, context) => {
  const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
  if (declare !== 'on') fault('declare', '文を読んで、印を付けてください。')
  if (name === '') fault('name', '氏名を入力してください。')
  if (name.length > 100) fault('name', '長すぎます。氏名だけを入力してください。')
  if (password === '') fault('password', 'パスワードを入力してください。')
  if (password.length > 1000) fault('password', '長すぎます。')
})

export const action = guardAction({ act: 'answerChecks', params, form }, async ({ context, params: { filingId }, form: sent }) => {
  await openOwnSheet(context, filingId)
  if (!sent.ok) return data({ trouble: sent, refused: null }, { status: 400 })
  const { shown, name, password } = sent.value
  const answer = await submitFiling(context, { filingId, shown, nameTyped: name, password })
  if (!isRefusal(answer)) return redirect(`/checks/${filingId}/record?done=1`, 303)
  if (answer.refused === 'notFound') throw notFound()
  const given = { name, declare: 'on' }
  if (answer.refused === 'signatureFaulty') return data({ trouble: { errors: faultWords(answer.facts ?? {}), given }, refused: null }, { status: 422 })
  return data({ trouble: { errors: NO_FAULTS, given }, refused: answer }, { status: answer.refused === 'slowDown' ? 429 : 409 })
})

const NO_FAULTS: Record<string, string[]> = {}
const LABELS = { declare: '確かめたこと', name: '氏名', password: 'パスワード' }
const faultWords = (faults: NonNullable<Refusal['facts']>): Record<string, string[]> => ({
  ...('name' in faults && { name: [`登録された氏名(${faults.name})と違うようです。字体の違いはかまいません。`] }),
  ...('password' in faults && { password: ['パスワードが違います。もう一度入力してください。'] }),
})

export default function SignCheck() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const trouble = tried?.trouble
  const { filingId, items, missing, counts } = page
  return (
    <Page width="wrap-mid">
      {tried?.refused ? <Refused refused={tried.refused} /> : <TroubleSummary trouble={trouble} labels={LABELS} />}
      <PageHead back={{ to: `/checks/${filingId}`, label: '答える画面に戻る' }} title={missing > 0 ? `あと${missing}項目に、答えか説明が要ります` : '答えを見直して、署名する'} lead={`${page.title}　${page.subject}`} asOf={<>{page.periodWords}　<span className="nw">期限 {page.due}</span></>} />
      {missing > 0 && !tried && (
        <div className="mb-6"><Notice kind="info" title="足りない項目">
          <ul>{items.filter(({ fault }) => fault !== null).map((item) => <li key={item.id}><Link to={`/checks/${filingId}?part=${item.part}&check=1#f-${item.id}`}>項目 {item.number}</Link>　{FAULT_WORDS[item.fault!]}</li>)}</ul>
        </Notice></div>
      )}
      <Facts facts={[['実施', `${counts.done}/${page.of}項目`], ['直すこと', `${counts.partly + counts.notDone}件`], ['該当なし', `${counts.none}項目`]]} />
      <section className="sec break-inside-auto!">
        <h2>答え</h2>
        <CheckItems items={items} earlier={null} filesOf={`/checks/${filingId}/files`} note={(item) => { const fault = items.find(({ id }) => id === item.id)?.fault; return fault ? <span className="err">{FAULT_WORDS[fault]}</span> : <Link className="sml noprint" to={`/checks/${filingId}?part=${items.find(({ id }) => id === item.id)!.part}#f-${item.id}`} aria-label={`項目 ${item.number}を直す`}>直す</Link> }} />
      </section>
      {missing === 0 && (
        <Form method="post" className="sec">
          <h2>署名して提出する</h2>
          <input type="hidden" name="shown" value={page.digest} />
          <label className="pick max-w-prose border-t border-solid border-line" id="f-declare"><input type="checkbox" name="declare" defaultChecked={trouble?.given.declare === 'on'} aria-describedby={trouble?.errors.declare ? 'f-declare-err' : undefined} /><span>{page.declaration}</span></label>
          {trouble?.errors.declare && <span className="err" id="f-declare-err">{trouble.errors.declare.join(' ')}</span>}
          <div className="mt-6">
            <Field name="name" label={LABELS.name} hint={`登録された氏名：${page.name}。字体の違いはかまいません。`} trouble={trouble} need><input className="in" autoComplete="name" /></Field>
            <Field name="password" label={LABELS.password} hint="ご本人であることを確かめるため、もう一度入力してください。" trouble={trouble} need><input className="in" type="password" autoComplete="current-password" /></Field>
          </div>
          <div className="acts"><button className="btn btn-main">署名して提出する</button></div>
          <p className="src">これは電子的な署名(記録)です。答え、備考、添付ファイルの指紋、日時、本人確認の方法を記録します。{page.handedTo === 'operator' ? `${page.operator}の担当者が確かめ、受理するか、理由を付けて差し戻します。` : '提出すると、そのまま記録になります。'}提出したあとは、差し戻されたときだけ直せます。</p>
        </Form>
      )}
    </Page>
  )
}
