import type { ReactNode } from 'react'

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
        <table className="rows stack" role="table">
          <caption className="sr-only">{title}</caption>
          <thead><tr role="row">{columns.map((column) => <th key={column} scope="col" role="columnheader">{column}</th>)}</tr></thead>
          <tbody>
            {rows.map(({ key, cells: [head, ...cells] }) => (
              <tr key={key} role="row">
                <th scope="row">{head}</th>
                {cells.map((cell, at) => <td key={at} role="cell" data-l={columns[at + 1]}>{cell}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {cut && <p className="sml mut mt-2">新しいものから{rows.length}件です。すべては「まとめて受け取る」に入っています。</p>}
      {children}
    </section>
  )
}
