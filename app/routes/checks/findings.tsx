import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countFindings, listFindings, type FindingView } from '../../../db/findings.server'
import { filingReachOf } from '../../commands/open-filing.server'
import { itemsOf } from '../../content/checklist-schema'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { ANSWERS } from '../../domain/filing'
import { filingPeriodWords } from '../../domain/filing-period'
import { findingStanding, findingStateOf } from '../../domain/finding'
import { guardLoader } from '../../http/guard.server'
import { fullDayWithWeekday, shortDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '点検で直すこと｜守秘' }]

const PAGE = 50
const VIEWS = { open: 'これから直す', reported: '確認待ち', settled: '終わったもの' } as const satisfies Record<FindingView, string>
const query = z.object({ view: z.enum(['open', 'reported', 'settled']).optional().catch(undefined), form: z.string().max(20).catch('').default(''), after: z.string().max(80).catch('').default('') })

/** What the checklists in reach left to mend, the first due first: the own company's or unit's, and all of them for the office and the auditor. */
export const loader = guardLoader({ act: 'readChecks', query }, async ({ context, query }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const reach = await filingReachOf(context)
  const office = reach.companyIds === null
  const forms = library.list('checklist').map(({ meta }) => ({ slug: meta.slug, title: meta.title }))
  const slug = forms.some((one) => one.slug === query.form) ? query.form : null
  const counts = await countFindings(db, reach, slug)
  const view = query.view ?? (may(viewer, 'decideChecks') && counts.reported > 0 ? 'reported' : 'open')
  const listed = await listFindings(db, reach, { view, slug }, { after: query.after, limit: PAGE + 1, day: today })
  const rows = listed.slice(0, PAGE)
  const link = (to: Record<string, string>) => `/checks/findings?${new URLSearchParams({ view, ...(slug !== null && { form: slug }), ...to })}`
  const last = rows.at(-1)
  return {
    today, office, decides: may(viewer, 'decideChecks'), view, slug: slug ?? '', forms, counts, views: (Object.keys(VIEWS) as FindingView[]).map((one) => ({ view: one, words: VIEWS[one], count: counts[one], to: link({ view: one }) })),
    rows: rows.map((one) => {
      const form = library.find('checklist', one.slug, one.version)
      const item = form && itemsOf(form.meta).find(({ id }) => id === one.itemId)
      return {
        id: one.id, name: one.name, about: `${form?.meta.title ?? one.slug}・${filingPeriodWords(one.period)}`, number: item?.number ?? one.itemId, text: item ? library.plainText(item.text) : '', answer: ANSWERS[one.answer], improveBy: shortDay(one.improveBy, today), ...findingStanding({ state: findingStateOf(one.last), improveBy: one.improveBy }, today),
      }
    }),
    next: listed.length > PAGE && last ? link({ after: `${last.improveBy}~${last.id}` }) : null, first: query.after === '' ? null : link({}),
  }
})

const EMPTY: Readonly<Record<FindingView, [string, string]>> = {
  open: ['これから直すことは、ありません', '点検に「一部」「未実施」と答えて提出すると、ここに並びます。'], reported: ['確認を待つ知らせは、ありません', '直したと知らせると、確かめるまでここに出ます。'], settled: ['終わったものは、まだありません', '直したことが確かめられると、ここに残ります。'],
}

export default function Findings() {
  const page = useLoaderData<typeof loader>()
  const { counts, rows, view } = page
  return (
    <Page>
      <PageHead back={page.office ? { to: '/program/checks', label: '点検の状況' } : { to: '/checks', label: '点検' }} title={counts.open === 0 && counts.reported === 0 ? '点検で直すことは、残っていません' : `点検で直すこと あと${counts.open + counts.reported}件`}
        lead={page.office ? '点検に「一部」「未実施」と答えた項目です。会社や部署が直したと知らせたら、確かめて、認めるか差し戻します。' : '点検に「一部」「未実施」と答えた項目です。直したら、次の点検を待たずに知らせます。'} asOf={`基準日 ${fullDayWithWeekday(page.today)}`} />
      <Form className="filter pt-0">
        <input type="hidden" name="view" value={view} />
        <div className="field"><label className="label" htmlFor="form">点検</label><select className="in" id="form" name="form" defaultValue={page.slug} key={page.slug}><option value="">すべて</option>{page.forms.map((one) => <option key={one.slug} value={one.slug}>{one.title}</option>)}</select></div>
        <button className="btn btn-sm">表示する</button>
      </Form>
      <section className="sec">
        <h2>{VIEWS[view]}</h2>
        <nav className="tabs" aria-label="状態で絞り込む">{page.views.map((one) => <Link key={one.view} to={one.to} aria-current={one.view === view ? 'page' : undefined}>{one.words} {one.count}</Link>)}</nav>
        {rows.length === 0 ? <div className="mt-6"><Notice kind="info" title={EMPTY[view][0]}><p>{EMPTY[view][1]}</p></Notice></div> : (
          <Table className="mt-6">
            <caption className="sr-only">{VIEWS[view]}</caption>
            <Head><Row><ColumnHead>会社・部署</ColumnHead><ColumnHead>項目</ColumnHead><ColumnHead>答え</ColumnHead><ColumnHead>直す予定</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead>開く</ColumnHead></Row></Head>
            <Body>
              {rows.map((row) => (
                <Row key={row.id}>
                  <RowHead><b>{row.name}</b><br /><span className="who-no">{row.about}</span></RowHead>
                  <Cell label="項目"><span>{row.number}　{row.text}</span></Cell>
                  <Cell label="答え">{row.answer}</Cell>
                  <Cell label="直す予定">{row.improveBy}</Cell>
                  <Cell label="状態"><Status mark={row.mark}>{row.words}</Status></Cell>
                  <Cell label="開く"><Link to={`/checks/findings/${row.id}`} aria-label={`${row.name}の項目 ${row.number}を${view === 'reported' && page.decides ? '確かめる' : '開く'}`}>{view === 'reported' && page.decides ? '確かめる' : '開く'}</Link></Cell>
                </Row>
              ))}
            </Body>
          </Table>
        )}
        <Pager next={page.next} first={page.first} label={`${PAGE}件`} />
      </section>
    </Page>
  )
}
