import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { dayOf, spanWords } from '../../domain/calendar'
import { tierOf } from '../../domain/company-figures'
import { isSilent, SILENT_MS, SILENT_WORDS } from '../../domain/company-report'
import { outOf, percentWords } from '../../domain/percent'
import { COMPANY_KINDS } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { askedScope, companiesOf, countsOf } from '../../http/overview.server'
import { fullDayWithWeekday, shortDay, timeWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '委託先の状況｜守秘' }]

/** Companies with their figures: no person of theirs is on this page (domain.md L25). */
export const loader = guardLoader(
  { act: 'readProgram', query: z.object({ scope: z.string().max(80).catch('').default(''), on: z.string().max(10).catch('').default(''), view: z.enum(['all', 'silent']).catch('all').default('all') }) },
  async ({ context, query }) => {
    const { scope, day, today, title } = askedScope(context, query)
    const counts = await countsOf(context, scope, day, today)
    const companies = (await companiesOf(context.db, counts, day)).map((company) => ({ ...company, isSilent: isSilent(company, context.now) }))
    return { title, day, today, at: counts.at, view: query.view, silent: companies.filter((company) => company.isSilent).length, all: companies.length, companies: companies.filter((company) => query.view === 'all' || company.isSilent), of: { scope: scope.key, ...(day < today && { on: day }) } }
  },
)

export default function Companies() {
  const { title, day, today, at, view, silent, all, companies, of } = useLoaderData<typeof loader>()
  const link = (to: string) => `/program/companies?${new URLSearchParams({ ...of, view: to })}`
  return (
    <Page>
      <PageHead back={{ to: `/program?${new URLSearchParams(of)}`, label: '全体の状況' }} title="委託先の状況(報告ベース)" lead={title} asOf={`基準日 ${fullDayWithWeekday(day)}　数は${timeWords(at)}現在です。従業者の率には入れていません`} />
      <nav className="tabs" aria-label="見る範囲">
        <Link to={link('all')} aria-current={view === 'all' ? 'page' : undefined}>すべて {all}社</Link>
        <Link to={link('silent')} aria-current={view === 'silent' ? 'page' : undefined}>{SILENT_WORDS} {outOf(silent, all, '社')}</Link>
      </nav>
      {companies.length === 0 ? <div className="mt-6"><Notice kind="info" title="当てはまる会社はありません"><p>{view === 'silent' ? `働いている人のいる会社は、どこもこの${spanWords(SILENT_MS)}のうちに報告しています。` : '働いている人のいる委託先は、登録されていません。'}</p></Notice></div> : (
        <Table className="mt-6">
          <caption className="sr-only">会社ごとの状況</caption>
          <Head><Row><ColumnHead>会社</ColumnHead><ColumnHead>種別</ColumnHead><ColumnHead className="num">登録／申告</ColumnHead><ColumnHead>修了／対象</ColumnHead><ColumnHead>誓約取得証明</ColumnHead><ColumnHead>最後の報告</ColumnHead></Row></Head>
          <Body>
            {companies.map((company) => (
              <Row key={company.companyId}>
                <RowHead>{company.depth > 0 && <span className="mut">{`${'　'.repeat(company.depth - 1)}└ `}</span>}<b>{company.name}</b></RowHead>
                <Cell label="種別">{COMPANY_KINDS[company.kind]}{tierOf(company) === '再々委託先より下' && '(再々委託先より下)'}</Cell>
                <Cell label="登録／申告" className="num">{company.coverage.all}／{company.declared === null ? '申告なし' : `${company.declared}人`}</Cell>
                <Cell label="修了／対象">{`${company.coverage.passed}/${company.coverage.target}人(${percentWords(company.coverage.passed, company.coverage.target)})`}</Cell>
                <Cell label="証明">{company.isCertified ? <Status mark="done">全員分あり</Status> : <Status mark="soon">まだの人がいます</Status>}</Cell>
                <Cell label="最後の報告">{company.kind === 'sole' ? '本人の記録' : company.reportedAt === null ? <Status mark={company.isSilent ? 'late' : 'todo'}>ありません</Status> : company.isSilent ? <Status mark="late">{shortDay(dayOf(company.reportedAt), today)}</Status> : shortDay(dayOf(company.reportedAt), today)}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <p className="sml mt-6">委託先の人への依頼は、会社側担当者を通して行います。ここには個人を表示しません。報告とは、誓約取得証明か在籍人数の申告です。上の会社の報告は、その下の会社の報告でもあります。</p>
    </Page>
  )
}
