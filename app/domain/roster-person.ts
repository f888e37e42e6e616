import { addDays, OPEN_DAY, type Day } from './calendar'
import type { BadCell, BadReason } from './csv'
import { damaged, holdsLostCharacter } from './name'
import { CATEGORIES, companyKindsFor, ENGAGEMENT_KINDS, type Category, type CompanyKind } from './people'
import type { RosterRow } from './roster'
import { ATTR_OF, cellOf, sameVersion, type VersionAttrs } from './roster-attributes'
import { KEY, ROSTER_COLUMNS, type RosterColumn } from './roster-columns'
import { isHidden, type HiddenColumn } from './roster-names'
import { attrsOn, endOf, lastOf, sameNothing, startOf, type EngagementPlan, type StoredEngagement } from './roster-state'
import { changeTimeline, holdFrom, joined, within, type Segment, type TimelineChange } from './timeline'

export interface FieldChange {
  column: RosterColumn | '休職'
  was: string
  is: string
}

/** One person of the file against the register: what changes, from which day, and what will be written. */
export interface PersonChange {
  line: number
  number: string
  outcome: 'new' | 'changed' | 'rehired' | 'moved'
  effectiveOn: Day
  fields: FieldChange[]
  /** Whether an end date is set that was not there. */
  ends: boolean
  /** For somebody added by hand: a number in use that differs by zeros in front only. */
  likeNumber?: string
  plans: EngagementPlan[]
}

export interface PersonContext {
  today: Day
  /** From which day a change of what is registered holds; today unless HR names a day by hand. */
  effectiveOn?: Day
  companyKind: (code: string) => CompanyKind | undefined
  /** Whether the same file names the company's kind so that it can not be read: nothing is said of who may work there. */
  kindDoubtful: (code: string) => boolean
  personKnown: (number: string) => boolean
  /** Another number, of the register or the file, that differs by zeros in front only. */
  likeNumber: (number: string) => string | undefined
  /** Whether the operator may see the names of a company's people (domain.md L25). */
  namesShown: (companyCode: string) => boolean
  /** A form that adds a person refuses a number that is in use, one that edits refuses an unknown one. */
  expect?: 'new' | 'known'
}

const NO_CHANGE: TimelineChange<never> = { supersede: [], insert: [] }

/** Compares one row with what the register holds of its number (house.md §3): null when nothing changes. Of a row with wrong cells only further faults are told. */
export function decidePerson(given: RosterRow, engagements: readonly StoredEngagement[] | undefined, context: PersonContext): PersonChange | BadCell[] | null {
  const last = lastOf(engagements)
  const row = last ? withoutHidden(given, last, context) : given
  const bad = faultsOf(row, engagements, last, context)
  if (bad.length > 0 || row.refused) return bad
  if (!last) return { ...begin('new', row, engagements ?? [], undefined, context), likeNumber: context.likeNumber(row.number) }
  const rehired = row.start !== undefined && endOf(last) !== OPEN_DAY && row.start >= endOf(last)
  if (rehired) return begin('rehired', row, engagements!, last, context)
  if (row.companyCode !== undefined && row.companyCode !== last.companyCode) return begin('moved', row, engagements!, last, context)
  return change(row, last, context)
}

/** Who is shown by number only comes back without name, kana and mail from an export: what is not seen is not cleared. */
function withoutHidden(row: RosterRow, last: StoredEngagement, context: PersonContext): RosterRow {
  if (!isHidden(attrsOn(last, context.today).kind, context.namesShown(last.companyCode)) || row.name?.trim() !== '') return row
  const unseen: Record<HiddenColumn, Partial<RosterRow>> = { 氏名: { name: undefined }, フリガナ: { kana: row.kana || undefined }, メール: { mail: row.mail || undefined } }
  return Object.assign({ ...row }, ...Object.values(unseen)) as RosterRow
}

