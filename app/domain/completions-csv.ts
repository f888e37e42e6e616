import { csvLine, withoutFormula } from './csv'
import { ENGAGEMENT_KINDS, type EngagementKind } from './people'

/** The columns of 「全員の修了」. */
export const COMPLETION_COLUMNS = ['従事者番号', '氏名', '雇用形態', '会社', '所属コード', '所属', '種類', '内容', '期', '版', '期限', '終えた日', '期限内', '方法'] as const

const KINDS: Readonly<Record<string, string>> = { module: '研修', pledge: '誓約', certificate: '誓約取得証明', checklist: '点検表' }
const ROUTES: Readonly<Record<string, string>> = { screen: '画面', paper: '紙', class: '集合研修', equivalent: '同等の研修' }
const periodOf = (period: string) => (period === 'entry' ? '入社・受入時' : period === 'exit' ? '退職・終了時' : period.replace(/^FY(\d+)$/, '$1年度'))

/** One completion as a line that a spreadsheet runs nothing of; columns as `db/completions-export` gives them. */
export function completionLine([number = '', kind = '', company = '', unitCode = '', unit = '', target = '', slug = '', period = '', dueOn = '', version = '', route = '', name = '', doneOn = '']: readonly string[], titleOf: (kind: string, slug: string) => string): string {
  const cells = [number, name, ENGAGEMENT_KINDS[kind as EngagementKind] ?? kind, company, unitCode, unit, KINDS[target] ?? target, titleOf(target, slug), periodOf(period), version, dueOn, doneOn, doneOn <= dueOn ? '期限内' : '期限後', ROUTES[route] ?? '']
  return `${csvLine(cells.map(withoutFormula))}\r\n`
}
