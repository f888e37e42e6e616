import { redirect } from '@remix-run/node'
import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { TRACKS } from '../../domain/tracks'
import { guardLoader, notFound } from '../../http/guard.server'
import { paperToSign } from '../../http/ink-paper.server'
import { openUnsignedPledge } from '../../http/own-pledge.server'
import { InkPaper, PaperHelp } from '../../ui/ink-paper'
import { Page } from '../../ui/page-head'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: data ? `${data.sheet.title}の紙｜守秘` : '守秘' }]

const query = z.object({ track: z.enum(TRACKS).optional().catch(undefined) })

/** 「紙で署名したい」: one's own pledge to print and sign with ink. Nothing is recorded by printing it. */
export const loader = guardLoader({ act: 'learn', params: z.object({ assignmentId: z.string().max(64) }), query }, async ({ context, params: { assignmentId }, query: { track } }) => {
  const { viewer } = context
  const { own, refused } = await openUnsignedPledge(context, assignmentId)
  if (refused) throw redirect(`/pledges/${own.id}/pages/1`)
  const paper = paperToSign(context, own, { furigana: viewer.furigana, track: track ?? viewer.track })
  if (!paper) throw notFound()
  return { id: own.id, sheet: paper.sheet, chosen: paper.sheet.companion?.track ?? ('ja' as const) }
})

export default function PledgePaper() {
  const { id, sheet, chosen } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-mid">
      <Link className="back noprint" to={`/pledges/${id}/pages/1`}>← 本文に戻る</Link>
      <h1 className="head noprint">紙で署名する</h1>
      <PaperHelp sheet={sheet} chosen={chosen} to={(track) => `/pledges/${id}/paper?track=${track}`}>署名した紙は、{sheet.toEmployer ? `${sheet.addressee}の担当者` : '人事'}に渡してください。控えは、自分でも取っておけます。担当者が記録するまで、この画面の期限は変わりません。</PaperHelp>
      <InkPaper sheet={sheet} />
    </Page>
  )
}
