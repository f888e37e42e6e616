import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { completionRows, type ExportSide } from '../../../db/completions-export.server'
import { recordAccess } from '../../commands/record-access.server'
import { targetTitle } from '../../content/target-titles'
import type { SignedInContext } from '../../context'
import { dayOf } from '../../domain/calendar'
import { COMPLETION_COLUMNS, completionLine } from '../../domain/completions-csv'
import { csvLine } from '../../domain/csv'
import { downloadStream } from '../../http/download.server'
import { guardAction } from '../../http/guard.server'
import { spool } from '../../http/spool.server'

const form = z.object({ side: z.enum(['workforce', 'company']), reason: z.string().trim().min(1).max(190) })

/** All completions as a file: a POST, because who took it, when and why is recorded with its hash before it leaves. */
export const action = guardAction({ act: 'readProgram', form }, async ({ context, form: sent }) => {
  if (!sent.ok) return redirect('/program/csv?missing=1', 303)
  const { side, reason } = sent.value
  const day = dayOf(context.now).replaceAll('-', '')
  const counts = { rows: 0, people: 0 }
  const bytes = await spool(linesOf(context, side, counts))
  try {
    await recordAccess(context, { act: 'export', subjectKind: 'completions', subjectId: side, reason, bytes, subjects: { ...counts, side } })
  } catch (error) {
    await bytes.drop()
    throw error
  }
  return downloadStream(bytes, { name: `修了の一覧_${side === 'workforce' ? '従業者' : '委託先'}_${day}.csv`, plainName: `completions_${side}_${day}.csv`, type: 'text/csv; charset=utf-8' })
})

async function* linesOf({ db, library, now }: SignedInContext, side: ExportSide, counts: { rows: number; people: number }): AsyncGenerator<Uint8Array> {
  const text = new TextEncoder()
  const titles = new Map<string, string>()
  const titleOf = (kind: string, slug: string) => {
    const key = `${kind} ${slug}`
    if (!titles.has(key)) titles.set(key, targetTitle(library, kind, slug))
    return titles.get(key)!
  }
  yield text.encode(`\uFEFF${csvLine(COMPLETION_COLUMNS)}\r\n`)
  let last: string | undefined
  for await (const rows of completionRows(db, side, dayOf(now))) {
    for (const [number] of rows) {
      counts.rows++
      if (number !== last) counts.people++
      last = number
    }
    yield text.encode(rows.map((row) => completionLine(row, titleOf)).join(''))
  }
}
