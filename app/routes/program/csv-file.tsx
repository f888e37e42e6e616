import { redirect } from '@remix-run/node'
import { z } from 'zod'
import { listCompletions, type ExportSide } from '../../../db/completions-export.server'
import { recordAccess } from '../../commands/record-access.server'
import { targetTitle } from '../../content/target-titles'
import type { SignedInContext } from '../../context'
import { dayOf } from '../../domain/calendar'
import { COMPLETION_COLUMNS, completionWriter } from '../../domain/completions-csv'
import { csvLine } from '../../domain/csv'
import { downloadStream } from '../../http/download.server'
import { guardAction, guardLoader, toItsForm } from '../../http/guard.server'
import { spool } from '../../http/spool.server'

const form = z.object({ side: z.enum(['workforce', 'company']), reason: z.string().trim().min(1).max(190) })

export const loader = guardLoader({ act: 'readProgram' }, toItsForm)

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

/** So many bytes are written out at a time. */
const PART = 256 * 1024

/** The lines in parts. */
async function* linesOf({ db, library, now }: SignedInContext, side: ExportSide, counts: { rows: number; people: number }): AsyncGenerator<Uint8Array> {
  let part = Buffer.allocUnsafe(PART)
  const write = completionWriter((kind, slug) => targetTitle(library, kind, slug))
  let filled = part.write(`\uFEFF${csvLine(COMPLETION_COLUMNS)}\r\n`)
  let last = ''
  for await (const portion of listCompletions(db, side, dayOf(now))) {
    for (const { person, duties } of portion) {
      counts.rows += duties.length
      if (person.number !== last) counts.people++
      last = person.number
      const lines = write(person, duties)
      // no half of a character takes more than three bytes
      if (lines.length * 3 > PART - filled) {
        yield part.subarray(0, filled)
        part = Buffer.allocUnsafe(PART)
        filled = 0
      }
      if (lines.length * 3 > PART) yield Buffer.from(lines)
      else filled += part.write(lines, filled)
    }
  }
  yield part.subarray(0, filled)
}
