import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { changePassword } from '../../commands/change-password.server'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader } from '../../http/guard.server'
import { sessionCookie } from '../../http/session.server'
import { Field, TroubleSummary } from '../../ui/field'
import { words } from '../../ui/messages'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: 'パスワードを変える｜守秘' }]

const door = { act: 'learn', beforeNotice: true, query: z.object({ done: z.string().optional() }) } as const

export const loader = guardLoader(door, async ({ context, query }) => ({ must: context.viewer.mustChangePassword, done: query.done === '1', number: context.viewer.engagements[0]?.number ?? '' }))

const form = z.object({
  current: z.string({ error: 'いまのパスワードを入力してください。' }).max(1000, '長すぎます。'),
  password: z.string({ error: '新しいパスワードを入力してください。' }).max(1000, '長すぎます。200文字以内にしてください。'),
})

export const action = guardAction({ ...door, form }, async ({ context, form }) => {
  if (!form.ok) return data({ trouble: form, refused: null }, { status: 400 })
  const answer = await changePassword(context, { current: form.value.current, password: form.value.password })
  if (!isRefusal(answer)) return redirect('/password?done=1', { status: 303, headers: { 'Set-Cookie': sessionCookie(context, answer.token) } })
  if (answer.refused === 'slowDown') return data({ trouble: null, refused: answer }, { status: 429 })
  const field = answer.refused === 'wrongPassword' ? 'current' : 'password'
  const said = answer.refused === 'wrongPassword' ? 'いまのパスワードが違います。大文字と小文字を確かめて、入れ直してください。新しいパスワードも、もう一度入れてください。' : words(answer.refused, answer.facts).body
  return data({ trouble: { errors: { [field]: [said] }, given: {} }, refused: null }, { status: 400 })
})

const LABELS = { current: 'いまのパスワード', password: '新しいパスワード' }

export default function Password() {
  const { must, done, number } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  if (done && !tried)
    return (
      <Page width="wrap-narrow">
        <Notice kind="ok" title="パスワードを変えました" heading="h1">
          <p>次のサインインから、新しいパスワードを使います。ほかの端末のサインインは、すべて終わりました。</p>
          <div className="acts"><Link className="btn btn-main" to="/">いま、やること へ</Link><Link className="btn btn-text" to="/sessions">サインインしている端末を見る</Link></div>
        </Notice>
      </Page>
    )
  return (
    <Page width="wrap-narrow">
      <PageHead back={must ? undefined : { to: '/', label: 'いま、やること' }} title="パスワードを変える" lead={must ? '続ける前に、ご自身だけが知るパスワードに変えてください。' : undefined} />
      <Form method="post" action="/password">
        <div className="mb-6 empty:hidden">
          <Refused refused={tried?.refused} />
          <TroubleSummary trouble={tried?.trouble} labels={LABELS} />
        </div>
        <input type="text" name="username" autoComplete="username" value={number} readOnly hidden />
        <Field name="current" label={LABELS.current} trouble={tried?.trouble} need><input className="in" type="password" autoComplete="current-password" /></Field>
        <Field name="password" label={LABELS.password} hint="10文字以上。よく使われる言葉や番号だけのものと、自分の番号・氏名・メールアドレス・会社名に少し足しただけのものは使えません。記号や大文字は必須ではありません。" trouble={tried?.trouble} need>
          <input className="in" type="password" autoComplete="new-password" />
        </Field>
        <div className="acts"><button className="btn btn-main">パスワードを変える</button></div>
      </Form>
      <p className="src">変えると、ほかの端末のサインインはすべて終わります。<Link to="/sessions">サインインしている端末を見る</Link></p>
    </Page>
  )
}
