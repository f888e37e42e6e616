import { hitOne, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { prepared } from './prepared.server'
import type { CompletionTable } from './schema'

/** The attempts of an assignment, oldest first. */
export async function listAttempts(db: Db, assignmentId: string) {
  return db.selectFrom('attempt').select(['id', 'ordinal', 'module_version', 'finished_at', 'passed', 'score', 'closes_at']).where('assignment_id', '=', assignmentId).orderBy('ordinal').execute()
}

/** The questions that an attempt asked. */
export async function listAskedQuestions(db: Db, attemptId: string): Promise<string[]> {
  return (await db.selectFrom('attempt_item').select('question_id').where('attempt_id', '=', attemptId).execute()).map(({ question_id }) => question_id)
}

/** Opens an attempt with its questions; the unique open slot lets only one be open. */
export async function createAttempt(
  tx: Tx,
  attempt: { id: string; assignmentId: string; ordinal: number; moduleVersion: string; bankVersion: string; seed: string; extraMinutes: number; openedAt: number; closesAt: number | null },
  items: readonly { questionId: string; optionOrder: readonly string[] }[],
): Promise<void> {
  await insertRows(tx, 'attempt', [{
    id: attempt.id, assignment_id: attempt.assignmentId, ordinal: attempt.ordinal, module_version: attempt.moduleVersion, bank_version: attempt.bankVersion, seed: attempt.seed, asked: items.length,
    extra_minutes: attempt.extraMinutes, opened_at: attempt.openedAt, closes_at: attempt.closesAt, finished_at: null, open_slot: 1, score: null, passed: null,
  }])
  await insertRows(tx, 'attempt_item', items.map(({ questionId, optionOrder }, at) => ({
    attempt_id: attempt.id, position: at + 1, question_id: questionId, option_order: optionOrder.join(), answer: null, saved_at: null, revision: 0, correct: null,
  })))
}

export interface PaperItem {
  position: number
  questionId: string
  optionOrder: string[]
  answer: string | null
  savedAt: number | null
  revision: number
  correct: boolean | null
}

/** An attempt with its assignment and all its items: the whole paper in one query. */
export interface Paper {
  id: string
  assignmentId: string
  engagementId: string
  slug: string
  dueOn: string
  settledAt: number
  settledAs: string | null
  ordinal: number
  moduleVersion: string
  bankVersion: string
  seed: string
  openedAt: number
  closesAt: number | null
  finishedAt: number | null
  score: number | null
  passed: boolean | null
  items: PaperItem[]
}

const paperQuery = (db: Db | Tx, attemptId: string) =>
  db
    .selectFrom('attempt as a')
    .innerJoin('assignment as s', 's.id', 'a.assignment_id')
    .innerJoin('attempt_item as i', 'i.attempt_id', 'a.id')
    .select([
      'a.id', 'a.assignment_id', 's.engagement_id', 's.target_slug', 's.due_on', 's.settled_at', 's.settled_as', 'a.ordinal', 'a.module_version', 'a.bank_version', 'a.seed',
      'a.opened_at', 'a.closes_at', 'a.finished_at', 'a.score', 'a.passed', 'i.position', 'i.question_id', 'i.option_order', 'i.answer', 'i.saved_at', 'i.revision', 'i.correct',
    ])
    .where('a.id', '=', attemptId)
    .orderBy('i.position')

type PaperRow = Awaited<ReturnType<ReturnType<typeof paperQuery>['execute']>>[number]

function paperOf(rows: readonly PaperRow[]): Paper | undefined {
  const first = rows[0]
  if (!first) return undefined
  return {
    id: first.id, assignmentId: first.assignment_id, engagementId: first.engagement_id, slug: first.target_slug, dueOn: first.due_on, settledAt: first.settled_at, settledAs: first.settled_as,
    ordinal: first.ordinal, moduleVersion: first.module_version, bankVersion: first.bank_version, seed: first.seed, openedAt: first.opened_at, closesAt: first.closes_at,
    finishedAt: first.finished_at, score: first.score, passed: first.passed === null ? null : first.passed === 1,
    items: rows.map((row) => ({
      position: row.position, questionId: row.question_id, optionOrder: row.option_order.split(','), answer: row.answer, savedAt: row.saved_at, revision: row.revision,
      correct: row.correct === null ? null : row.correct === 1,
    })),
  }
}

/** The paper of an attempt under one of these engagements; somebody else's is not there. */
export async function findPaper(db: Db, attemptId: string, engagementIds: readonly string[]): Promise<Paper | undefined> {
  return engagementIds.length === 0 ? undefined : paperOf(await findPaperRows(db, attemptId, ...engagementIds))
}
const findPaperRows = prepared((db, attemptId: string, ...engagementIds: string[]) => paperQuery(db, attemptId).where('s.engagement_id', 'in', engagementIds))

/** The paper of any attempt that this person ever made, under whatever engagement. */
export async function findPaperOfPerson(db: Db, attemptId: string, personId: string): Promise<Paper | undefined> {
  return paperOf(await paperQuery(db, attemptId).innerJoin('engagement as e', 'e.id', 's.engagement_id').where('e.person_id', '=', personId).execute())
}

/** The paper, locked until it is handed in. */
export async function lockPaper(tx: Tx, attemptId: string, engagementIds: readonly string[]): Promise<Paper | undefined> {
  return engagementIds.length === 0 ? undefined : paperOf(await lockRows(tx, paperQuery(tx, attemptId).where('s.engagement_id', 'in', engagementIds)).execute())
}

/** One question of an attempt, with the attempt locked so that nothing is saved into a paper that is handed in. */
export async function lockItem(tx: Tx, attemptId: string, position: number, engagementIds: readonly string[]) {
  return engagementIds.length === 0 ? undefined : (await lockItemRows(tx, attemptId, position, ...engagementIds))[0]
}
const lockItemRows = prepared((tx, attemptId: string, position: number, ...engagementIds: string[]) =>
  lockRows(tx, tx
    .selectFrom('attempt as a')
    .innerJoin('assignment as s', 's.id', 'a.assignment_id')
    .innerJoin('attempt_item as i', 'i.attempt_id', 'a.id')
    .select(['s.engagement_id', 's.target_slug', 'a.module_version', 'a.bank_version', 'a.finished_at', 'a.closes_at', 'i.question_id', 'i.option_order', 'i.revision'])
    .where('a.id', '=', attemptId).where('i.position', '=', position).where('s.engagement_id', 'in', engagementIds)))

/** Keeps an answer over the revision that was read; false when another tab was quicker. */
export async function saveItem(tx: Tx, item: { attemptId: string; position: number; revision: number; answer: string; at: number }): Promise<boolean> {
  return hitOne(await tx.updateTable('attempt_item').set({ answer: item.answer, saved_at: item.at, revision: item.revision + 1 })
    .where('attempt_id', '=', item.attemptId).where('position', '=', item.position).where('revision', '=', item.revision).executeTakeFirst())
}

/** Hands an attempt in with its marks; false when it was handed in before. */
export async function finishAttempt(tx: Tx, attempt: { id: string; at: number; score: number; passed: boolean; rightPositions: readonly number[] }): Promise<boolean> {
  const closed = hitOne(await tx.updateTable('attempt').set({ finished_at: attempt.at, open_slot: null, score: attempt.score, passed: attempt.passed ? 1 : 0 }).where('id', '=', attempt.id).where('open_slot', '=', 1).executeTakeFirst())
  if (!closed) return false
  await tx.updateTable('attempt_item').set((row) => ({ correct: row.case().when('position', 'in', attempt.rightPositions.length > 0 ? attempt.rightPositions : [0]).then(1).else(0).end() as never })).where('attempt_id', '=', attempt.id).execute()
  return true
}

/** Enters the completion of an assignment; the unique key lets there be one. */
export async function recordCompletion(tx: Tx, completion: CompletionTable): Promise<void> {
  await insertRows(tx, 'completion', [completion])
}

/** The completion that settles an assignment. */
export async function findCompletion(db: Db, assignmentId: string) {
  return db.selectFrom('completion').selectAll().where('assignment_id', '=', assignmentId).where('settle_slot', '=', 1).executeTakeFirst()
}
