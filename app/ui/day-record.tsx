import type { Day } from '../domain/calendar'
import type { Relation } from '../domain/people'
import type { Standing } from '../domain/standing'
import { shortDay, shortDueDay } from './format'
import { StandingStatus } from './standing'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

interface DutyRow {
  id: string
  title: string
  period: string
  dueOn: Day
  settledOn: Day | null
  version: string | null
  minutes: number | null
  receipt: string | null
  /** The name as it was typed under a text. */
  typed: string | null
  standing: Standing
}

/** Duties of one person as they stood on a day, with the proof that there was by then. */
export function DutiesThen({ rows, day, relation, what }: { rows: readonly DutyRow[]; day: Day; relation: Relation; what: string }) {
  if (rows.length === 0) return <p>その日に割り当てられていた{what}はありません。</p>
  return (
    <Table>
      <caption className="sr-only">{what}</caption>
      <Head><Row><ColumnHead>内容</ColumnHead><ColumnHead>その日の期限</ColumnHead><ColumnHead>その日の状態</ColumnHead><ColumnHead>版</ColumnHead><ColumnHead>証跡</ColumnHead></Row></Head>
      <Body>
        {rows.map((row) => (
          <Row key={row.id}>
            <RowHead><b>{row.title}</b><br /><span className="mut">{row.period}</span></RowHead>
            <Cell label="期限"><span className="nw">{shortDueDay(row.dueOn, day)}</span></Cell>
            <Cell label="状態"><StandingStatus standing={row.standing} relation={relation} /> {row.settledOn !== null && shortDay(row.settledOn, day)}</Cell>
            <Cell label="版">{row.version === null ? '―' : `第${row.version}版`}</Cell>
            <Cell label="証跡">{row.minutes !== null && <span className="nw">修了の記録(勤務 {row.minutes}分)</span>}{row.typed !== null && <span className="nw">署名「{row.typed}」　</span>}{row.receipt !== null && <span className="hash nw">{row.receipt}</span>}{row.minutes === null && row.receipt === null && '―'}</Cell>
          </Row>
        ))}
      </Body>
    </Table>
  )
}
