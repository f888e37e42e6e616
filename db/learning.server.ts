import { OPEN_INSTANT } from '../app/domain/calendar'
import type { TargetKind } from '../app/domain/planning'
import { insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { prepared } from './prepared.server'
import type { StudySessionTable } from './schema'
import type { Reading } from '../app/domain/tracks'

export interface LessonPage {
  version: string
  track: string
  page: string
  sha256: string
  lastAt: number
  seconds: number
}

/** One assignment of the person and the pages of it that were shown: all that reading asks of the database. */
export interface Lesson {
  id: string
  engagementId: string
  kind: TargetKind
  slug: string
  period: string
  opensOn: string
  dueOn: string
  settledAt: number
  settledAs: string | null
  shown: LessonPage[]
}

const lessonQuery = (db: Db, assignmentId: string, ...engagementIds: string[]) =>
  db
    .selectFrom('assignment as s')
    .leftJoin('page_shown as p', 'p.assignment_id', 's.id')
    .select([
      's.id', 's.engagement_id', 's.target_kind', 's.target_slug', 's.period', 's.opens_on', 's.due_on', 's.settled_at', 's.settled_as',
      'p.version', 'p.track', 'p.page', 'p.rendered_sha256', 'p.last_at', 'p.seconds',
    ])
    .where('s.id', '=', assignmentId)
    .where('s.engagement_id', 'in', engagementIds)

const findLessonRows = prepared(lessonQuery)
const lockLessonRows = prepared((tx, assignmentId: string, ...engagementIds: string[]) => lockRows(tx, lessonQuery(tx, assignmentId, ...engagementIds)))

type LessonRow = Awaited<ReturnType<ReturnType<typeof lessonQuery>['execute']>>[number]

function lessonOf(rows: readonly LessonRow[]): Lesson | undefined {
  const first = rows[0]
  if (!first) return undefined
  return {
    id: first.id, engagementId: first.engagement_id, kind: first.target_kind, slug: first.target_slug, period: first.period,
    opensOn: first.opens_on, dueOn: first.due_on, settledAt: first.settled_at, settledAs: first.settled_as,
    shown: rows.flatMap((row) =>
      row.page === null ? [] : [{ version: row.version!, track: row.track!, page: row.page, sha256: row.rendered_sha256!, lastAt: row.last_at!, seconds: row.seconds! }]),
  }
}

/** An assignment of one of these engagements with its shown pages; somebody else's is not there. */
export async function findLesson(db: Db, assignmentId: string, engagementIds: readonly string[]): Promise<Lesson | undefined> {
  return engagementIds.length === 0 ? undefined : lessonOf(await findLessonRows(db, assignmentId, ...engagementIds))
}

/** The same, locked: the first statement of every command that moves a person forward. */
export async function lockLesson(tx: Tx, assignmentId: string, engagementIds: readonly string[]): Promise<Lesson | undefined> {
  return engagementIds.length === 0 ? undefined : lessonOf(await lockLessonRows(tx, assignmentId, ...engagementIds))
}

/** Records that a page was shown; shown again, only the time moves: the first rendering stays the one that is recorded. */
export async function recordPageShown(tx: Tx, shown: { assignmentId: string; version: string; track: string; page: string; sha256: string; at: number; seconds: number; again: boolean }): Promise<void> {
  if (!shown.again) {
    await insertRows(tx, 'page_shown', [{
      assignment_id: shown.assignmentId, version: shown.version, track: shown.track, page: shown.page, rendered_sha256: shown.sha256, first_at: shown.at, last_at: shown.at, seconds: shown.seconds,
    }])
    return
  }
  await tx.updateTable('page_shown').set((at) => ({ last_at: shown.at, seconds: at('seconds', '+', shown.seconds) }))
    .where('assignment_id', '=', shown.assignmentId).where('version', '=', shown.version).where('track', '=', shown.track).where('page', '=', shown.page).execute()
}

/** The newest sitting of an assignment: its end is the last event that was seen. */
export async function findLastSitting(tx: Tx, assignmentId: string) {
  return tx.selectFrom('study_session').select(['id', 'ended_at', 'measured']).where('assignment_id', '=', assignmentId).orderBy('ended_at', 'desc').limit(1).executeTakeFirst()
}

/** The newest sitting under any of these engagements: nobody studies two things at once. */
export async function findLastStudy(tx: Tx, engagementIds: readonly string[]) {
  return tx.selectFrom('study_session as t').innerJoin('assignment as a', 'a.id', 't.assignment_id').select(['t.id', 't.assignment_id', 't.ended_at', 't.measured']).where('a.engagement_id', 'in', [...engagementIds]).orderBy('t.ended_at', 'desc').orderBy('t.id', 'desc').limit(1).executeTakeFirst()
}

/** Lets a sitting last until now. */
export async function extendSitting(tx: Tx, id: string, step: { at: number; countedSeconds: number; idleSeconds: number }): Promise<void> {
  await tx.updateTable('study_session')
    .set((row) => ({ ended_at: step.at, counted_seconds: row('counted_seconds', '+', step.countedSeconds), idle_seconds: row('idle_seconds', '+', step.idleSeconds) }))
    .where('id', '=', id).execute()
}

/** Begins a sitting with its first step. */
export async function createSitting(tx: Tx, sitting: StudySessionTable): Promise<void> {
  await insertRows(tx, 'study_session', [sitting])
}

/** Seconds of work counted for an assignment so far. */
export async function countStudySeconds(db: Db, assignmentId: string): Promise<number> {
  const row = await db.selectFrom('study_session').select(({ fn }) => fn.sum<string | number>('counted_seconds').as('seconds')).where('assignment_id', '=', assignmentId).executeTakeFirst()
  return Number(row?.seconds ?? 0)
}

/** With which version of a text and in which way (ROUTE_WORDS) a duty was completed. */
export interface HowCompleted {
  version: string
  route: string
}

/** Settles an assignment as completed, once; false when something settled it before. */
export async function settleAssignment(tx: Tx, assignmentId: string, at: number, { version, route }: HowCompleted): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('assignment').set({ settled_at: at, settled_as: 'completed', settled_version: version, settled_route: route }).where('id', '=', assignmentId).where('settled_at', '=', OPEN_INSTANT).executeTakeFirst()
  return numUpdatedRows === 1n
}

/** How a person reads, kept on the account; what is not named stays. */
export async function setReading(tx: Tx, accountId: string, { furigana, track }: Partial<Reading>): Promise<void> {
  await tx.updateTable('account').set({ ...(furigana !== undefined && { furigana: furigana ? 1 : 0 }), ...(track !== undefined && { track }) }).where('id', '=', accountId).execute()
}

/** Every engagement a person ever had: whoever comes back after leaving still sees the older records. */
export async function listEngagementIdsOf(db: Db, personId: string): Promise<string[]> {
  return (await db.selectFrom('engagement').select('id').where('person_id', '=', personId).orderBy('id').execute()).map(({ id }) => id)
}

/** The address of an engagement on a day; empty when there is none. */
export async function findMailAddress(db: Db, engagementId: string, today: string): Promise<string> {
  const row = await db.selectFrom('engagement_version').select('mail').where('engagement_id', '=', engagementId).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', today).where('valid_to', '>', today).executeTakeFirst()
  return row?.mail ?? ''
}
