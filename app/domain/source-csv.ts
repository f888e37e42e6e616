import type { Day } from './calendar'
import { csvLine, withoutFormula } from './csv'

/** One row of the ledger in the file of sources, in words. */
export interface SourceLine {
  id: string
  seed: string
  section: string
  words: string
  fit: string
  status: string
  coverage: string
  taught: string
  asOf: string
  questions: string
  pledges: string
  checklists: string
  completed: string
}

const COLUMNS = ['条項', '出典', '出典の場所', '要旨', '満たし方', '位置づけ', '教材での扱い', '教える節(研修 版 節)', '節の時点', '問題', '誓約書', 'チェックリスト', '修了／割当(従業者／委託先は報告ベース)', '基準日'] as const

/** The ledger against today's texts as a file with a BOM (P09). */
export function sourcesCsv(lines: readonly SourceLine[], day: Day): string {
  const rows = lines.map((line) => [line.id, line.seed, line.section, line.words, line.fit, line.status, line.coverage, line.taught, line.asOf, line.questions, line.pledges, line.checklists, line.completed, day])
  return `\uFEFF${[COLUMNS, ...rows].map((cells) => csvLine(cells.map(withoutFormula))).join('\r\n')}\r\n`
}
