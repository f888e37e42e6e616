import { sql, type RawBuilder } from 'kysely'
import type { Day, Instant } from '../app/domain/calendar'
import type { FilingActKind, FilingCounts } from '../app/domain/filing'
import type { Db } from './database.server'
import { subjectsOf, type FilingSubject, type SubjectKind, type SubjectReach, type SubjectsOf } from './filing-subjects.server'
import { knownOn } from './in-force.server'

/** Filings in lists: with what was last done, and how far they are answered. */
export interface ListedFiling {
  filingId: string
  slug: string
  version: string
  subjectKind: SubjectKind
  subjectId: string
  companyId: string | null
  unitId: string | null
  name: string
  period: string
  opensOn: Day
  dueOn: Day
  last: FilingActKind | null
  submittedAt: Instant | null
  counts: FilingCounts
  /** How many items have an answer. */
  answered: number
}

interface Row {
  id: string; slug: string; version: string; subject_kind: SubjectKind; subject_id: string; company_id: string | null; unit_id: string | null; name: string | null; period: string; opens_on: Day; due_on: Day
  last: FilingActKind | null; submitted_at: Instant | null; done: number | null; partly: number | null; not_done: number | null; not_applicable: number | null; answered: number
}

/** What was last done with filing `f`, as `l`. */
const lastAct = sql`left join filing_act l on l.filing_id = f.id and l.ordinal = (select max(m.ordinal) from filing_act m where m.filing_id = f.id)`
const facts = sql`l.kind as last, (select max(s.at) from filing_act s where s.filing_id = f.id and s.kind = 'submitted') as submitted_at, l.done, l.partly, l.not_done, l.not_applicable,
  (select count(*) from filing_answer a where a.filing_id = f.id and a.answer is not null) as answered`
const within = (column: RawBuilder<string>, ids: readonly string[] | null) => (ids === null ? sql<boolean>`${column} is not null` : sql<boolean>`${column} in (${sql.join(ids.length > 0 ? [...ids] : [''])})`)
const mine = ({ companyIds, unitIds }: SubjectReach) => sql<boolean>`(${within(sql`f.company_id`, companyIds)} or ${within(sql`f.unit_id`, unitIds)})`

const filings = (where: RawBuilder<boolean>, tail: RawBuilder<unknown>, day: Day) => sql<Row>`select f.*, coalesce(c.name, u.name) as name, ${facts} from filing f ${lastAct}
  left join company_version c on c.company_id = f.company_id and ${knownOn('c', day)} left join org_unit_version u on u.unit_id = f.unit_id and ${knownOn('u', day)} where ${where} ${tail}`

const countsOf = (row: Pick<Row, 'done' | 'partly' | 'not_done' | 'not_applicable'>): FilingCounts => ({ done: Number(row.done ?? 0), partly: Number(row.partly ?? 0), notDone: Number(row.not_done ?? 0), none: Number(row.not_applicable ?? 0) })
const listed = (row: Row): ListedFiling => ({
  filingId: row.id, slug: row.slug, version: row.version, subjectKind: row.subject_kind, subjectId: row.subject_id, companyId: row.company_id, unitId: row.unit_id, name: row.name ?? '', period: row.period, opensOn: row.opens_on, dueOn: row.due_on,
  last: row.last, submittedAt: row.submitted_at === null ? null : Number(row.submitted_at), counts: countsOf(row), answered: Number(row.answered),
})

/** The filings of one form for some subjects: of these periods, and whatever is not finished. */
export async function listFilingsFor(db: Db, slug: string, subjectIds: readonly string[], periods: readonly string[], day: Day): Promise<ListedFiling[]> {
  if (subjectIds.length === 0) return []
  const where = sql<boolean>`f.slug = ${slug} and f.subject_id in (${sql.join([...subjectIds])}) and (f.period in (${sql.join(periods.length > 0 ? [...periods] : [''])}) or l.kind is null or l.kind = 'returned')`
  return (await filings(where, sql`order by f.period desc, f.id`, day).execute(db)).rows.map(listed)
}

/** What was handed in, the newest period first, one page by period and id. */
export async function listFiled(db: Db, reach: SubjectReach, page: { before: string; limit: number; day: Day }): Promise<ListedFiling[]> {
  const [period, id] = page.before.split('~')
  const before = period && id ? sql<boolean>`(f.period < ${period} or (f.period = ${period} and f.id < ${id}))` : sql<boolean>`1 = 1`
  return (await filings(sql<boolean>`${mine(reach)} and l.kind is not null and ${before}`, sql`order by f.period desc, f.id desc limit ${page.limit}`, page.day).execute(db)).rows.map(listed)
}

