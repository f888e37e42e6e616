import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { signIn } from '../../commands/sign-in.server'
import { ownPath } from '../../domain/login'
import { isRefusal } from '../../domain/refusal'
import { guardAction, guardLoader } from '../../http/guard.server'
import { hasSessionCookie, sessionCookie } from '../../http/session.server'
import { Field, TroubleSummary } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { SharedTerminalBox } from '../../ui/shared-terminal'

export const meta: MetaFunction = () => [{ title: 'サインイン｜守秘' }]

const query = z.object({ next: z.string().optional(), left: z.literal('1').optional().catch(undefined), unsent: z.literal('1').optional().catch(undefined) })

export const loader = guardLoader({ act: 'anyone', query }, async ({ context, query: { next, left, unsent }, request }) => {
  if (context.viewer) throw redirect(ownPath(next))
  return { next: ownPath(next), operator: context.library.words.operator, left: left === '1', unsent: unsent === '1', ended: hasSessionCookie(context, request) }
})

const form = z.object({
  loginId: z.string({ error: '従事者番号かメールアドレスを入力してください。' }).trim().min(1).max(190, '長すぎます。番号かメールアドレスだけを入力してください。'),
  password: z.string({ error: 'パスワードを入力してください。' }).max(1000, '長すぎます。'),
  shared: z.literal('on').optional(),
})

export const action = guardAction({ act: 'anyone', query, form }, async ({ context, query: { next }, form }) => {
  if (!form.ok) return data({ trouble: form, refused: null }, { status: 400 })
  const { loginId, password, shared } = form.value
  const answer = await signIn(context, { login: loginId, password, shared: shared === 'on' })
  if (isRefusal(answer)) return data({ trouble: { errors: {}, given: { loginId, shared } }, refused: answer }, { status: answer.refused === 'slowDown' ? 429 : 400 })
  return redirect(ownPath(next), { status: 303, headers: { 'Set-Cookie': sessionCookie(context, answer.token) } })
})

/** 01: get in within twenty seconds, without mail. */
export default function SignIn() {
  const { next, operator, left, unsent, ended } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  return (
    <Page width="wrap-narrow">
      <PageHead title="サインイン" lead={`${operator} 研修と誓約の窓口です。`} />
      {!tried && left && !ended && <Notice kind="ok" title="サインアウトしました"><p>共用の端末では、このまま画面を閉じてかまいません。</p></Notice>}
      {!tried && unsent && (
        <Notice kind="warn" title="サインアウトしていたので、まだ送っていません"><p>いま押したボタンの分は、届いていません。もう一度サインインしてから、ブラウザーの「戻る」で書いていた画面に戻り、押し直してください。</p></Notice>
      )}
      {!tried && !unsent && ended && (
        <Notice kind="warn" title="しばらく操作がなかったので、サインアウトしました"><p>ここまでに保存したものは残っています。もう一度サインインすると、続きから始められます。</p></Notice>
      )}
      <Form method="post" reloadDocument action={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`}>
        <div className="mb-6 empty:hidden">
          <Refused refused={tried?.refused} />
          <TroubleSummary trouble={tried?.trouble} labels={LABELS} />
        </div>
        <Field name="loginId" label={LABELS.loginId} hint="従事者番号は、社員証や通知書にある番号です。先頭の0も入れてください。" trouble={tried?.trouble} need>
          <input className="in" autoComplete="username" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field name="password" label={LABELS.password} trouble={tried?.trouble} need>
          <input className="in" type="password" autoComplete="current-password" />
        </Field>
        <SharedTerminalBox given={tried?.trouble.given.shared} />
        <div className="acts"><button className="btn btn-main">サインイン</button></div>
      </Form>
      <section className="sec">
        <h2>はじめて使う方</h2>
        <p>人事か上長(委託先の方は自社の責任者)から受け取った<b>「はじめての利用票」</b>か、案内のメールをご用意ください。1回だけ使えるコードが書いてあります。利用票なら、メールアドレスは要りません。</p>
        <div className="acts"><Link className="btn" to="/start">コードではじめる</Link></div>
      </section>
      <section className="sec">
        <h2>サインインできないとき</h2>
        <details className="more"><summary>パスワードを忘れた</summary><p>メールを登録している方は、<Link to="/forgot">決め直すためのコードをメールで受け取る</Link>ことができます。登録していない方は、上長か人事(委託先の方は自社の責任者)に、新しい利用票を頼んでください。</p></details>
        <details className="more"><summary>「お待ちください」と出た</summary><p>入力の間違いが続くと、次に試せるまでの時間が少しずつ長くなります。同じ店舗のほかの方が締め出されることはありません。</p></details>
      </section>
    </Page>
  )
}

const LABELS = { loginId: '従事者番号 または メールアドレス', password: 'パスワード' }
