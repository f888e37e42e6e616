import { findFiling, listFilingActs, listFilingAnswers, listFilingFiles, listFilingRemarks, type FilingAct, type FilingFile } from '../../db/filings.server'
import { findSubjectName, type SubjectReach } from '../../db/filing-subjects.server'
import type { Db } from '../../db/database.server'
import type { FilingTable } from '../../db/schema'
import { dayOf, type Instant } from '../domain/calendar'
import { countAnswers, filingStateOf, NOT_ANSWERED, type Answered, type FilingCounts, type FilingState } from '../domain/filing'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { itemsOf } from './checklist-schema'
import type { Library } from './library.server'
import type { ChecklistVersion } from './schema'

export interface SheetItem extends Answered {
  id: string
  group: string
  number: string
  text: string
  how: string
  always: boolean
  files: readonly FilingFile[]
  /** Why it came back, while nobody has answered that. */
  reason: string
}

/** One filing with its form, as whoever answers or reads it sees it. */
export interface Sheet {
  filing: FilingTable
  form: ChecklistVersion
  subjectName: string
  acts: readonly FilingAct[]
  state: FilingState
  groups: readonly { id: string; title: string; note: string; items: readonly SheetItem[] }[]
  items: readonly SheetItem[]
  counts: FilingCounts
  declaration: string
  /** Tells one set of answers from another: only what was shown is signed. */
  digest: string
}

/** The sheet of a filing in reach; undefined where there is none, or its form is gone. */
export async function findSheet({ db, library, now }: { db: Db; library: Library; now: Instant }, filingId: string, reach: SubjectReach): Promise<Sheet | undefined> {
  const filing = await findFiling(db, filingId, reach)
  const form = filing && library.find('checklist', filing.slug, filing.version)
  if (!filing || !form) return undefined
  const [acts, answers, files, subjectName] = [await listFilingActs(db, filingId), await listFilingAnswers(db, filingId), await listFilingFiles(db, filingId), await findSubjectName(db, filing, dayOf(now))]
  const last = acts.at(-1)
  const reasons = last?.kind === 'returned' ? await listFilingRemarks(db, last.id) : new Map<string, string>()
  const plain = (source: string | undefined) => (source === undefined ? '' : library.plainText(source))
  const groups = form.meta.groups.map((group) => ({
    id: group.id, title: group.title, note: plain(group.note),
    items: group.items.map((item): SheetItem => ({
      id: item.id, group: group.title, number: item.number, text: plain(item.text), how: plain(item.how), always: item.always, ...(answers.get(item.id) ?? NOT_ANSWERED),
      files: files.filter(({ itemId }) => itemId === item.id), reason: reasons.get(item.id) ?? '',
    })),
  }))
  const items = groups.flatMap((group) => group.items)
  return {
    filing, form, subjectName, acts, groups, items, state: filingStateOf(true, last?.kind ?? null), counts: countAnswers(itemsOf(form.meta), answers),
    declaration: declarationOf(library, form, subjectName), digest: sha256(canonicalBytes([form.sha256, items.map(({ id, text, answer, remark, improveBy, files: with_ }) => ({ id, text, answer, remark, improveBy, files: with_.map((file) => [file.name, file.sha256]) }))])),
  }
}

/** The words that are signed; they name the company or unit. */
const declarationOf = (library: Library, { meta }: ChecklistVersion, subjectName: string): string => meta.declaration.split('{{subject}}').map((part) => library.plainText(part)).join(subjectName)
