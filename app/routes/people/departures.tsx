import { Form, Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listDied } from '../../../db/deaths.server'
import { countLeavers, listExitDuties, listLeavers, listRemaining, type Leaver } from '../../../db/departures.server'
import { listReturnItems } from '../../../db/return-items.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { departureOf, VIEW_DAYS } from '../../domain/departure'
import { guardLoader } from '../../http/guard.server'
import { DepartureRows, EXIT_LAW, type DepartureRow } from '../../ui/departures'
import { fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { ColumnHead, Head, Row, Table } from '../../ui/table'

const PAGE = 50
/** This month and those before, whose leavers can be handed over at once. */
const MONTHS = 13

function monthBefore(month: string, back: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - back
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}

export const meta: MetaFunction = () => [{ title: '退職・終了｜守秘' }]

/** Who ended with something left, and who ends within 30 days, each group a page by key. */
export const loader = guardLoader({ act: 'enterRecords', query: z.object({ left: z.string().max(200).catch('').default(''), soon: z.string().max(200).catch('').default('') }) }, async ({ context: { db, now, viewer }, query }) => {
  const today = dayOf(now)
  const [left, soon, leftCount, soonCount] = await Promise.all([
    listLeavers(db, 'left', { after: query.left, limit: PAGE + 1, today }), listLeavers(db, 'soon', { after: query.soon, limit: PAGE + 1, today }),
    countLeavers(db, 'left', today), countLeavers(db, 'soon', today),
  ])
  const shown = [...left.slice(0, PAGE), ...soon.slice(0, PAGE)]
  const ids = shown.map(({ engagementId }) => engagementId)
  const [{ duties, pledges, certificates }, items, remaining, died] = await Promise.all([listExitDuties(db, ids), listReturnItems(db, ids), listRemaining(db, ids), listDied(db, ids)])
  const rowOf = ({ key: _key, ...person }: Leaver): DepartureRow => ({
    ...person,
    departure: departureOf({ ...person, died: died.has(person.engagementId) }, {
      remaining: remaining.filter(({ engagementId }) => engagementId === person.engagementId),
      duties: duties.filter(({ engagementId }) => engagementId === person.engagementId), pledge: pledges.find(({ engagementId }) => engagementId === person.engagementId) ?? null,
      certificate: certificates.find(({ engagementId }) => engagementId === person.engagementId) ?? null,
      items: items.filter(({ engagementId }) => engagementId === person.engagementId),
    }, today),
  })
  const nextOf = (group: 'left' | 'soon', people: readonly Leaver[]) => (people.length > PAGE ? `/people/departures?${new URLSearchParams({ ...query, [group]: people[PAGE - 1]!.key })}` : null)
  return {
    mayTake: may(viewer, 'takeDossiers'), months: Array.from({ length: MONTHS }, (_, back) => monthBefore(today.slice(0, 7), back)),
    today, leftCount, soonCount, paged: query.left !== '' || query.soon !== '',
    left: left.slice(0, PAGE).map(rowOf), soon: soon.slice(0, PAGE).map(rowOf), nextLeft: nextOf('left', left), nextSoon: nextOf('soon', soon),
  }
})

export default function Departures() {
  const { today, leftCount, soonCount, left, soon, nextLeft, nextSoon, paged, mayTake, months } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead title="退職・終了" lead="最後の日までに済ませることを、日の近い順に並べています。" asOf={`基準日 ${fullDayWithWeekday(today)}　${VIEW_DAYS}日以内に${soonCount}人、終了後の未完了${leftCount}人`} />
      {left.length + soon.length === 0 ? (
        <Notice kind="info" title="いま、退職・終了の手続はありません"><p>{VIEW_DAYS}日以内に在籍や契約が終わる人と、終わったあとに返却や誓約の記録が残っている人が、ここに出ます。最後の日は、名簿の取込か「訂正する・終了する」で登録します。</p></Notice>
      ) : (
        <Table>
          <caption className="sr-only">退職・終了する人</caption>
          <Head><Row><ColumnHead>氏名・番号</ColumnHead><ColumnHead>最後の日</ColumnHead><ColumnHead>研修の残り</ColumnHead><ColumnHead>退職時の誓約</ColumnHead><ColumnHead>返却・消去</ColumnHead><ColumnHead>権限の停止</ColumnHead><ColumnHead>次にすること</ColumnHead></Row></Head>
          {left.length > 0 && <DepartureRows people={left} title={`終了したのに、残っているもの　${leftCount}人`} today={today} />}
          {soon.length > 0 && <DepartureRows people={soon} title={`これから終了する人　${soonCount}人`} today={today} />}
        </Table>
      )}
      {(nextLeft !== null || nextSoon !== null || paged) && (
        <nav className="acts" aria-label="表の続き">
          {nextLeft !== null && <Link className="btn btn-sm" to={nextLeft}>終了した人の次の{PAGE}人を見る</Link>}
          {nextSoon !== null && <Link className="btn btn-sm" to={nextSoon}>これから終了する人の次の{PAGE}人を見る</Link>}
          {paged && <Link className="btn btn-text btn-sm" to="/people/departures">はじめに戻る</Link>}
        </nav>
      )}
      {mayTake && (
        <Form action="/people/dossiers" className="filter noprint mt-6">
          <div className="field"><label className="label" htmlFor="month">月ごとの記録一式</label><select className="in" id="month" name="month">{months.map((month) => <option key={month} value={month}>{month.replace(/^(\d+)-0?(\d+)$/, '$1年$2月')}に終了</option>)}</select></div>
          <button className="btn btn-sm">この月の記録一式を受け取る</button>
        </Form>
      )}
      <p className="src">{EXIT_LAW}</p>
    </Page>
  )
}
