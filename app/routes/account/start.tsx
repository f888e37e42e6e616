import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { z } from 'zod'
import { redeemCode } from '../../commands/redeem-code.server'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader } from '../../http/guard.server'
import { sessionCookie } from '../../http/session.server'
import { Field, TroubleSummary } from '../../ui/field'
import { words } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { SharedTerminalBox } from '../../ui/shared-terminal'

export const meta: MetaFunction = () => [{ title: 'コードではじめる｜守秘' }]

export const loader = guardLoader({ act: 'anyone' }, async () => null)

const form = z.object({
  number: z.string({ error: '従事者番号を入力してください。' }).trim().min(1).max(64, '長すぎます。番号だけを入力してください。'),
  code: z.string({ error: 'コードを入力してください。' }).max(100, '長すぎます。コードだけを入力してください。'),
  password: z.string({ error: '新しいパスワードを入力してください。' }).max(1000, '長すぎます。200文字以内にしてください。'),
  shared: z.literal('on').optional(),
})

/** Which field a refusal is about; what concerns none stands on top of the form. */
const FIELD_OF: Partial<Record<string, keyof typeof LABELS>> = { wrongCode: 'code', passwordShort: 'password', passwordLong: 'password', passwordCommon: 'password', passwordIsYou: 'password' }

export const action = guardAction({ act: 'anyone', form }, async ({ context, form }) => {
  if (!form.ok) return data({ trouble: form, refused: null }, { status: 400 })
  const { number, code, password, shared } = form.value
  const answer = await redeemCode(context, { number, code, password, shared: shared === 'on' })
  if (!isRefusal(answer)) return redirect('/', { status: 303, headers: { 'Set-Cookie': sessionCookie(context, answer.token) } })
  const field = FIELD_OF[answer.refused]
  const given = { number, code, shared }
  if (field) return data({ trouble: { errors: { [field]: [words(answer.refused, answer.facts).body] }, given }, refused: null }, { status: 400 })
  return data({ trouble: { errors: {}, given }, refused: answer }, { status: answer.refused === 'slowDown' ? 429 : 400 })
})

const LABELS = { number: '従事者番号', code: 'コード', password: '新しいパスワード' }

/** 01-first-time: number, code, new password; a printed QR code brings the code in the fragment, which no server sees. */
export default function Start() {
  const tried = useActionData<typeof action>()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const brought = window.location.hash.slice(1)
    const input = form.current?.querySelector<HTMLInputElement>('input[name=code]')
    if (!input || !/^[\w-]{8,20}$/.test(brought)) return
    input.value = brought
    window.history.replaceState(window.history.state, '', window.location.pathname)
  }, [])
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: '/sign-in', label: 'サインインへ戻る' }} title="コードではじめる" lead="3つ入力すると、すぐに始められます。パスワードを決め直すときも、この画面です。" />
      <Form method="post" reloadDocument action="/start" ref={form}>
        <div className="mb-6 empty:hidden">
          <Refused refused={tried?.refused} />
          <TroubleSummary trouble={tried?.trouble} labels={LABELS} />
        </div>
        <Field name="number" label={LABELS.number} hint="利用票の左上や社員証にある番号。先頭の0も入れてください。" trouble={tried?.trouble} need>
          <input className="in" autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field name="code" label={LABELS.code} hint="利用票は英数字12文字、メールは8文字。間の「-」は省けます。1回だけ使えます。" trouble={tried?.trouble} need>
          <input className="in" autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} />
        </Field>
        <Field name="password" label={LABELS.password} hint="10文字以上。よく使われる言葉や番号だけのものと、自分の番号・氏名・メールアドレス・会社名に少し足しただけのものは使えません。記号や大文字は必須ではありません。" trouble={tried?.trouble} need>
          <input className="in" type="password" autoComplete="new-password" />
        </Field>
        <SharedTerminalBox given={tried?.trouble.given.shared} />
        <div className="acts"><button className="btn btn-main">はじめる</button></div>
      </Form>
      <p className="src">次の画面で、受講や誓約の記録を何のために使うかをお知らせします。パスワードを決め直すと、ほかの端末のサインインはすべて終わり、「わたしの記録」に残ります。コードが届かないときは、<Link to="/forgot">パスワードを忘れた</Link>から頼めます。</p>
    </Page>
  )
}
