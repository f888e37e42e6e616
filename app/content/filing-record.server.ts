import { findFilingBefore, type FilingAct } from '../../db/filings.server'
import { findBlob } from '../../db/ledger.server'
import type { Db } from '../../db/database.server'
import { changeOf, type Answer, type Change } from '../domain/filing'
import type { FilingStatement } from '../domain/filing-statement'
import type { Sheet } from './filing-sheet.server'

/** What was signed, from the kept bytes; undefined once they are erased. */
export async function findStatement(db: Db, sha256: string): Promise<FilingStatement | undefined> {
  const blob = await findBlob(db, sha256)
  return blob && (JSON.parse(new TextDecoder().decode(blob.bytes)) as FilingStatement)
}

/** The last signature of a sheet. */
export const signedAct = ({ acts }: Pick<Sheet, 'acts'>): (FilingAct & { statement: string }) | undefined => acts.findLast((act): act is FilingAct & { statement: string } => act.statement !== null)

export interface Comparison {
  /** The period that the answers before are of. */
  period: string
  of: (id: string, answer: Answer, text: string) => { answer: Answer | null; change: Change; reworded: boolean }
}

/** The complete filing of the time before, item by item (last year's of a yearly form, last month's of a monthly one). */
export async function compareWithBefore(db: Db, sheet: Sheet): Promise<Comparison | undefined> {
  const found = await findFilingBefore(db, sheet.filing, sheet.form.meta.handedTo === 'operator' ? 'accepted' : 'submitted')
  const before = found && (await findStatement(db, found.statement))
  if (!found || !before) return undefined
  const items = new Map(before.items.map((item) => [item.id, item]))
  return {
    period: found.period,
    of: (id, answer, text) => {
      const was = items.get(id)
      return { answer: was?.answer ?? null, change: changeOf(was?.answer ?? null, answer), reworded: was !== undefined && was.text !== text }
    },
  }
}
