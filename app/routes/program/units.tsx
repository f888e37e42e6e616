import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countUnchased, listUnchased } from '../../../db/unchased.server'
import { countPeopleOfUnits, countRegistered, countUnits, countWithoutSupervisor, listHolders, listUnitNames, listUnitPage, listVacantSupervisors } from '../../../db/unit-posts.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { ENGAGEMENT_KINDS, whoWords } from '../../domain/people'
import { outOf } from '../../domain/percent'
import { guardLoader } from '../../http/guard.server'
import { Who } from '../../ui/facts'
import { fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: '部署の所属長と保護管理者｜守秘' }]

const PAGE = 50
const VIEWS = { all: 'すべての部署', noHead: '所属長が空席', noProtection: '保護管理者がいない', noSupervisor: '上長番号の人がいない', nobody: '上長も所属長もいない' } as const
type View = keyof typeof VIEWS
const views = Object.keys(VIEWS) as [View, ...View[]]

/** Who answers for each unit, and where nobody does. */
export const loader = guardLoader({ act: 'readProgram', query: z.object({ view: z.enum(views).catch('all').default('all'), after: z.string().max(64).catch('').default('') }) }, async ({ context: { db, now, viewer }, query: { view, after } }) => {
  const day = dayOf(now)
  const [all, noHead, noProtection, noSupervisor, nobody, { people: workforce }] = await Promise.all([countUnits(db, 'all', day), countUnits(db, 'noHead', day), countUnits(db, 'noProtection', day), countWithoutSupervisor(db, day), countUnchased(db, day), countRegistered(db, day)])
  const link = (to: string) => `/program/units?${new URLSearchParams({ view, ...(to && { after: to }) })}`
  const shared = { view, day, workforce, counts: { all: `${all}部署`, noHead: outOf(noHead, all, '部署'), noProtection: outOf(noProtection, all, '部署'), noSupervisor: outOf(noSupervisor, workforce), nobody: outOf(nobody, workforce) }, mayAppoint: may(viewer, 'giveLineRoles'), first: after === '' ? null : link('') }
  if (view === 'nobody') {
    const listed = await listUnchased(db, { after, limit: PAGE + 1, day })
    const page = listed.slice(0, PAGE)
    const names = await listUnitNames(db, [...new Set(page.flatMap(({ unitId }) => unitId ?? []))], day)
    return { ...shared, units: [], numbers: [], people: page.map(({ unitId, ...person }) => ({ ...person, unit: unitId === null ? null : (names.get(unitId)?.name ?? null) })), next: listed.length > PAGE ? link(page.at(-1)!.number) : null }
  }
  if (view === 'noSupervisor') {
    const listed = await listVacantSupervisors(db, { after, limit: PAGE + 1, day })
    return { ...shared, units: [], people: [], numbers: listed.slice(0, PAGE), next: listed.length > PAGE ? link(listed[PAGE - 1]!.number) : null }
  }
  const listed = await listUnitPage(db, view, { after, limit: PAGE + 1, day })
  const page = listed.slice(0, PAGE)
  const ids = page.map(({ unitId }) => unitId)
  const [holders, people] = await Promise.all([listHolders(db, ids, day), countPeopleOfUnits(db, ids, day)])
  const holding = (unitId: string, role: string) => holders.filter((one) => one.unitId === unitId && one.role === role).map(whoWords)
  return { ...shared, numbers: [], people: [], units: page.map((unit) => ({ ...unit, people: people.get(unit.unitId) ?? 0, heads: holding(unit.unitId, 'unitHead'), protection: holding(unit.unitId, 'protectionManager') })), next: listed.length > PAGE ? link(page.at(-1)!.code) : null }
})

export default function Units() {
  const { view, day, workforce, counts, units, numbers, people, mayAppoint, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/program', label: '全体の状況' }} title="部署の所属長と保護管理者" lead="督促の宛先と、取扱いの責任者です。保護管理者は、上の部署にいれば、下の部署も受け持ちます。" asOf={`基準日 ${fullDayWithWeekday(day)}`} />
      <nav className="tabs" aria-label="見る範囲">{views.map((one) => <Link key={one} to={`/program/units?view=${one}`} aria-current={one === view ? 'page' : undefined}>{VIEWS[one]} {counts[one]}</Link>)}</nav>
      {units.length + numbers.length + people.length === 0 && <div className="mt-6"><Notice kind="info" title="当てはまるものはありません"><p>{view === 'nobody' ? '在籍中の従業者には、全員に上長か所属長がいます。' : view === 'noSupervisor' ? '上長番号の人は、全員在籍しています。' : 'どの部署にも、決まった人がいます。'}</p></Notice></div>}
      {units.length > 0 && (
        <Table className="mt-6">
          <caption className="sr-only">{VIEWS[view]}</caption>
          <Head><Row><ColumnHead>部署</ColumnHead><ColumnHead className="num">従業者／全体</ColumnHead><ColumnHead>所属長</ColumnHead><ColumnHead>保護管理者</ColumnHead></Row></Head>
          <Body>
            {units.map((unit) => (
              <Row key={unit.unitId}>
                <RowHead><b>{unit.name}</b><br /><span className="who-no">{unit.code}</span></RowHead>
                <Cell label="従業者" className="num">{outOf(unit.people, workforce)}</Cell>
                <Cell label="所属長">{unit.heads.length > 0 ? unit.heads.join('、') : <Status mark="late">空席</Status>}</Cell>
                <Cell label="保護管理者">{unit.protection.length > 0 ? unit.protection.join('、') : view === 'noProtection' ? <Status mark="late">いません</Status> : <span className="mut">この部署には決めていません</span>}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      {numbers.length > 0 && (
        <Table className="mt-6">
          <caption className="sr-only">{VIEWS.noSupervisor}</caption>
          <Head><Row><ColumnHead>上長番号</ColumnHead><ColumnHead className="num">この番号が上長の人</ColumnHead><ColumnHead>はじめの人の従事者番号</ColumnHead></Row></Head>
          <Body>{numbers.map((one) => <Row key={one.number}><RowHead><b>{one.number}</b></RowHead><Cell label="上長の人" className="num">{outOf(one.people, workforce)}</Cell><Cell label="はじめの人">{one.first}</Cell></Row>)}</Body>
        </Table>
      )}
      {people.length > 0 && (
        <Table className="mt-6">
          <caption className="asof">{`基準日 ${fullDayWithWeekday(day)}　在籍中の従業者のうち ${counts.nobody}`}</caption>
          <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>所属</ColumnHead></Row></Head>
          <Body>{people.map((one) => <Row key={one.engagementId}><RowHead><Who name={one.name} number={one.number} kind={ENGAGEMENT_KINDS[one.kind]}><Link className="who" to={`/people/${one.engagementId}`}>{one.name}</Link></Who></RowHead><Cell label="所属">{one.unit ?? <Status mark="late">所属なし</Status>}</Cell></Row>)}</Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
      {view === 'nobody' && <p className="sml mt-6">在籍中の上長がなく、部署とその上の部署にも、本人のほかに所属長がいない人です。上長番号を入れるか、所属長を任命すると、状況を見て声をかける人ができます。部署の長や役員など、いちばん上の人も並びます。</p>}
      {mayAppoint && view !== 'noSupervisor' && <p className="sml mt-6"><Link to="/people/appointments">役割の画面で、所属長や保護管理者を任命する</Link></p>}
      {view === 'noSupervisor' && <p className="sml mt-6">上長番号は名簿で決まります。人事に、新しい上長番号の取込か訂正を頼んでください。それまでの依頼の写しは、部署の所属長に届きます。</p>}
    </Page>
  )
}
