import { redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { findNotice } from '../../../db/accounts.server'
import { acknowledgeNotice } from '../../commands/acknowledge-notice.server'
import { variablesFor } from '../../content/library.server'
import type { Context } from '../../context'
import { ownPath } from '../../domain/login'
import { guardAction, guardLoader } from '../../http/guard.server'
import { fullInstant } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { ReadingForm } from '../../ui/reading'

export const meta: MetaFunction = () => [{ title: '記録の利用目的｜守秘' }]

const query = z.object({ next: z.string().optional(), furigana: z.literal('on').optional().catch(undefined) })

function pagesFor({ library, viewer }: Context, furigana: boolean) {
  const held = viewer?.engagements[0]
  const variables = variablesFor(library, { relation: held?.relation ?? 'own', companyName: held?.companyName ?? library.words.operator })
  return library.notice.pages.flatMap(({ id }) => library.renderPage(library.notice, id, { track: 'ja', furigana, variables }) ?? [])
}

/** The notice of purposes: shown at first sign-in, and readable by anyone at any time. */
export const loader = guardLoader({ act: 'anyone', query }, async ({ context, query: { next, furigana: asked } }) => {
  const { viewer, library, db } = context
  // whoever is not signed in has no account to keep it on: their choice stands in the address
  const furigana = viewer ? viewer.furigana : asked === 'on'
  const noted = viewer ? await findNotice(db, viewer.accountId) : undefined
  const current = noted?.notice_version === library.notice.version
  return {
    pages: pagesFor(context, furigana).map(({ html, titleHtml }) => ({ html, titleHtml })), version: library.notice.version, furigana, next: ownPath(next),
    ask: viewer !== null && !current, shownAt: current && noted?.notice_at ? fullInstant(noted.notice_at) : null, signedIn: viewer !== null,
  }
})

export const action = guardAction({ act: 'learn', beforeNotice: true, query, form: z.object({ version: z.string() }) }, async ({ context, query: { next }, form }) => {
  const { version } = context.library.notice
  const again = next ? `/notice?next=${encodeURIComponent(next)}` : '/notice'
  if (!form.ok || form.value.version !== version) return redirect(again, { status: 303 })
  await acknowledgeNotice(context, { version, sha256: pagesFor(context, context.viewer.furigana).map(({ sha256 }) => sha256) })
  return redirect(ownPath(next), { status: 303 })
})

export default function NoticeOfPurposes() {
  const { pages, version, furigana, ask, shownAt, signedIn, next } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      <PageHead back={signedIn ? undefined : { to: '/sign-in', label: 'サインインへ戻る' }} title="記録の利用目的" lead={ask ? 'はじめに、あなたの記録を何のために使うかをお知らせします。' : undefined} />
      {signedIn ? <ReadingForm reading={{ furigana, track: 'ja', tracks: [], missing: null }} /> : <p className="sml"><Link to={furigana ? '/notice' : '/notice?furigana=on'}>{furigana ? 'ふりがなを消す' : 'ふりがなを付ける'}</Link></p>}
      {pages.map(({ html }, at) => <div key={at} className={furigana ? 'prose ruby' : 'prose'} dangerouslySetInnerHTML={{ __html: html }} />)}
      {ask ? (
        <Form method="post" action={next === '/' ? '/notice' : `/notice?next=${encodeURIComponent(next)}`}>
          <input type="hidden" name="version" value={version} />
          <p className="mt-6">「確かめました」を押すと、お知らせした版と日時を記録します。同意を求めるものではありません。</p>
          <div className="acts"><button className="btn btn-main">確かめました</button></div>
        </Form>
      ) : (
        <p className="src">第{version}版{shownAt && <>・あなたには{shownAt}にお知らせしました</>}</p>
      )}
    </Page>
  )
}
