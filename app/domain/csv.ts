import { CsvError, parse } from 'csv-parse/sync'
import { holdsMyNumber } from './my-number'
import { finished, ROWS_IN_STEP, type Steps } from './steps'

export type RosterFile = 'roster' | 'companies' | 'units'

/** One thing that is wrong with a file, so that the words can say line, column, value, reason and how to mend it. */
export interface BadCell {
  file: RosterFile
  /** Line in the file, the header being line 1; 0 when it is about the file. */
  line: number
  column: string
  /** As written; empty where it must not be shown. */
  value: string
  reason: BadReason
  /** What the words fill in: an allowed word, another line, … */
  hint: string
}

export type BadReason =
  | 'unreadable' | 'notCsv' | 'tooManyRows' | 'lineTooLong' | 'moreIsBad' | 'empty' | 'brokenQuotes' | 'columnCount' | 'unknownHeader' | 'missingHeader' | 'duplicateHeader'
  | 'formula' | 'myNumber' | 'control' | 'lostCharacter' | 'lostMark' | 'notKana' | 'tooLong' | 'required' | 'requiredForNew' | 'word' | 'category' | 'day' | 'badMail' | 'endBeforeStart'
  | 'duplicateNumber' | 'lostZeros' | 'unknownCompany' | 'kindCompany' | 'soleNeedsCompany' | 'supervisorOnContractor' | 'unknownSupervisor' | 'ownSupervisor'
  | 'unitNameWithoutCode' | 'unitNameConflict' | 'unknownUnit' | 'damagedName' | 'startOfNewCompany' | 'startBeforeLastEnd'
  | 'companyConflict' | 'duplicateContract' | 'unknownParent' | 'ownParent' | 'loop' | 'needsParent' | 'kindChange' | 'unknownContact' | 'contactElsewhere'
  | 'numberTaken' | 'unknownNumber' | 'notMissing' | 'leaveOverlap' | 'leaveOutside'
  | 'reservedUnit' | 'duplicateUnit' | 'unknownHead' | 'tooDeep' | 'roleToOneself' | 'headOutside' | 'mailOfOffice' | 'numberLikeMail'
  | 'otherCompany' | 'numberElsewhere' | 'kindOutside' | 'unitNotYours' | 'supervisorNotYours' | 'kindNotYours' | 'mailNotYours' | 'termNotYours' | 'roleNotYours'

/** A row of a file: what each column says; a column that the file lacks is undefined. */
export interface Row<C extends string = string> {
  line: number
  cells: { readonly [K in C]?: string }
}

export interface Table<C extends string = string> {
  columns: readonly C[]
  /** How many rows there are below the header. */
  lines: number
  bad: BadCell[]
  /** Whether anything in it passes as a 個人番号: then its bytes are not kept. */
  holdsMyNumber: boolean
}

/**
 * What one file may be, before anything is made of it: a company's whole roster is far below, and what is above would hold up
 * everybody. Of a row's cells and of wrong cells so many are looked at; beyond that the file is not what it should be.
 */
export const FILE_LIMITS = { rows: 60_000, lineCharacters: 4_000, columns: 64, badCells: 5_000 } as const

/** Columns that the file of wrong rows adds; read back, they say nothing. */
export const NOTE_COLUMNS = ['もとの行', '不備の理由'] as const
const isNote = (name: string) => (NOTE_COLUMNS as readonly string[]).includes(name)

/** A sign that begins a formula, full-width as Japanese spreadsheets read it too, be it behind blanks or characters that take no room. */
const FORMULA = /^(?:[\s\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]*[=+\-@＝＋－−＠]|[\t\r])/u
const CONTROL = /[\u0000-\u001F\u007F\u0085\u2028\u2029]/

/**
 * Reads CSV strictly: quotes as in RFC 4180, headers in any order, every wrong cell named at once. Each row is handed on as soon as
 * it is cut, with the columns in which it is refused, so that a file is not held a second time.
 */
