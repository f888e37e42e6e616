import { badCellPlace, badCellValue, badCellWords } from '../domain/bad-cell-words'
import type { BadCell } from '../domain/csv'
import { Status } from './status'
import { Body, Cell, ColumnHead, Head, Row, RowHead, Table } from './table'

/** Every bad cell with line, column, value, reason and remedy. A 個人番号 is not shown. */
export function BadCells({ cells }: { cells: readonly BadCell[] }) {
  return (
    <Table>
      <caption className="sr-only">不備の行</caption>
      <Head><Row><ColumnHead>行</ColumnHead><ColumnHead>列</ColumnHead><ColumnHead>書かれている値</ColumnHead><ColumnHead>理由</ColumnHead><ColumnHead>直し方</ColumnHead></Row></Head>
      <Body>
        {cells.map((cell, at) => {
          const { reason, mend } = badCellWords(cell)
          return (
            <Row key={at}>
              <RowHead className="nw"><b>{badCellPlace(cell)}</b></RowHead>
              <Cell label="列" className="nw">{cell.column || (cell.line > 0 ? '行全体' : 'ファイル全体')}</Cell>
              <Cell label="値">{badCellValue(cell) || '―'}</Cell>
              <Cell label="理由"><Status mark="fail">{reason}</Status></Cell>
              <Cell label="直し方">{mend}</Cell>
            </Row>
          )
        })}
      </Body>
    </Table>
  )
}