/** Which of the subjects of a form an office looks at: those that have still to hand in, those that wait for it, and those that are finished. */
export type OfficeView = 'all' | 'open' | 'waiting' | 'done'
export interface OfficeRow extends Omit<FilingSubject, 'kind' | 'id'> {
  subjectId: string
  filing: ListedFiling | null
}

const viewOf = (view: OfficeView, handedTo: 'operator' | 'file') => {
  const finished = handedTo === 'file' ? sql`('accepted', 'submitted')` : sql`('accepted')`
  if (view === 'open') return sql<boolean>`(l.kind is null or l.kind = 'returned')`
  if (view === 'waiting') return handedTo === 'file' ? sql<boolean>`1 = 0` : sql<boolean>`l.kind = 'submitted'`
  return view === 'done' ? sql<boolean>`l.kind in ${finished}` : sql<boolean>`1 = 1`
}

interface FormOfList extends SubjectsOf {
  slug: string
  handedTo: 'operator' | 'file'
  period: string
  /** Of contracts: only those that end before this day. */
  endsBefore?: Day
  /** Only subjects that filed: nobody was asked for this period. */
  onlyFiled?: boolean
}
interface Span { day: Day; from: Day; before: Day }

const subjectsWithFiling = (form: FormOfList, span: Span) => sql`from (select q.* from (${subjectsOf(form, { companyIds: null, unitIds: null }, span)}) q ${form.endsBefore === undefined ? sql`` : sql`where q.until < ${form.endsBefore}`}) s
  ${sql.raw(form.onlyFiled ? 'inner' : 'left')} join filing f on f.slug = ${form.slug} and f.subject_id = s.id and f.period = ${form.period} ${lastAct}`

/** One page of the subjects of a form in a period, by name, with how each filing stands. */
export async function listOfficeRows(db: Db, form: FormOfList, span: Span, page: { view: OfficeView; after: string; limit: number }): Promise<OfficeRow[]> {
  const [name, id] = page.after.split('\t')
  const after = name !== undefined && id ? sql<boolean>`(s.name > ${name} or (s.name = ${name} and s.id > ${id}))` : sql<boolean>`1 = 1`
  const { rows } = await sql<Row & { subject_name: string; code: string; s_id: string; s_company: string | null; s_unit: string | null; since: Day; until: Day }>`select f.*, s.id as s_id, s.name as subject_name, s.code, s.company_id as s_company, s.unit_id as s_unit, s.since, s.until, ${facts}
    ${subjectsWithFiling(form, span)} where ${viewOf(page.view, form.handedTo)} and ${after} order by s.name, s.id limit ${page.limit}`.execute(db)
  return rows.map((row) => ({ subjectId: row.s_id, name: row.subject_name, code: row.code, companyId: row.s_company, unitId: row.s_unit, since: row.since, until: row.until, filing: row.id === null ? null : { ...listed(row), name: row.subject_name } }))
}

export interface OfficeCounts {
  all: number
  open: number
  waiting: number
  done: number
  counts: FilingCounts
}

/** How many subjects of a form there are in a period, and where their filings stand; and what all that was handed in says together. */
export async function countOfficeRows(db: Db, form: FormOfList, span: Span): Promise<OfficeCounts> {
  const sum = (view: OfficeView) => sql`sum(case when ${viewOf(view, form.handedTo)} then 1 else 0 end)`
  const { rows: [row] } = await sql<Row & { all_: number; open_: number; waiting_: number; done_: number }>`select count(*) as all_, ${sum('open')} as open_, ${sum('waiting')} as waiting_, ${sum('done')} as done_,
    sum(l.done) as done, sum(l.partly) as partly, sum(l.not_done) as not_done, sum(l.not_applicable) as not_applicable ${subjectsWithFiling(form, span)}`.execute(db)
  return { all: Number(row?.all_ ?? 0), open: Number(row?.open_ ?? 0), waiting: Number(row?.waiting_ ?? 0), done: Number(row?.done_ ?? 0), counts: row ? countsOf(row) : { done: 0, partly: 0, notDone: 0, none: 0 } }
}

/** How many filings of these forms wait for the office. */
export async function countWaitingFilings(db: Db, slugs: readonly string[], most: number): Promise<number> {
  if (slugs.length === 0) return 0
  const { rows } = await sql<{ id: string }>`select f.id from filing f ${lastAct} where f.slug in (${sql.join([...slugs])}) and l.kind = 'submitted' limit ${most}`.execute(db)
  return rows.length
}