export function* parseTableSteps<C extends string>(file: RosterFile, text: string, spec: { columns: readonly C[]; required: readonly C[] }, take: (row: Row<C>, refused: readonly string[], bad: BadCell[]) => void): Steps<Table<C>> {
  const table: Table<C> = { columns: [], lines: 0, bad: [], holdsMyNumber: false }
  const refuse = (line: number, column: string, reason: BadReason, value = '', hint = '') => table.bad.push({ file, line, column, value, reason, hint })
  const excess = excessOf(text)
  if (excess) return refuse(excess.line, '', excess.reason, '', String(excess.most)), table
  try {
    const records = recordsOf(text)
    const first = records.next()
    if (first.done) refuse(0, '', 'empty')
    else if (readHeader(first.value.record)) yield* readRows(records)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const long = error.code === 'CSV_MAX_RECORD_SIZE'
    refuse(Number(error.lines ?? 0), '', long ? 'lineTooLong' : 'brokenQuotes', '', long ? String(FILE_LIMITS.lineCharacters) : '')
    table.holdsMyNumber ||= holdsMyNumber(text)
  }
  return table

  function readHeader(record: readonly string[]): boolean {
    const header = record.map((name) => name.trim())
    header.forEach((name, at) => {
      if (holdsMyNumber(name)) return (table.holdsMyNumber = true), refuse(1, '', 'myNumber')
      if (isNote(name)) return
      if (!(spec.columns as readonly string[]).includes(name)) refuse(1, name, 'unknownHeader', name, spec.columns.join('、'))
      else if (header.indexOf(name) !== at) refuse(1, name, 'duplicateHeader', name)
    })
    for (const name of spec.required) if (!header.includes(name)) refuse(1, name, 'missingHeader', '', name)
    if (table.bad.length > 0) {
      table.holdsMyNumber ||= holdsMyNumber(text)
      return false
    }
    table.columns = header as C[]
    return true
  }

  function* readRows(records: Iterable<Cut>): Steps<void> {
    const header = table.columns
    const empty = Object.fromEntries(spec.columns.map((name) => [name, undefined])) as { [K in C]?: string }
    const notes = header.map(isNote)
    const against = isHarmless(text) ? myNumberIn : reasonAgainst
    for (const { record, line } of records) {
      if (record.every(isBlank)) continue
      if (table.bad.length > FILE_LIMITS.badCells) return void refuse(line, '', 'moreIsBad', '', String(FILE_LIMITS.badCells))
      if (++table.lines % ROWS_IN_STEP === 0) yield
      const before = table.bad.length
      const cells = { ...empty }
      for (let at = 0; at < record.length; at++) {
        const cell = record[at]!
        const reason = (notes[at] ? myNumberIn : against)(cell)
        if (reason) refuse(line, header[at] ?? '', reason, reason === 'myNumber' ? '' : cell)
        if (reason === 'myNumber') table.holdsMyNumber = true
        if (at < header.length) cells[header[at]!] = reason ? '' : cell
      }
      if (record.length !== header.length) refuse(line, '', 'columnCount', String(record.length), String(header.length))
      take({ line, cells }, table.bad.length === before ? NOTHING : table.bad.slice(before).map(({ column }) => column), table.bad)
    }
    if (table.lines === 0) refuse(0, '', 'empty')
  }
}

/** Reads CSV as `parseTableSteps` does, at once. */
export const parseTable = <C extends string>(...given: Parameters<typeof parseTableSteps<C>>): Table<C> => finished(parseTableSteps(...given))

const NOTHING: readonly string[] = []

const myNumberIn = (cell: string): BadReason | null => (cell.length >= 12 && holdsMyNumber(cell) ? 'myNumber' : null)

const isBlank = (cell: string) => cell === '' || cell.trim() === ''

/** Some rows of a text as they are written, with its header: to be given back for mending. Nothing where it can not be cut into rows. */
export function* recordsOnSteps(text: string, lines: ReadonlySet<number>): Steps<{ columns: string[]; rows: { line: number; cells: string[] }[] }> {
  const rows: { line: number; cells: string[] }[] = []
  let columns: string[] | undefined
  let cut = 0
  try {
    for (const { record, line } of recordsOf(text)) {
      if (++cut % ROWS_IN_STEP === 0) yield
      if (!columns) columns = record.map((name) => name.trim())
      else if (lines.has(line)) rows.push({ line, cells: record })
    }
    return { columns: columns ?? [], rows }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { columns: [], rows: [] }
  }
}

const LINE_END = /[\r\n]/g

