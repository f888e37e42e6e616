import { data, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { enterClass, previewClass } from '../../commands/enter-class.server'
import { MOST_MINUTES } from '../../domain/approval'
import { dayOf } from '../../domain/calendar'
import { MOST_IN_CLASS, NOT_COUNTED, numbersOf } from '../../domain/class-entry'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { isRefusal, refuse } from '../../domain/refusal'
import { MOST_SCAN_MB } from '../../domain/scan'
import { guardAction, guardLoader, notFound } from '../../http/guard.server'
import { readScan, SCAN_FORM_BYTES } from '../../http/scan.server'
import { Who } from '../../ui/facts'
import { Field, TroubleSummary } from '../../ui/field'
import { dayWords, shortDueDay } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Refused } from '../../ui/refused'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '集合研修の記録を入力する｜守秘' }]

export const loader = guardLoader({ act: 'enterRecords' }, async ({ context: { library, now } }) => ({
  today: dayOf(now), modules: library.list('module').map(({ meta: { slug, title, version } }) => ({ slug, title, version })),
}))

const form = z.object({
  slug: z.string({ error: '研修を選んでください。' }).min(1, '研修を選んでください。').max(64), on: z.string({ error: '日を入れてください。' }).max(10), minutes: z.coerce.number('分を数字で入れてください。').int('整数を入れてください。'), version: z.string().max(20).default(''),
  numbers: z.string({ error: '出席した人の番号を入れてください。' }).max(20_000), go: z.enum(['preview', 'apply']), scan: z.instanceof(File).optional(),
})
const LABELS = { slug: '研修', on: '実施した日', minutes: '時間', version: '版', numbers: '出席した人の番号', scan: '出席簿' }

/** First shows who counts and who does not; the sheet comes with the second step. */
export const action = guardAction({ act: 'enterRecords', form, mostBytes: SCAN_FORM_BYTES }, async ({ context, form: sent }) => {
  // a sheet that was too large leaves all else as it was: the second step again, with the refusal
  const read = sent.ok ? sent.value : form.safeParse(sent.given).data
  if (!read) return data({ trouble: { errors: sent.ok ? {} : sent.errors, given: sent.ok ? {} : sent.given }, refused: null, preview: null }, { status: 400 })
  const { library, now } = context
  const { go, scan: file, ...value } = read
  const module = library.current('module', value.slug)
  if (!module) throw notFound()
  const given = { ...value, minutes: String(value.minutes) }
  const trouble = { errors: {}, given: given as Record<string, unknown> }
  const held = { slug: value.slug, done: { on: value.on, minutes: value.minutes, version: value.version || module.meta.version, name: '' }, numbers: numbersOf(value.numbers) }
  const people = await previewClass(context, held)
  if (isRefusal(people)) return data({ trouble, refused: people, preview: null }, { status: 409 })
  const today = dayOf(now)
  const preview = {
    given, title: module.meta.title, version: held.done.version, on: dayWords(value.on, today),
    people: people.map(({ number, person, not }) => ({ number, name: person?.name ?? null, kind: person ? ENGAGEMENT_KINDS[person.kind] : '', dueOn: person?.duty ? shortDueDay(person.duty.dueOn, today) : '―', late: person?.duty ? value.on > person.duty.dueOn : false, not })),
  }
  if (go === 'preview') return { trouble, refused: null, preview }
  const scan = sent.ok ? await readScan(file) : refuse('scanTooLarge', { most: MOST_SCAN_MB })
  if (isRefusal(scan)) return data({ trouble, refused: scan, preview }, { status: 400 })
  const entered = await enterClass(context, { ...held, scan })
  if (!isRefusal(entered)) return redirect('/approvals?sent=class', 303)
  if (entered.refused === 'notFound') throw notFound()
  return data({ trouble, refused: entered, preview }, { status: 409 })
})

export default function ClassEntry() {
  const { today, modules } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const trouble = answer?.trouble
  if (answer?.preview) return <Preview refused={answer.refused} preview={answer.preview} />
  return (
    <Page width="wrap-narrow">
      <Refused refused={answer?.refused} />
      <TroubleSummary trouble={trouble} labels={LABELS} />
      <PageHead back={{ to: '/approvals', label: '申請' }} title="集合研修の記録を入力する" lead="出席簿1枚分をまとめて入力します。次の画面で、だれの記録になり、だれがならないかを確かめてから、出席簿を付けて申請します。" />
      <Form method="post" encType="multipart/form-data">
        <Field name="slug" label="研修" need trouble={trouble}><select className="in"><option value="">選んでください</option>{modules.map(({ slug, title, version }) => <option key={slug} value={slug}>{title}(いまは第{version}版)</option>)}</select></Field>
        <Field name="version" label="教えた版" optional="いまの版なら空のまま" trouble={trouble}><input className="in in-s" maxLength={20} /></Field>
        <Field name="on" label="実施した日" need trouble={trouble}><input className="in in-s" type="date" max={today} /></Field>
        <Field name="minutes" label="1人あたりの時間(分)" hint="休憩を除きます。" need trouble={trouble}><input className="in in-s" type="number" inputMode="numeric" min={1} max={MOST_MINUTES} /></Field>
        <Field name="numbers" label="出席した人の従事者番号" hint={`1行に1つ、または空白や読点で区切ります。表計算の列をそのまま貼り付けられます。${MOST_IN_CLASS}人まで。`} need trouble={trouble}><textarea className="in min-h-40" autoComplete="off" /></Field>
        <div className="acts"><button className="btn btn-main" name="go" value="preview">記録になる人を確かめる</button></div>
      </Form>
    </Page>
  )
}

type Shown = NonNullable<NonNullable<ReturnType<typeof useActionData<typeof action>>>['preview']>

function Preview({ preview, refused }: { preview: Shown; refused: NonNullable<ReturnType<typeof useActionData<typeof action>>>['refused'] }) {
  const counted = preview.people.filter(({ not }) => not === null).length
  return (
    <Page width="wrap-mid">
      <Refused refused={refused} />
      <PageHead back={{ to: '/people/class', label: '集合研修の記録を入力する' }} title={`${preview.people.length}人のうち、${counted}人が記録になります`} lead={`${preview.title}(第${preview.version}版)　${preview.on}　${preview.given.minutes}分。まだ何も変わっていません。`} />
      <Table>
        <caption className="sr-only">出席した人</caption>
        <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>記録</ColumnHead></Row></Head>
        <Body>{preview.people.map((one) => <Row key={one.number}><RowHead><Who name={one.name ?? (one.not === 'unknown' ? '名簿にありません' : '従事者')} number={one.number} {...(one.kind !== '' && { kind: one.kind })} /></RowHead><Cell label="期限">{one.dueOn}</Cell><Cell label="記録">{one.not === null ? <Status mark={one.late ? 'donelate' : 'done'}>{one.late ? '期限後に修了' : '修了'}</Status> : <><Status mark="none">記録しません</Status><br /><span className="mut">{NOT_COUNTED[one.not]}</span></>}</Cell></Row>)}</Body>
      </Table>
      {counted > 0 && (
        <Form method="post" encType="multipart/form-data" className="mt-6">
          {Object.entries(preview.given).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <Field name="scan" label="出席簿" hint={`出席簿を読み取ったPDF、JPEG、PNG。1つ、${MOST_SCAN_MB}MBまで。`} need><input className="in" type="file" accept="application/pdf,image/jpeg,image/png" /></Field>
          <div className="acts"><button className="btn btn-main" name="go" value="apply">{counted}人分の承認を申請する</button></div>
        </Form>
      )}
    </Page>
  )
}
