import type { Instant } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import type { ReminderTable } from './schema'

export type NewReminder = Omit<ReminderTable, 'result_at'>

/** Enters 督促記録; what becomes of them is written later, with the instant of that. */
export const createReminders = (tx: Tx, reminders: readonly NewReminder[]): Promise<void> => insertRows(tx, 'reminder', reminders.map((one) => ({ ...one, result_at: null })))

/** Which of these mails already ask for which duty without anybody having sent it: a job that runs again adds nothing. */
export async function listStepsIn(db: Db, mailIds: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (let start = 0; start < mailIds.length; start += 1000)
    for (const { mail_id: mail, assignment_id: assignment } of await db.selectFrom('reminder').select(['mail_id', 'assignment_id']).where('mail_id', 'in', mailIds.slice(start, start + 1000)).where('sent_by', 'is', null).execute()) found.add(`${mail} ${assignment}`)
  return found
}

/** The reminders that a mail carries, oldest first, each with the engagement whose duty it asks for. */
export async function listRemindersOf(db: Db, mailId: string) {
  return db
    .selectFrom('reminder as r').innerJoin('assignment as a', 'a.id', 'r.assignment_id').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .select(['r.id', 'r.assignment_id', 'r.sent_by', 'r.reason_code', 'r.note', 'r.recipient_kind', 'a.engagement_id', 'ec.relation', 'ec.company_id'])
    .where('r.mail_id', '=', mailId).orderBy('r.requested_at').orderBy('r.id').execute()
}
export type MailedReminder = Awaited<ReturnType<typeof listRemindersOf>>[number]

/** Writes what became of reminders and when, by their duty; `rest` for those of the mail that no longer asked for anything. */
export async function recordResults(tx: Tx, mailId: string, asked: ReadonlySet<string>, results: { asked: string; rest: string }, at: Instant): Promise<void> {
  const rows = await tx.selectFrom('reminder').select(['id', 'assignment_id']).where('mail_id', '=', mailId).where('result', 'in', ['', 'fictional']).execute()
  for (const [result, ids] of [[results.asked, rows.filter((row) => asked.has(row.assignment_id))], [results.rest, rows.filter((row) => !asked.has(row.assignment_id))]] as const)
    for (let start = 0; start < ids.length; start += 1000) await tx.updateTable('reminder').set({ result, result_at: at }).where('id', 'in', ids.slice(start, start + 1000).map(({ id }) => id)).execute()
}

/** Hands the reminders of one mail to another. */
export async function passReminders(tx: Tx, fromMail: string, toMail: string): Promise<void> {
  await tx.updateTable('reminder').set({ mail_id: toMail }).where('mail_id', '=', fromMail).execute()
}

/** 受講の時間 that is kept free for duties and not over yet. */
export async function listSlots(db: Db, assignmentIds: readonly string[], now: Instant): Promise<{ assignmentId: string; from: Instant; to: Instant }[]> {
  if (assignmentIds.length === 0) return []
  return db.selectFrom('opportunity_grant').select(['assignment_id as assignmentId', 'starts_at as from', 'ends_at as to']).where('assignment_id', 'in', [...assignmentIds]).where('ends_at', '>', now).orderBy('starts_at').execute()
}

/** When somebody last asked each of these people, or a job did; what was asked of the one who looks is no request to them. */
export async function listLastAsked(db: Db, engagementIds: readonly string[], viewerId: string): Promise<Map<string, Instant>> {
  if (engagementIds.length === 0) return new Map()
  const rows = await db.selectFrom('reminder as r').innerJoin('assignment as a', 'a.id', 'r.assignment_id')
    .select(({ fn }) => ['a.engagement_id', fn.max<number>('r.requested_at').as('at')]).where('a.engagement_id', 'in', [...engagementIds])
    .where((on) => on.or([on('r.recipient_kind', '=', 'person'), on('r.recipient_id', '!=', viewerId)])).groupBy('a.engagement_id').execute()
  return new Map(rows.map(({ engagement_id: id, at }) => [id, Number(at)]))
}