/** What about a text is more than a file may be; counted without cutting it. */
function excessOf(text: string): { reason: 'tooManyRows' | 'lineTooLong'; line: number; most: number } | undefined {
  for (let line = 1, start = 0; start < text.length; line++) {
    if (line > FILE_LIMITS.rows + 1) return { reason: 'tooManyRows', line: 0, most: FILE_LIMITS.rows }
    LINE_END.lastIndex = start
    const end = LINE_END.exec(text)?.index ?? text.length
    if (end - start > FILE_LIMITS.lineCharacters) return { reason: 'lineTooLong', line, most: FILE_LIMITS.lineCharacters }
    start = end + (text.startsWith('\r\n', end) ? 2 : 1)
  }
  return undefined
}

interface Cut { record: string[]; line: number }

/** The records of a text with the line on which each begins. Where nothing is quoted, lines and commas are all there is. */
function* recordsOf(text: string): Generator<Cut> {
  if (!text.includes('"')) {
    for (let line = 1, start = 0; start < text.length; line++) {
      LINE_END.lastIndex = start
      const end = LINE_END.exec(text)?.index ?? text.length
      if (end > start) yield { record: text.slice(start, end).split(',', FILE_LIMITS.columns), line }
      start = end + (text.startsWith('\r\n', end) ? 2 : 1)
    }
    return
  }
  for (const piece of piecesOf(text)) {
    try {
      const parsed = parse(piece.text, { info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: FILE_LIMITS.lineCharacters, record_delimiter: ['\r\n', '\n', '\r'] }) as unknown as { record: string[]; info: { lines: number } }[]
      // The parser counts CR and LF within quotes as two lines, and tells the line on which a record ends.
      let twice = 0
      for (const { record, info } of parsed) {
        const within = countOf(record, /[\r\n]/g)
        yield { record, line: piece.line - 1 + info.lines - within - twice }
        twice += within - countOf(record, /\r\n|\r|\n/g)
      }
    } catch (error) {
      throw error instanceof CsvError ? Object.assign(error, { lines: Number(error.lines ?? 1) + piece.line - 1 }) : error
    }
  }
}

const countOf = (cells: readonly string[], sign: RegExp): number => cells.reduce((count, cell) => count + (cell.match(sign)?.length ?? 0), 0)

/** So many characters of quoted text are cut at once: a few milliseconds of everybody's time. */
const PIECE_CHARACTERS = 64 * 1024

/** A text in pieces that end where a row ends, each with its first line: behind an even number of quotes a line's end is a row's. */
function* piecesOf(text: string): Generator<{ text: string; line: number }> {
  let quote = text.indexOf('"')
  for (let start = 0, line = 1; start < text.length; ) {
    let [end, lines, quoted] = [start, 0, false]
    while (end < text.length && (quoted || end - start < PIECE_CHARACTERS)) {
      LINE_END.lastIndex = end
      const stop = LINE_END.exec(text)?.index ?? text.length
      for (; quote !== -1 && quote < stop; quote = text.indexOf('"', quote + 1)) quoted = !quoted
      end = stop + (text.startsWith('\r\n', stop) ? 2 : 1)
      lines++
    }
    yield { text: text.slice(start, end), line }
    start = end
    line += lines
  }
}

/** What makes `reasonAgainst` refuse a cell, seen in a whole text without quotes; only 個人番号 must be looked for in each cell. */
const HARMFUL = /[\u0000-\u0009\u000B\u000C\u000E-\u001F\u007F\u0085\u2028\u2029\uFFFD]|(?:^|[,\r\n])'?(?:(?![\r\n])[\s\u00AD\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF])*[=+\-@＝＋－−＠]/u
const isHarmless = (text: string): boolean => !text.includes('"') && !HARMFUL.test(text)

/** Whether a spreadsheet may run what a cell says. */
export const isFormula = (cell: string): boolean => FORMULA.test(cell)
/** A cell that a spreadsheet must not take for a formula. */
export const withoutFormula = (cell: string): string => (isFormula(cell) ? `'${cell}` : cell)

/** Why a cell may not enter, whatever its column. */
export function reasonAgainst(cell: string): BadReason | null {
  if (cell === '') return null
  if (cell.length >= 12 && holdsMyNumber(cell)) return 'myNumber'
  if (isFormula(cell) || (cell.startsWith("'") && isFormula(cell.slice(1)))) return 'formula'
  if (CONTROL.test(cell)) return 'control'
  return cell.includes('\uFFFD') ? 'lostCharacter' : null
}

const QUOTED = /[",\r\n]|^\s|\s$/

/** One line of CSV, quoted where it must be. */
export const csvLine = (cells: readonly string[]): string => cells.map((cell) => (QUOTED.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')
