import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countAssigned, countCompletions } from '../../../db/understanding.server'
import { mappedProvisions } from '../../content/provision-map.server'
import { dayOf } from '../../domain/calendar'
import { outOf } from '../../domain/percent'
import { guardLoader } from '../../http/guard.server'
import { choicesOf, completedBy, wantedProvisions } from '../../http/sources.server'
import { pageAfter } from '../../http/understanding.server'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { FITS, fitWord, fitWords, SEED_WORDS, STATUS_WORDS } from '../../ui/source-words'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '教材と根拠条項の対応｜守秘' }]

const PAGE = 40
const word = z.string().max(20).catch('').default('')

/** P09: what each row of the ledger is met by today; what should be taught and is not stands first (domain.md §6 question 3). */
export const loader = guardLoader(
  { act: 'readProgram', query: z.object({ seed: word, fit: word, status: word, find: z.string().max(40).catch('').default(''), show: z.enum(['all', 'taught', 'uncovered', 'outside']).catch('all').default('all'), after: z.string().max(40).catch('').default('') }) },
  async ({ context, query }) => {
    const { library, db } = context
    const rows = mappedProvisions(library)
    const listed = wantedProvisions(rows, query)
    const { page, next } = pageAfter(listed, ({ id }) => id, query.after, PAGE)
    const [completions, assigned] = await Promise.all([countCompletions(db), countAssigned(db)])
    const asked = Object.fromEntries(Object.entries(query).filter(([name, value]) => name !== 'after' && value !== '' && value !== 'all')) as Record<string, string>
    const link = (to: string) => `/program/sources?${new URLSearchParams({ ...asked, ...(to && { after: to }) })}`
    return {
      seeds: choicesOf(SEED_WORDS, rows.map(({ seed }) => seed)), statuses: choicesOf(STATUS_WORDS, rows.map(({ status }) => status)),
      day: dayOf(context.now), query, asked, rows: page.map((row) => ({ ...row, completed: completedBy(row, completions, assigned) })), found: listed.length,
      counts: { all: rows.length, taught: rows.filter(({ taught }) => taught.length > 0).length, uncovered: rows.filter(({ isUncovered }) => isUncovered).length, outside: rows.filter(({ taught, isUncovered }) => taught.length === 0 && !isUncovered).length },
      next: next === null ? null : link(next), first: query.after === '' ? null : link(''),
    }
  },
)

