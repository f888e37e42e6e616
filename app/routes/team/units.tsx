import type { MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listUnitsOfLine } from '../../../db/team.server'
import { lineOf } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { guardLoader } from '../../http/guard.server'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

const PAGE = 100

export const meta: MetaFunction = () => [{ title: '所属で絞り込む｜守秘' }]

/** The units of a line that has too many for one choice. */
export const loader = guardLoader({ act: 'leadTeam', query: z.object({ after: z.string().max(200).default('') }) }, async ({ context: { db, viewer, now }, query: { after } }) => {
  const listed = await listUnitsOfLine(db, lineOf(viewer), { after, limit: PAGE + 1, today: dayOf(now) })
  const units = listed.slice(0, PAGE)
  return { units, next: listed.length > PAGE ? `/team/units?${new URLSearchParams({ after: units.at(-1)!.code })}` : null, first: after === '' ? null : '/team/units' }
})

export default function Units() {
  const { units, next, first } = useLoaderData<typeof loader>()
  return (
    <Page width="wrap-mid">
      <PageHead back={{ to: '/team', label: 'わたしのチーム' }} title="所属で絞り込む" />
      {units.length === 0 ? <Notice kind="info" title="受け持つ所属はありません"><p>上長として受け持つ人は、「わたしのチーム」に出ています。</p></Notice> : (
        <Table>
          <caption>所属を選ぶと、その所属と下の所属の人が出ます。</caption>
          <Head><Row><ColumnHead>所属</ColumnHead><ColumnHead>所属コード</ColumnHead></Row></Head>
          <Body>{units.map(({ unitId, code, name }) => <Row key={unitId}><RowHead><Link to={`/team?unit=${unitId}`}>{name}</Link></RowHead><Cell label="所属コード">{code}</Cell></Row>)}</Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
