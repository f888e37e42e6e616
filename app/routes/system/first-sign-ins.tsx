import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { countNeverSignedIn, listNeverSignedIn } from '../../../db/sign-in-states.server'
import { dayOf } from '../../domain/calendar'
import { percentWords } from '../../domain/percent'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { fullDay, fullDayWithWeekday } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

export const meta: MetaFunction = () => [{ title: 'はじめてのサインイン｜守秘' }]

const PAGE = 100

/** Who has never signed in, by number only. */
export const loader = guardLoader({ act: 'runSystem', query: z.object({ after: z.string().max(64).catch('').default('') }) }, async ({ context: { db, now }, query: { after } }) => {
  const day = dayOf(now)
  const [listed, counts] = await Promise.all([listNeverSignedIn(db, { after, limit: PAGE + 1, day }), countNeverSignedIn(db, day)])
  const page = listed.slice(0, PAGE)
  return { day, counts, people: page, next: listed.length > PAGE ? `/system/first-sign-ins?${new URLSearchParams({ after: page.at(-1)!.number })}` : null, first: after === '' ? null : '/system/first-sign-ins' }
})

export default function FirstSignIns() {
  const { day, counts, people, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={{ to: '/system', label: 'しくみの状態' }} title="まだ一度もサインインしていない人" lead="番号だけを表示します。案内のメールや利用票は、人事か会社側担当者が渡します。" asOf={`基準日 ${fullDayWithWeekday(day)}　${counts.never}/${counts.all}人(${percentWords(counts.never, counts.all)})`} />
      {people.length === 0 ? <Notice kind="info" title="全員が、一度はサインインしています"><p>新しい人が加わると、ここに出ます。</p></Notice> : (
        <Table>
          <caption className="sr-only">まだ一度もサインインしていない人</caption>
          <Head><Row><ColumnHead>従事者番号</ColumnHead><ColumnHead>雇用形態</ColumnHead><ColumnHead>会社</ColumnHead><ColumnHead>いつから</ColumnHead></Row></Head>
          <Body>{people.map((one) => <Row key={one.number}><RowHead><b>{one.number}</b></RowHead><Cell label="雇用形態">{ENGAGEMENT_KINDS[one.kind]}</Cell><Cell label="会社">{one.company}</Cell><Cell label="いつから">{fullDay(one.since)}から</Cell></Row>)}</Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}人`} />
    </Page>
  )
}
