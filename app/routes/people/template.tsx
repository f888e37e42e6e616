import { z } from 'zod'
import { csvLine } from '../../domain/csv'
import { encodeText } from '../../domain/encoding'
import { ROSTER_COLUMNS, COMPANY_COLUMNS, UNIT_COLUMNS } from '../../domain/roster-columns'
import { download } from '../../http/download.server'
import { guardLoader } from '../../http/guard.server'

const TEMPLATES = {
  roster: { name: '従事者名簿.csv', columns: ROSTER_COLUMNS },
  companies: { name: '会社.csv', columns: COMPANY_COLUMNS },
  units: { name: '所属.csv', columns: UNIT_COLUMNS },
} as const

/** An empty file with the right headers; it holds nothing about anybody, so taking it is not recorded. */
export const loader = guardLoader({ act: 'manageRoster', params: z.object({ file: z.enum(['roster', 'companies', 'units']) }) }, async ({ params: { file } }) => {
  const { name, columns } = TEMPLATES[file]
  return download(encodeText(`${csvLine(columns)}\r\n`, 'utf-8'), { name, plainName: `${file}.csv`, type: 'text/csv; charset=utf-8' })
})
