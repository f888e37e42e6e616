import { OPEN_DAY, parseDay, type Day } from './calendar'
import { parseTable, type BadCell, type BadReason } from './csv'
import { groupedBy } from './grouped'
import { UNIT_KINDS, type UnitKind } from './people'
import { KEY, UNIT_COLUMNS, type UnitColumn } from './roster-columns'
import { UNPLACED_CODE, type RosterRow } from './roster'
import type { StoredUnit, UnitAttrs } from './roster-state'
import { changeTimeline, holdFrom, segmentOn, type Segment, type TimelineChange } from './timeline'

export interface UnitRow {
  line: number
  code: string
  name?: string
  parentCode?: string
  headNumber?: string
  kind?: UnitKind
  from?: Day
}

const KIND_OF = new Map(Object.entries(UNIT_KINDS).map(([kind, word]) => [word as string, kind as UnitKind]))
/** An empty cell is a 部署; without the column the kind stays. */
const readKind = (word: string | undefined): UnitKind | undefined => (word === '' ? 'unit' : KIND_OF.get(word ?? ''))

/** Reads a units file; a unit may have several rows, each holding from its day until the next one's. */
export function readUnits(text: string): { rows: UnitRow[]; bad: BadCell[]; holdsMyNumber: boolean } {
  const rows: UnitRow[] = []
  const table = parseTable('units', text, { columns: UNIT_COLUMNS, required: ['所属コード'] }, ({ line, cells }, _refused, bad) => {
    const refuse = (column: UnitColumn, reason: BadReason, value = '', hint = '') => void bad.push({ file: 'units', line, column, value, reason, hint })
    const code = cells.所属コード?.trim() ?? ''
    if (code === '') refuse('所属コード', 'required', '', KEY)
    if (code === UNPLACED_CODE) refuse('所属コード', 'reservedUnit', code)
    if (cells.所属名?.trim() === '') refuse('所属名', 'required')
    for (const [column, most] of [['所属コード', 64], ['所属名', 120], ['上位所属コード', 64], ['所属長番号', 64]] as const) if ([...(cells[column] ?? '')].length > most) refuse(column, 'tooLong', '', String(most))
    const written = cells.有効開始日?.trim()
    const from = written ? parseDay(written) : undefined
    if (written && !from) refuse('有効開始日', 'day', written)
    const kind = cells.種別?.trim()
    if (kind && !KIND_OF.has(kind)) refuse('種別', 'word', kind, [...KIND_OF.keys()].join('、'))
    rows.push({ line, code, name: cells.所属名?.trim(), parentCode: cells.上位所属コード?.trim(), headNumber: cells.所属長番号?.trim(), kind: readKind(kind), from })
  })
  return { rows, bad: table.bad, holdsMyNumber: table.holdsMyNumber }
}

export interface UnitPlan {
  id: string | null
  code: string
  fields: { column: string; was: string; is: string }[]
  versions: TimelineChange<UnitAttrs>
  after: Segment<UnitAttrs>[]
}

const sameUnit = (a: UnitAttrs, b: UnitAttrs) => a.name === b.name && a.parentCode === b.parentCode && a.headNumber === b.headNumber && a.kind === b.kind
/** 部署 goes without saying. */
const kindWord = (unit: UnitAttrs | undefined): string => (!unit || unit.kind === 'unit' || unit.kind === 'unplaced' ? '' : UNIT_KINDS[unit.kind])
/** The unit for those that are placed nowhere has always been there. */
const ALWAYS: Day = '1900-01-01'
/** Longest path of codes that lists are sorted and found by. */
const LONGEST_PATH = 180

