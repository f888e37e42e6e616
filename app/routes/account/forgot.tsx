import { data, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { requestReset } from '../../commands/issue-code.server'
import { spanWords } from '../../domain/calendar'
import { postOf } from '../../domain/mail'
import { codeTerms } from '../../domain/sign-in-code'
import { guardAction, guardLoader } from '../../http/guard.server'
import { Field, TroubleSummary } from '../../ui/field'
import { MAIL_COMES } from '../../ui/mail-words'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: 'パスワードを忘れた｜守秘' }]

export const loader = guardLoader({ act: 'anyone' }, async ({ context }) => ({ post: postOf(context.settings) }))

const form = z.object({ loginId: z.string({ error: '従事者番号かメールアドレスを入力してください。' }).trim().min(1).max(190, '長すぎます。番号かメールアドレスだけを入力してください。') })

/** The same answer whether or not there is such an account. */
export const action = guardAction({ act: 'anyone', form }, async ({ context, form }) => {
  if (!form.ok) return data({ asked: false, trouble: form, refused: null }, { status: 400 })
  const refused = await requestReset(context, form.value.loginId)
  return data({ asked: refused === null, trouble: { errors: {}, given: form.value }, refused }, { status: refused ? 429 : 200 })
})

export default function Forgot() {
  const { post } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: '/sign-in', label: 'サインインへ戻る' }} title="パスワードを忘れた" lead={tried?.asked ? undefined : 'メールを登録している方に、決め直すためのコードを送ります。'} />
      {tried?.asked ? (
        <>
          <Notice kind="ok" title="受け付けました">
            <p>登録があれば、コードを書いたメールを送ります。{MAIL_COMES[post]}コードは{spanWords(codeTerms('reset').livesMs)}以内に1回だけ使えます。</p>
            <div className="acts"><Link className="btn btn-sm" to="/start">コードを入力する</Link></div>
          </Notice>
          <p className="mt-6">15分待っても届かないときは、メールの登録がないか、番号が違うかもしれません。上長か人事(委託先の方は自社の責任者)に、新しい利用票を頼んでください。</p>
        </>
      ) : (
        <>
          <Form method="post" reloadDocument action="/forgot">
            <div className="mb-6 empty:hidden">
              <Refused refused={tried?.refused} />
              <TroubleSummary trouble={tried?.trouble} labels={{ loginId: LABEL }} />
            </div>
            <Field name="loginId" label={LABEL} trouble={tried?.trouble} need><input className="in" autoComplete="username" autoCapitalize="none" spellCheck={false} /></Field>
            <div className="acts"><button className="btn btn-main">コードをメールで受け取る</button></div>
          </Form>
          <p className="src">メールを登録していない方は、上長か人事(委託先の方は自社の責任者)に新しい利用票を頼んでください。その場で発行できます。</p>
        </>
      )}
    </Page>
  )
}

const LABEL = '従事者番号 または メールアドレス'
