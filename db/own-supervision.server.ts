import type { Db } from './database.server'

/** What others asked, kept free, decided and noted about one's duties (domain.md L32): it is told to whom it is about. */

/** 督促記録 about one's duties, to whomever they went. */
export async function listRemindersAbout(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('reminder as r').innerJoin('assignment as s', 's.id', 'r.assignment_id').leftJoin('mail as m', 'm.id', 'r.mail_id')
    .select(['r.id', 's.target_kind', 's.target_slug', 'r.sent_by', 'r.recipient_kind', 'r.channel', 'r.note', 'r.requested_at', 'r.mail_id', 'r.leaves_at', 'r.leaves_in', 'r.result', 'r.result_at', 'm.sent_at'])
    .where('s.engagement_id', 'in', engagementIds).orderBy('r.requested_at', 'desc').orderBy('r.id', 'desc').limit(most).execute()
}

/** 受講の時間 that was kept free. */
export async function listGrantsTo(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('opportunity_grant as g').innerJoin('assignment as s', 's.id', 'g.assignment_id')
    .select(['g.id', 's.target_kind', 's.target_slug', 'g.granted_by', 'g.starts_at', 'g.ends_at', 'g.at'])
    .where('s.engagement_id', 'in', engagementIds).orderBy('g.starts_at', 'desc').orderBy('g.id', 'desc').limit(most).execute()
}

/** 申請 about one's duties, with what was decided. */
export async function listRequestsAbout(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('approval_request as q').innerJoin('assignment as s', 's.id', 'q.assignment_id')
    .select(['q.id', 's.target_kind', 's.target_slug', 'q.kind', 'q.reason_code', 'q.note', 'q.wished_due_on', 'q.asked_by', 'q.asked_at', 'q.outcome', 'q.decided_by', 'q.decided_at', 'q.answer'])
    .where('q.engagement_id', 'in', engagementIds).orderBy('q.asked_at', 'desc').orderBy('q.id', 'desc').limit(most).execute()
}

/** What is to be given back, erased or stopped at the end. */
export async function listReturnsOf(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('return_item').select(['id', 'kind', 'words', 'at', 'done_on', 'voided_at']).where('engagement_id', 'in', engagementIds).orderBy('at', 'desc').orderBy('id', 'desc').limit(most).execute()
}

/** When somebody tried to reach the person about leaving. */
export async function listTriesToReach(db: Db, engagementIds: readonly string[], most: number) {
  return db.selectFrom('contact_try as t').innerJoin('assignment as s', 's.id', 't.assignment_id')
    .select(['t.id', 's.target_kind', 's.target_slug', 't.on_day', 't.channel', 't.note', 't.entered_by', 't.at'])
    .where('s.engagement_id', 'in', engagementIds).orderBy('t.on_day', 'desc').orderBy('t.id', 'desc').limit(most).execute()
}
