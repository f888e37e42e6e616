import type { MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listCompaniesInLine } from '../../../db/line-companies.server'
import { findLineHead } from '../../../db/line-head.server'
import { countLine, lineKeyOf } from '../../../db/line-list.server'
import { listTeamDuties, listTeamPage } from '../../../db/team.server'
import { teamRows } from '../../content/team-rows.server'
import { lineOf } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { companyLines } from '../../domain/company-block'
import { completionOf, KIND_GROUPS, tabCounts, TABS, type KindGroup, type Tab } from '../../domain/line'
import { foldName } from '../../domain/name'
import { guardLoader, notFound } from '../../http/guard.server'
import { searchIsNoted } from '../../http/noted.server'
import { dayWords, fullDayWithWeekday, timeWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { TeamCompanies } from '../../ui/team-companies'
import { Ratio, shownRow, TAB_WORDS, TeamTable } from '../../ui/team'

const PAGE = 30
/** More units than this are chosen on a page of their own. */
const MOST_UNITS = 30

export const meta: MetaFunction = () => [{ title: 'わたしのチーム｜守秘' }]

const number = z.coerce.number().int().min(0).max(1_000).nullable().catch(null).default(null)
const query = z.object({
  tab: z.enum(TABS).catch('open').default('open'), kind: z.enum(Object.keys(KIND_GROUPS) as [KindGroup, ...KindGroup[]]).nullable().catch(null).default(null), q: z.string().max(100).catch('').default(''),
  sort: z.enum(['due', 'name']).nullable().catch(null).default(null), unit: z.string().max(64).nullable().default(null), after: z.string().max(400).nullable().default(null),
  block: z.string().max(4).nullable().catch(null).default(null), sent: number, papers: number, companies: number,
})

/** The people of one's line, whom to help first; figures beside n/N and 基準日. */
export const loader = guardLoader({ act: 'leadTeam', query }, async ({ context, query }) => {
  const { db, library, now, viewer } = context
  const today = dayOf(now)
  const scope = lineOf(viewer)
  const unit = query.unit || null
  const line = await findLineHead(db, scope, unit, { mostUnits: MOST_UNITS + 1, today, companies: query.block === null ? 'ofSmall' : 'ofAny' })
  if (!line) throw notFound()
  const kinds = query.kind ? KIND_GROUPS[query.kind].kinds : null
  // everybody is looked through by name, the others by whom to help first
  const order = query.sort ?? (query.tab === 'all' ? 'name' : 'due')
  const filter = { tab: query.tab, kinds, prefix: foldName(query.q), order }
  const [groups, listed] = await Promise.all([countLine(db, line, kinds, today), listTeamPage(db, scope, line, filter, { after: query.after, limit: PAGE + 1, today, names: 'employer' }), searchIsNoted(context, { among: 'team', typed: query.q, narrowed: query.kind ? KIND_GROUPS[query.kind].words : '' })])
  const countedAt = line.counted?.at ?? null
  const page = listed.slice(0, PAGE)
  // of a large line the companies are shown when asked for: their people are counted as they stand
  const companies = countedAt !== null && query.block === null ? null : companyLines(!line.hasCompanies ? [] : await listCompaniesInLine(db, unit ? { ...scope, unitIds: [unit], supervisorIds: [] } : scope, today), today)
  const duties = await listTeamDuties(db, page.map(({ engagementId }) => engagementId), 'open')
  const link = (to: { tab?: Tab; after?: string | null }) => {
    const wanted = new URLSearchParams()
    for (const [name, value] of Object.entries({ ...query, sent: null, papers: null, companies: null, block: null, after: null, ...to })) if (value && typeof value === 'string' && !(name === 'tab' && value === 'open')) wanted.set(name, value)
    return `/team?${wanted}`
  }
  const counts = tabCounts(groups, today)
  return {
    query: { tab: query.tab, kind: query.kind, q: query.q, sort: order, unit }, today, at: now, countedAt, companies, sent: query.sent === null ? null : { people: query.sent, papers: query.papers ?? 0, companies: query.companies ?? 0 }, more: `${link({})}&block=1#companies`,
    protects: viewer.roles.some(({ role }) => role === 'protectionManager'),
    where: line.names.length > 0 ? line.names : ['上長として受け持つ人'],
    units: line.units.length > MOST_UNITS ? null : line.units.sort((a, b) => (a.name < b.name ? -1 : 1)),
    tabs: TABS.filter((tab) => counts[tab] > 0 || ['open', 'late', 'all', query.tab].includes(tab)).map((tab) => ({ tab, count: counts[tab], to: link({ tab }) })), completion: completionOf(groups),
    rows: teamRows(library, page, duties, today).map(({ row }) => shownRow(row, today)),
    next: listed.length > PAGE ? link({ after: lineKeyOf(page.at(-1)!) }) : null, first: query.after === null ? null : link({}),
  }
})

export default function Team() {
  const { query, protects, where, today, at, countedAt, companies, sent, more, completion, tabs, units, rows, next, first } = useLoaderData<typeof loader>()
  const count = tabs.find(({ tab }) => tab === query.tab)!.count
  const order = query.sort === 'name' ? '氏名の順' : '期限の近い人から順'
  return (
    <Page>
      {sent !== null && <Notice kind="ok" title="依頼しました"><p>{[sent.people > 0 && `メールで${sent.people}人`, sent.papers > 0 && `書面で${sent.papers}人`, sent.companies > 0 && `委託先の責任者へ${sent.companies}社`].filter(Boolean).join('、') || '送る相手は、いませんでした'}。メールは、次の依頼の便で届きます。{sent.people + sent.papers > 0 && '記録は、それぞれの人の画面にあります。'}</p></Notice>}
      <PageHead title="わたしのチーム" asOf={<>{where.join('・')}　{completion.whole}人(稼働{completion.working}・休職{completion.onLeave}・開始前{completion.before})　<span className="nw">基準日 {fullDayWithWeekday(today)} {timeWords(at)}</span>{countedAt !== null && <>　<span className="nw">数は{timeWords(countedAt)}現在</span></>}</>} />
      <div className="cols gap-x-12 gap-y-4">
        <div>
          <nav className="tabs" aria-label="状態で絞り込む">
            {tabs.map(({ tab, count: people, to }) => {
              const [words, mark] = TAB_WORDS[tab]
              return <Link key={tab} to={to} aria-current={tab === query.tab ? 'true' : undefined}>{mark ? <Status mark={mark}>{words}</Status> : words} {people}</Link>
            })}
          </nav>
          <Form className="filter" role="search" action="/team">
            {query.tab !== 'open' && <input type="hidden" name="tab" value={query.tab} />}
            <div className="field"><label className="label" htmlFor="q">氏名・フリガナ・番号</label><input className="in" id="q" name="q" type="search" defaultValue={query.q} key={query.q} aria-describedby="qh" /></div>
            <div className="field"><label className="label" htmlFor="kind">雇用形態</label>
              <select className="in" id="kind" name="kind" defaultValue={query.kind ?? ''} key={query.kind}><option value="">すべて</option>{Object.entries(KIND_GROUPS).map(([group, { words }]) => <option key={group} value={group}>{words}</option>)}</select>
            </div>
            {units !== null && units.length > 1 && (
              <div className="field"><label className="label" htmlFor="unit">所属</label>
                <select className="in" id="unit" name="unit" defaultValue={query.unit ?? ''} key={query.unit}><option value="">すべて</option>{units.map(({ unitId, name }) => <option key={unitId} value={unitId}>{name}</option>)}</select>
              </div>
            )}
            {units === null && <p className="sml"><Link to="/team/units">所属で絞り込む</Link></p>}
            {units === null && query.unit !== null && <input type="hidden" name="unit" value={query.unit} />}
            <div className="field"><label className="label" htmlFor="sort">並び</label><select className="in" id="sort" name="sort" defaultValue={query.sort} key={query.sort}><option value="due">期限の近い順</option><option value="name">氏名の順</option></select></div>
            <button className="btn btn-sm">絞り込む</button>
          </Form>
          <p className="sml mut -mt-2 mb-4" id="qh">氏名でさがしたことは、監査のために記録します。</p>
        </div>
        <Ratio completion={completion} asOf={dayWords(today)} />
      </div>
      {rows.length > 0 ? (
        <Form method="post" action="/team/chase">
          <TeamTable rows={rows} caption={`自社の従業者と派遣社員 — ${query.q === '' ? `${count}人` : `「${query.q}」で始まる人`}、${order}`} />
          {rows.some(({ ask }) => ask !== '') && (
            <div className="acts acts-stick"><button className="btn btn-main">選んだ人への依頼を確かめる</button><button className="btn btn-text" formAction="/team/grants">受講の時間を用意する</button><Link className="btn btn-text" to="/team/papers">お知らせの紙</Link></div>
          )}
        </Form>
      ) : (
        <Notice kind="info" title={completion.whole === 0 ? '受け持つ人は、まだいません' : query.q !== '' ? `「${query.q}」で始まる人は、ここにはいません` : query.tab === 'open' ? '未了の人はいません' : 'ここに当てはまる人はいません'}>
          <p>{completion.whole === 0 ? '名簿で、あなたの従事者番号が上長番号にある人と、あなたが長を務める所属の人が出ます。違うときは、人事に伝えてください。' : query.q !== '' ? '字体の違いは区別していません。ほかの状態の人は「全員」でさがせます。' : 'ほかの状態の人は、上の「全員」から見られます。'}</p>
        </Notice>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
      {rows.length > 0 && (
        <Form method="post" action="/team/csv" reloadDocument className="acts">
          {Object.entries(query).map(([name, value]) => value !== null && <input key={name} type="hidden" name={name} value={value} />)}
          <button className="btn btn-text btn-sm">この一覧をCSVで受け取る</button>
        </Form>
      )}
      {protects && <section className="sec noprint"><h2>部署の点検</h2><p>保護管理者は、部署の様子を毎月5分で確かめ、署名して残します。</p><div className="acts"><Link className="btn btn-sm" to="/checks">点検を見る</Link></div></section>}
      {companies === null ? <section className="sec" id="companies"><h2>委託先で働く人</h2><p>会社ごとの数は、受け持つ人が多いため、別に集計します。</p><div className="acts"><Link className="btn btn-sm" to={more}>委託先の状況を見る</Link></div></section> : companies.length > 0 && <TeamCompanies companies={companies} unit={query.unit === null ? null : { id: query.unit, name: where.join('・') }} today={today} />}
    </Page>
  )
}
