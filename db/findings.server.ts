import { sql, type RawBuilder } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { FindingActKind } from '../app/domain/finding'
import { hitOne, insertAbsentRows, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import type { SubjectReach } from './filing-subjects.server'
import { knownOn } from './in-force.server'
import type { FindingActTable, FindingTable } from './schema'

/** 直すこと: what a complete filing left to mend, and what was said and decided about it. Every reader says what it reaches. */
export interface Finding {
  id: string
  filingId: string
  actId: string
  itemId: string
  answer: FindingTable['answer']
  improveBy: Day
  raisedAt: Instant
  slug: string
  version: string
  companyId: string | null
  unitId: string | null
  name: string
  period: string
  last: FindingActKind | null
  lastAt: Instant | null
}

interface Row {
  id: string; filing_id: string; act_id: string; item_id: string; answer: FindingTable['answer']; improve_by: Day; raised_at: Instant; slug: string; version: string; company_id: string | null; unit_id: string | null; name: string | null; period: string
  last: FindingActKind | null; last_at: Instant | null
}
const findingOf = (row: Row): Finding => ({
  id: row.id, filingId: row.filing_id, actId: row.act_id, itemId: row.item_id, answer: row.answer, improveBy: row.improve_by, raisedAt: Number(row.raised_at), slug: row.slug, version: row.version, companyId: row.company_id, unitId: row.unit_id, name: row.name ?? '',
  period: row.period, last: row.last, lastAt: row.last_at === null ? null : Number(row.last_at),
})

const within = (column: RawBuilder<string>, ids: readonly string[] | null) => (ids === null ? sql<boolean>`${column} is not null` : sql<boolean>`${column} in (${sql.join(ids.length > 0 ? [...ids] : [''])})`)
const mine = ({ companyIds, unitIds }: SubjectReach) => sql<boolean>`(${within(sql`f.company_id`, companyIds)} or ${within(sql`f.unit_id`, unitIds)})`
const lastAct = sql`left join finding_act l on l.finding_id = n.id and l.ordinal = (select max(m.ordinal) from finding_act m where m.finding_id = n.id)`
const findings = (where: RawBuilder<boolean>, tail: RawBuilder<unknown>, day: Day) => sql<Row>`select n.*, f.slug, f.version, f.company_id, f.unit_id, f.period, coalesce(c.name, u.name) as name, l.kind as last, l.at as last_at
  from finding n inner join filing f on f.id = n.filing_id ${lastAct}
  left join company_version c on c.company_id = f.company_id and ${knownOn('c', day)} left join org_unit_version u on u.unit_id = f.unit_id and ${knownOn('u', day)} where ${where} ${tail}`

/** One finding in reach. */
export async function findFinding(db: Db, id: string, reach: SubjectReach, day: Day): Promise<Finding | undefined> {
  const row = (await findings(sql<boolean>`n.id = ${id} and ${mine(reach)}`, sql``, day).execute(db)).rows[0]
  return row && findingOf(row)
}

/** Takes hold of a finding until the transaction ends. */
export async function lockFinding(tx: Tx, id: string): Promise<boolean> {
  return (await lockRows(tx, tx.selectFrom('finding').select('id').where('id', '=', id)).execute()).length === 1
}

/** Whose turn it is: still to mend, waiting for the office, or settled. */
export type FindingView = 'open' | 'reported' | 'settled'
const viewOf = (view: FindingView) =>
  view === 'settled' ? sql<boolean>`n.settled_at < ${OPEN_INSTANT}` : view === 'reported' ? sql<boolean>`n.settled_at = ${OPEN_INSTANT} and l.kind = 'reported'` : sql<boolean>`n.settled_at = ${OPEN_INSTANT} and (l.kind is null or l.kind = 'returned')`

/** One page of findings by the day on which they are to be mended; of one form, when it is named. */
export async function listFindings(db: Db, reach: SubjectReach, of: { view: FindingView; slug: string | null }, page: { after: string; limit: number; day: Day }): Promise<Finding[]> {
  const [improveBy, id] = page.after.split('~')
  const settled = of.view === 'settled'
  const after = !improveBy || !id ? sql<boolean>`1 = 1` : settled ? sql<boolean>`(n.improve_by < ${improveBy} or (n.improve_by = ${improveBy} and n.id < ${id}))` : sql<boolean>`(n.improve_by > ${improveBy} or (n.improve_by = ${improveBy} and n.id > ${id}))`
  const form = of.slug === null ? sql<boolean>`1 = 1` : sql<boolean>`f.slug = ${of.slug}`
  const order = settled ? sql`order by n.improve_by desc, n.id desc` : sql`order by n.improve_by, n.id`
  return (await findings(sql<boolean>`${mine(reach)} and ${viewOf(of.view)} and ${form} and ${after}`, sql`${order} limit ${page.limit}`, page.day).execute(db)).rows.map(findingOf)
}

/** How many there are in each view, and the first day on which one is to be mended. */
export async function countFindings(db: Db, reach: SubjectReach, slug: string | null = null): Promise<Record<FindingView, number> & { nextDay: Day | null }> {
  const sum = (view: FindingView) => sql`sum(case when ${viewOf(view)} then 1 else 0 end)`
  const { rows: [row] } = await sql<{ open_: number | null; reported_: number | null; settled_: number | null; next_day: Day | null }>`select ${sum('open')} as open_, ${sum('reported')} as reported_, ${sum('settled')} as settled_, min(case when ${viewOf('open')} then n.improve_by end) as next_day
    from finding n inner join filing f on f.id = n.filing_id ${lastAct} where ${mine(reach)} ${slug === null ? sql`` : sql`and f.slug = ${slug}`}`.execute(db)
  return { open: Number(row?.open_ ?? 0), reported: Number(row?.reported_ ?? 0), settled: Number(row?.settled_ ?? 0), nextDay: row?.next_day ?? null }
}

/** How many reports came back and were not sent again. */
export async function countReturnedFindings(db: Db, reach: SubjectReach): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*) as count from finding n inner join filing f on f.id = n.filing_id ${lastAct} where n.settled_at = ${OPEN_INSTANT} and l.kind = 'returned' and ${mine(reach)}`.execute(db)
  return Number(row?.count ?? 0)
}

/** How many reports wait for the office. */
export async function countReportedFindings(db: Db, most: number): Promise<number> {
  return (await sql<{ id: string }>`select n.id from finding n ${lastAct} where ${viewOf('reported')} limit ${most}`.execute(db)).rows.length
}

/** The findings that filings left, in the order of the form; what another signature replaced is left out. */
export async function listFindingsOf(db: Db, filingIds: readonly string[], day: Day): Promise<Finding[]> {
  if (filingIds.length === 0) return []
  return (await findings(sql<boolean>`n.filing_id in (${sql.join([...filingIds])}) and (l.kind is null or l.kind <> 'replaced')`, sql`order by n.filing_id, n.position`, day).execute(db)).rows.map(findingOf)
}

/** How many findings of each filing nobody has settled. */
export async function countOpenFindings(db: Db, filingIds: readonly string[]): Promise<Map<string, number>> {
  if (filingIds.length === 0) return new Map()
  const rows = await db.selectFrom('finding').select(['filing_id', ({ fn }) => fn.countAll<number>().as('count')]).where('filing_id', 'in', [...filingIds]).where('settled_at', '=', OPEN_INSTANT).groupBy('filing_id').execute()
  return new Map(rows.map((row) => [row.filing_id, Number(row.count)]))
}

export interface FindingAct {
  id: string
  ordinal: number
  kind: FindingActKind
  by: string
  at: Instant
  mendedOn: Day | ''
  words: string
  files: readonly { id: string; name: string; sha256: string; type: string }[]
}

/** What was said and decided about a finding, the first first. */
export async function listFindingActs(db: Db, findingId: string): Promise<FindingAct[]> {
  const acts = await db.selectFrom('finding_act').selectAll().where('finding_id', '=', findingId).orderBy('ordinal').execute()
  const files = acts.length === 0 ? [] : await db.selectFrom('finding_file as t').innerJoin('blob as b', 'b.sha256', 't.sha256').select(['t.id', 't.act_id', 't.name', 't.sha256', 'b.media_type']).where('t.act_id', 'in', acts.map(({ id }) => id)).orderBy('t.id').execute()
  return acts.map((row) => ({ id: row.id, ordinal: row.ordinal, kind: row.kind, by: row.by_account, at: Number(row.at), mendedOn: row.mended_on, words: row.words, files: files.filter((file) => file.act_id === row.id).map(({ id, name, sha256, media_type: type }) => ({ id, name, sha256, type })) }))
}

/** Appends what is said or decided about a finding, with its files. */
export async function recordFindingAct(tx: Tx, act: FindingActTable, files: readonly { id: string; sha256: string; name: string }[] = []): Promise<void> {
  await insertRows(tx, 'finding_act', [act])
  await insertRows(tx, 'finding_file', files.map((file) => ({ ...file, act_id: act.id })))
}

/** Enters what a complete filing left to mend; a second time, nothing. */
export async function createFindings(tx: Tx, rows: readonly FindingTable[]): Promise<void> {
  if (rows.length > 0) await insertAbsentRows(tx, 'finding', 'id', rows)
}

/** Closes a finding for good. */
export async function settleFinding(tx: Tx, id: string, at: Instant): Promise<boolean> {
  return hitOne(await tx.updateTable('finding').set({ settled_at: at }).where('id', '=', id).where('settled_at', '=', OPEN_INSTANT).executeTakeFirst())
}

/** Open findings of the same form and subject: of earlier periods for these items, and of this filing by another signature. Locked; with the ordinal of their last act. */
export async function lockFindingsBefore(tx: Tx, filing: { id: string; slug: string; subject_id: string; period: string }, actId: string, itemIds: readonly string[]): Promise<{ id: string; ordinal: number; replaced: boolean }[]> {
  const rows = await lockRows(tx, tx.selectFrom('finding as n').innerJoin('filing as f', 'f.id', 'n.filing_id').select(['n.id', 'n.filing_id', 'n.item_id']).where('f.slug', '=', filing.slug).where('f.subject_id', '=', filing.subject_id).where('n.settled_at', '=', OPEN_INSTANT)
    .where((on) => on.or([on('f.period', '<', filing.period), on.and([on('n.filing_id', '=', filing.id), on('n.act_id', '<>', actId)])])).orderBy('n.id')).execute()
  const ids = rows.filter((row) => row.filing_id === filing.id || itemIds.includes(row.item_id)).map(({ id }) => id)
  const acts = ids.length === 0 ? [] : await tx.selectFrom('finding_act').select(['finding_id', ({ fn }) => fn.max('ordinal').as('ordinal')]).where('finding_id', 'in', ids).groupBy('finding_id').execute()
  return rows.filter(({ id }) => ids.includes(id)).map((row) => ({ id: row.id, replaced: row.filing_id === filing.id, ordinal: Number(acts.find((act) => act.finding_id === row.id)?.ordinal ?? 0) }))
}

/** Whether a later period of the same form and subject is complete: then its answers speak. */
export async function hasLaterComplete(db: Db, filing: { slug: string; subject_id: string; period: string }, complete: 'submitted' | 'accepted'): Promise<boolean> {
  const last = sql<string>`(select l.kind from filing_act l where l.filing_id = f.id order by l.ordinal desc limit 1)`
  return (await db.selectFrom('filing as f').select('f.id').where('f.slug', '=', filing.slug).where('f.subject_id', '=', filing.subject_id).where('f.period', '>', filing.period).where(sql<boolean>`${last} = ${complete}`).limit(1).executeTakeFirst()) !== undefined
}
