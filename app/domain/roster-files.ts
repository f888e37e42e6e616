import { NOTE_COLUMNS, recordsOnSteps, type BadCell, type RosterFile } from './csv'
import { decodeText, otherKindOf, type FileEncoding } from './encoding'
import { holdsMyNumber } from './my-number'
import { readCompanies, type CompanyRow } from './roster-companies'
import { readUnits, type UnitRow } from './roster-units'
import { readRosterSteps, type RosterRow } from './roster'
import { finished, type Steps } from './steps'

export type RosterFiles = { [K in RosterFile]?: Uint8Array | null }

export interface ReadFiles {
  roster: RosterRow[]
  companies: CompanyRow[]
  units: UnitRow[]
  bad: BadCell[]
  encoding: FileEncoding | null
  lines: number
  columns: number
  holdsMyNumber: boolean
}

/** Reads what was given of roster, companies and units: the whole rows, and everything that is wrong, at once. */
export function* readFilesSteps(files: RosterFiles): Steps<ReadFiles> {
  const read: ReadFiles = { roster: [], companies: [], units: [], bad: [], encoding: null, lines: 0, columns: 0, holdsMyNumber: false }
  const textOf = (file: RosterFile): string | undefined => {
    const bytes = files[file]
    if (!bytes) return undefined
    const other = otherKindOf(bytes)
    const decoded = other === undefined ? decodeText(bytes) : undefined
    if (!decoded) read.bad.push({ file, line: 0, column: '', value: '', reason: other === undefined ? 'unreadable' : 'notCsv', hint: other ?? '' })
    if (decoded && (file === 'roster' || read.encoding === null)) read.encoding = decoded.encoding
    return decoded?.text
  }
  const take = (result: { bad: BadCell[]; holdsMyNumber: boolean }) => {
    for (const one of result.bad) read.bad.push(one)
    read.holdsMyNumber ||= result.holdsMyNumber
  }
  const [roster, companies, units] = [textOf('roster'), textOf('companies'), textOf('units')]
  if (roster !== undefined) {
    const result = yield* readRosterSteps(roster)
    take(result)
    Object.assign(read, { roster: result.rows, lines: result.lines, columns: result.columns })
  }
  if (companies !== undefined) {
    const result = readCompanies(companies)
    take(result)
    read.companies = result.rows
  }
  if (units !== undefined) {
    const result = readUnits(units)
    take(result)
    read.units = result.rows
  }
  return read
}

/** Reads the files as `readFilesSteps` does, at once. */
export const readFiles = (files: RosterFiles): ReadFiles => finished(readFilesSteps(files))

/** Rows of one file as they were written; instead of what may be a 個人番号 stands a mark that is refused again. */
export interface WrongRows {
  file: RosterFile
  columns: string[]
  rows: { line: number; cells: string[] }[]
}

/** The mark of a character that was lost: no column takes it. */
const UNKEPT = '\uFFFD(書き直してください)'

/** The rows in which something is wrong, to be mended and read again. */
export function* wrongRowsSteps(files: RosterFiles, bad: readonly BadCell[]): Steps<WrongRows[]> {
  const wrong: WrongRows[] = []
  for (const file of ['roster', 'companies', 'units'] as const) {
    const lines = new Set(bad.flatMap((cell) => (cell.file === file && cell.line > 1 ? [cell.line] : [])))
    const bytes = files[file]
    const text = lines.size > 0 && bytes ? decodeText(bytes)?.text : undefined
    if (text === undefined) continue
    const { columns, rows } = yield* recordsOnSteps(text, lines)
    const kept = columns.flatMap((name, at) => ((NOTE_COLUMNS as readonly string[]).includes(name) ? [] : [at]))
    const told = rows.map(({ line, cells }) => ({ line, cells: [...kept.map((at) => cells[at] ?? ''), ...cells.slice(columns.length)].map((cell) => (holdsMyNumber(cell) ? UNKEPT : cell)) }))
    if (told.length > 0) wrong.push({ file, columns: kept.map((at) => columns[at]!), rows: told })
  }
  return wrong
}
