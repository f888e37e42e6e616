import { addDays, OPEN_DAY, parseDay, type Day } from './calendar'
import { parseTable, type BadCell, type BadReason } from './csv'
import { groupedBy } from './grouped'
import { COMPANY_COLUMNS, KEY, type CompanyColumn } from './roster-columns'
import { COMPANY_KINDS, type CompanyKind } from './people'
import type { RosterRow } from './roster'
import type { CompanyAttrs, EntrustmentAttrs, StoredCompany } from './roster-state'
import { changeTimeline, holdFrom, segmentOn, within, type Segment, type TimelineChange } from './timeline'

export interface CompanyRow {
  line: number
  code: string
  name?: string
  kind?: CompanyKind
  /** The file names a kind that can not be read. */
  kindRefused?: boolean
  parentCode?: string
  contractNumber: string
  start?: Day
  end?: Day | ''
  contactNumber?: string
  namesAllowed?: boolean
}

const KIND_OF = new Map(Object.entries(COMPANY_KINDS).filter(([kind]) => kind !== 'own').map(([kind, word]) => [word as string, kind as CompanyKind]))

/** Reads a companies file; a company may have several rows, one for each contract. */
export function readCompanies(text: string): { rows: CompanyRow[]; bad: BadCell[]; holdsMyNumber: boolean } {
  const rows: CompanyRow[] = []
  const table = parseTable('companies', text, { columns: COMPANY_COLUMNS, required: ['会社コード'] }, ({ line, cells }, _refused, bad) => {
    const refuse = (column: CompanyColumn, reason: BadReason, value = '', hint = '') => void bad.push({ file: 'companies', line, column, value, reason, hint })
    const trimmed = (column: CompanyColumn) => cells[column]?.trim()
    const day = (column: CompanyColumn) => {
      const written = trimmed(column)
      const parsed = written ? parseDay(written) : undefined
      if (written && !parsed) refuse(column, 'day', written)
      return written === '' ? '' : parsed
    }
    for (const column of ['会社コード', '会社名', '種別'] as const) if (trimmed(column) === '') refuse(column, 'required', '', column === '会社コード' ? KEY : '')
    for (const [column, most] of [['会社コード', 64], ['会社名', 120], ['親会社コード', 64], ['契約番号', 120], ['責任者番号', 64]] as const) if ([...(cells[column] ?? '')].length > most) refuse(column, 'tooLong', '', String(most))
    const kindWord = trimmed('種別')
    const kind = kindWord ? KIND_OF.get(kindWord) : undefined
    if (kindWord && !kind) refuse('種別', 'word', kindWord, [...KIND_OF.keys()].join('、'))
    const names = trimmed('氏名表示')
    if (names && names !== '可' && names !== '不可') refuse('氏名表示', 'word', names, '可、不可')
    const start = day('契約開始日') || undefined
    const end = day('契約終了日')
    if (start && end && end < start) refuse('契約終了日', 'endBeforeStart', end, start)
    rows.push({ line, code: trimmed('会社コード') ?? '', name: cells.会社名, kind, ...(kindWord && !kind && { kindRefused: true }), parentCode: trimmed('親会社コード'), contractNumber: trimmed('契約番号') ?? '', start, end, contactNumber: trimmed('責任者番号'), namesAllowed: names === undefined ? undefined : names === '可' })
  })
  return { rows, bad: table.bad, holdsMyNumber: table.holdsMyNumber }
}

export interface EntrustmentPlan {
  id: string | null
  contractNumber: string
  versions: TimelineChange<EntrustmentAttrs>
  after: Segment<EntrustmentAttrs>[]
}
export interface CompanyPlan {
  id: string | null
  code: string
  fields: { column: string; was: string; is: string }[]
  versions: TimelineChange<CompanyAttrs>
  entrustments: EntrustmentPlan[]
}

