import { badCellPlace, badCellValue, badCellWords } from '../domain/bad-cell-words'
import type { BadCell } from '../domain/csv'
import { Status } from './status'

/** Every bad cell with line, column, value, reason and remedy. A 個人番号 is not shown. */
export function BadCells({ cells }: { cells: readonly BadCell[] }) {
  return (
    <table className="rows stack">
      <caption className="sr-only">不備の行</caption>
      <thead><tr><th scope="col">行</th><th scope="col">列</th><th scope="col">書かれている値</th><th scope="col">理由</th><th scope="col">直し方</th></tr></thead>
      <tbody>
        {cells.map((cell, at) => {
          const { reason, mend } = badCellWords(cell)
          return (
            <tr key={at}>
              <th scope="row" className="nw"><b>{badCellPlace(cell)}</b></th>
              <td data-l="列" className="nw">{cell.column || 'ファイル全体'}</td>
              <td data-l="値">{cell.column === '' ? '―' : badCellValue(cell)}</td>
              <td data-l="理由"><Status mark="fail">{reason}</Status></td>
              <td data-l="直し方">{mend}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
