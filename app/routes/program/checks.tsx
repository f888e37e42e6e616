import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countOfficeRows, listOfficeRows, type OfficeView } from '../../../db/filing-lists.server'
import { countOpenFindings } from '../../../db/findings.server'
import { listProtectionManagers } from '../../../db/filing-subjects.server'
import { PERIODS_BACK } from '../../commands/open-filing.server'
import { itemsOf } from '../../content/checklist-schema'
import { listFormsInForce } from '../../content/filing-forms.server'
import { may } from '../../domain/access'
import { addDays, dayOf, OPEN_DAY } from '../../domain/calendar'
import { applicable, filingStateOf } from '../../domain/filing'
import { boundsOf, filingPeriodWords, isAsked, periodOf, periodsBack, termOf } from '../../domain/filing-period'
import { filingStanding } from '../../domain/filing-standing'
import { outOf, percentWords } from '../../domain/percent'
import { guardLoader, notFound } from '../../http/guard.server'
import { fullDay, fullDayWithWeekday, shortDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '点検の状況｜守秘' }]

const PAGE = 50
/** Contracts that ended this long ago are still listed. */
const ENDED_DAYS = 365
const VIEWS = { all: 'すべて', open: '提出待ち', waiting: '確認待ち', done: '済み' } as const satisfies Record<OfficeView, string>
const query = z.object({ form: z.string().max(20).catch('').default(''), period: z.string().max(20).catch('').default(''), view: z.enum(['all', 'open', 'waiting', 'done']).catch('all').default('all'), after: z.string().max(400).catch('').default('') })

/** Companies or units of one form in one period, and where each stands: companies only, no person of theirs (domain.md L25). */
export const loader = guardLoader({ act: 'readProgram', query }, async ({ context, query }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const forms = library.list('checklist')
  const form = forms.find(({ meta }) => meta.slug === query.form) ?? forms.find(({ meta }) => query.view === 'waiting' && meta.handedTo === 'operator') ?? forms[0]
  if (!form) throw notFound()
  const { meta } = form
  const periods = periodsBack(meta.period, today, PERIODS_BACK, library.calendar)
  const period = periods.includes(query.period) ? query.period : periodOf(meta.period, today, library.calendar)
  const bounds = boundsOf(meta.period, period, library.calendar)!
  const inForce = (await listFormsInForce(context))(meta.slug, meta)
  const asked = isAsked(meta.period, period, inForce, library.calendar)
  const atEnd = meta.period.every === 'end'
  const day = bounds.until <= today ? addDays(bounds.until, -1) : today
  // of a contract that ends: those that end soon or have ended within the year
  const span = { day, from: atEnd ? addDays(today, -ENDED_DAYS) : bounds.since, before: atEnd ? addDays(today, 1) : bounds.until < addDays(today, 1) ? bounds.until : addDays(today, 1) }
  const of = { subject: meta.subject, companyKinds: meta.companyKinds, slug: meta.slug, handedTo: meta.handedTo, period, ...(!asked && { onlyFiled: true }), ...(atEnd && { endsBefore: addDays(today, meta.period.every === 'end' ? meta.period.opensDaysBefore + 1 : 0) }) }
  const [counts, listed] = [await countOfficeRows(db, of, span), await listOfficeRows(db, of, span, { view: query.view, after: query.after, limit: PAGE + 1 })]
  const rows = listed.slice(0, PAGE)
  const left = await countOpenFindings(db, rows.flatMap(({ filing }) => filing?.filingId ?? []))
  const managers = await listProtectionManagers(db, rows.flatMap(({ unitId }) => unitId ?? []), today)
  const link = (to: Record<string, string>) => `/program/checks?${new URLSearchParams({ form: meta.slug, period, view: query.view, ...to })}`
  const last = rows.at(-1)
  return {
    today, asked, since: fullDay(inForce), form: { slug: meta.slug, title: meta.title, summary: meta.summary, handedTo: meta.handedTo, subject: meta.subject, answeredBy: meta.answeredBy }, items: itemsOf(meta).length, period, periodWords: filingPeriodWords(period), view: query.view,
    forms: forms.map((one) => ({ slug: one.meta.slug, title: one.meta.title })), periods: periods.map((one) => ({ period: one, words: filingPeriodWords(one) })), counts, of: applicable(counts.counts), findings: counts.counts.partly + counts.counts.notDone,
    views: (Object.keys(VIEWS) as OfficeView[]).filter((view) => view !== 'waiting' || meta.handedTo === 'operator').map((view) => ({ view, words: VIEWS[view], count: counts[view], to: link({ view }) })),
    rows: rows.map((row) => {
      const term = termOf(meta.period, period, { ...row, inForce }, library.calendar)
      const { filing } = row
      const state = filingStateOf(filing !== null, filing?.last ?? null)
      const [opensOn, dueOn] = filing ? [filing.opensOn, filing.dueOn] : [term?.opensOn ?? today, term?.dueOn ?? today]
      const signed = filing !== null && filing.last !== null
      return {
        subjectId: row.subjectId, name: row.name, code: row.code, until: row.until === OPEN_DAY ? null : shortDay(addDays(row.until, -1), today), holders: row.unitId === null ? null : (managers.get(row.unitId) ?? []), due: filing || term ? shortDay(dueOn, today) : '―', filingId: filing?.filingId ?? null, signed, answered: filing?.answered ?? 0,
        done: filing?.counts.done ?? 0, of: filing ? applicable(filing.counts) : 0, findings: filing ? filing.counts.partly + filing.counts.notDone : 0, left: filing ? (left.get(filing.filingId) ?? 0) : 0, ...(filing || term ? filingStanding({ state, handedTo: meta.handedTo, opensOn, dueOn, submittedAt: filing?.submittedAt ?? null }, today) : { mark: 'none' as const, words: '求めません' }),
        mayAnswer: term !== undefined && meta.answeredBy === 'operator' && may(viewer, 'answerChecks') && !signed && opensOn <= today,
      }
    }),
    next: listed.length > PAGE && last ? link({ after: `${last.name}\t${last.subjectId}` }) : null, first: query.after === '' ? null : link({}),
  }
})

