import { expect, it } from 'vitest'
import { FILE_LIMITS } from '../../app/domain/csv'
import { readRoster } from '../../app/domain/roster'

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
