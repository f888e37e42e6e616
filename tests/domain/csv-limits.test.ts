import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, FILE_LIMITS, parseTable, recordsOnSteps } from '../../app/domain/csv'
import { readRoster } from '../../app/domain/roster'
import { finished } from '../../app/domain/steps'

const HEAD = '従事者番号,氏名,フリガナ,雇用形態,会社コード,在籍開始日\r\n'
const read = (text: string) => {
  const began = performance.now()
  const { rows, bad } = readRoster(text)
  expect(performance.now() - began, 'nobody else waits').toBeLessThan(5_000)
  return { rows: rows.filter(({ refused }) => !refused).length, bad: [...new Set(bad.map(({ reason }) => reason))], named: bad.length }
}
const rowsOf = (count: number, row: (at: number) => string) => Array.from({ length: count }, (_, at) => row(at)).join('')

it.each<[string, string, { rows: number; bad: string[]; named?: number }]>([
  ['a whole roster', HEAD + rowsOf(FILE_LIMITS.rows, (at) => `Z${at},山田 太郎,ヤマダ,正社員,,2026-01-01\r\n`), { rows: FILE_LIMITS.rows, bad: [], named: 0 }],
  ['more rows than a file may have', HEAD + rowsOf(FILE_LIMITS.rows + 1, (at) => `Z${at},山田 太郎,ヤマダ,正社員,,2026-01-01\r\n`), { rows: 0, bad: ['tooManyRows'], named: 1 }],
  ['nothing but line ends', HEAD + '\n'.repeat(5_000_000), { rows: 0, bad: ['tooManyRows'], named: 1 }],
  ['a line of commas', `従事者番号${','.repeat(300_000)}\r\n1${','.repeat(300_000)}`, { rows: 0, bad: ['lineTooLong'], named: 1 }],
  ['many lines of commas', HEAD + rowsOf(5_000, () => `1${','.repeat(3_900)}\r\n`), { rows: 0, bad: ['columnCount', 'duplicateNumber', 'moreIsBad'] }],
  ['a quote without end', `従事者番号,氏名\r\n"${'a'.repeat(5_000_000)}`, { rows: 0, bad: ['lineTooLong'], named: 1 }],
  ['a quote without end over many lines', `従事者番号,氏名\r\n"${'a\r\n'.repeat(50_000)}`, { rows: 0, bad: ['lineTooLong'], named: 1 }],
  ['wrong rows without end', `従事者番号,氏名\r\n${'"a""b",x\r\n'.repeat(50_000)}`, { rows: 0, bad: ['duplicateNumber', 'moreIsBad'], named: FILE_LIMITS.badCells + 2 }],
])('reads or refuses %s', (_what, text, expected) => expect(read(text)).toMatchObject(expected))

describe('a quoted file longer than one piece', () => {
  it('is cut as it was written, and each row knows its line', () => {
    const cell = fc.string({ unit: fc.constantFrom('あ', '𠮷', 'a', ' ', ',', '"', '\n', '\r\n', '\r'), maxLength: 12 })
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r'), fc.nat(40), (cells, end, at) => {
      const wide = 'い'.repeat(1_000)
      const rows = Array.from({ length: 300 }, (_, row) => (row % 7 === at % 7 ? [`0${row}`, wide] : [`0${row}${cells[row % cells.length]![0]}`, cells[row % cells.length]![1]]))
      let line = 2
      const starts = rows.map((row) => {
        const start = line
        line += row.join().split(/\r\n|\r|\n/).length
        return start
      })
      const text = ['従事者番号,氏名', ...rows.map(csvLine)].join(end)
      const seen: { line: number; record: (string | undefined)[] }[] = []
      parseTable('roster', text, { columns: ['従事者番号', '氏名'], required: [] }, (row) => void seen.push({ line: row.line, record: [row.cells.従事者番号, row.cells.氏名] }))
      expect(seen.map((row) => row.line)).toEqual(starts)
      const given = finished(recordsOnSteps(text, new Set(starts))).rows
      expect(given.map(({ cells: written }) => written)).toEqual(rows)
    }), { numRuns: 30 })
  })

  it('names the line of a broken quote in a later piece', () => {
    const good = Array.from({ length: 20_000 }, (_, row) => `"${row}","名"`).join('\n')
    const table = parseTable('roster', `従事者番号,氏名\n${good}\n1,x"y`, { columns: ['従事者番号', '氏名'], required: [] }, () => undefined)
    expect(table.bad).toMatchObject([{ line: 20_002, reason: 'brokenQuotes' }])
  })
})
