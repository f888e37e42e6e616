import { Form, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { dayOf } from '../../domain/calendar'
import { guardLoader } from '../../http/guard.server'
import { Field } from '../../ui/field'
import { fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'

export const meta: MetaFunction = () => [{ title: '修了のCSV｜守秘' }]

/** What can be written out. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ missing: z.string().optional() }) }, async ({ context, query }) => ({ today: dayOf(context.now), missing: query.missing !== undefined }))

export default function CompletionsCsv() {
  const { today, missing } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-narrow">
      {missing && <Notice kind="no" title="まだ書き出していません"><p>目的を書いてください。だれが何のために受け取ったかを記録するためです。</p></Notice>}
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="全員の修了をCSVで受け取る" lead="終えた研修と誓約を、1件1行で書き出します。答え、点数、受講の時間は入りません。" asOf={`基準日 ${fullDayWithWeekday(today)}　退職・終了した人の記録も入ります`} />
      <Form method="post" action="/program/csv/file" reloadDocument>
        <Field name="side" label="範囲" hint="委託先の人は、従業者と混ぜません。氏名を表示しない契約の人は、氏名の欄が空になります。" need><select className="in"><option value="workforce">従業者(派遣社員を含む)</option><option value="company">委託先・個人受託者(報告ベース)</option></select></Field>
        <Field name="reason" label="目的" hint="だれが、何のために受け取ったかを記録します。監査責任者が確かめます。" need><input className="in" maxLength={190} /></Field>
        <div className="acts"><button className="btn btn-main">CSVを受け取る</button></div>
        <p className="src">UTF-8(BOM付き)です。氏名が入っています。使い終わったら消してください。</p>
      </Form>
    </Page>
  )
}
