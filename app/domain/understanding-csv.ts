import type { Day } from './calendar'
import { csvLine, withoutFormula } from './csv'
import { percentWords } from './percent'

/** One question in the file of understanding. */
export interface QuestionLine {
  slug: string
  module: string
  bank: string
  id: string
  topic: string
  text: string
  key: string
  people: number
  right: number
  isFew: boolean
  discrimination: number | null
  upperLower: number | null
  attracts: string
  attracted: number
  notes: string
}

const COLUMNS = ['研修', '研修名', '問題集の版', '問題', '項目', '問題文', '正答', '解答した人', '正答した人', '正答率', '参考(人数が少ない)', '識別', '上位27%と下位27%の差', 'いちばん選ばれた誤答', 'その人数', '見立て', '基準日'] as const
const two = (value: number | null) => (value === null ? '' : value.toFixed(2))

/** How each question works as a file with a BOM: first attempts of the workforce, each line with its N and 基準日 (domain.md §5.10). */
export function questionsCsv(lines: readonly QuestionLine[], day: Day): string {
  const rows = lines.map((line) => [
    ...[line.slug, line.module, line.bank, line.id, line.topic, line.text.replace(/\s*\n\s*/g, ' '), line.key, String(line.people), String(line.right), percentWords(line.right, line.people), line.isFew ? '参考' : ''].map(withoutFormula),
    // numbers, also below nothing: what is only a number computes nothing
    two(line.discrimination), two(line.upperLower),
    ...[line.attracts, String(line.attracted), line.notes, day].map(withoutFormula),
  ])
  return `\uFEFF${[COLUMNS, ...rows].map((cells) => csvLine(cells)).join('\r\n')}\r\n`
}
