import { data, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listDutiesToAskAbout, NO_LINE, findDutyOfPerson } from '../../../db/approvals.server'
import { findPersonFile } from '../../../db/person.server'
import { askApproval } from '../../commands/ask-approval.server'
import { targetTitle } from '../../content/target-titles'
import { APPROVAL_KINDS, APPROVAL_REASONS, askerFor, MOST_MINUTES } from '../../domain/approval'
import { addDays, dayOf } from '../../domain/calendar'
import { periodWords } from '../../domain/duty-words'
import { isRefusal } from '../../domain/refusal'
import { MOST_SCAN_MB } from '../../domain/scan'
import { whoWords } from '../../domain/people'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { mustBeOpen } from '../../http/opened-record.server'
import { readScan, SCAN_FORM_BYTES } from '../../http/scan.server'
import { ExceptionForm } from '../../ui/company-requests'
import { Field, TroubleSummary } from '../../ui/field'
import { shortDueDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

const params = z.object({ engagementId: z.uuid() })
export const meta: MetaFunction = () => [{ title: '紙の記録・猶予・免除｜守秘' }]

/** What of one person can be entered from paper. A contractor's worker's is the employer's to say (domain.md L25). */
export const loader = guardLoader({ act: 'enterRecords', params }, async ({ context, params: { engagementId } }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const person = await findPersonFile(db, engagementId, today)
  if (!person) throw notFound()
  await mustBeOpen(context, engagementId, 'entries')
  const self = person.personId === viewer.personId
  const mayEnter = askerFor('paper', { inLine: false, ofCompany: false, office: true, self }, person.relation) !== undefined
  const all = self ? [] : (await listDutiesToAskAbout(db, engagementId, today)).filter(({ waiting }) => !waiting)
  const duties = mayEnter ? all.filter(({ targetKind }) => targetKind === 'module' || targetKind === 'pledge') : []
  const choice = (one: (typeof all)[number]) => ({ id: one.assignmentId, words: `${targetTitle(library, one.targetKind, one.slug)}(${periodWords(one.period)}・期限 ${shortDueDay(one.dueOn, today)})` })
  return {
    engagementId, name: person.name ?? `従事者 ${person.number}`, number: person.number, kind: person.kind, today, why: mayEnter ? null : self ? 'self' as const : 'employers' as const,
    papers: person.name === null ? [] : duties.filter(({ targetKind }) => targetKind === 'pledge').map(choice), duties: duties.map(choice), open: all.filter(({ settledAs }) => settledAs === null).map(choice), tomorrow: addDays(today, 1), operator: library.words.operator,
  }
})

const REASONS = { ...Object.fromEntries(Object.entries(APPROVAL_REASONS.paper).map(([code, words]) => [`paper ${code}`, words])), ...Object.fromEntries(Object.entries(APPROVAL_REASONS.class).map(([code, words]) => [`class ${code}`, words])), ...Object.fromEntries(Object.entries(APPROVAL_REASONS.paperPledge).map(([code, words]) => [`paperPledge ${code}`, words])) }
const exception = z.object({ go: z.literal('exception'), 'exception-duty': z.uuid('対象を選んでください。'), reason: z.string().max(40), wished: z.string().max(10).default(''), 'exception-note': z.string().trim().max(500).default('') })
const record = z.object({
  go: z.literal('record'),
  duty: z.uuid('対象を選んでください。'), how: z.string().refine((one) => one in REASONS, '記録の種類を選んでください。'), on: z.string({ error: '日を入れてください。' }).max(10), minutes: z.coerce.number('数字を入れてください。').int('整数を入れてください。').optional(),
  version: z.string().max(20).default(''), name: z.string().trim().max(100).default(''), note: z.string().trim().max(500).default(''), scan: z.instanceof(File).optional(),
})
const form = z.discriminatedUnion('go', [record, exception])
const LABELS = { 'exception-duty': '対象', reason: '申請と理由', wished: '希望する期限', 'exception-note': '説明', duty: '対象', how: '記録の種類', on: '実施した日', minutes: '時間', version: '版', name: '紙に書かれている氏名', note: '説明', scan: '控えのファイル' }

/** Asks another person to accept it; nothing is recorded before. */
export const action = guardAction({ act: 'enterRecords', params, form, mostBytes: SCAN_FORM_BYTES }, async ({ context, params: { engagementId }, form: sent }) => {
  const { db, library, now } = context
  await mustBeOpen(context, engagementId, 'entries')
  if (!sent.ok) return data({ trouble: { errors: sent.errors, given: sent.given }, refused: null, go: sent.given.go }, { status: 400 })
  if (sent.value.go === 'exception') {
    const { value } = sent
    const duty = await findDutyOfPerson(db, value['exception-duty'], dayOf(now), NO_LINE)
    if (!duty || duty.engagementId !== engagementId) throw notFound()
    const [kind, reasonCode = ''] = value.reason.split(' ')
    const asked = await askApproval(context, { assignmentId: duty.assignmentId, kind: kind === 'exempt' ? 'exempt' : 'defer', reasonCode, note: value['exception-note'], wishedDueOn: value.wished || null })
    if (!isRefusal(asked)) return redirect('/approvals?sent=asked', 303)
    if (asked.refused === 'notFound') throw notFound()
    return data({ trouble: { errors: {}, given: { ...value } as Record<string, unknown> }, refused: asked, go: value.go as unknown }, { status: 409 })
  }
  const { go, scan: file, duty: assignmentId, how, ...value } = sent.value
  const trouble = { errors: {}, given: { duty: assignmentId, how, ...value, minutes: String(value.minutes ?? '') } as Record<string, unknown> }
  const scan = await readScan(file)
  if (isRefusal(scan)) return data({ trouble, refused: scan, go: go as unknown }, { status: 400 })
  const duty = await findDutyOfPerson(db, assignmentId, dayOf(now), NO_LINE)
  if (!duty || duty.engagementId !== engagementId) throw notFound()
  const [kind, reasonCode] = how.split(' ') as ['paper' | 'class' | 'paperPledge', string]
  const version = value.version || (kind === 'paperPledge' ? '' : (library.current('module', duty.slug)?.meta.version ?? ''))
  const asked = await askApproval(context, { assignmentId, kind, reasonCode, note: value.note, wishedDueOn: null, done: { on: value.on, minutes: value.minutes ?? 0, version, name: value.name }, scan })
  if (!isRefusal(asked)) return redirect('/approvals?sent=asked', 303)
  if (asked.refused === 'notFound') throw notFound()
  return data({ trouble, refused: asked, go: go as unknown }, { status: 409 })
})

export default function Entries() {
  const { engagementId, name, number, kind, today, tomorrow, operator, why, duties, papers, open } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const trouble = answer?.go === 'exception' ? undefined : answer?.trouble
  return (
    <Page width="wrap-narrow">
      <Refused refused={answer?.refused} />
      <TroubleSummary trouble={answer?.trouble} labels={LABELS} />
      <PageHead back={{ to: `/people/${engagementId}`, label: whoWords({ name, number, kind }) }} title="紙の記録・猶予・免除" lead="紙・口頭・集合研修で終えた研修や、紙で署名した誓約書を入力します。控えを付け、別の人が確かめて承認すると、実施した日の記録になります。" />
      {why !== null ? (
        <Notice kind="info" title={why === 'self' ? '自分の記録は、自分で入力できません' : '委託先の方の記録は、ここでは入力できません'}><p>{why === 'self' ? 'ほかの人事担当者に頼んでください。' : '委託先で働く方の研修は、雇い主の会社側担当者が「同等の研修」として申請します。'}</p></Notice>
      ) : duties.length === 0 ? (
        <Notice kind="info" title="入力できるものがありません"><p>これからする研修・誓約がないか、申請がもう承認を待っています。</p><div className="acts"><Link className="btn btn-sm" to="/approvals">申請を見る</Link></div></Notice>
      ) : (
        <Form method="post" encType="multipart/form-data">
          <Field name="duty" label="対象" need trouble={trouble}><select className="in"><option value="">選んでください</option>{duties.map((one) => <option key={one.id} value={one.id}>{one.words}</option>)}</select></Field>
          <Field name="how" label="記録の種類" need trouble={trouble}>
            <select className="in">{(['paper', 'class', 'paperPledge'] as const).map((kind) => <optgroup key={kind} label={APPROVAL_KINDS[kind]}>{Object.entries(APPROVAL_REASONS[kind]).map(([code, words]) => <option key={code} value={`${kind} ${code}`}>{words}</option>)}</optgroup>)}</select>
          </Field>
          <Field name="on" label="実施した日・署名した日" hint="入力する日ではなく、その日です。期限の前か後かは、この日で決まります。" need trouble={trouble}><input className="in in-s" type="date" max={today} /></Field>
          <Field name="minutes" label="かかった時間(分)" optional="研修のときは必ず" hint="休憩を除きます。" trouble={trouble}><input className="in in-s" type="number" inputMode="numeric" min={1} max={MOST_MINUTES} /></Field>
          <Field name="version" label="版" optional="いまの版なら空のまま" hint="教えた・署名した版の番号。古い誓約書で分からないときも空のままにします。" trouble={trouble}><input className="in in-s" maxLength={20} /></Field>
          <Field name="name" label="紙に書かれている氏名" optional="誓約書のときは必ず" hint="紙のとおりの字で入れます。登録と字体が違っていてもかまいません。" trouble={trouble}><input className="in" maxLength={100} /></Field>
          <Field name="scan" label="控えのファイル" hint={`出席簿・答案・誓約書などを読み取ったPDF、JPEG、PNG。1つ、${MOST_SCAN_MB}MBまで。`} need trouble={trouble}><input className="in" type="file" accept="application/pdf,image/jpeg,image/png" /></Field>
          <Field name="note" label="説明" optional="承認する人へ" hint="配慮の内容そのものは書かないでください。" trouble={trouble}><textarea className="in min-h-20" maxLength={500} /></Field>
          <div className="acts"><button className="btn btn-main" name="go" value="record">承認を申請する</button></div>
        </Form>
      )}
      {papers.length > 0 && <section className="sec"><h2>署名用の紙を印刷する</h2><ul className="list-none p-0">{papers.map((one) => <li key={one.id}><Link className="ask" to={`/people/${engagementId}/pledge-paper/${one.id}`}>{one.words}</Link></li>)}</ul><p className="sml mut mt-2">氏名の入っていない用紙は、<Link to="/people/pledge-papers">誓約書の用紙</Link>から印刷できます。</p></section>}
      {open.length > 0 && <section className="sec"><h2>期限を延ばす・免除する</h2><ExceptionForm duties={open} tomorrow={tomorrow} operator={`${operator}の別の承認者`} trouble={answer?.go === 'exception' ? answer.trouble : undefined} /></section>}
    </Page>
  )
}
