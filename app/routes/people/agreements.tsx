import { data, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listAgencies } from '../../../db/agreements.server'
import { endAgreement } from '../../commands/end-agreement.server'
import { handOutConfirmation } from '../../commands/hand-out-confirmation.server'
import { recordWrittenAgreement } from '../../commands/record-agreement.server'
import { dayOf, isDay } from '../../domain/calendar'
import { isRefusal } from '../../domain/refusal'
import { MOST_SCAN_MB } from '../../domain/scan'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { readScan, SCAN_FORM_BYTES } from '../../http/scan.server'
import { Field, TroubleSummary } from '../../ui/field'
import { fullDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '派遣元の合意｜守秘' }]

const MOST = 200

/** Which 派遣元 have agreed in writing that their people confirm towards the operator itself. */
export const loader = guardLoader({ act: 'enterRecords', query: z.object({ done: z.enum(['recorded', 'ended', 'given']).optional().catch(undefined), people: z.coerce.number().int().min(0).optional().catch(undefined) }) }, async ({ context: { db, now }, query: { done, people } }) => {
  const today = dayOf(now)
  return { today, done: done ?? null, people: people ?? 0, agencies: await listAgencies(db, today, MOST) }
})

const form = z.discriminatedUnion('go', [
  z.object({ go: z.literal('record'), company: z.uuid('会社を選んでください。'), on: z.string().refine(isDay, '合意した日を入れてください。'), scan: z.instanceof(File).optional() }),
  z.object({ go: z.literal('end'), company: z.uuid() }),
  z.object({ go: z.literal('give'), company: z.uuid() }),
])
const LABELS = { company: '派遣元', on: '合意した日', scan: '書面の控え' }

export const action = guardAction({ act: 'enterRecords', form, mostBytes: SCAN_FORM_BYTES }, async ({ context, form: sent }) => {
  if (!sent.ok) return data({ trouble: { errors: sent.errors, given: sent.given }, refused: null }, { status: 400 })
  const { value } = sent
  if (value.go === 'end') {
    if (isRefusal(await endAgreement(context, value.company))) throw notFound()
    return redirect('/people/agreements?done=ended', 303)
  }
  if (value.go === 'give') {
    const given = await handOutConfirmation(context, value.company)
    if (!isRefusal(given)) return redirect(`/people/agreements?done=given&people=${given.people}`, 303)
    if (given.refused === 'notFound') throw notFound()
    return data({ trouble: { errors: {}, given: {} as Record<string, unknown> }, refused: given }, { status: 409 })
  }
  const trouble = { errors: {}, given: { company: value.company, on: value.on } as Record<string, unknown> }
  const scan = await readScan(value.scan)
  if (isRefusal(scan)) return data({ trouble, refused: scan }, { status: 400 })
  const answer = await recordWrittenAgreement(context, { companyId: value.company, agreedOn: value.on, scan })
  if (!isRefusal(answer)) return redirect('/people/agreements?done=recorded', 303)
  if (answer.refused === 'notFound') throw notFound()
  return data({ trouble, refused: answer }, { status: 409 })
})

export default function Agreements() {
  const { today, done, people, agencies } = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const open = agencies.filter(({ agreedOn }) => agreedOn === null)
  return (
    <Page width="wrap-narrow">
      {done && !tried && <Notice kind="ok" title={done === 'recorded' ? '合意を記録しました' : done === 'ended' ? '合意を終えました' : people === 0 ? '新しく渡す人はいません' : `${people}人に確認書を渡しました`} />}
      {tried?.refused ? <Refused refused={tried.refused} /> : <TroubleSummary trouble={tried?.trouble} labels={LABELS} />}
      <PageHead back={{ to: '/people/pledge-papers', label: '誓約書の用紙' }} title="派遣元の合意" lead="派遣社員の誓約は、派遣元に出すのが基本です。派遣先に出す「受入時の確認書」は、派遣元が書面で合意しているときだけ使えます。合意の記録がない会社の方は、読むことも署名することもできません。" />
      {agencies.length === 0 ? <p>登録されている派遣元は、まだありません。</p> : (
        <Table>
          <caption className="sr-only">派遣元と合意</caption>
          <Head><Row><ColumnHead>派遣元</ColumnHead><ColumnHead>合意</ColumnHead><ColumnHead><span className="sr-only">すること</span></ColumnHead></Row></Head>
          <Body>{agencies.map(({ companyId, code, name, agreedOn }) => (
            <Row key={companyId}>
              <RowHead>{name}<br /><span className="mut">{code}</span></RowHead>
              <Cell label="合意">{agreedOn === null ? <Status mark="none">記録なし</Status> : <Status mark="done">{fullDay(agreedOn)}</Status>}</Cell>
              <Cell>{agreedOn !== null && <Form method="post" encType="multipart/form-data"><input type="hidden" name="company" value={companyId} /><button className="ask mr-4" name="go" value="give" aria-label={`${name}の派遣社員に確認書を渡す`}>確認書を渡す</button><button className="ask" name="go" value="end" aria-label={`${name}の合意を終える`}>合意を終える</button></Form>}</Cell>
            </Row>
          ))}</Body>
        </Table>
      )}
      {open.length > 0 && (
        <section className="sec">
          <h2>書面の合意を記録する</h2>
          <Form method="post" encType="multipart/form-data">
            <Field name="company" label={LABELS.company} need trouble={tried?.trouble}><select className="in"><option value="">選んでください</option>{open.map(({ companyId, name }) => <option key={companyId} value={companyId}>{name}</option>)}</select></Field>
            <Field name="on" label={LABELS.on} hint="書面にある日です。" need trouble={tried?.trouble}><input className="in in-s" type="date" max={today} /></Field>
            <Field name="scan" label={LABELS.scan} hint={`合意の書面を読み取ったPDF、JPEG、PNG。1つ、${MOST_SCAN_MB}MBまで。`} need trouble={tried?.trouble}><input className="in" type="file" accept="application/pdf,image/jpeg,image/png" /></Field>
            <div className="acts"><button className="btn btn-main" name="go" value="record">合意を記録する</button></div>
          </Form>
        </section>
      )}
    </Page>
  )
}
