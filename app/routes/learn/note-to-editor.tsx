import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { noteToEditor } from '../../commands/note-to-editor.server'
import { quoted } from '../../domain/duty-words'
import { ownPath } from '../../domain/login'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Field, TroubleSummary } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { words } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'

const word = z.string().max(64)
const query = z.object({ kind: z.enum(['module', 'pledge', 'checklist', 'notice']).optional(), slug: word.optional(), version: word.optional(), section: word.optional(), to: z.string().max(400).optional(), sent: z.literal('1').optional() })

/** 「ここがおかしい」: says which text it is about; without a text there is nothing to write about. */
export const loader = guardLoader({ act: 'learn', query }, async ({ context, query: { kind, slug, version, section, to, sent } }) => {
  if (!kind || !slug || !version || section === undefined) throw redirect('/')
  const { library } = context
  const found = kind === 'notice' ? library.notice : library.find(kind, slug, version)
  if (!found) throw notFound()
  const page = 'pages' in found ? found.pages.find(({ id }) => id === section) : undefined
  const title = 'meta' in found ? found.meta.title : '記録の利用目的'
  return { kind, slug, version, section, to: ownPath(to), about: page ? `${title}${quoted(page.title)}` : title, sent: sent === '1' }
})

const form = z.object({ body: z.string('どこがおかしいかを書いてください').trim().min(1, 'どこがおかしいかを書いてください').max(2000, '2000字までで書いてください') })

export const action = guardAction({ act: 'learn', query, form }, async ({ context, query: { kind, slug, version, section, to }, form }) => {
  if (!kind || !slug || !version || section === undefined) throw redirect('/', 303)
  if (!form.ok) return data({ errors: form.errors as Record<string, string[]>, given: form.given as Record<string, string> }, { status: 422 })
  const refused = await noteToEditor(context, { kind, slug, version, section, body: form.value.body })
  if (refused?.refused === 'notFound') throw notFound()
  if (refused) return data({ errors: { body: [words(refused.refused, refused.facts).body] } as Record<string, string[]>, given: form.value as Record<string, string> }, { status: 429 })
  throw redirect(`/notes-to-editor?${new URLSearchParams({ kind, slug, version, section, to: ownPath(to), sent: '1' })}`, 303)
})

export const meta: MetaFunction = () => [{ title: 'ここがおかしいと知らせる｜守秘' }]

export default function NoteToEditor() {
  const about = useLoaderData<typeof loader>()
  const trouble = useActionData<typeof action>()
  if (about.sent)
    return (
      <Page width="wrap-narrow">
        <Notice kind="ok" title="教材の担当に届けました" heading="h1">
          <p>ありがとうございます。{about.about}の見直しに使います。回答は「わたしの記録」でお知らせします。</p>
          <div className="acts"><Link className="btn btn-main" to={about.to}>読んでいたところへ戻る</Link></div>
        </Notice>
      </Page>
    )
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: about.to, label: '読んでいたところへ戻る' }} title="ここがおかしいと知らせる" lead={<>{about.about}(第{about.version}版)について、教材の担当に知らせます。</>} />
      <TroubleSummary trouble={trouble} labels={{ body: 'どこがおかしいか' }} />
      <Form method="post" className="mt-4">
        <Field name="body" label="どこがおかしいか" need trouble={trouble} hint="まちがい、分かりにくいところ、今の法律や仕事と違うところ。通信の内容やお客様の情報は書かないでください。">
          <textarea className="in" rows={6} maxLength={2000} />
        </Field>
        <div className="acts"><button className="btn btn-main">知らせる</button><Link className="btn btn-text" to={about.to}>やめる</Link></div>
      </Form>
    </Page>
  )
}
