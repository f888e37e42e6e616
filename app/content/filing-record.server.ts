import { listFindingsOf } from '../../db/findings.server'
import { findFilingBefore, listFilingFiles, type FilingAct, type FilingFile } from '../../db/filings.server'
import { findBlob } from '../../db/ledger.server'
import type { Db } from '../../db/database.server'
import type { Day } from '../domain/calendar'
import { changeOf, type Answer, type Change } from '../domain/filing'
import type { FilingStatement } from '../domain/filing-statement'
import { findingStanding, findingStateOf } from '../domain/finding'
import type { Mark } from '../domain/standing'
import type { Sheet } from './filing-sheet.server'

/** What was signed, from the kept bytes; undefined once they are erased. */
export async function findStatement(db: Db, sha256: string): Promise<FilingStatement | undefined> {
  const blob = await findBlob(db, sha256)
  return blob && (JSON.parse(new TextDecoder().decode(blob.bytes)) as FilingStatement)
}

/** The last signature of a sheet. */
export const signedAct = ({ acts }: Pick<Sheet, 'acts'>): (FilingAct & { statement: string }) | undefined => acts.findLast((act): act is FilingAct & { statement: string } => act.statement !== null)

/** The files that one of the signed statements of a sheet names: also those that were taken away since, which stay its evidence. */
export async function signedFiles(db: Db, { filing, acts }: Pick<Sheet, 'filing' | 'acts'>): Promise<FilingFile[]> {
  const statements = await Promise.all(acts.flatMap(({ statement }) => (statement === null ? [] : [findStatement(db, statement)])))
  const named = new Set(statements.flatMap((one) => one?.items.flatMap(({ id, attachments }) => attachments.map(({ sha256 }) => `${id} ${sha256}`)) ?? []))
  return (await listFilingFiles(db, filing.id, { removedToo: true })).filter(({ itemId, sha256 }) => named.has(`${itemId} ${sha256}`))
}

/** What became of an item that was left to mend. */
export interface FindingBeside {
  id: string
  mark: Mark
  words: string
}

/** An item of the time before. */
export interface Earlier {
  answer: Answer
  remark: string
  text: string
  finding: FindingBeside | null
}

export interface Comparison {
  /** The period that the answers before are of. */
  period: string
  item: (id: string) => Earlier | undefined
  of: (id: string, answer: Answer, text: string) => { answer: Answer | null; change: Change; reworded: boolean; finding: FindingBeside | null }
}

/** What a filing left to mend, by item, and where each stands. */
export async function findingsBeside(db: Db, filingId: string, today: Day): Promise<Map<string, FindingBeside>> {
  return new Map((await listFindingsOf(db, [filingId], today)).map(({ id, itemId, last, improveBy }) => [itemId, { id, ...findingStanding({ state: findingStateOf(last), improveBy }, today) }]))
}

/** The complete filing of the time before, item by item (last year's of a yearly form, last month's of a monthly one). */
export async function compareWithBefore(db: Db, sheet: Sheet, today: Day): Promise<Comparison | undefined> {
  const found = await findFilingBefore(db, sheet.filing, sheet.form.meta.handedTo === 'operator' ? 'accepted' : 'submitted')
  const before = found && (await findStatement(db, found.statement))
  if (!found || !before) return undefined
  const left = await findingsBeside(db, found.id, today)
  const items = new Map(before.items.map(({ id, answer, remark, text }): [string, Earlier] => [id, { answer, remark, text, finding: left.get(id) ?? null }]))
  return {
    period: found.period,
    item: (id) => items.get(id),
    of: (id, answer, text) => {
      const was = items.get(id)
      return { answer: was?.answer ?? null, change: changeOf(was?.answer ?? null, answer), reworded: was !== undefined && was.text !== text, finding: was?.finding ?? null }
    },
  }
}
