import { data } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { completionRows, type ExportSide } from '../../../db/completions-export.server'
import { recordAccess } from '../../commands/record-access.server'
import { targetTitle } from '../../content/target-titles'
import type { SignedInContext } from '../../context'
import { dayOf } from '../../domain/calendar'
import { COMPLETION_COLUMNS, completionLine } from '../../domain/completions-csv'
import { csvLine } from '../../domain/csv'
import { downloadStream } from '../../http/download.server'
import { guardAction, guardLoader } from '../../http/guard.server'
import { spool } from '../../http/spool.server'
import { Field, TroubleSummary } from '../../ui/field'
import { fullDayWithWeekday } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'

export const meta: MetaFunction = () => [{ title: '修了のCSV｜守秘' }]

const LABELS = { side: '範囲', reason: '目的' }

/** What can be written out. */
export const loader = guardLoader({ act: 'readProgram' }, async ({ context }) => ({ today: dayOf(context.now) }))

const form = z.object({ side: z.enum(['workforce', 'company'], { error: '範囲を選んでください。' }), reason: z.string({ error: '目的を書いてください。' }).trim().min(1, '目的を書いてください。').max(190, '190文字以内で書いてください。') })

/** All completions as a file: a POST, because who took it, when and why is recorded with its hash before it leaves. */
export const action = guardAction({ act: 'readProgram', form }, async ({ context, form: sent }) => {
  if (!sent.ok) return data({ trouble: { errors: sent.errors, given: sent.given } }, { status: 400 })
  const { side, reason } = sent.value
  const day = dayOf(context.now).replaceAll('-', '')
  const counts = { rows: 0, people: 0 }
  const bytes = await spool(linesOf(context, side, counts))
  try {
    await recordAccess(context, { act: 'export', subjectKind: 'completions', subjectId: side, reason, bytes, subjects: { ...counts, side } })
  } catch (error) {
    await bytes.drop()
    throw error
  }
  return downloadStream(bytes, { name: `修了の一覧_${side === 'workforce' ? '従業者' : '委託先'}_${day}.csv`, plainName: `completions_${side}_${day}.csv`, type: 'text/csv; charset=utf-8' })
})

async function* linesOf({ db, library, now }: SignedInContext, side: ExportSide, counts: { rows: number; people: number }): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder()
  const titles = new Map<string, string>()
  const titleOf = (kind: string, slug: string) => {
    const key = `${kind} ${slug}`
    if (!titles.has(key)) titles.set(key, targetTitle(library, kind, slug))
    return titles.get(key)!
  }
  yield text.encode(`\uFEFF${csvLine(COMPLETION_COLUMNS)}\r\n`)
  let last: string | undefined
  for await (const rows of completionRows(db, side, dayOf(now))) {
    for (const [number] of rows) {
      counts.rows++
      if (number !== last) counts.people++
      last = number
    }
    yield text.encode(rows.map((row) => completionLine(row, titleOf)).join(''))
  }
}

export default function CompletionsCsv() {
  const { today } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const trouble = answer && 'trouble' in answer ? answer.trouble : null
  return (
    <Page width="wrap-narrow">
      <TroubleSummary trouble={trouble} labels={LABELS} />
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="全員の修了をCSVで受け取る" lead="終えた研修と誓約を、1件1行で書き出します。答え、点数、受講の時間は入りません。" asOf={`基準日 ${fullDayWithWeekday(today)}　退職・終了した人の記録も入ります`} />
      <Form method="post" reloadDocument>
        <Field name="side" label="範囲" hint="委託先の人は、従業者と混ぜません。氏名を表示しない契約の人は、氏名の欄が空になります。" need trouble={trouble}><select className="in"><option value="workforce">従業者(派遣社員を含む)</option><option value="company">委託先・個人受託者(報告ベース)</option></select></Field>
        <Field name="reason" label="目的" hint="だれが、何のために受け取ったかを記録します。監査責任者が確かめます。" need trouble={trouble}><input className="in" maxLength={190} /></Field>
        <div className="acts"><button className="btn btn-main">CSVを受け取る</button></div>
        <p className="src">UTF-8(BOM付き)です。氏名が入っています。使い終わったら消してください。</p>
      </Form>
    </Page>
  )
}
