import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { reportFinding } from '../../commands/report-finding.server'
import { dayOf } from '../../domain/calendar'
import { ANSWERS, attachmentName, MOST_REMARK } from '../../domain/filing'
import { filingPeriodWords } from '../../domain/filing-period'
import { findingStateOf, mayReport, MOST_FINDING_FILES } from '../../domain/finding'
import { isRefusal, type Refusal } from '../../domain/refusal'
import { MOST_SCAN_MB, type Scan } from '../../domain/scan'
import { openFinding } from '../../http/findings.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { readScan, SCAN_FORM_BYTES } from '../../http/scan.server'
import { scanFaultWords } from '../../ui/check-items'
import { Facts } from '../../ui/facts'
import { Field, TroubleSummary } from '../../ui/field'
import { fullDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '直したことを知らせる｜守秘' }]

const params = z.object({ findingId: z.uuid() })

/** What is to be mended, and what the office said last; whoever sent words that come too late finds them here still. */
export const loader = guardLoader({ act: 'answerChecks', params }, async ({ context, params: { findingId } }) => {
  const { finding, acts, item, title, how, filingReturned, mends } = await openFinding(context, findingId)
  if (!mends) throw notFound()
  const last = acts.at(-1)
  return { id: findingId, awaited: mayReport(findingStateOf(finding.last)) && !filingReturned, name: finding.name, title, periodWords: filingPeriodWords(finding.period), item, how, answer: ANSWERS[finding.answer], improveBy: fullDay(finding.improveBy), today: dayOf(context.now), first: dayOf(finding.raisedAt), back: last?.kind === 'returned' ? last.words : null }
})

const form = z.object({ mendedOn: z.string().max(20).default(''), words: z.string().trim().max(MOST_REMARK, `長すぎます。${MOST_REMARK}字までで書いてください。`).default(''), file: z.array(z.instanceof(File)).max(20).default([]) })

/** Reports it as mended. */
export const action = guardAction({ act: 'answerChecks', params, form, mostBytes: SCAN_FORM_BYTES }, async ({ context, params: { findingId }, form: sent }) => {
  const { mends } = await openFinding(context, findingId)
  if (!mends) throw notFound()
  if (!sent.ok) return data({ trouble: sent, refused: null }, { status: 400 })
  const { mendedOn, words, file } = sent.value
  const given = { mendedOn, words }
  const files: { name: string; scan: Scan }[] = []
  const wrong: string[] = []
  for (const one of file.filter(({ name, size }) => name !== '' || size > 0)) {
    const scan = await readScan(one)
    if (isRefusal(scan)) wrong.push(scanFaultWords(attachmentName(one.name), scan.refused))
    else files.push({ name: one.name, scan })
  }
  if (wrong.length > 0) return data({ trouble: { errors: { file: wrong } as Record<string, string[]>, given }, refused: null }, { status: 400 })
  const reported = await reportFinding(context, { findingId, ...given, files })
  if (!isRefusal(reported)) return redirect(`/checks/findings/${findingId}?done=reported`, 303)
  if (reported.refused === 'notFound') throw notFound()
  if (reported.refused === 'reportFaulty') return data({ trouble: { errors: faultWords(reported.facts ?? {}), given }, refused: null }, { status: 422 })
  return data({ trouble: { errors: NO_FAULTS, given }, refused: reported }, { status: reported.refused === 'tooManyWords' ? 429 : 409 })
})

const NO_FAULTS: Record<string, string[]> = {}
const LABELS = { mendedOn: '直した日', words: '直したこと', file: '添付' }
const DAY_WORDS: Readonly<Record<string, string>> = { missing: '直した日を入れてください。', future: '今日までの日にしてください。これから直すときは、直してから知らせます。', beforeFiling: '点検に答えた日より前です。答えたあとに直した日を入れてください。' }
const faultWords = (faults: NonNullable<Refusal['facts']>): Record<string, string[]> => ({ ...('mendedOn' in faults && { mendedOn: [DAY_WORDS[faults.mendedOn as string]!] }), ...('words' in faults && { words: ['何をどう直したかを書いてください。'] }) })

export default function ReportFinding() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const trouble = tried?.trouble
  const { item } = page
  return (
    <Page width="wrap-mid">
      {tried?.refused ? <Refused refused={tried.refused} /> : <TroubleSummary trouble={trouble} labels={LABELS} />}
      <PageHead back={{ to: `/checks/findings/${page.id}`, label: `項目 ${item.number}` }} title="直したことを知らせる" lead={`${page.title}　${page.name}`} asOf={page.periodWords} />
      {page.back !== null && !tried && <div className="mb-6"><Notice kind="warn" title="差し戻されました。足りないところを足して、もう一度知らせてください"><p className="whitespace-pre-line">「{page.back}」</p></Notice></div>}
      <Facts facts={[['項目', `${item.number}　${item.text}`], ['確かめ方', page.how], ['答え', page.answer], ['そのときの様子', item.remark], ['直す予定', `${page.improveBy}まで`]]} />
      {!page.awaited && !tried && <Notice kind="info" title="この項目は、いま知らせることがありません"><p>もう知らせてあるか、点検そのものが差し戻されています。<Link to={`/checks/findings/${page.id}`}>項目のいまを見る</Link></p></Notice>}
      {(page.awaited || tried) && <Form method="post" className="sec" encType="multipart/form-data" noValidate>
        <h2>直したこと</h2>
        <Field name="mendedOn" label={LABELS.mendedOn} trouble={trouble} need><input className="in in-s" type="date" min={page.first} max={page.today} /></Field>
        <Field name="words" label={LABELS.words} hint="何をどう変えたか、いまどうなっているかを、見ていない人に分かるように書きます。" trouble={trouble} need><textarea className="in min-h-20" rows={4} maxLength={MOST_REMARK} /></Field>
        <Field name="file" label={LABELS.file} optional="なくてもかまいません" hint={`写真や書類です。PDF、JPEG、PNG。1つ${MOST_SCAN_MB}MB、${MOST_FINDING_FILES}件まで。お客様の情報や個人番号が写っていないか、先に確かめてください。`} trouble={trouble}><input className="in" type="file" multiple accept="application/pdf,image/jpeg,image/png" /></Field>
        <div className="acts"><button className="btn btn-main">直したことを知らせる</button></div>
        <p className="src">知らせたことは記録になり、書き直せません。確かめた人が認めるか、理由を付けて差し戻します。</p>
      </Form>}
    </Page>
  )
}
