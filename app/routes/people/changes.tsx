import { Link, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listChangeHistory } from '../../../db/change-history.server'
import { may } from '../../domain/access'
import { dayOf } from '../../domain/calendar'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import { guardLoader } from '../../http/guard.server'
import { changeName, summaryWords } from '../../ui/change-words'
import { Who } from '../../ui/facts'
import { instantWords } from '../../ui/format'
import { Notice } from '../../ui/notice'
import { Page, PageHead } from '../../ui/page-head'
import { Pager } from '../../ui/pager'
import { Status } from '../../ui/status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from '../../ui/table'

const PAGE = 50

export const meta: MetaFunction = () => [{ title: '名簿の変更の履歴｜守秘' }]

/** Everything that changed the roster, newest first. */
export const loader = guardLoader({ act: 'readChanges', query: z.object({ before: z.uuid().nullable().default(null) }) }, async ({ context: { db, now, viewer }, query }) => {
  const today = dayOf(now)
  const listed = await listChangeHistory(db, { before: query.before, limit: PAGE + 1, today })
  const page = listed.slice(0, PAGE)
  return { mayManage: may(viewer, 'manageRoster'), changes: page, today, next: listed.length > PAGE ? `/people/changes?before=${page.at(-1)!.id}` : null, first: query.before === null ? null : '/people/changes' }
})

export default function Changes() {
  const { mayManage, changes, today, next, first } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHead back={mayManage ? { to: '/people', label: '人をさがす' } : { to: '/audit', label: '監査' }} title="名簿の変更の履歴" lead={`名簿の取込や1人ずつの訂正は、変更セットとして残ります。${mayManage ? '1つずつ、まとめて元に戻せます。' : '元に戻したことも、変更として残ります。'}`} />
      {changes.length === 0 ? (
        <Notice kind="info" title="変更は、まだありません"><p>名簿を取り込むか、1人を追加すると、ここに残ります。</p>{mayManage && <div className="acts"><Link className="btn btn-sm" to="/people/import">名簿を取り込む</Link></div>}</Notice>
      ) : (
        <Table>
          <caption className="sr-only">変更セット</caption>
          <Head><Row><ColumnHead>変更</ColumnHead><ColumnHead>いつ</ColumnHead><ColumnHead>だれが</ColumnHead><ColumnHead>内容</ColumnHead><ColumnHead>状態</ColumnHead></Row></Head>
          <Body>
            {changes.map((change) => (
              <Row key={change.id}>
                <RowHead><Link className="who" to={`/people/changes/${change.id}`}>{changeName(change)}</Link></RowHead>
                <Cell label="いつ">{instantWords(change.at, today)}</Cell>
                <Cell label="だれが">{change.actor === null ? 'しくみ' : <Who name={change.actor.name} number={change.actor.number} kind={ENGAGEMENT_KINDS[change.actor.kind]} />}</Cell>
                <Cell label="内容">{summaryWords(change.summary)}</Cell>
                <Cell label="状態">{change.undoneBy === null ? <Status mark="done">反映済み</Status> : <Status mark="none">元に戻しました</Status>}</Cell>
              </Row>
            ))}
          </Body>
        </Table>
      )}
      <Pager next={next} first={first} label={`${PAGE}件`} />
    </Page>
  )
}