function faultsOf(row: RosterRow, engagements: readonly StoredEngagement[] | undefined, last: StoredEngagement | undefined, context: PersonContext): BadCell[] {
  const bad: BadCell[] = []
  const unread = (column: RosterColumn) => row.refused?.includes(column) ?? false
  const refuse = (column: RosterColumn, reason: BadReason, value = '', hint = '') => void (unread(column) || bad.push({ file: 'roster', line: row.line, column, value, reason, hint }))
  if (row.refused?.includes('')) return bad
  if (row.name?.trim() === '') refuse('氏名', 'required', '', last ? '' : KEY)
  if (context.expect === 'known' && !last) refuse('従事者番号', 'unknownNumber', row.number)
  if (context.expect === 'new' && last && !(row.start && endOf(last) !== OPEN_DAY && row.start >= endOf(last))) refuse('従事者番号', 'numberTaken', row.number)
  if (!last && !unread('従事者番号')) {
    for (const [column, value] of [['氏名', row.name], ['雇用形態', row.kind], ['在籍開始日', row.start]] as const) if (value === undefined) refuse(column, 'requiredForNew')
    const like = context.expect === undefined && context.likeNumber(row.number)
    if (like) refuse('従事者番号', 'lostZeros', row.number, like)
  }
  const registered = last && attrsOn(last, context.today)
  const kind = unread('雇用形態') ? undefined : (row.kind ?? registered?.kind)
  const companyCode = row.companyCode ?? last?.companyCode ?? ''
  const companyKind = context.companyKind(companyCode)
  if (kind === 'soleContractor' && companyCode === '') refuse('会社コード', 'soleNeedsCompany')
  else if (!companyKind) refuse('会社コード', 'unknownCompany', companyCode)
  else if (kind && !unread('会社コード') && !context.kindDoubtful(companyCode) && !companyKindsFor(kind).includes(companyKind)) refuse(row.companyCode === undefined ? '雇用形態' : '会社コード', 'kindCompany', companyCode, `${ENGAGEMENT_KINDS[kind]}|${companyKindsFor(kind).join(',')}|${companyKind}`)
  if (row.supervisor && !context.personKnown(row.supervisor)) refuse('上長番号', 'unknownSupervisor', row.supervisor)
  // The supervisor may have been registered while the person was still own staff.
  if (row.supervisor === undefined && !unread('上長番号') && registered?.supervisor && (kind === 'contractorWorker' || kind === 'soleContractor')) refuse('雇用形態', 'supervisorOnContractor', registered.supervisor)
  // Where the operator does not see the name, every mark is refused alike: whether it fits what is registered would tell the name bit by bit.
  const shown = !last || !isHidden(registered!.kind, context.namesShown(last.companyCode))
  for (const [column, is, was] of [['氏名', row.name, registered?.name], ['フリガナ', row.kana, registered?.kana]] as const) {
    if (is === undefined || (shown && is === was) || !holdsLostCharacter(is)) continue
    if (!shown || (was !== undefined && damaged(was, is))) refuse(column, 'damagedName', is, shown ? was : '')
    else refuse(column, 'lostMark', is)
  }
  if (!last || unread('在籍開始日') || unread('在籍終了日')) return bad
  const start = row.start ?? startOf(last)
  const again = endOf(last) !== OPEN_DAY && start >= endOf(last)
  const moved = row.companyCode !== undefined && row.companyCode !== last.companyCode
  if (moved && !again && (row.start ?? context.today) <= startOf(last)) refuse('在籍開始日', 'startOfNewCompany', row.start ?? '', startOf(last))
  const before = engagements?.findLast((one) => one.sequence < last.sequence && one.versions.length > 0)
  if (before && !again && !moved && start < endOf(before)) refuse('在籍開始日', 'startBeforeLastEnd', start, addDays(endOf(before), -1))
  if (row.start === undefined && row.end && row.end < startOf(last)) refuse('在籍終了日', 'endBeforeStart', row.end, startOf(last))
  const keptEnd = endOf(last)
  if (row.end === undefined && row.start && !again && !moved && keptEnd !== OPEN_DAY && row.start >= keptEnd) refuse('在籍開始日', 'endBeforeStart', row.start, keptEnd)
  return bad
}

const dayAfter = (end: Day | '' | undefined, kept: Day): Day => (end === undefined ? kept : end === '' ? OPEN_DAY : addDays(end, 1))

