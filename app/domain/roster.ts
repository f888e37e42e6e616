import { parseDay as readDay, type Day } from './calendar'
import { parseTableSteps, reasonAgainst, type BadCell, type BadReason, type Row } from './csv'
import type { ATTR_OF } from './roster-attributes'
import { KEY, ROSTER_COLUMNS, type RosterColumn } from './roster-columns'
import { CATEGORIES, ENGAGEMENT_KINDS, UNDER_18_OPEN, type Category, type EngagementKind } from './people'
import { finished, type Steps } from './steps'

const days = new Map<string, Day | undefined>()

/** Reads a day; a roster writes the same few thousand again and again. */
function parseDay(written: string): Day | undefined {
  if (days.has(written)) return days.get(written)
  const day = readDay(written)
  if (written.length <= 10 && days.size < 20_000) days.set(written, day)
  return day
}

/** One row of the roster: what is undefined stays as it is, what is empty is cleared (issue §2). */
export interface RosterRow {
  line: number
  number: string
  name?: string
  kana?: string
  mail?: string
  kind?: EngagementKind
  companyCode?: string
  unitCode?: string
  unitName?: string
  supervisor?: string
  start?: Day
  /** Last day of the engagement; empty while it is open. */
  end?: Day | ''
  categories?: readonly Category[]
  under18Until?: Day | ''
  /** The columns that are already named as wrong ('' for the row as a whole): such a row is looked through, but nothing is made of it. */
  refused?: readonly string[]
}

export const CATEGORY_ORDER = Object.keys(CATEGORIES) as Category[]
const KIND_OF = new Map(Object.entries(ENGAGEMENT_KINDS).map(([kind, word]) => [word as string, kind as EngagementKind]))
const CATEGORY_OF = new Map(Object.entries(CATEGORIES).map(([category, word]) => [word as string, category as Category]))

/** Longest text of a column, in characters: what the tables hold. null is a column whose words are read, so that no other can come in. */
const LONGEST = {
  従事者番号: 64, 氏名: 120, フリガナ: 120, メール: 190, 雇用形態: null, 会社コード: 64, 所属コード: 64, 所属名: 120, 上長番号: 64, 在籍開始日: null, 在籍終了日: null, 取扱区分: null, '18歳未満': null,
} as const satisfies Record<RosterColumn, number | null>
const LIMITS = (Object.entries(LONGEST) as [RosterColumn, number | null][]).filter((entry): entry is [RosterColumn, number] => entry[1] !== null)

/** Reads a roster file. Every wrong cell is named at once; all rows are given, so that what only the register can tell is named with it. */
export function* readRosterSteps(text: string): Steps<{ rows: RosterRow[]; bad: BadCell[]; lines: number; columns: number; holdsMyNumber: boolean }> {
  const reader = new RowReader()
  const table = yield* parseTableSteps('roster', text, { columns: ROSTER_COLUMNS, required: ['従事者番号'] }, (row, refused, bad) => reader.read(row, refused, bad))
  return { rows: reader.rows, bad: table.bad, lines: table.lines, columns: table.columns.length, holdsMyNumber: table.holdsMyNumber }
}

/** Reads a roster file as `readRosterSteps` does, at once. */
export const readRoster = (text: string) => finished(readRosterSteps(text))

/** Reads rows typed into a form: the same rules as for a file. */
export function readRosterCells(typed: readonly Row<RosterColumn>['cells'][]): { rows: RosterRow[]; bad: BadCell[] } {
  const bad: BadCell[] = []
  const reader = new RowReader()
  typed.forEach((cells, at) => {
    const refused: string[] = []
    for (const [column, cell] of Object.entries(cells)) {
      const reason = reasonAgainst(cell)
      if (!reason) continue
      bad.push({ file: 'roster', line: at + 1, column, value: reason === 'myNumber' ? '' : cell, reason, hint: '' })
      refused.push(column)
    }
    reader.read({ line: at + 1, cells }, refused, bad)
  })
  return { rows: reader.rows, bad }
}

/** Reads rows that are already cut into cells, one after the other. */
class RowReader {
  readonly rows: RosterRow[] = []
  /** Where the first row of each number stands, among the rows. */
  readonly #first = new Map<string, number>()
  readonly #named = new Set<string>()

  read({ line, cells }: Row<RosterColumn>, refused: readonly string[], bad: BadCell[]): void {
    const found: BadCell[] = []
    const row = readRow(line, cells, refused, found)
    const at = this.#first.get(row.number)
    if (row.number !== '' && at !== undefined) {
      this.#nameFirst(at, line, bad)
      found.push({ file: 'roster', line, column: '従事者番号', value: row.number, reason: 'duplicateNumber', hint: String(this.rows[at]!.line) })
    } else this.#first.set(row.number, this.rows.length)
    if (found.length + refused.length === 0) return void this.rows.push(row)
    bad.push(...found)
    this.rows.push(readable(row, [...refused, ...found.map(({ column }) => column)]))
  }

  /** Of two rows with one number the first may be the wrong one as well: it is named once, and given back with the other. */
  #nameFirst(at: number, line: number, bad: BadCell[]): void {
    const first = this.rows[at]!
    if (first.refused?.includes('') || this.#named.has(first.number)) return
    this.#named.add(first.number)
    bad.push({ file: 'roster', line: first.line, column: '従事者番号', value: first.number, reason: 'duplicateNumber', hint: String(line) })
    this.rows[at] = readable(first, [...(first.refused ?? []), '従事者番号'])
  }
}

