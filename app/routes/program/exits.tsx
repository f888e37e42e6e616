import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listExits } from '../../../db/exits.server'
import { listUnitNames } from '../../../db/unit-posts.server'
import { EXIT_STATES, exitCoverage, exitPeriod, type ExitState } from '../../domain/exit-coverage'
import { outOf, percentWords } from '../../domain/percent'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { askedScope, exitsOf } from '../../http/overview.server'
import { Who } from '../../ui/facts'
import { fullDay, fullDayWithWeekday, shortDay, timeWords } from '../../ui/format'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status, type Mark } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '退職・終了した人の誓約｜守秘' }]

const PAGE = 50
const MARKS: Record<ExitState, Mark> = { signed: 'done', declined: 'declined', unreachable: 'wait', open: 'todo', none: 'none' }
const WORDS: Record<ExitState, string> = { ...EXIT_STATES, none: '対象外' }
const states = Object.keys(WORDS) as [ExitState, ...ExitState[]]

/** The leavers of the fiscal year and what came of their pledge at the end: nobody must sign, nobody is lost from sight (domain.md L31). */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ on: z.string().max(10).catch('').default(''), show: z.enum(states).or(z.literal('')).catch('').default(''), after: z.string().max(80).catch('').default('') }) }, async ({ context, query }) => {
  const { scopes, day, today } = askedScope(context, { scope: '', on: query.on })
  const period = exitPeriod(day, context.library.calendar)
  const { slugs, title, rows, at } = await exitsOf(context, day, today)
  const listed = await listExits(context.db, slugs, period, query.show || null, { after: query.after, limit: PAGE + 1, today })
  const page = listed.slice(0, PAGE)
  const names = await listUnitNames(context.db, [...new Set(page.flatMap(({ unitId }) => unitId ?? []))], day)
  const link = (after: string) => `/program/exits?${new URLSearchParams({ ...(day < today && { on: day }), ...(query.show && { show: query.show }), ...(after && { after }) })}`
  return {
    scopes, day, today, title, at, from: period.from, show: query.show, counts: exitCoverage(rows, period), people: page.map(({ unitId, ...person }) => ({ ...person, unit: unitId === null ? null : (names.get(unitId)?.name ?? null) })),
    next: listed.length > PAGE ? link(page.at(-1)!.key) : null, first: query.after === '' ? null : link(''),
  }
})

export default function Exits() {
  const { scopes, day, today, title, at, from, show, counts, people, next, first } = useLoaderData<typeof loader>()
  const to = (state: ExitState | '') => `/program/exits?${new URLSearchParams({ ...(day < today && { on: day }), ...(state && { show: state }) })}`
  return (
    <Page>
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="退職・終了した人の誓約" lead={`${title}。署名は求めますが、強いることはできません。説明して断られたこと、連絡がつかなかったことも、結果として残します。`} asOf={`${fullDay(from)}から${fullDayWithWeekday(day)}までに終わった人　委託先は含みません　数は${timeWords(at)}現在です`} />
      <Form className="filter pt-0">
        <div className="field"><label className="label" htmlFor="on">基準日</label><input className="in" type="date" id="on" name="on" defaultValue={day} max={today} key={day} /></div>
        {show && <input type="hidden" name="show" value={show} />}
        <button className="btn btn-sm">表示する</button>
      </Form>
      <section className="sec">
        <h2>結果のある人 {outOf(counts.target - counts.open, counts.target)}({percentWords(counts.target - counts.open, counts.target)})</h2>
        <table className="rows">
          <caption className="asof">基準日 {fullDayWithWeekday(day)}　終わった人 {counts.all}人 = 対象 {outOf(counts.target, counts.all)} + 対象外 {outOf(counts.none, counts.all)}(派遣社員・役員など、この誓約を求めない人)</caption>
          <thead><tr><th scope="col">結果</th><th scope="col" className="num">人数／対象</th><th scope="col" className="num">対象比</th><th scope="col">一覧</th></tr></thead>
          <tbody>
            {(Object.keys(EXIT_STATES) as (keyof typeof EXIT_STATES)[]).map((state) => (
              <tr key={state}><th scope="row"><Status mark={MARKS[state]}>{WORDS[state]}</Status></th><td className="num nw">{outOf(counts[state], counts.target)}</td><td className="num nw">{percentWords(counts[state], counts.target)}</td><td>{counts[state] === 0 ? <span className="mut">―</span> : <Link to={to(state)} aria-label={`${WORDS[state]} ${counts[state]}人の一覧を見る`}>一覧を見る</Link>}</td></tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="sec">
        <h2>{show ? `${WORDS[show]}の人` : '終わった人'}</h2>
        <nav className="tabs" aria-label="見る範囲"><Link to={to('')} aria-current={show === '' ? 'page' : undefined}>すべて {counts.all}人</Link>{states.map((state) => <Link key={state} to={to(state)} aria-current={show === state ? 'page' : undefined}>{WORDS[state]} {outOf(counts[state], counts.all)}</Link>)}</nav>
        {people.length === 0 ? <p className="mt-6">当てはまる人はいません。</p> : (
          <Table className="mt-6">
            <caption className="sr-only">終わった人</caption>
            <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>所属</ColumnHead><ColumnHead>最後の日</ColumnHead><ColumnHead>結果</ColumnHead></Row></Head>
            <Body>
              {people.map((person) => (
                <Row key={person.engagementId}>
                  <RowHead><Who name={person.name} number={person.number} kind={ENGAGEMENT_KINDS[person.kind]}><Link className="who" to={`/people/${person.engagementId}`}>{person.name}</Link></Who></RowHead>
                  <Cell label="所属">{person.unit ?? '―'}</Cell>
                  <Cell label="最後の日">{shortDay(person.lastDay, today)}</Cell>
                  <Cell label="結果"><Status mark={MARKS[person.outcome]}>{WORDS[person.outcome]}</Status></Cell>
                </Row>
              ))}
            </Body>
          </Table>
        )}
        <Pager next={next} first={first} label={`${PAGE}人`} />
      </section>
      <p className="sml mt-6 noprint">ほかの研修・誓約: <Link to="/program">{scopes[0]!.title} ほか{scopes.length - 2}件</Link></p>
    </Page>
  )
}