function attrsFrom(row: RosterRow, kept: VersionAttrs | undefined): VersionAttrs {
  return {
    kind: row.kind ?? kept!.kind, name: row.name ?? kept!.name, kana: row.kana ?? kept?.kana ?? '', mail: row.mail ?? kept?.mail ?? '', unitCode: row.unitCode ?? kept?.unitCode ?? '',
    supervisor: row.supervisor ?? kept?.supervisor ?? '', under18Until: row.under18Until ?? kept?.under18Until ?? '',
  }
}

/**
 * A new engagement: of a new person, of one who comes again, or of one whose employer changes (then the old one ends). A number whose
 * registrations were all undone begins as somebody new: nothing of who bore it before is theirs (house.md §3).
 */
function begin(outcome: 'new' | 'rehired' | 'moved', row: RosterRow, engagements: readonly StoredEngagement[], last: StoredEngagement | undefined, context: PersonContext): PersonChange {
  const companyCode = row.companyCode ?? last?.companyCode ?? ''
  const from = row.start ?? context.today
  const to = dayAfter(row.end, OPEN_DAY)
  const attrs = attrsFrom(row, last && attrsOn(last, context.today))
  const undone = last && engagements.findLast((one) => one.versions.length === 0 && one.sequence > last.sequence && one.companyCode === companyCode)
  const categories = row.categories ?? (last ? categoriesOn(last, context.today) : [])
  const versions = [{ from, to, attrs }]
  const scopes = new Map(categories.map((category) => [category, [{ from, to, attrs: null }]]))
  const plan: EngagementPlan = {
    id: undone?.id ?? null, personId: last?.personId ?? null, number: row.number, sequence: undone?.sequence ?? (engagements.at(-1)?.sequence ?? 0) + 1, companyCode,
    versions: { supersede: [], insert: versions },
    scopes: new Map([...scopes].map(([category, insert]) => [category, { supersede: [], insert }])), leaves: NO_CHANGE, after: { versions, scopes, leaves: [] },
  }
  const plans = outcome === 'moved' && endOf(last!) > from ? [ending(last!, from), plan] : [plan]
  const fields = last ? fieldsOf(last, row, context.today, companyCode) : []
  return { line: row.line, number: row.number, outcome, effectiveOn: from, fields, ends: false, plans }
}

/** Ends an engagement before a day: nothing of it holds from then on. */
function ending(engagement: StoredEngagement, from: Day): EngagementPlan {
  const before = <A>(segments: readonly Segment<A>[]) => within(segments, '0000-01-01', from)
  const scopes = new Map([...engagement.scopes].map(([category, segments]) => [category, before(segments)]))
  return planOf(engagement, { versions: before(engagement.versions), scopes, leaves: before(engagement.leaves) })
}

/** What is written so that an engagement looks as wanted. */
export function planOf(engagement: StoredEngagement, after: EngagementPlan['after']): EngagementPlan {
  const { id, personId, number, sequence, companyCode } = engagement
  const scopes = new Map<Category, TimelineChange<null>>()
  for (const [category, wanted] of after.scopes) {
    const step = changeTimeline(engagement.scopes.get(category) ?? [], wanted, sameNothing)
    if (step.supersede.length + step.insert.length > 0) scopes.set(category, step)
  }
  return {
    id, personId, number, sequence, companyCode, versions: changeTimeline(engagement.versions, after.versions, sameVersion), scopes,
    leaves: changeTimeline(engagement.leaves, after.leaves, (a, b) => a === b), after,
  }
}

/** The categories an engagement handles on a day; after its end those of its last day. */
export function categoriesOn(engagement: StoredEngagement, today: Day): Category[] {
  const day = endOf(engagement) <= today ? addDays(endOf(engagement), -1) : startOf(engagement) > today ? startOf(engagement) : today
  return (Object.keys(CATEGORIES) as Category[]).filter((category) => engagement.scopes.get(category)?.some((one) => one.from <= day && day < one.to))
}

