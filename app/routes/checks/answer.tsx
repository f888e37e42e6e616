import { data, redirect, type MetaFunction } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { saveFiling } from '../../commands/save-filing.server'
import { compareWithBefore } from '../../content/filing-record.server'
import { ANSWERS, attachmentName, faultOf, mayEdit, MOST_REMARK, type Answer } from '../../domain/filing'
import { dayOf, parseDay } from '../../domain/calendar'
import { filingPeriodWords } from '../../domain/filing-period'
import { isRefusal } from '../../domain/refusal'
import type { Scan } from '../../domain/scan'
import { openOwnSheet } from '../../http/filings.server'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { readScan, SCAN_FORM_BYTES } from '../../http/scan.server'
import { CheckItemFields } from '../../ui/check-form'
import { scanFaultWords } from '../../ui/check-items'
import { dueDay, fullDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'

export const meta: MetaFunction = () => [{ title: '点検に答える｜守秘' }]

/** So many items stand on one page; of a longer form each group has its own. */
const ON_ONE_PAGE = 12
const params = z.object({ filingId: z.uuid() })
const query = z.object({ part: z.coerce.number().int().min(1).max(30).catch(1).default(1), saved: z.literal('1').optional().catch(undefined), check: z.literal('1').optional().catch(undefined) })

const partsOf = <T extends { items: readonly unknown[] }>(groups: readonly T[]): T[][] => (groups.reduce((sum, { items }) => sum + items.length, 0) <= ON_ONE_PAGE ? [[...groups]] : groups.map((group) => [group]))

/** One part of the form with what was answered so far. */
export const loader = guardLoader({ act: 'answerChecks', params, query }, async ({ context, params: { filingId }, query: { part, saved, check } }) => {
  const { sheet } = await openOwnSheet(context, filingId)
  if (!mayEdit(sheet.state)) throw redirect(`/checks/${filingId}/record`)
  const today = dayOf(context.now)
  const parts = partsOf(sheet.groups)
  const at = Math.min(part, parts.length)
  const { meta } = sheet.form
  const before = await compareWithBefore(context.db, sheet, today)
  const returned = sheet.state === 'returned' ? sheet.acts.at(-1)! : null
  return {
    filingId, title: meta.title, version: meta.version, summary: meta.summary, subject: sheet.subjectName, periodWords: filingPeriodWords(sheet.filing.period), due: dueDay(sheet.filing.due_on, today), today, attachments: meta.attachments, at, saved: saved === '1', check: check === '1',
    back: returned && { note: returned.note, items: sheet.items.filter(({ reason }) => reason !== '').map(({ id, number }) => ({ id, number, part: parts.findIndex((groups) => groups.some(({ items }) => items.some((item) => item.id === id))) + 1 })) },
    parts: parts.map((groups, index) => ({ at: index + 1, title: groups.map(({ title }) => title).join('・'), answered: groups.flatMap(({ items }) => items).filter(({ answer }) => answer !== null).length, items: groups.flatMap(({ items }) => items).length })),
    groups: parts[at - 1]!.map((group) => ({ ...group, items: group.items.map((item) => ({ ...item, files: item.files.map(({ id, name, size }) => ({ id, name, size })), before: before?.item(item.id) ?? null, fault: faultOf(item, item, today) })) })),
    earlier: before ? filingPeriodWords(before.period) : '', src: `第${meta.version}版(${fullDay(meta.asOf)}時点)`,
  }
})

const text = z.record(z.string().max(64), z.string().optional()).default({})
const form = z.object({
  go: z.string().max(20).default('next'), part: z.coerce.number().int().min(1).max(30),
  answer: z.record(z.string().max(64), z.enum(Object.keys(ANSWERS) as [Answer, ...Answer[]]).optional()).default({}), remark: text, improve: text, removed: z.array(z.string().max(64)).max(100).default([]), file: z.record(z.string().max(64), z.instanceof(File).optional()).default({}),
}).superRefine(({ remark }, context) => {
  for (const [id, words] of Object.entries(remark)) if ((words ?? '').length > MOST_REMARK) context.addIssue({ code: 'custom', path: ['remark', id], message: `備考が長すぎます。${MOST_REMARK}字までで書いてください。` })
})

/** Keeps the part as it stands, complete or not, and goes where the button says. */
export const action = guardAction({ act: 'answerChecks', params, form, mostBytes: SCAN_FORM_BYTES }, async ({ context, params: { filingId }, form: sent }) => {
  const { sheet } = await openOwnSheet(context, filingId)
  // answers that came with files that are too large are kept without them
  const read = sent.ok ? sent.value : form.safeParse(sent.given).data
  const told = sent.ok ? [] : Object.values(sent.errors).flat()
  if (!read) return data({ refused: null, errors: told, kept: false }, { status: 400 })
  const { go, part, answer, remark, improve, removed, file } = read
  const items = partsOf(sheet.groups)[part - 1]?.flatMap((group) => group.items) ?? []
  const scans: { itemId: string; name: string; scan: Scan }[] = []
  const faults: string[] = [...told]
  for (const { id: itemId, number } of items) {
    const given = file[itemId]
    if (!given || (given.size === 0 && given.name === '')) continue
    const scan = await readScan(given)
    if (isRefusal(scan)) faults.push(`${number}の${scanFaultWords(attachmentName(given.name), scan.refused)}`)
    else scans.push({ itemId, name: given.name, scan })
  }
  const answers = items.map(({ id: itemId }) => ({ itemId, answer: answer[itemId] ?? null, remark: (remark[itemId] ?? '').trim(), improveBy: parseDay(improve[itemId] ?? '') ?? '' }))
  const saved = await saveFiling(context, { filingId, answers, files: scans, removed })
  if (isRefusal(saved)) {
    if (saved.refused === 'notFound') throw notFound()
    return data({ refused: saved, errors: [], kept: saved.refused === 'tooManyFiles' || saved.refused === 'tooManyWords' }, { status: 409 })
  }
  if (faults.length > 0) return data({ refused: null, errors: faults, kept: true }, { status: 400 })
  const to = /^part-(\d+)$/.exec(go)?.[1]
  if (go === 'stay') return redirect(`/checks/${filingId}?part=${part}&saved=1`, 303)
  if (go === 'sign') return redirect(`/checks/${filingId}/sign`, 303)
  return redirect(to ? `/checks/${filingId}?part=${to}` : part < partsOf(sheet.groups).length ? `/checks/${filingId}?part=${part + 1}` : `/checks/${filingId}/sign`, 303)
})

export default function AnswerCheck() {
  const page = useLoaderData<typeof loader>()
  const tried = useActionData<typeof action>()
  const { filingId, parts, at } = page
  const last = at === parts.length
  return (
    <Page width="wrap-mid">
      {tried ? <Refused refused={tried.refused} /> : page.saved && <Notice kind="ok" title="ここまでを保存しました"><p>あとから、同じところから続けられます。</p></Notice>}
      {tried && tried.errors.length > 0 && <Notice kind="no" title={tried.kept ? '答えは保存しました。ファイルを確かめてください' : 'まだ保存していません'} trouble={tried}><ul>{tried.errors.map((words) => <li key={words}>{words}</li>)}</ul></Notice>}
      <PageHead back={{ to: '/checks', label: '点検' }} title={`${page.title}　${page.subject}`} lead={at === 1 ? page.summary : undefined} asOf={<>{page.periodWords}　<span className="nw">期限 {page.due}</span>　<span className="nw">{page.src}</span></>} />
      {page.back && (
        <Notice kind="warn" title="差し戻されました。理由のある項目を直して、もう一度提出してください">
          {page.back.note && <p>{page.back.note}</p>}
          {page.back.items.length > 0 && <p>{page.back.items.map(({ id, number, part }) => <span key={id} className="nw"><a href={`/checks/${filingId}?part=${part}#f-${id}`}>項目 {number}</a>　</span>)}</p>}
        </Notice>
      )}
      {parts.length > 1 && (
        <div className="steps mt-4 mb-2"><div><span>{parts[at - 1]!.title}</span><b>{at} / {parts.length}</b></div><progress value={at} max={parts.length} aria-label="点検の進み">{at} / {parts.length}</progress></div>
      )}
      <Form method="post" action={`/checks/${filingId}?part=${at}`} encType="multipart/form-data" key={`${filingId} ${at}`} noValidate>
        <input type="hidden" name="part" value={at} />
        {page.groups.map((group) => (
          <section className="sec" key={group.id}>
            <h2>{group.title}</h2>
            {group.note && <p>{group.note}</p>}
            {group.items.map((item) => <CheckItemFields key={item.id} item={item} today={page.today} attachments={page.attachments} earlier={page.earlier} showFault={page.check} />)}
          </section>
        ))}
        <div className="acts mt-8">
          <button className="btn btn-main" name="go" value={last ? 'sign' : 'next'}>{last ? '保存して、署名へ進む' : '保存して、次へ進む'}</button>
          <button className="btn" name="go" value="stay">ここまでを保存する</button>
        </div>
        {parts.length > 1 && (
          <section className="sec noprint">
            <h2>ほかの部分へ(保存して移ります)</h2>
            <ul>{parts.filter((one) => one.at !== at).map((one) => <li key={one.at}><button className="ask inline-flex min-h-11 items-center" name="go" value={`part-${one.at}`}>{one.title}</button>　<span className="sml mut">{one.answered}/{one.items}項目に回答</span></li>)}</ul>
            <p className="mt-2"><Link to={`/checks/${filingId}/sign`}>署名の画面へ(この画面の入力は保存しません)</Link></p>
          </section>
        )}
      </Form>
    </Page>
  )
}
