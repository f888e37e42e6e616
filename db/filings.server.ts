import { sql } from 'kysely'
import type { Instant } from '../app/domain/calendar'
import type { Answered, FilingActKind, FilingCounts } from '../app/domain/filing'
import { hitOne, insertAbsentRows, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import type { SubjectReach } from './filing-subjects.server'
import type { FilingActTable, FilingTable } from './schema'

/** 点検の提出: the filing, its answers and files, and what was done with it. Every reader says what it reaches. */

const mine = ({ companyIds, unitIds }: SubjectReach) => {
  const some = (column: 'f.company_id' | 'f.unit_id', ids: readonly string[] | null) => (ids === null ? sql<boolean>`${sql.ref(column)} is not null` : sql<boolean>`${sql.ref(column)} in (${sql.join(ids.length > 0 ? [...ids] : [''])})`)
  return sql<boolean>`(${some('f.company_id', companyIds)} or ${some('f.unit_id', unitIds)})`
}

export interface FilingAct {
  id: string
  ordinal: number
  kind: FilingActKind
  by: string
  at: Instant
  statement: string | null
  receipt: string
  nameTyped: string
  note: string
  counts: FilingCounts
}
const actOf = (row: FilingActTable): FilingAct => ({
  id: row.id, ordinal: row.ordinal, kind: row.kind, by: row.by_account, at: row.at, statement: row.statement_sha256, receipt: row.receipt, nameTyped: row.name_typed, note: row.note,
  counts: { done: row.done, partly: row.partly, notDone: row.not_done, none: row.not_applicable },
})

/** One filing in reach. */
export async function findFiling(db: Db, filingId: string, reach: SubjectReach): Promise<FilingTable | undefined> {
  return db.selectFrom('filing as f').selectAll('f').where('f.id', '=', filingId).where(mine(reach)).executeTakeFirst()
}

/** Takes hold of a filing until the transaction ends. */
export async function lockFiling(tx: Tx, filingId: string): Promise<boolean> {
  return (await lockRows(tx, tx.selectFrom('filing').select('id').where('id', '=', filingId)).execute()).length === 1
}

/** The filing of a form, a subject and a period, whoever began it. */
export async function findFilingOf(db: Db, { slug, subjectId, period }: { slug: string; subjectId: string; period: string }): Promise<FilingTable | undefined> {
  return db.selectFrom('filing').selectAll().where('slug', '=', slug).where('subject_id', '=', subjectId).where('period', '=', period).executeTakeFirst()
}

/** Begins a filing, unless it was begun before. */
export async function createFiling(tx: Tx, row: FilingTable): Promise<void> {
  await insertAbsentRows(tx, 'filing', 'id', [row])
}

/** What was done with a filing, the first first. */
export async function listFilingActs(db: Db, filingId: string): Promise<FilingAct[]> {
  return (await db.selectFrom('filing_act').selectAll().where('filing_id', '=', filingId).orderBy('ordinal').execute()).map(actOf)
}

/** Appends what is done with a filing. */
export async function recordFilingAct(tx: Tx, filingId: string, act: FilingAct, reasons: readonly { itemId: string; words: string }[] = []): Promise<void> {
  const { done, partly, notDone, none } = act.counts
  await insertRows(tx, 'filing_act', [{ id: act.id, filing_id: filingId, ordinal: act.ordinal, kind: act.kind, by_account: act.by, at: act.at, statement_sha256: act.statement, receipt: act.receipt, name_typed: act.nameTyped, note: act.note, done, partly, not_done: notDone, not_applicable: none }])
  await insertRows(tx, 'filing_remark', reasons.map(({ itemId, words }) => ({ act_id: act.id, item_id: itemId, words })))
}

/** Why items came back with an act. */
export async function listFilingRemarks(db: Db, actId: string): Promise<Map<string, string>> {
  return new Map((await db.selectFrom('filing_remark').select(['item_id', 'words']).where('act_id', '=', actId).execute()).map((row) => [row.item_id, row.words]))
}

/** What is answered so far, by item. */
export async function listFilingAnswers(db: Db, filingId: string): Promise<Map<string, Answered>> {
  const rows = await db.selectFrom('filing_answer').select(['item_id', 'answer', 'remark', 'improve_by']).where('filing_id', '=', filingId).execute()
  return new Map(rows.map((row) => [row.item_id, { answer: row.answer, remark: row.remark, improveBy: row.improve_by }]))
}

/** Keeps answers, each in the place of the one before. */
export async function saveFilingAnswers(tx: Tx, filingId: string, by: { account: string; at: Instant }, answers: readonly (Answered & { itemId: string })[]): Promise<void> {
  if (answers.length === 0) return
  await tx.deleteFrom('filing_answer').where('filing_id', '=', filingId).where('item_id', 'in', answers.map(({ itemId }) => itemId)).execute()
  await insertRows(tx, 'filing_answer', answers.map(({ itemId, answer, remark, improveBy }) => ({ filing_id: filingId, item_id: itemId, answer, remark, improve_by: improveBy, saved_by: by.account, saved_at: by.at })))
}

export interface FilingFile {
  id: string
  itemId: string
  name: string
  sha256: string
  type: string
  size: number
}

/** The files that lie with a filing, in the order in which they came; `removedToo`: those as well that lay there and were taken away. */
export async function listFilingFiles(db: Db, filingId: string, { removedToo = false } = {}): Promise<FilingFile[]> {
  const query = db.selectFrom('filing_attachment as t').innerJoin('blob as b', 'b.sha256', 't.sha256').select(['t.id', 't.item_id', 't.name', 't.sha256', 'b.media_type', 'b.size']).where('t.filing_id', '=', filingId).orderBy('t.added_at').orderBy('t.id')
  const rows = await (removedToo ? query : query.where('t.removed_at', 'is', null)).execute()
  return rows.map((row) => ({ id: row.id, itemId: row.item_id, name: row.name, sha256: row.sha256, type: row.media_type, size: row.size }))
}

/** Puts a kept file with an item. */
export async function recordFilingFile(tx: Tx, one: { id: string; filingId: string; itemId: string; sha256: string; name: string; by: string; at: Instant }): Promise<void> {
  await insertRows(tx, 'filing_attachment', [{ id: one.id, filing_id: one.filingId, item_id: one.itemId, sha256: one.sha256, name: one.name, added_by: one.by, added_at: one.at, removed_at: null, removed_by: null }])
}

/** Takes a file away from an item; its bytes stay where a signed statement names them. */
export async function removeFilingFile(tx: Tx, one: { id: string; filingId: string; by: string; at: Instant }): Promise<boolean> {
  return hitOne(await tx.updateTable('filing_attachment').set({ removed_at: one.at, removed_by: one.by }).where('id', '=', one.id).where('filing_id', '=', one.filingId).where('removed_at', 'is', null).executeTakeFirst())
}

/** The last thing done with a filing before this one that was complete: accepted, or kept where the form is only kept. With the statement that was signed. */
export async function findFilingBefore(db: Db, filing: { slug: string; subject_id: string; period: string }, complete: FilingActKind): Promise<{ id: string; period: string; statement: string } | undefined> {
  const signed = sql<string>`(select s.statement_sha256 from filing_act s where s.filing_id = f.id and s.kind = 'submitted' order by s.ordinal desc limit 1)`
  const last = sql<string>`(select l.kind from filing_act l where l.filing_id = f.id order by l.ordinal desc limit 1)`
  const row = await db.selectFrom('filing as f').select(['f.id', 'f.period', signed.as('statement')]).where('f.slug', '=', filing.slug).where('f.subject_id', '=', filing.subject_id).where('f.period', '<', filing.period).where(sql<boolean>`${last} = ${complete}`).orderBy('f.period', 'desc').limit(1).executeTakeFirst()
  return row
}