const FIELD_OF = {
  氏名: 'name', フリガナ: 'kana', メール: 'mail', 雇用形態: 'kind', 会社コード: 'companyCode', 所属コード: 'unitCode', 所属名: 'unitName', 上長番号: 'supervisor', 在籍開始日: 'start', 在籍終了日: 'end', 取扱区分: 'categories', '18歳未満': 'under18Until',
} as const satisfies { readonly [C in Exclude<RosterColumn, '従事者番号'>]: (typeof ATTR_OF)[C] extends null ? keyof RosterRow : (typeof ATTR_OF)[C] }
/** What reading a row has to answer: of a column it leaves out the types tell. */
type ReadFields = { [F in (typeof FIELD_OF)[keyof typeof FIELD_OF]]: RosterRow[F] | undefined }

/** What can be read of a row with wrong cells: where cells are shifted, nothing but whom it seems to be about. */
function readable(row: RosterRow, refused: readonly string[]): RosterRow {
  if (refused.includes('')) return { line: row.line, number: row.number, refused }
  const rest: RosterRow = { ...row, refused }
  for (const column of refused) if (column in FIELD_OF) rest[FIELD_OF[column as keyof typeof FIELD_OF]] = undefined
  return rest
}

/** Kana are read and sorted by; whoever has none may write Latin letters. Digits come from another column. */
const isKana = (text: string): boolean => text.trim() === '' || (/[\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Latin}]/u.test(text) && !/\p{Nd}/u.test(text))

function readRow(line: number, cells: Row<RosterColumn>['cells'], refused: readonly string[], found: BadCell[]): RosterRow {
  const refuse = (column: RosterColumn, reason: BadReason, value = '', hint = '') => {
    if (!refused.includes(column) && !refused.includes('')) found.push({ file: 'roster', line, column, value, reason, hint })
  }
  const trimmed = (column: RosterColumn) => cells[column]?.trim()
  const needed = (column: RosterColumn, value: string | undefined) => {
    if (value !== undefined && value.trim() === '') refuse(column, 'required')
    return value
  }
  const day = (column: RosterColumn): Day | '' | undefined => {
    const written = trimmed(column)
    if (!written) return written as '' | undefined
    const parsed = parseDay(written)
    if (!parsed) refuse(column, 'day', written)
    return parsed ?? ''
  }
  for (const [column, most] of LIMITS) {
    const cell = cells[column]
    if (cell !== undefined && cell.length > most && [...cell].length > most) refuse(column, 'tooLong', `${cell.slice(0, 20)}…`, String(most))
  }
  const kindWord = needed('雇用形態', trimmed('雇用形態'))
  const kind = kindWord ? KIND_OF.get(kindWord) : undefined
  if (kindWord && !kind) refuse('雇用形態', 'word', kindWord, nearest(kindWord))
  const mail = trimmed('メール')
  if (mail && !/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/.test(mail)) refuse('メール', 'badMail', mail)
  const categories = cells.取扱区分 === undefined ? undefined : readCategories(cells.取扱区分, (word) => refuse('取扱区分', 'category', word, [...CATEGORY_OF.keys()].join('・')))
  const minor = trimmed('18歳未満')
  const under18Until = minor === 'はい' ? UNDER_18_OPEN : minor ? parseDay(minor) : (minor as '' | undefined)
  if (minor && !under18Until) refuse('18歳未満', 'word', minor, 'はい、その扱いの最後の日、または空')
  const start = needed('在籍開始日', trimmed('在籍開始日')) ? day('在籍開始日') || undefined : undefined
  const end = day('在籍終了日')
  if (start && end && end < start) refuse('在籍終了日', 'endBeforeStart', end, start)
  const row: RosterRow & ReadFields = {
    line, number: trimmed('従事者番号') ?? '', name: cells.氏名, kana: cells.フリガナ, mail, kind, companyCode: trimmed('会社コード'), unitCode: trimmed('所属コード'),
    unitName: trimmed('所属名'), supervisor: trimmed('上長番号'), start, end, categories, under18Until,
  }
  if (row.number === '') refuse('従事者番号', 'required', '', KEY)
  if (row.kana && !isKana(row.kana)) refuse('フリガナ', 'notKana', row.kana)
  if (row.number.normalize('NFKC').includes('@')) refuse('従事者番号', 'numberLikeMail', row.number)
  if (row.unitName && row.unitCode === '') refuse('所属名', 'unitNameWithoutCode', row.unitName)
  if (row.unitCode === UNPLACED_CODE) refuse('所属コード', 'reservedUnit', row.unitCode)
  if (row.supervisor && row.supervisor === row.number) refuse('上長番号', 'ownSupervisor', row.supervisor)
  if (row.supervisor && (kind === 'contractorWorker' || kind === 'soleContractor')) refuse('上長番号', 'supervisorOnContractor', row.supervisor)
  return row
}

/** The unit under which units hang that only a roster names. */
export const UNPLACED_CODE = '未配置'

const readCells = new Map<string, readonly Category[]>()

/** Reads the joined words; there are but a few ways to join them. */
function readCategories(cell: string, refuse: (word: string) => void): readonly Category[] {
  const known = readCells.get(cell)
  if (known) return known
  let wrong = false
  const found = new Set<Category>()
  for (const word of cell.split(/[・･]/u).map((part) => part.trim())) {
    if (word === '') continue
    const category = CATEGORY_OF.get(word)
    if (category) found.add(category)
    else {
      wrong = true
      refuse(word)
    }
  }
  const categories = CATEGORY_ORDER.filter((category) => found.has(category))
  if (!wrong && readCells.size < 1_000) readCells.set(cell, categories)
  return categories
}

/** The allowed word that a wrong one probably means, else all of them. */
function nearest(word: string): string {
  const likely = [...KIND_OF.keys()].filter((one) => one.includes(word) || word.includes(one) || (word.length > 1 && one.startsWith(word.slice(0, 2))))
  return likely.length > 0 && likely.length < 3 ? likely.join('、') : [...KIND_OF.keys()].join('、')
}
