import { OPEN_DAY, type Day } from '../../domain/calendar'
import { csvLine, withoutFormula } from '../../domain/csv'
import { ENGAGEMENT_KINDS } from '../../domain/people'
import type { TeamRow } from '../../domain/team-row'
import { placeWord, progressWords, stoppedWords } from '../../ui/team'

/** The columns of the list of a team as a file: what the screen says, no more. */
const COLUMNS = ['従事者番号', '氏名', '雇用形態', '会社', '所属', '18歳未満', '状態', '期限', '未了のもの', '進み', '依頼', '前回の依頼'] as const

export const teamCsvHead = (): string => `${csvLine(COLUMNS)}\r\n`

/** One person as a line that a spreadsheet runs nothing of. */
export function teamCsvLine(row: TeamRow & { unitName: string | null }, today: Day): string {
  const asked = row.asking.through === 'person' ? '本人に依頼' : row.asking.through === 'agency' ? '派遣元に依頼' : stoppedWords(row, today).join(' ')
  const due = row.bucket === 'before' || row.nextDue === OPEN_DAY ? '' : row.nextDue
  const cells = [row.number, row.name, ENGAGEMENT_KINDS[row.kind], row.companyName, row.unitName ?? '', row.minor ? 'はい' : '', placeWord(row), due, row.open.join('／'), progressWords({ ...row, mark: 'late' }).join(' '), asked, row.last?.on ?? '']
  return `${csvLine(cells.map(withoutFormula))}\r\n`
}
