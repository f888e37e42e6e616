import type { Day } from './calendar'
import { csvLine } from './csv'
import { encodeText, unwritableInCp932, type FileEncoding } from './encoding'
import { cellOf } from './roster-attributes'
import { ROSTER_COLUMNS, type RosterColumn } from './roster-columns'
import { companiesShownByName, HIDDEN_COLUMNS, isHidden } from './roster-names'
import { categoriesOn, categoryWords, endWord } from './roster-person'
import { attrsOn, endOf, lastOf, notEnded, startOf, type Register } from './roster-state'

/** A cell that CP932 can not write: whose, where, and which characters. */
export interface Unwritable {
  number: string
  name: string
  /** 雇用形態, as the file says it. */
  kind: string
  column: RosterColumn
  characters: string[]
}

/** The people of some companies in force or to come, as roster rows: importing them changes nothing. Names as the operator may see them; the employer sees all of its own. */
export function rosterRowsOf(register: Register, companyCodes: readonly string[], today: Day, byEmployer = false): Record<RosterColumn, string>[] {
  const shown = companiesShownByName(register, [], today)
  const rows: Record<RosterColumn, string>[] = []
  for (const engagements of register.engagements.values()) {
    const last = lastOf(engagements)
    if (!last || !notEnded(last, today) || !companyCodes.includes(last.companyCode)) continue
    const { kind, name, kana, mail, unitCode, supervisor, under18Until } = attrsOn(last, today)
    const hidden = !byEmployer && isHidden(kind, shown.has(last.companyCode))
    const row = {
      従事者番号: last.number, 氏名: name, フリガナ: kana, メール: mail, 雇用形態: cellOf('kind', kind), 会社コード: last.companyCode, 所属コード: unitCode,
      所属名: unitCode === '' ? '' : (attrsOfUnit(register, unitCode, today)?.name ?? ''), 上長番号: supervisor, 在籍開始日: startOf(last), 在籍終了日: endWord(endOf(last)),
      取扱区分: categoryWords(categoriesOn(last, today)), '18歳未満': cellOf('under18Until', under18Until),
    } satisfies Record<RosterColumn, string>
    rows.push(hidden ? { ...row, ...Object.fromEntries(HIDDEN_COLUMNS.map((column) => [column, ''])) } : row)
  }
  return rows.sort((a, b) => (a.従事者番号 < b.従事者番号 ? -1 : 1))
}

function attrsOfUnit(register: Register, code: string, today: Day) {
  const versions = register.units.get(code)?.versions ?? []
  return (versions.findLast(({ from }) => from <= today) ?? versions[0])?.attrs
}

/** The roster as a file with the columns it came in; refused when CP932 can not write it, naming person and character. */
export function exportRoster(register: Register, how: { companyCodes: readonly string[]; encoding: FileEncoding; today: Day; byEmployer?: boolean }): { bytes: Uint8Array; rows: number } | { unwritable: Unwritable[] } {
  const rows = rosterRowsOf(register, how.companyCodes, how.today, how.byEmployer)
  if (how.encoding === 'cp932') {
    const unwritable = rows.flatMap((row) => ROSTER_COLUMNS.flatMap((column) => {
      const characters = unwritableInCp932(row[column])
      return characters.length > 0 ? [{ number: row.従事者番号, name: row.氏名, kind: row.雇用形態, column, characters }] : []
    }))
    if (unwritable.length > 0) return { unwritable }
  }
  const text = [ROSTER_COLUMNS, ...rows.map((row) => ROSTER_COLUMNS.map((column) => row[column]))].map((cells) => `${csvLine(cells)}\r\n`).join('')
  return { bytes: encodeText(text, how.encoding), rows: rows.length }
}