/** The same engagement, changed: from today on, unless it has not begun or its days are corrected. */
function change(row: RosterRow, last: StoredEngagement, context: PersonContext): PersonChange | null {
  const fields = fieldsOf(last, row, context.today, last.companyCode)
  if (fields.length === 0) return null
  const [oldFrom, oldTo] = [startOf(last), endOf(last)]
  const from = row.start ?? oldFrom
  const to = dayAfter(row.end, oldTo)
  const attrs = attrsFrom(row, attrsOn(last, context.today))
  const stretched = stretch(last.versions, from, to, oldFrom, oldTo)
  const asked = context.effectiveOn ?? context.today
  const on = to <= asked ? (stretched.at(-1)?.from ?? from) : asked > from ? asked : from
  const there = stretched.findLast((one) => one.from <= on) ?? stretched[0]
  const wanted = there && sameVersion(attrs, there.attrs) ? joined(stretched, sameVersion) : holdFrom(stretched, on, to, attrs, sameVersion)
  const scopes = new Map<Category, Segment<null>[]>()
  const scopeDay = to <= asked ? addDays(to, -1) : on
  for (const category of new Set([...last.scopes.keys(), ...(row.categories ?? [])])) {
    const base = stretch(last.scopes.get(category) ?? [], from, to, oldFrom, oldTo)
    const held = base.some((one) => one.from <= scopeDay && scopeDay < one.to)
    const holds = row.categories?.includes(category) ?? held
    scopes.set(category, joined(holds === held ? base : holds ? holdFrom(base, on, to, null, sameNothing) : within(base, '0000-01-01', on), sameNothing))
  }
  const plan = planOf(last, { versions: wanted, scopes, leaves: within(last.leaves, from, to) })
  return { line: row.line, number: row.number, outcome: 'changed', effectiveOn: on, fields, ends: to !== OPEN_DAY && oldTo === OPEN_DAY, plans: [plan] }
}

/** Segments fitted to corrected days: what reached to the old border reaches to the new one. */
function stretch<A>(segments: readonly Segment<A>[], from: Day, to: Day, oldFrom: Day, oldTo: Day): Segment<A>[] {
  if (segments.length === 0) return []
  const moved = segments.map((one) => ({ from: one.from === oldFrom && from < oldFrom ? from : one.from, to: one.to === oldTo && to > oldTo ? to : one.to, attrs: one.attrs }))
  return within(moved, from, to)
}

export const categoryWords = (categories: readonly Category[]): string => categories.map((category) => CATEGORIES[category]).join('・')
export const endWord = (to: Day): string => (to === OPEN_DAY ? '' : addDays(to, -1))

type BesideColumn = { [C in RosterColumn]: (typeof ATTR_OF)[C] extends null ? C : never }[RosterColumn]

/** What is not held as an attribute of the version: as the row wants it (undefined where it says nothing of it), and as the register has it. */
const BESIDE: { readonly [C in BesideColumn]: null | { is: (row: RosterRow, companyCode: string) => string | undefined; was: (last: StoredEngagement, today: Day) => string } } = {
  // A number is who somebody is, and the name of a unit is the unit's.
  従事者番号: null,
  所属名: null,
  会社コード: { is: (_row, companyCode) => companyCode, was: (last) => last.companyCode },
  在籍開始日: { is: (row) => row.start, was: (last) => startOf(last) },
  在籍終了日: { is: (row) => row.end, was: (last) => endWord(endOf(last)) },
  取扱区分: { is: (row) => row.categories && categoryWords(row.categories), was: (last, today) => categoryWords(categoriesOn(last, today)) },
}

const COMPARED = ROSTER_COLUMNS.map((column) => ({ column, attr: ATTR_OF[column], beside: ATTR_OF[column] === null ? BESIDE[column as BesideColumn] : null }))

/** Column by column what a row changes. Every column is asked for: of one that neither table knows the types tell. */
function fieldsOf(last: StoredEngagement, row: RosterRow, today: Day, companyCode: string): FieldChange[] {
  const held = attrsOn(last, today)
  const fields: FieldChange[] = []
  for (const { column, attr, beside } of COMPARED) {
    if (attr !== null) {
      const value = row[attr]
      if (value !== undefined && value !== held[attr]) fields.push({ column, was: cellOf(attr, held[attr]), is: cellOf(attr, value) })
      continue
    }
    const is = beside?.is(row, companyCode)
    if (!beside || is === undefined) continue
    const was = beside.was(last, today)
    if (is !== was) fields.push({ column, was, is })
  }
  return fields
}
