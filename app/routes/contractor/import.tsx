import { redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listCodesOfCompanies } from '../../../db/company-register.server'
import { listRosterCompanies } from '../../../db/company-roster.server'
import { companiesOf } from '../../commands/ask-approval.server'
import { draftImport } from '../../commands/draft-import.server'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { ROSTER_FILES_BYTES } from '../../http/form.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { Field, TroubleSummary } from '../../ui/field'
import { words } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'

export const meta: MetaFunction = () => [{ title: '名簿をまとめて直す｜守秘' }]

/** Which 会社コード one's file may hold. */
export const loader = guardLoader({ act: 'runCompany' }, async ({ context }) => {
  const companies = await companiesOf(context)
  if (companies.length === 0) throw notFound()
  return { codes: await listCodesOfCompanies(context.db, companies), names: (await listRosterCompanies(context.db, companies, dayOf(context.now))).map(({ name }) => name), operator: context.library.words.operator }
})

/** Reads the file and compares it with the register, for own companies only: nothing changes but a draft. */
export const action = guardAction(
  { act: 'runCompany', mostBytes: ROSTER_FILES_BYTES, form: z.object({ roster: z.instanceof(File, { error: 'ファイルを選んでください。' }) }) },
  async ({ context, form }) => {
    if ((await companiesOf(context)).length === 0) throw notFound()
    if (!form.ok) return { errors: form.errors, given: form.given }
    const { roster } = form.value
    const drafted = await draftImport(context, { files: { roster: new Uint8Array(await roster.arrayBuffer()) }, fileName: roster.name, scope: null, part: true, asCompany: true })
    if (isRefusal(drafted)) return { errors: { roster: [words(drafted.refused).body] }, given: {} }
    return redirect(`/company/import/${drafted.draftId}`)
  },
)

export default function CompanyImport() {
  const { codes, names, operator } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: '/company', label: '自社の名簿' }} title="名簿をまとめて直す" lead="CSVを読み込むと、何が変わるかを先に確かめる画面が出ます。そこで反映するまで、何も変わりません。" />
      <TroubleSummary trouble={answer} labels={{ roster: '名簿(CSV)' }} />
      <Form method="post" encType="multipart/form-data" className={answer ? 'mt-6' : undefined}>
        <Field name="roster" label="名簿(CSV)" hint={`載せられるのは、${names.join('・')}の方です(会社コード ${codes.join('、')})。加える方と変わる方だけのファイルでもかまいません。`} need trouble={answer}><input className="in" type="file" accept=".csv,text/csv" /></Field>
        <div className="acts"><button className="btn btn-main" aria-disabled={busy || undefined}>{busy ? '読み込んでいます…' : '読み込んで、変化を確かめる'}</button></div>
      </Form>
      <ul className="mt-6">
        <li>ファイルにいない方は、そのまま残ります。業務を終える方は、その方の行の「在籍終了日」に最後の日を入れてください。</li>
        <li>従事者番号は{operator}が決めた番号を使います。所属・上長・役割は、この画面では変えられません。</li>
        <li>反映すると、{operator}の人事の「変更の履歴」に残ります。間違えたときは、人事が元に戻せます。</li>
      </ul>
      <section className="sec">
        <h2>いまの名簿を書き出して、直して使う</h2>
        <Form method="post" action="/company/export" reloadDocument>
          <div className="acts"><button className="btn" name="encoding" value="utf-8">名簿のCSVを受け取る</button><button className="btn btn-text" name="encoding" value="cp932">CP932(古いシステム)で受け取る</button></div>
        </Form>
        <p className="src">氏名が入っています。使い終わったら消してください。だれが、いつ書き出したかを記録します。</p>
      </section>
    </Page>
  )
}
