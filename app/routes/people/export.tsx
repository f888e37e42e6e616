import { Form, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listCompanyChoices } from '../../../db/roster-choices.server'
import { dayOf } from '../../domain/calendar'
import { exportRoster } from '../../domain/roster-export'
import { guardLoader } from '../../http/guard.server'
import { registerFor } from '../../http/roster-export.server'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { ScopeChoice, scopeCode } from '../../ui/roster-form'

const LISTED = 50

export const meta: MetaFunction = () => [{ title: '名簿を書き出す｜守秘' }]

/** What can be written out; after a refused export, whose characters CP932 can not write. */
export const loader = guardLoader({ act: 'manageRoster', query: z.object({ unwritable: z.string().optional(), missing: z.string().optional(), scope: z.string().max(80).default('') }) }, async ({ context: { db, now }, query }) => {
  const today = dayOf(now)
  const companies = await listCompanyChoices(db, today)
  if (query.unwritable === undefined) return { companies, scope: query.scope, missing: query.missing !== undefined, unwritable: null }
  const { register, companyCodes } = await registerFor(db, scopeCode(query.scope))
  const exported = exportRoster(register, { companyCodes, encoding: 'cp932', today })
  const unwritable = 'unwritable' in exported ? exported.unwritable : []
  return { companies, scope: query.scope, missing: false, unwritable: { count: unwritable.length, rows: unwritable.slice(0, LISTED) } }
})

export default function Export() {
  const { companies, scope, missing, unwritable } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      {unwritable !== null && (
        <Notice kind="no" title="CP932では書き出せません">
          <p>次の人に、CP932で書けない字があります。書き出すと字が失われ、読み込み直したときに別の名前になってしまうため、止めました。UTF-8で書き出してください。</p>
          <ul>{unwritable.rows.map((one) => <li key={`${one.number}${one.column}`}>{one.name || '従事者'}({one.number}・{one.kind})　{one.column}　「{one.characters.join('」「')}」</li>)}</ul>
          {unwritable.count > LISTED && <p>ほかに{unwritable.count - LISTED}か所あります。</p>}
        </Notice>
      )}
      {missing && <Notice kind="no" title="まだ書き出していません"><p>目的と文字コードを書いてください。だれが何のために書き出したかを記録するためです。</p></Notice>}
      <PageHead back={{ to: '/people', label: '人をさがす' }} title="名簿を書き出す" lead="取込と同じ列のCSVです。そのまま読み込み直しても、何も変わりません。氏名を表示しない契約の委託先の人は、氏名の欄が空になります。" />
      <Form method="post" action="/people/export/file" reloadDocument>
        <ScopeChoice companies={companies} label="書き出す会社" auto="すべての会社" value={scope} />
        <Field name="encoding" label="文字コード" hint="CP932で書けない字(𠮷、異体字など)がある人がいると、書き出さずに、その人と字をお知らせします。" need>
          <select className="in"><option value="utf-8">UTF-8(すべての字)</option><option value="cp932">CP932(古いシステム)</option></select>
        </Field>
        <Field name="reason" label="目的" hint="だれが、何のために書き出したかを記録します。" need><input className="in" maxLength={190} /></Field>
        <div className="acts"><button className="btn btn-main">名簿のCSVを受け取る</button></div>
        <p className="src">書き出したファイルには氏名が入っています。使い終わったら消してください。</p>
      </Form>
    </Page>
  )
}