const sameCompany = (a: CompanyAttrs, b: CompanyAttrs) => a.name === b.name && a.kind === b.kind && a.parentCode === b.parentCode
const sameEntrustment = (a: EntrustmentAttrs, b: EntrustmentAttrs) => a.namesAllowed === b.namesAllowed && a.contactNumber === b.contactNumber
/** Kinds between which a company may change: those that employ the same kind of people. */
const CONTRACTING: readonly CompanyKind[] = ['contractor', 'subcontractor', 'salesAgency']

/** What the companies file does: companies with their kinds and parents, their contracts, contacts and whether names are shown. */
export function decideCompanies(given: { rows: readonly CompanyRow[]; people: readonly RosterRow[]; stored: ReadonlyMap<string, StoredCompany>; today: Day; companyOfPerson: (number: string) => string | undefined }): { plans: CompanyPlan[]; bad: BadCell[]; after: Map<string, CompanyAttrs> } {
  const bad: BadCell[] = []
  const plans: CompanyPlan[] = []
  const after = new Map([...given.stored.values()].filter(({ versions }) => versions.length > 0).map(({ code, versions }) => [code, (segmentOn(versions, given.today) ?? versions[0]!).attrs]))
  if (!after.has('')) after.set('', { name: '', kind: 'own', parentCode: '' })
  const firstDay = new Map<string, Day>()
  for (const { companyCode, start } of given.people) if (companyCode && start && (firstDay.get(companyCode) ?? OPEN_DAY) > start) firstDay.set(companyCode, start)
  const inFile = groupedBy(given.rows, ({ code }) => code)

  for (const [code, rows] of inFile) {
    const stored = given.stored.get(code)
    const kept = stored && segmentOn(stored.versions, given.today)?.attrs
    const first = rows[0]!
    const refuse = (row: CompanyRow, column: CompanyColumn, reason: BadReason, value = '', hint = '') => void bad.push({ file: 'companies', line: row.line, column, value, reason, hint })
    if (!kept) for (const [column, value] of [['会社名', first.name], ['種別', first.kind]] as const) if (value === undefined && !(column === '種別' && first.kindRefused)) refuse(first, column, 'requiredForNew')
    rows.forEach((row, at) => {
      for (const [column, mine, theirs] of [['会社名', row.name, first.name], ['種別', row.kind, first.kind], ['親会社コード', row.parentCode, first.parentCode]] as const)
        if (mine !== theirs) refuse(row, column, 'companyConflict', String(mine ?? ''), String(first.line))
      if (rows.findIndex(({ contractNumber }) => contractNumber === row.contractNumber) !== at) refuse(row, '契約番号', 'duplicateContract', row.contractNumber, String(first.line))
    })
    const attrs: CompanyAttrs = { name: first.name ?? kept?.name ?? code, kind: first.kind ?? kept?.kind ?? 'contractor', parentCode: first.parentCode ?? kept?.parentCode ?? '' }
    if (kept && kept.kind !== attrs.kind && !(CONTRACTING.includes(kept.kind) && CONTRACTING.includes(attrs.kind))) refuse(first, '種別', 'kindChange', COMPANY_KINDS[attrs.kind], COMPANY_KINDS[kept.kind])
    if (attrs.kind === 'subcontractor' && attrs.parentCode === '') refuse(first, '親会社コード', 'needsParent')
    if (attrs.parentCode && attrs.parentCode === code) refuse(first, '親会社コード', 'ownParent', code)
    else if (attrs.parentCode && !inFile.has(attrs.parentCode) && !after.has(attrs.parentCode)) refuse(first, '親会社コード', 'unknownParent', attrs.parentCode)
    after.set(code, attrs)
    const earliest = [given.today, firstDay.get(code), ...rows.map(({ start }) => start)].reduce<Day>((least, day) => (day && day < least ? day : least), given.today)
    const stretched = stored?.versions.length && earliest < stored.versions[0]!.from ? [{ ...stored.versions[0]!, from: earliest }, ...stored.versions.slice(1)] : (stored?.versions ?? [])
    const versions = changeTimeline(stored?.versions ?? [], holdFrom(stretched, stored?.versions.length ? given.today : earliest, OPEN_DAY, attrs, sameCompany), sameCompany)
    const fields = ([['会社名', 'name'], ['種別', 'kind'], ['親会社コード', 'parentCode']] as const)
      .filter(([, key]) => (kept?.[key] ?? '') !== attrs[key])
      .map(([column, key]) => ({ column, was: wordOf(key, kept?.[key] ?? ''), is: wordOf(key, attrs[key]) }))
    const entrustments = rows.map((row) => decideEntrustment(row, stored, given.today, fields)).filter(({ versions: step }) => step.supersede.length + step.insert.length > 0)
    if (versions.supersede.length + versions.insert.length + entrustments.length > 0) plans.push({ id: stored?.id ?? null, code, fields, versions, entrustments })
  }
  for (const row of given.rows) {
    const refuse = (column: CompanyColumn, reason: BadReason, value: string) => void bad.push({ file: 'companies', line: row.line, column, value, reason, hint: '' })
    const above = companiesAbove(row.code, after)
    if (above === null) refuse('親会社コード', 'loop', row.parentCode ?? '')
    if (!row.contactNumber) continue
    const company = given.companyOfPerson(row.contactNumber)
    if (company === undefined) refuse('責任者番号', 'unknownContact', row.contactNumber)
    else if (above && !above.includes(company)) refuse('責任者番号', 'contactElsewhere', row.contactNumber)
  }
  return { plans, bad, after }
}

