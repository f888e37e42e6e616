import type { ReactNode } from 'react'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** One section of 「わたしの記録」: a table that folds on a phone, or what there is instead. */
export function RecordTable({ title, columns, rows, empty, cut, children }: {
  title: string
  columns: readonly string[]
  /** The first cell names the row. */
  rows: readonly { key: string; cells: readonly ReactNode[] }[]
  empty: string
  /** True when there are more than are shown. */
  cut?: boolean
  children?: ReactNode
}) {
  return (
    <section className="sec">
      <h2>{title}</h2>
      {rows.length === 0 ? <p>{empty}</p> : (
        <Table>
          <caption className="sr-only">{title}</caption>
          <Head><Row>{columns.map((column) => <ColumnHead key={column}>{column}</ColumnHead>)}</Row></Head>
          <Body>
            {rows.map(({ key, cells: [head, ...cells] }) => (
              <Row key={key}>
                <RowHead>{head}</RowHead>
                {cells.map((cell, at) => <Cell key={at} label={columns[at + 1]}>{cell}</Cell>)}
              </Row>
            ))}
          </Body>
        </Table>
      )}
      {cut && <p className="sml mut mt-2">新しいものから{rows.length}件です。すべては「まとめて受け取る」に入っています。</p>}
      {children}
    </section>
  )
}
