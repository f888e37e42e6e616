import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { COVERAGE_LISTS, listCovered } from '../../../db/coverage-people.server'
import { listUnitNames } from '../../../db/unit-posts.server'
import { dayOf, OPEN_DAY } from '../../domain/calendar'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { askedScope } from '../../http/overview.server'
import { dutyStanding, LIST_WORDS } from '../../ui/coverage-words'
import { Who } from '../../ui/facts'
import { fullDayWithWeekday, shortDay } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.heading ?? '全体の状況'}｜守秘` }]

const PAGE = 50
const kinds = Object.keys(ENGAGEMENT_KINDS) as [EngagementKind, ...EngagementKind[]]

/** The people behind a number of 「全体の状況」, live. */
export const loader = guardLoader(
  { act: 'readProgram', query: z.object({ scope: z.string().max(80).catch('').default(''), on: z.string().max(10).catch('').default(''), show: z.enum(COVERAGE_LISTS).catch('target').default('target'), unit: z.uuid().or(z.literal('')).catch('').default(''), kind: z.enum(kinds).or(z.literal('')).catch('').default(''), after: z.string().max(80).catch('').default('') }) },
  async ({ context, query }) => {
    const { db } = context
    const { scope, day, today, title } = askedScope(context, query)
    const listed = await listCovered(db, scope, query.show, query, { after: query.after, limit: PAGE + 1, day })
    const page = listed.slice(0, PAGE)
    const names = await listUnitNames(db, [...new Set([...page.flatMap(({ unitId }) => unitId ?? []), ...(query.unit ? [query.unit] : [])])], day)
    const of = { scope: scope.key, ...(day < today && { on: day }) }
    const link = (after: string) => `/program/people?${new URLSearchParams({ ...of, show: query.show, ...(query.unit && { unit: query.unit }), ...(query.kind && { kind: query.kind }), ...(after && { after }) })}`
    const signs = scope.kind !== 'module'
    return {
      heading: LIST_WORDS[query.show], title, day, today, show: query.show, back: `/program?${new URLSearchParams(of)}`,
      where: [query.unit ? names.get(query.unit)?.name : undefined, query.kind ? ENGAGEMENT_KINDS[query.kind] : undefined].filter((word) => word !== undefined),
      people: page.map(({ unitId, ...person }) => {
        const [mark, word] = person.beginsOn > day ? (['todo', `${shortDay(person.beginsOn, day)}から`] as const) : query.show === 'away' ? (['stop', '休職・育休(期限停止)'] as const) : dutyStanding(person, day, signs)
        const hasDue = !['gap', 'none', 'exempted'].includes(person.duty)
        return { engagementId: person.engagementId, number: person.number, name: person.name, kind: person.kind, unit: unitId === null ? null : (names.get(unitId)?.name ?? null), mark, word, due: !hasDue ? null : person.dueOn === OPEN_DAY ? '復帰後に決まります' : shortDay(person.dueOn, today), settledOn: person.settledAt !== null && ['inTime', 'late', 'declined'].includes(person.duty) ? shortDay(dayOf(person.settledAt), today) : null }
      }),
      next: listed.length > PAGE ? link(page.at(-1)!.key) : null, first: query.after === '' ? null : link(''),
    }
  },
)

export default function CoveredPeople() {
  const { heading, title, day, where, people, show, back, next, first } = useLoaderData<typeof loader>()
  const why = show === 'gap' || show === 'notAsked' ? 'なぜ割当がないか' : 'なぜ割り当てられたか'
  return (
    <Page>
      <PageHead back={{ to: back, label: '全体の状況' }} title={[heading, ...where].join('・')} lead={title} asOf={`基準日 ${fullDayWithWeekday(day)}　従業者だけです。委託先は含みません`} />
      {people.length === 0 ? (
        <Notice kind="info" title="この一覧に当てはまる人はいません"><p>数が出ていたときは、そのあとに状況が変わっています。</p><div className="acts"><Link className="btn btn-sm" to={back}>全体の状況に戻る</Link></div></Notice>
      ) : (
        <Table>
          <caption className="sr-only">{heading}</caption>
          <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>所属</ColumnHead><ColumnHead>期限</ColumnHead><ColumnHead>状態</ColumnHead><ColumnHead>割当</ColumnHead></Row></Head>
          <Body>
            {people.map((person) => (
              <Row key={person.engagementId}>
                <RowHead><Who name={person.name} number={person.number} kind={ENGAGEMENT_KINDS[person.kind]}><Link className="who" to={`/people/${person.engagementId}`}>{person.name}</Link></Who></RowHead>
                <Cell label="所属">{person.unit ?? '―'}</Cell>
                <Cell label="期限">{person.due ?? '―'}</Cell>
                <Cell label="状態"><Status mark={person.mark}>{person.word}</Status>{person.settledOn !== null && ` ${person.settledOn}`}</Cell>
                <Cell label="割当"><Link to={`/program/why/${person.engagementId}`} aria-label={`${person.name}(${person.number})に${why}`}>{why}</Link></Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
    </Page>
  )
}
