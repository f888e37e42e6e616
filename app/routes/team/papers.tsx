import { data, redirect, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Papers } from '../../ui/papers'
import { Refused } from '../../ui/refused'
import { handPaper, papersView } from './papers-view.server'

export const meta: MetaFunction = () => [{ title: 'お知らせの紙｜守秘' }]

const query = z.object({ sent: z.coerce.number().int().nonnegative().optional().catch(undefined), papers: z.coerce.number().int().nonnegative().optional().catch(undefined), handed: z.literal('1').optional().catch(undefined) })

/** The papers that wait to be handed over. */
export const loader = guardLoader({ act: 'leadTeam', query }, async ({ context, query: { sent, papers, handed } }) => ({ ...(await papersView(context, 'operator')), sent, count: papers, handed: handed === '1' }))

const form = z.object({ engagementId: z.string().max(64), day: z.string().max(10) })

export const action = guardAction({ act: 'leadTeam', form }, async ({ context, form }) => {
  if (!form.ok) throw notFound()
  const refused = await handPaper(context, form.value, 'operator')
  return refused ? data({ refused, id: form.value.engagementId }, { status: 400 }) : redirect('/team/papers?handed=1', { status: 303 })
})

export default function TeamPapers() {
  const { papers, door, qr, today, sent, count, handed } = useLoaderData<typeof loader>()
  const made = useActionData<typeof action>()
  return (
    <Page width="wrap-narrow">
      <div className="noprint">
        {count ? <Notice kind="ok" title={`${sent ? `${sent}人への依頼をメールの便に入れました。` : ''}${count}人には紙を渡してください`} /> : handed ? <Notice kind="ok" title="渡した日を記録しました" /> : null}
        <Refused refused={made?.refused} />
        <PageHead back={{ to: '/team', label: 'わたしのチーム' }} title="お知らせの紙" asOf={`渡していない紙 ${papers.length}人分`} lead="メールの登録がない人に、印刷して手渡しする紙です。1人1枚です。渡したら、その日を記録してください。" />
        <p>印刷は、ブラウザーの「印刷」(Ctrl+P または ⌘+P)から行います。</p>
      </div>
      <Papers papers={papers} door={door} qr={qr} today={today} action="/team/papers" trouble={made?.id ?? null} />
    </Page>
  )
}