export default function ProgramChecks() {
  const page = useLoaderData<typeof loader>()
  const { form, counts, rows } = page
  const unit = form.subject === 'unit'
  const subjects = unit ? '部署' : form.subject === 'company' ? '社' : '契約'
  return (
    <Page>
      <PageHead back={{ to: '/program', label: '全体の状況' }} title={`点検の状況　${form.title}`} lead={form.summary} asOf={`${page.periodWords}　基準日 ${fullDayWithWeekday(page.today)}`} />
      <Form className="filter pt-0">
        <div className="field"><label className="label" htmlFor="form">点検</label><select className="in" id="form" name="form" defaultValue={form.slug} key={form.slug}>{page.forms.map((one) => <option key={one.slug} value={one.slug}>{one.title}</option>)}</select></div>
        {page.periods.length > 1 && <div className="field"><label className="label" htmlFor="period">時期</label><select className="in" id="period" name="period" defaultValue={page.period} key={`${form.slug} ${page.period}`}>{page.periods.map((one) => <option key={one.period} value={one.period}>{one.words}</option>)}</select></div>}
        <button className="btn btn-sm">表示する</button>
      </Form>
      <section className="sec">
        <h2>{form.handedTo === 'operator' ? `受理した点検 ${counts.done}/${counts.all}` : `提出された点検 ${counts.done}/${counts.all}`}{subjects}({percentWords(counts.done, counts.all)})</h2>
        <p>提出された点検を合わせると、実施は{counts.counts.done}/{page.of}項目({percentWords(counts.counts.done, page.of)})、直すことは{outOf(page.findings, page.of, '項目')}です。「該当なし」は数えていません。<Link to={`/checks/findings?form=${form.slug}`}>直すことの一覧を見る</Link></p>
        <nav className="tabs mt-4" aria-label="状態で絞り込む">{page.views.map((one) => <Link key={one.view} to={one.to} aria-current={one.view === page.view ? 'page' : undefined}>{one.words} {one.view === 'all' ? `${counts.all}${subjects}` : outOf(one.count, counts.all, subjects)}</Link>)}</nav>
        {rows.length === 0 ? <div className="mt-6"><Notice kind="info" title={counts.all === 0 ? 'この時期に点検する対象はありません' : '当てはまるものはありません'}><p>{!page.asked ? `この点検は、${page.since}から使っています。その前に期限が来た時期の分は、求めません。` : counts.all === 0 ? (unit ? '保護管理者のいる部署が対象です。「役割」の画面で任命すると、その月から出ます。' : form.subject === 'entrustment' ? '終わりが近い契約と、この1年に終わった契約が出ます。' : '承認した契約のある会社が対象です。') : 'ほかの状態は、上から選べます。'}</p></Notice></div> : (
          <Table className="mt-6">
            <caption className="sr-only">{form.title}</caption>
            <Head><Row><ColumnHead>{unit ? '部署' : form.subject === 'company' ? '会社' : '契約'}</ColumnHead>{unit && <ColumnHead>保護管理者</ColumnHead>}<ColumnHead>状態</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead className="num">実施</ColumnHead><ColumnHead className="num">直すこと</ColumnHead><ColumnHead>開く</ColumnHead></Row></Head>
            <Body>
              {rows.map((row) => (
                <Row key={row.subjectId}>
                  <RowHead><b>{row.name}</b><br /><span className="who-no">{row.code}{form.subject === 'entrustment' && row.until && `・${row.until}まで`}</span></RowHead>
                  {unit && <Cell label="保護管理者">{row.holders!.length > 0 ? row.holders!.join('、') : <Status mark="late">いません</Status>}</Cell>}
                  <Cell label="状態"><Status mark={row.mark}>{row.words}</Status></Cell>
                  <Cell label="期限">{row.due}</Cell>
                  <Cell label="実施" className="num">{row.signed ? `${row.done}/${row.of}項目` : row.filingId !== null ? <span className="mut">{row.answered}/{page.items}に回答</span> : '―'}</Cell>
                  <Cell label="直すこと" className="num">{row.signed ? <>{outOf(row.findings, row.of, '項目')}{row.left > 0 && <span className="block sml">残り{row.left}項目</span>}</> : '―'}</Cell>
                  <Cell label="開く">{row.signed ? <Link to={`/checks/${row.filingId}/record`} aria-label={`${row.name}の点検を${row.words === '確認待ち' ? '確かめる' : '見る'}`}>{row.words === '確認待ち' ? '確かめる' : '見る'}</Link> : row.mayAnswer ? (
                    <Form method="post" action="/checks"><input type="hidden" name="slug" value={form.slug} /><input type="hidden" name="subject" value={row.subjectId} /><input type="hidden" name="period" value={page.period} /><button className="ask" aria-label={`${row.name}の点検を${row.filingId === null ? '始める' : '続ける'}`}>{row.filingId === null ? '始める' : '続ける'}</button></Form>
                  ) : '―'}</Cell>
                </Row>
              ))}
            </Body>
          </Table>
        )}
        <Pager next={page.next} first={page.first} label={`${PAGE}件`} />
      </section>
      <p className="sml mt-6">{form.answeredBy === 'company' ? '答えて署名するのは、委託先の会社側担当者です。個人受託者は、本人が答えます。個人の成績や評価は含みません。' : form.answeredBy === 'protectionManager' ? '答えて署名するのは、その部署の保護管理者です。' : '答えて署名するのは、人事か統括管理者です。結果は、その会社の会社側担当者も読めます。'}</p>
    </Page>
  )
}
