import { findDraft } from '../../db/drafts.server'
import { recordAccess } from '../commands/record-access.server'
import type { SignedInContext } from '../context'
import { badCellWords } from '../domain/bad-cell-words'
import { csvLine, NOTE_COLUMNS, withoutFormula, type RosterFile } from '../domain/csv'
import { encodeText } from '../domain/encoding'
import { FILE_NAMES } from '../domain/roster-columns'
import type { RosterReport } from '../domain/roster-report'
import { download } from './download.server'
import { gone, notFound } from './guard.server'

/** The wrong rows of one file of one's own preview as they were written, each with its line and what is wrong with it: mended, it can be read again. */
export async function wrongRowsOf(context: SignedInContext, draftId: string, file: RosterFile): Promise<Response> {
  const draft = await findDraft(context.db, draftId, context.viewer.accountId, context.now)
  if (!draft || draft.kind !== 'roster') throw gone('draftGone')
  const { bad, wrongRows = [] } = JSON.parse(draft.report) as RosterReport
  const wrong = wrongRows.find((one) => one.file === file)
  if (!wrong) throw notFound()
  const whyOf = (line: number) => bad.filter((cell) => cell.file === file && cell.line === line).map((cell) => `${cell.column && `${cell.column}: `}${badCellWords(cell).reason}。${badCellWords(cell).mend}`).join(' ')
  const rows = wrong.rows.map(({ line, cells }) => [String(line), whyOf(line), ...cells.map(withoutFormula)])
  const bytes = encodeText([[...NOTE_COLUMNS, ...wrong.columns], ...rows].map((row) => `${csvLine(row)}\r\n`).join(''), 'utf-8')
  await recordAccess(context, { act: 'download', subjectKind: 'importErrors', subjectId: draftId, reason: '', bytes })
  return download(bytes, { name: `不備の行(${FILE_NAMES[file]}).csv`, plainName: `${file}-errors.csv`, type: 'text/csv; charset=utf-8' })
}