export default function Sources() {
  const { day, query, asked, seeds, statuses, rows, found, counts, next, first } = useLoaderData<typeof loader>()
  const tab = (show: string) => `/program/sources?${new URLSearchParams({ ...asked, show })}`
  return (
    <Page>
      <PageHead
        back={{ to: '/program', label: '全体の状況' }} title={counts.uncovered > 0 ? `教材にまだない条項が${counts.uncovered}件あります` : '教えることになっている条項は、すべて教材にあります'}
        lead="根拠の条項と、いま使っている教材・問題・誓約書・チェックリストの対応です。" asOf={`基準日 ${fullDayWithWeekday(day)}　条項 ${counts.all}件：教材にあり ${outOf(counts.taught, counts.all, '件')}・まだない ${outOf(counts.uncovered, counts.all, '件')}・教材の外 ${outOf(counts.outside, counts.all, '件')}`}
      />
      <Form className="filter">
        <div className="field"><label className="label" htmlFor="seed">出典</label><select className="in" id="seed" name="seed" defaultValue={query.seed}><option value="">すべて</option>{seeds.map(({ value, words }) => <option key={value} value={value}>{words}</option>)}</select></div>
        <div className="field"><label className="label" htmlFor="fit">満たし方</label><select className="in" id="fit" name="fit" defaultValue={query.fit}><option value="">すべて</option>{FITS.map((fit) => <option key={fit} value={fit}>{fitWord(fit)}</option>)}</select></div>
        <div className="field"><label className="label" htmlFor="status">位置づけ</label><select className="in" id="status" name="status" defaultValue={query.status}><option value="">すべて</option>{statuses.map(({ value, words }) => <option key={value} value={value}>{words}</option>)}</select></div>
        <div className="field"><label className="label" htmlFor="find">条項の番号</label><input className="in" id="find" name="find" defaultValue={query.find} placeholder="R-000-1.2" /></div>
        <input type="hidden" name="show" value={query.show} />
        <button className="btn btn-sm">表示する</button>
      </Form>
      <nav className="tabs" aria-label="見る範囲">
        {([['all', 'すべて', counts.all], ['uncovered', '教材にまだない', counts.uncovered], ['taught', '教材にあり', counts.taught], ['outside', '教材の外', counts.outside]] as const).map(([show, words, count]) => <Link key={show} to={tab(show)} aria-current={query.show === show ? 'page' : undefined}>{words} {show === 'all' ? `${count}件` : outOf(count, counts.all, '件')}</Link>)}
      </nav>
      {rows.length === 0 ? <div className="mt-6"><Notice kind="info" title="当てはまる条項はありません"><p>絞り込みを変えて、もう一度表示してください。</p></Notice></div> : (
        <Table className="mt-6">
          <caption className="asof">{outOf(found, counts.all, '件')}　基準日 {fullDayWithWeekday(day)}　修了は、その節のある研修のいまの版を終えた件数と、その研修の割当(免除と取下げを除く)です。1人が2つの研修を終えれば2件です。委託先は報告ベースで、従業者の数に入れていません</caption>
          <Head><Row><ColumnHead>条項</ColumnHead><ColumnHead>満たし方・位置づけ</ColumnHead><ColumnHead>教える節</ColumnHead><ColumnHead className="num">問題</ColumnHead><ColumnHead>修了／割当</ColumnHead></Row></Head>
          <Body>
            {rows.map((row) => (
              <Row key={row.id}>
                <RowHead><b>{row.words}</b><br /><span className="mut">{row.id}・{SEED_WORDS[row.seed] ?? row.seed} {row.section}</span></RowHead>
                <Cell label="満たし方">{fitWords(row.fit)}<br /><span className="mut">{STATUS_WORDS[row.status] ?? row.status}</span></Cell>
                <Cell label="教える節">
                  {row.isUncovered && <Status mark="late">まだありません</Status>}
                  {!row.isUncovered && row.taught.length === 0 && <span className="mut">{row.status === 'oldRegime' ? '今の決まりとして教えない' : '教材の外'}</span>}
                  {row.taught.map((one) => <p key={`${one.slug} ${one.page}`}><Link to={`/program/sources/modules?${new URLSearchParams({ module: one.slug })}`}>{one.slug}</Link> {one.section}<span className="mut">({one.version} 版・{fullDay(one.asOf)}時点)</span></p>)}
                  {row.pledges.length > 0 && <p className="mut">誓約書 {row.pledges.join('・')}</p>}
                  {row.checklists.length > 0 && <p className="mut">チェックリスト {row.checklists.join('・')}</p>}
                </Cell>
                <Cell label="問題" className="num">{row.questions.length === 0 ? '―' : row.questions.map(({ slug, count }) => <span key={slug} className="nw">{slug} {count}問<br /></span>)}</Cell>
                <Cell label="修了">{row.taught.length === 0 ? '―' : <><span className="nw">従業者 {outOf(row.completed.workforce, row.completed.ofWorkforce, '件')}</span><br /><span className="mut nw">委託先 {outOf(row.completed.company, row.completed.ofCompany, '件')}</span></>}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
      <section className="sec noprint">
        <h2>ほかの見方</h2>
        <ul>
          <li><Link to="/program/sources/modules">研修の版ごとに見る(節・条項・法令)</Link></li>
          <li><Link to="/program/understanding?by=provision">条項ごとの理解度</Link></li>
          <li><a href={`/program/sources/csv?${new URLSearchParams(asked)}`} download>この一覧をCSVで受け取る</a></li>
        </ul>
      </section>
    </Page>
  )
}
