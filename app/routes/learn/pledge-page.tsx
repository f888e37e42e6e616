import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findLastAnswer, findSuspension } from '../../../db/pledges.server'
import { showPledgePage } from '../../commands/show-pledge-page.server'
import { withPhrases } from '../../content/phrases'
import { companionOf } from '../../content/readable-pledge.server'
import { dayOf } from '../../domain/calendar'
import { relationOf } from '../../domain/people'
import { isRefusal } from '../../domain/refusal'
import { readingOf } from '../../domain/tracks'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { openUnsignedPledge } from '../../http/own-pledge.server'
import { dueDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page } from '../../ui/page-head'
import { textOnPaper } from '../../ui/printed'
import { PledgeSteps } from '../../ui/pledge-steps'
import { CompanionText } from '../../ui/companion'
import { ReadingForm, StudyClock } from '../../ui/reading'
import { Refused } from '../../ui/refused'
import { SourceLine } from '../../ui/source-line'

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [{ title: shown ? `${shown.title}を読む ${shown.at}/${shown.total}｜守秘` : '守秘' }]

const params = z.object({ assignmentId: z.string().max(64), page: z.coerce.number().int().min(1).max(99) })

/** One page of a pledge, in the words this person would sign. */
export const loader = guardLoader({ act: 'learn', params }, async ({ context, params: { assignmentId, page } }) => {
  const { viewer, db, library, now } = context
  const { own, pledge, refused } = await openUnsignedPledge(context, assignmentId)
  const here = pledge.pages[page - 1]
  if (!here) throw notFound()
  const { version } = pledge
  const { html, titleHtml, sha256 } = viewer.furigana ? here.withReadings : here.plain
  const companion = refused ? undefined : companionOf(library, pledge, viewer.track)
  const told = companion && (viewer.furigana ? companion.pages[page - 1]!.withReadings : companion.pages[page - 1]!.plain)
  const [answer, suspension] = await Promise.all([findLastAnswer(db, own.id), findSuspension(db, own.id)])
  const relation = relationOf(own.kind)
  return {
    id: own.id, openedAt: now, title: version.meta.title, version: version.meta.version, at: page, total: pledge.pages.length, refused, furigana: viewer.furigana, reading: readingOf(viewer, version.tracks),
    companion: companion && told ? { track: companion.track, titleHtml: told.titleHtml, html: told.html, sha256: told.sha256 } : null,
    ...(refused ? { html: '', titleHtml: '', sha256: '' } : { html, titleHtml: withPhrases(titleHtml), sha256 }),
    addressee: pledge.addresseeName, source: { asOf: version.meta.asOf, laws: library.lawTitles(version.meta.laws, version.meta.asOf), version: version.meta.version, review: library.reviewStatus('pledge', version.meta.slug, version.meta.version), slug: version.meta.slug, section: here.id },
    waiting: suspension?.reasonCode === 'question',
    answer: answer && !suspension ? { note: answer.note, reopened: answer.reason_code === 'reopened', dueOn: dueDay(own.due_on, dayOf(now)) } : null, declined: own.settled_as === 'declined',
    contacts: relation === 'dispatched' ? `質問は、派遣元(${pledge.variables.employer})の担当者と、派遣先の${library.words.consultDesk}のどちらにもできます。` : null,
  }
})

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const form = z.object({ shown: hash, companion: hash.optional(), openedAt: z.coerce.number().int().positive().optional(), active: z.coerce.number().min(0).optional() })

/** 「読みました」: records page, time and the hash of what was rendered. */
export const action = guardAction({ act: 'learn', params, form }, async ({ context, params: { assignmentId, page }, form }) => {
  if (!form.ok) throw notFound()
  const answer = await showPledgePage(context, { assignmentId, page, sha256: form.value.shown, companionSha256: form.value.companion, openedAt: form.value.openedAt, activeSeconds: form.value.active })
  if (isRefusal(answer)) {
    if (answer.refused === 'notFound') throw notFound()
    return data({ refused: answer }, { status: 409 })
  }
  return redirect(answer.next === 'sign' ? `/pledges/${assignmentId}/sign` : `/pledges/${assignmentId}/pages/${answer.next}`, { status: 303 })
})

export default function PledgePage() {
  const pledge = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { id, at, total } = pledge
  if (pledge.refused)
    return (
      <Page width="wrap-narrow">
        <h1 className="head">{pledge.title}</h1>
        <Refused refused={pledge.refused} />
      </Page>
    )
  return (
    <Page width="wrap-narrow" printed={textOnPaper(pledge, `本文 ${at}/${total}ページ`, pledge.companion && `参考訳付き`)}>
      <PledgeSteps title={pledge.title} version={pledge.version} at={at} of={total + 1} words={`本文${at}ページ目`} />
      {tried ? <Refused refused={tried.refused} /> : <Standing pledge={pledge} />}
      <div className="head">
        <h1 dangerouslySetInnerHTML={{ __html: pledge.titleHtml }} />
        <div className="mt-2 noprint"><ReadingForm reading={pledge.reading} beside /></div>
        {at === 1 && <p className="lead sml mut noprint">急がなくて大丈夫です。最後まで読んでから、署名するかどうかを選びます。</p>}
      </div>
      <div className={pledge.furigana ? 'prose ruby' : 'prose'} dangerouslySetInnerHTML={{ __html: pledge.html }} />
      {pledge.companion && <CompanionText companion={pledge.companion} furigana={pledge.furigana} />}
      <Form method="post" action={`/pledges/${id}/pages/${at}`} className="acts">
        <input type="hidden" name="shown" value={pledge.sha256} />
        {pledge.companion && <input type="hidden" name="companion" value={pledge.companion.sha256} />}
        <StudyClock openedAt={pledge.openedAt} />
        <button className="btn btn-main">{at < total ? `読みました。${at + 1}ページ目へ` : '読みました。確認と署名へ'}</button>
        {at > 1 && <Link className="btn btn-text" to={`/pledges/${id}/pages/${at - 1}`}>{at - 1}ページ目に戻る</Link>}
        <Link className="btn btn-text" to={`/pledges/${id}/decline`}>署名しない・質問がある</Link>
      </Form>
      <p className="sml mut mt-6">
        差入先：{pledge.addressee}<span className="noprint"> ／ 本文は <a href={`/pledges/${id}/text`}>テキストでダウンロード</a>して、家で読むこともできます。<Link to={`/pledges/${id}/paper`}>紙で署名したいとき</Link>は、印刷できます。</span>　{pledge.contacts}
      </p>
      <SourceLine source={pledge.source} kind="pledge" track="ja" back={`/pledges/${id}/pages/${at}`} />
    </Page>
  )
}

function Standing({ pledge }: { pledge: { id: string; waiting: boolean; declined: boolean; answer: { note: string; reopened: boolean; dueOn: string } | null } }) {
  if (pledge.declined) return <Notice kind="info" title="「署名しない」と記録されています"><p>本文はいつでも読めます。考えが変わったときは、最後まで読んで、いつでも署名できます。前の答えも記録に残ります。</p></Notice>
  if (pledge.waiting) return <Notice kind="info" title="質問への回答をお待ちください"><p>回答が届くまで、期限は止まっています。先に署名することもできます。</p></Notice>
  if (pledge.answer)
    return (
      <Notice kind="info" title={pledge.answer.reopened ? '人事からの言葉' : '質問への回答が届いています'}>
        <p className="whitespace-pre-line">{pledge.answer.note}</p>
        <p>期限：{pledge.answer.dueOn}{pledge.answer.reopened && '。署名するかどうかは、あなたが選べます。'}</p>
      </Notice>
    )
  return null
}