/** What the units file and the units that only the roster names do to the tree. */
export function decideUnits(given: { rows: readonly UnitRow[]; people: readonly RosterRow[]; stored: ReadonlyMap<string, StoredUnit>; today: Day; personKnown: (number: string) => boolean }): { plans: UnitPlan[]; bad: BadCell[]; after: Map<string, UnitAttrs>; today: Map<string, UnitAttrs> } {
  const bad: BadCell[] = []
  const plans = new Map<string, UnitPlan>()
  const firstDay = firstDays(given.people)
  const inFile = groupedBy(given.rows, ({ code }) => code)
  for (const [code, rows] of inFile) {
    const stored = given.stored.get(code)
    const first = firstDay.get(code)
    const fresh = first && first < given.today ? first : given.today
    let segments: Segment<UnitAttrs>[] = stored?.versions ?? []
    const dated = rows.map((row) => ({ ...row, from: row.from ?? (stored ? given.today : fresh) })).sort((a, b) => (a.from < b.from ? -1 : 1))
    dated.forEach((row, at) => {
      const refuse = (column: UnitColumn, reason: BadReason, value = '') => void bad.push({ file: 'units', line: row.line, column, value, reason, hint: '' })
      if (at > 0 && dated[at - 1]!.from === row.from) refuse('有効開始日', 'duplicateUnit', row.from)
      const kept = segmentOn(segments, row.from)?.attrs
      if (row.name === undefined && !kept) refuse('所属名', 'requiredForNew')
      if (row.parentCode && !inFile.has(row.parentCode) && !given.stored.has(row.parentCode)) refuse('上位所属コード', 'unknownParent', row.parentCode)
      if (row.headNumber && !given.personKnown(row.headNumber)) refuse('所属長番号', 'unknownHead', row.headNumber)
      const keptParent = kept?.kind === 'unplaced' || kept?.parentCode === UNPLACED_CODE ? '' : (kept?.parentCode ?? '')
      const attrs: UnitAttrs = { name: row.name ?? kept?.name ?? code, parentCode: row.parentCode ?? keptParent, headNumber: row.headNumber ?? kept?.headNumber ?? '', kind: row.kind ?? (!kept || kept.kind === 'unplaced' ? 'unit' : kept.kind) }
      segments = holdFrom(segments, row.from, OPEN_DAY, attrs, sameUnit)
    })
    plan(code, segments)
  }
  const named = new Map<string, { name: string; line: number; whole: boolean }>()
  for (const { line, unitCode, unitName, refused } of given.people) {
    if (!unitCode) continue
    const known = named.get(unitCode)
    if (known && unitName && known.name && known.name !== unitName) bad.push({ file: 'roster', line, column: '所属名', value: unitName, reason: 'unitNameConflict', hint: `${known.name}|${known.line}行目` })
    const whole = known?.whole || refused === undefined
    if (!known || (!known.name && unitName)) named.set(unitCode, { name: unitName ?? '', line, whole })
    else known.whole = whole
  }
  for (const [code, { name, line, whole }] of named) {
    const planned = plans.get(code)?.after ?? (inFile.has(code) ? given.stored.get(code)?.versions : undefined)
    if (inFile.has(code)) {
      const official = planned?.at(-1)?.attrs.name ?? name
      if (name && official !== name) bad.push({ file: 'roster', line, column: '所属名', value: name, reason: 'unitNameConflict', hint: `${official}|所属のファイル` })
      continue
    }
    if (!whole) continue
    const stored = given.stored.get(code)
    if (stored?.versions.length) {
      const kept = segmentOn(stored.versions, given.today)!
      const first = firstDay.get(code)
      const early = first && first < stored.versions[0]!.from && kept.attrs.parentCode === UNPLACED_CODE ? [{ ...stored.versions[0]!, from: first }, ...stored.versions.slice(1)] : stored.versions
      plan(code, name && name !== kept.attrs.name ? holdFrom(early, kept.from > given.today ? kept.from : given.today, OPEN_DAY, { ...kept.attrs, name }, sameUnit) : early)
      continue
    }
    const first = firstDay.get(code)
    const from = first && first < given.today ? first : given.today
    const above = plans.get(UNPLACED_CODE)?.after ?? given.stored.get(UNPLACED_CODE)?.versions ?? []
    if (above.length === 0) plan(UNPLACED_CODE, [{ from: ALWAYS, to: OPEN_DAY, attrs: { name: '未配置', parentCode: '', headNumber: '', kind: 'unplaced' } }])
    plan(code, [{ from, to: OPEN_DAY, attrs: { name: name || code, parentCode: UNPLACED_CODE, headNumber: '', kind: 'unit' } }])
  }

  function plan(code: string, after: Segment<UnitAttrs>[]) {
    const stored = given.stored.get(code)
    const versions = changeTimeline(stored?.versions ?? [], after, sameUnit)
    if (versions.supersede.length + versions.insert.length === 0) return
    const was = stored?.versions.at(-1)?.attrs
    const is = after.at(-1)!.attrs
    const fields = ([['所属名', 'name'], ['上位所属コード', 'parentCode'], ['所属長番号', 'headNumber']] as const)
      .filter(([, key]) => (was?.[key] ?? '') !== is[key])
      .map(([column, key]) => ({ column: column as string, was: was?.[key] ?? '', is: is[key] }))
    const [kindWas, kindIs] = [kindWord(was), kindWord(is)]
    if (kindWas !== kindIs) fields.push({ column: '種別', was: kindWas, is: kindIs })
    plans.set(code, { id: stored?.id ?? null, code, fields, versions, after })
  }

  const after = new Map([...given.stored.values()].filter(({ versions }) => versions.length > 0).map(({ code, versions }) => [code, versions.at(-1)!.attrs]))
  for (const { code, after: segments } of plans.values()) after.set(code, segments.at(-1)!.attrs)
  for (const { code, line, parentCode } of given.rows) {
    const path = unitPathOf(code, after)
    if (path === null) bad.push({ file: 'units', line, column: '上位所属コード', value: parentCode ?? '', reason: 'loop', hint: '' })
    else if ([...path].length > LONGEST_PATH) bad.push({ file: 'units', line, column: '所属コード', value: code, reason: 'tooDeep', hint: '' })
  }
  const today = new Map<string, UnitAttrs>()
  for (const { code, versions: segments } of [...[...given.stored.values()].filter(({ code }) => !plans.has(code)), ...[...plans.values()].map(({ code, after: versions }) => ({ code, versions }))]) {
    const now = segments.find(({ from, to }) => from <= given.today && given.today < to)
    if (now) today.set(code, now.attrs)
  }
  return { plans: [...plans.values()], bad, after, today }
}

/** The codes of a unit and of those above it; none while the unit itself does not stand. */
export function unitCodesAbove(code: string, units: ReadonlyMap<string, Pick<UnitAttrs, 'parentCode'>>): string[] {
  const codes: string[] = []
  for (let at = units.has(code) ? code : ''; at !== '' && !codes.includes(at); at = units.get(at)?.parentCode ?? '') codes.push(at)
  return codes
}

/** The codes from the top down to a unit, each closed by `/`; null when the tree runs in a circle. */
export function unitPathOf(code: string, units: ReadonlyMap<string, Pick<UnitAttrs, 'parentCode'>>): string | null {
  const seen = new Set<string>()
  let path = ''
  for (let at = code; at !== ''; at = units.get(at)?.parentCode ?? '') {
    if (seen.has(at)) return null
    seen.add(at)
    path = `${at.replaceAll('/', '／')}/${path}`
  }
  return path
}

function firstDays(people: readonly RosterRow[]): Map<string, Day> {
  const first = new Map<string, Day>()
  for (const { unitCode, start, refused } of people) if (!refused && unitCode && start && (first.get(unitCode) ?? OPEN_DAY) > start) first.set(unitCode, start)
  return first
}
