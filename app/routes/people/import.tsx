import { Form, useActionData, useLoaderData, useNavigation, type MetaFunction } from '@remix-run/react'
import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { listCompanyChoices } from '../../../db/roster-choices.server'
import { draftImport } from '../../commands/draft-import.server'
import { dayOf } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { ROSTER_FILES_BYTES } from '../../http/form.server'
import { guardAction, guardLoader } from '../../http/guard.server'
import { Field, TroubleSummary } from '../../ui/field'
import { words } from '../../ui/messages'
import { Page, PageHead } from '../../ui/page-head'
import { PART, ScopeChoice, scopeCode } from '../../ui/roster-form'

export const meta: MetaFunction = () => [{ title: '名簿の取込｜守秘' }]

/** Which companies a file can be about. */
export const loader = guardLoader({ act: 'manageRoster' }, async ({ context: { db, now } }) => ({ companies: await listCompanyChoices(db, dayOf(now)) }))

const FILES = { roster: '従事者の名簿', companies: '会社', units: '所属' } as const
const file = z.instanceof(File).optional()

/** Reads up to three files and compares them with the register: nothing changes but a draft. */
export const action = guardAction(
  {
    act: 'manageRoster',
    mostBytes: ROSTER_FILES_BYTES,
    form: z.object({ roster: file, companies: file, units: file, scope: z.string().max(80).optional() })
      .refine(({ roster, companies, units }) => roster ?? companies ?? units, { path: ['roster'], error: 'ファイルを選んでください。' }),
  },
  async ({ context, form }) => {
    if (!form.ok) return { errors: form.errors, given: form.given }
    const { scope, ...given } = form.value
    const bytesOf = async (one: File | undefined) => (one ? new Uint8Array(await one.arrayBuffer()) : null)
    const files = { roster: await bytesOf(given.roster), companies: await bytesOf(given.companies), units: await bytesOf(given.units) }
    const drafted = await draftImport(context, { files, fileName: (given.roster ?? given.companies ?? given.units)!.name, scope: scopeCode(scope), part: scope === PART })
    if (isRefusal(drafted)) return { errors: { roster: [words(drafted.refused).body] }, given: {} }
    return redirect(`/people/import/${drafted.draftId}`)
  },
)

export default function Import() {
  const { companies } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const busy = useNavigation().state !== 'idle'
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: '/people', label: '人をさがす' }} title="名簿の取込" lead="ファイルを読み込むと、何が変わるかを先に確かめる画面が出ます。そこで反映するまで、何も変わりません。" />
      <TroubleSummary trouble={answer} labels={FILES} />
      <Form method="post" encType="multipart/form-data" className={answer ? 'mt-6' : undefined}>
        <Field name="roster" label="従事者の名簿(CSV)" hint="文字コードはUTF-8とCP932を自動で見分けます。列の順番は自由です。3つのファイル合わせて20MBまで。" trouble={answer}><input className="in" type="file" accept=".csv,text/csv" /></Field>
        <Field name="companies" label="会社(CSV)" optional="新しい会社や契約があるとき" trouble={answer}><input className="in" type="file" accept=".csv,text/csv" /></Field>
        <Field name="units" label="所属(CSV)" optional="組織が変わるとき" trouble={answer}><input className="in" type="file" accept=".csv,text/csv" /></Field>
        <ScopeChoice companies={companies} label="この名簿がすべてを載せている会社" auto="ファイルに出てくる会社" part="なし(一部だけの名簿。ファイルにいない人を調べない)" hint="ここに入る会社の人でファイルにいない人を、「ファイルにいない人」として知らせます。いないだけで退職や削除にはなりません。" />
        <div className="acts"><button className="btn btn-main" aria-disabled={busy || undefined}>{busy ? '読み込んでいます…' : '読み込んで、変化を確かめる'}</button></div>
        {busy && <progress className="mt-3" aria-label="読み込みの進み" />}
      </Form>
      <section className="sec">
        <h2>ひな形を受け取る</h2>
        <p>見出しだけのCSVです。空の欄はその項目を消し、列がなければいまの値を残します。</p>
        <ul className="mt-2">
          <li><a href="/people/templates/roster" download>従事者の名簿のひな形</a></li>
          <li><a href="/people/templates/companies" download>会社のひな形</a></li>
          <li><a href="/people/templates/units" download>所属のひな形</a></li>
        </ul>
        <p className="mt-4"><a href="/people/export">いまの名簿を書き出して、直して使う</a></p>
      </section>
    </Page>
  )
}