const wordOf = (key: keyof CompanyAttrs, value: string) => (key === 'kind' && value ? COMPANY_KINDS[value as CompanyKind] : value)

function decideEntrustment(row: CompanyRow, company: StoredCompany | undefined, today: Day, fields: CompanyPlan['fields']): EntrustmentPlan {
  const stored = company?.entrustments.find(({ contractNumber }) => contractNumber === row.contractNumber)
  const old = stored?.versions ?? []
  const kept = segmentOn(old, today)?.attrs
  const attrs: EntrustmentAttrs = { namesAllowed: row.namesAllowed ?? kept?.namesAllowed ?? false, contactNumber: row.contactNumber ?? kept?.contactNumber ?? '' }
  const from = row.start ?? old[0]?.from ?? today
  const keptTo = old.at(-1)?.to ?? OPEN_DAY
  const to = row.end === undefined ? keptTo : row.end === '' ? OPEN_DAY : addDays(row.end, 1)
  const fitted = within(old.map((one, at) => ({ ...one, from: at === 0 && from < one.from ? from : one.from, to: at === old.length - 1 && to > one.to ? to : one.to })), from, to)
  const on = fitted.length === 0 || today < from ? from : to <= today ? fitted.at(-1)!.from : today
  const after = from < to ? holdFrom(fitted, on, to, attrs, sameEntrustment) : old
  if ((kept?.contactNumber ?? '') !== attrs.contactNumber) fields.push({ column: '責任者番号', was: kept?.contactNumber ?? '', is: attrs.contactNumber })
  if (kept && kept.namesAllowed !== attrs.namesAllowed) fields.push({ column: '氏名表示', was: kept.namesAllowed ? '可' : '不可', is: attrs.namesAllowed ? '可' : '不可' })
  if (kept && keptTo !== to) fields.push({ column: '契約終了日', was: keptTo === OPEN_DAY ? '' : addDays(keptTo, -1), is: row.end ?? '' })
  if (kept && old[0]!.from !== from) fields.push({ column: '契約開始日', was: old[0]!.from, is: from })
  return { id: stored?.id ?? null, contractNumber: row.contractNumber, versions: changeTimeline(old, after, sameEntrustment), after }
}

/** A company and the companies above it; null when they run in a circle. */
export function companiesAbove(code: string, companies: ReadonlyMap<string, Pick<CompanyAttrs, 'parentCode'>>): string[] | null {
  const seen: string[] = []
  for (let at = code; at !== ''; at = companies.get(at)?.parentCode ?? '') {
    if (seen.includes(at)) return null
    seen.push(at)
  }
  return seen
}
