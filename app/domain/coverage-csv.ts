import type { Day } from './calendar'
import { csvLine, withoutFormula } from './csv'
import type { Coverage } from './coverage'
import { percentWords } from './percent'

/** One line of the figures: of everybody, a unit, a 雇用形態 or a company. */
export interface FiguresRow {
  of: '従業者' | '部署' | '雇用形態' | '委託先(報告ベース)'
  name: string
  coverage: Coverage
  /** Of a unit: when somebody there was last asked, or null. */
  askedOn?: Day | null
}

const COLUMNS = ['区分', '名前', '対象者数(全体)', '稼働', '休職等', '開始前', '対象外', '免除', '対象', '割当', '着手', '修了', '期限内', '期限後', '未了', '期限超過', '猶予・回答待ち', '修了率', '期限の過ぎた対象', 'うち期限内', '期限内率', '最後の督促', '基準日'] as const

/** The figures of 「全体の状況」 as a file with a BOM: each line with its N and 基準日 (domain.md §5.10). */
export function figuresCsv(rows: readonly FiguresRow[], day: Day): string {
  const lines = rows.map(({ of, name, coverage: c, askedOn }) => [
    of, name, ...[c.all, c.working, c.away, c.before, c.notAsked, c.exempted, c.target, c.assigned, c.begun, c.passed, c.inTime, c.late, c.unfinished, c.overdue, c.deferred + c.asked].map(String),
    percentWords(c.passed, c.target), String(c.dueCome), String(c.dueInTime), percentWords(c.dueInTime, c.dueCome), askedOn ?? '', day,
  ])
  return `\uFEFF${[COLUMNS, ...lines].map((cells) => csvLine(cells.map(withoutFormula))).join('\r\n')}\r\n`
}
