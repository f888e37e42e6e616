import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listCorrectionsOf, listDutiesOf } from '../../../db/records.server'
import { listEngagementIdsOf } from '../../../db/learning.server'
import { requestCorrection } from '../../commands/request-correction.server'
import { targetTitle } from '../../content/target-titles'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { instantWords } from '../../ui/format'
import { Field, TroubleSummary } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { words } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'
import { Spoken } from '../../ui/spoken'

const SUBJECTS = { minutes: '学習時間が違う', record: '受講・テスト・署名の記録が違う', registered: '登録されている情報(氏名・所属など)が違う' } as const
const subject = z.enum(['minutes', 'record', 'registered'], '何についてかを選んでください')
const query = z.object({ subject: subject.optional(), assignment: z.string().max(64).optional(), sent: z.literal('1').optional() })
const MOST = 100

/** Asks for a correction of one's own record, and lists what was asked and answered. */
export const loader = guardLoader({ act: 'learn', query }, async ({ context, query }) => {
  const { db, viewer, library, now } = context
  const today = dayOf(now)
  const ids = await listEngagementIdsOf(db, viewer.personId)
  const [duties, asked] = await Promise.all([ids.length > 0 ? listDutiesOf(db, ids, MOST) : [], listCorrectionsOf(db, viewer.personId, MOST)])
  return {
    subject: query.subject ?? null, assignment: query.assignment ?? '', sent: query.sent === '1', operator: library.words.operator,
    duties: duties.map((duty) => ({ id: duty.id, title: targetTitle(library, duty.target_kind, duty.target_slug) })),
    asked: asked.map(({ id, subject: about, body, at, answered_at: answeredAt, answer, target_kind: kind, target_slug: slug }) => ({
      id, about: SUBJECTS[about] + (kind && slug ? `：${targetTitle(library, kind, slug)}` : ''), body, at: instantWords(at, today),
      mark: answeredAt === null ? 'ask' as const : 'done' as const, words: answeredAt === null ? '回答待ち' : '回答あり', answer: answeredAt === null ? null : { at: instantWords(answeredAt, today), words: answer },
    })),
  }
})

const form = z.object({
  subject, assignment: z.string().max(64).optional(),
  body: z.string('どう違うかを書いてください').trim().min(1, 'どう違うかを書いてください').max(2000, '2000字までで書いてください'),
})

export const action = guardAction({ act: 'learn', query, form }, async ({ context, form }) => {
  if (!form.ok) return data({ errors: form.errors as Record<string, string[]>, given: form.given as Record<string, string> }, { status: 422 })
  const { subject: about, assignment, body } = form.value
  const asked = await requestCorrection(context, { subject: about, assignmentId: assignment || undefined, body })
  if (!asked) throw notFound()
  if (isRefusal(asked)) return data({ errors: { body: [words(asked.refused, asked.facts).body] } as Record<string, string[]>, given: form.value as Record<string, string> }, { status: 429 })
  throw redirect('/records/correction?sent=1', 303)
})

export const meta: MetaFunction = () => [{ title: '記録の訂正を申し出る｜守秘' }]

export default function Correction() {
  const page = useLoaderData<typeof loader>()
  const trouble = useActionData<typeof action>()
  const chosen = trouble?.given.subject ?? page.subject
  return (
    <Page width="wrap-narrow">
      {page.sent && <Notice kind="ok" title="訂正の申し出を受け付けました"><p>{page.operator}の人事が確かめて、この画面でお答えします。答えが出るまで、記録はそのまま残ります。</p></Notice>}
      <PageHead back={{ to: '/records', label: 'わたしの記録' }} title="記録の訂正を申し出る" lead="時間・受講・署名・登録されている情報が、実際と違うときに申し出てください。申し出たことで不利に扱われることはありません。" />
      <TroubleSummary trouble={trouble} labels={{ subject: '何について', body: 'どう違うか' }} />
      <Form method="post" className="mt-4">
        <fieldset className="choices" id="f-subject" aria-describedby={trouble?.errors.subject ? 'f-subject-err' : undefined}>
          <legend>何について<span className="need">必須</span></legend>
          {Object.entries(SUBJECTS).map(([value, label]) => (
            <label key={value} className="pick"><input type="radio" name="subject" value={value} defaultChecked={chosen === value} required /><span>{label}</span></label>
          ))}
          {trouble?.errors.subject && <span className="err" id="f-subject-err">{trouble.errors.subject.join(' ')}</span>}
        </fieldset>
        {page.duties.length > 0 && (
          <Field name="assignment" label="どの研修・書面" optional="なくてもかまいません" trouble={trouble} value={page.assignment}>
            <select className="in"><option value="">選ばない</option>{page.duties.map(({ id, title }) => <option key={id} value={id}>{title}</option>)}</select>
          </Field>
        )}
        <Field name="body" label="どう違うか" need trouble={trouble} hint="例：11月20日の10時から40分受けましたが、20分になっています。">
          <textarea className="in" rows={5} maxLength={2000} />
        </Field>
        <div className="acts"><button className="btn btn-main">申し出る</button><Link className="btn btn-text" to="/records">やめる</Link></div>
      </Form>
      {page.asked.length > 0 && (
        <section className="sec" id="asked">
          <h2>これまでの申し出</h2>
          <Spoken spoken={page.asked} />
        </section>
      )}
    </Page>
  )
}
