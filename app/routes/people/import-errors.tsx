import { z } from 'zod'
import { findDraft } from '../../../db/drafts.server'
import { recordAccess } from '../../commands/record-access.server'
import { badCellPlace, badCellWords } from '../../domain/bad-cell-words'
import { csvLine, isFormula } from '../../domain/csv'
import { encodeText } from '../../domain/encoding'
import type { RosterReport } from '../../domain/roster-report'
import { download } from '../../http/download.server'
import { guardAction, notFound } from '../../http/guard.server'

/** A cell that a spreadsheet must not take for a formula. */
const plain = (cell: string) => (isFormula(cell) ? `'${cell}` : cell)

/** The bad rows as CSV with reason and remedy. What may be a 個人番号 is not in it. */
export const action = guardAction({ act: 'manageRoster', params: z.object({ draftId: z.uuid() }), form: z.object({}) }, async ({ context, params: { draftId } }) => {
  const draft = await findDraft(context.db, draftId, context.viewer.accountId, context.now)
  if (!draft || draft.kind !== 'roster') throw notFound()
  const { bad } = JSON.parse(draft.report) as RosterReport
  const rows = bad.map((cell) => {
    const { reason, mend } = badCellWords(cell)
    return [badCellPlace(cell), cell.column, cell.reason === 'myNumber' ? '(値は表示しません)' : cell.value, reason, mend].map(plain)
  })
  const bytes = encodeText([['行', '列', '書かれている値', '理由', '直し方'], ...rows].map((row) => `${csvLine(row)}\r\n`).join(''), 'utf-8')
  await recordAccess(context, { act: 'download', subjectKind: 'importErrors', subjectId: draftId, reason: '', bytes })
  return download(bytes, { name: '不備の行.csv', plainName: 'errors.csv', type: 'text/csv; charset=utf-8' })
})
