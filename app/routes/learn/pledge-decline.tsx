import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findHearingCompany } from '../../../db/hearing.server'
import { declinePledge } from '../../commands/decline-pledge.server'
import { dayOf, OPEN_INSTANT } from '../../domain/calendar'
import { isHeardByOperator } from '../../domain/pledge'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { openUnsignedPledge } from '../../http/own-pledge.server'
import { Field, TroubleSummary } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '署名しない・質問がある｜守秘' }]

const params = z.object({ assignmentId: z.string().max(64) })
const OUTCOMES = ['question', 'later', 'declined'] as const
const query = z.object({ sent: z.enum(OUTCOMES).optional().catch(undefined) })

/** A safe way out: to ask, to wait, not to sign. */
export const loader = guardLoader({ act: 'learn', params, query }, async ({ context, params: { assignmentId }, query: { sent } }) => {
  const { db, library, now } = context
  const { own, pledge, refused } = await openUnsignedPledge(context, assignmentId)
  const { meta: text } = pledge.version
  return {
    id: own.id, title: text.title, operator: library.words.operator, hotline: library.words.hotline, workRules: library.words.workRules, sent: sent ?? null,
    ...(isHeardByOperator(text) ? { employer: null, hears: null } : { employer: own.company_name ?? '', hears: (await findHearingCompany(db, own.employer_company_id, dayOf(now))) ?? null }), employed: text.relation === 'employment', settled: own.settled_at !== OPEN_INSTANT,
    refused,
  }
})

const form = z.object({
  outcome: z.enum(OUTCOMES, { error: 'あてはまるものを1つ選んでください。' }),
  words: z.string().trim().max(1500, '長すぎます。1,500字までで書いてください。').default(''),
}).refine(({ outcome, words }) => outcome !== 'question' || words !== '', { path: ['words'], error: '質問を書いてください。' })

export const action = guardAction({ act: 'learn', params, query, form }, async ({ context, params: { assignmentId }, form }) => {
  if (!form.ok) return data({ trouble: form, refused: null }, { status: 400 })
  const answer = await declinePledge(context, { assignmentId, ...form.value })
  if (!isRefusal(answer)) return redirect(`/pledges/${assignmentId}/decline?sent=${answer.outcome}`, { status: 303 })
  if (answer.refused === 'notFound') throw notFound()
  return data({ trouble: { errors: {}, given: { ...form.value } }, refused: answer }, { status: 409 })
})

export default function PledgeDecline() {
  const pledge = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { id, employer, hears } = pledge
  const reader = employer === null ? '人事の担当者' : `${hears ?? employer}の担当者`
  const instead = employer !== null && hears !== null && hears !== employer ? `${employer}には、まだ担当者がいません。上位の${hears}の担当者が受け取ります。` : ''
  if (pledge.sent !== null || pledge.settled || pledge.refused) return <Answered pledge={pledge} reader={reader} />
  const trouble = tried?.trouble
  const chosen = (trouble?.given.outcome as string | undefined) ?? 'question'
  const options = [
    ['question', '質問がある', '回答が届くまで、期限を止めます。お知らせも送りません。'],
    ['later', '今は署名しない', '考える時間がほしい、家族や専門家に相談したい など。'],
    ['declined', '署名しない', `署名がなくても、法律(電気通信事業法 第4条第2項)${pledge.employed ? `と${pledge.workRules}` : ''}の義務は変わりません。`],
  ] as const
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: `/pledges/${id}/pages/1`, label: '本文に戻る' }} title="署名しない・質問がある" lead={`どれを選んでも、それだけを理由に不利益な扱いはしません。${reader}がお話をうかがいます。`} />
      {tried?.refused ? <Refused refused={tried.refused} /> : <TroubleSummary trouble={trouble} labels={{ outcome: 'あてはまるもの', words: 'ご自分の言葉で' }} />}
      <Form method="post" action={`/pledges/${id}/decline`} className={tried ? 'mt-6' : undefined}>
        <fieldset className="choices" id="f-outcome">
          <legend className="mb-2">あてはまるもの</legend>
          {options.map(([value, label, hint]) => (
            <label className="pick" key={value}>
              <input type="radio" name="outcome" value={value} defaultChecked={value === chosen} />
              <span><b>{label}</b><br /><span className="sml">{hint}</span></span>
            </label>
          ))}
        </fieldset>
        <Field name="words" label="ご自分の言葉で" optional="質問のほかは、なくてもかまいません" className="max-w-none" trouble={trouble}
          hint={`${instead}${reader}だけが読みます。${employer === null ? '上長' : pledge.operator}には表示されません。公益通報に当たることは、ここではなく、${pledge.hotline}へお願いします。`}>
          <textarea className="in" rows={5} />
        </Field>
        <div className="acts">
          <button className="btn btn-main">{employer === null ? '人事に送る' : `${hears ?? employer}に送る`}</button>
          <Link className="btn btn-text" to={`/pledges/${id}/pages/1`}>もう一度本文を読む</Link>
        </div>
      </Form>
    </Page>
  )
}

const SENT = {
  question: ['質問を送りました', '回答が届くまで、期限は止まっています。回答は、この誓約書の画面に表示します。'],
  later: ['「今は署名しない」を記録しました', '期限は変わりません。署名したくなったら、いつでも続けられます。質問を送ると、期限が止まります。'],
  declined: ['「署名しない」を記録しました', '担当者がお話をうかがいます。考えが変わったときは、本文を読んで、いつでも署名できます。'],
} as const

function Answered({ pledge, reader }: { pledge: { id: string; title: string; sent: (typeof OUTCOMES)[number] | null; refused: Parameters<typeof Refused>[0]['refused'] }; reader: string }) {
  const [title, body] = SENT[pledge.sent ?? 'declined']
  return (
    <Page width="wrap-narrow">
      <PageHead title={pledge.title} />
      {pledge.refused ? <Refused refused={pledge.refused} /> : (
        <Notice kind="ok" title={title}>
          <p>{body}あなたの言葉を読むのは{reader}だけです。</p>
          <div className="acts"><Link className="btn btn-sm" to="/">いま、やること へ</Link><Link className="btn btn-text btn-sm" to={`/pledges/${pledge.id}/pages/1`}>本文を読む</Link></div>
        </Notice>
      )}
    </Page>
  )
}
