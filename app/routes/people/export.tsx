import { Form, useLoaderData, type MetaFunction } from '@remix-run/react'
import { listCompanyChoices } from '../../../db/roster-choices.server'
import { dayOf } from '../../domain/calendar'
import { guardLoader } from '../../http/guard.server'
import { Field } from '../../ui/field'
import { Page, PageHead } from '../../ui/page-head'
import { ScopeChoice } from '../../ui/roster-form'

export const meta: MetaFunction = () => [{ title: '名簿を書き出す｜守秘' }]

/** What can be written out, in which encoding, and why. */
export const loader = guardLoader({ act: 'manageRoster' }, async ({ context: { db, now } }) => ({ companies: await listCompanyChoices(db, dayOf(now)) }))

export default function Export() {
  const { companies } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      <PageHead back={{ to: '/people', label: '人をさがす' }} title="名簿を書き出す" lead="取込と同じ列のCSVです。そのまま読み込み直しても、何も変わりません。" />
      <Form method="post" action="/people/export/file" reloadDocument>
        <ScopeChoice companies={companies} label="書き出す会社" auto="すべての会社" />
        <Field name="encoding" label="文字コード" hint="CP932で書けない字(𠮷、異体字など)がある人がいると、書き出さずに、その人と字をお知らせします。" need>
          <select className="in"><option value="utf-8">UTF-8(BOM付き)— すべての字を書けます</option><option value="cp932">CP932(古い人事システム向け)</option></select>
        </Field>
        <Field name="reason" label="目的" hint="だれが、何のために書き出したかを記録します。" need><input className="in" maxLength={190} /></Field>
        <div className="acts"><button className="btn btn-main">名簿のCSVを受け取る</button></div>
        <p className="src">書き出したファイルには氏名が入っています。使い終わったら消してください。</p>
      </Form>
    </Page>
  )
}
