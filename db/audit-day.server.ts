import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { Db } from './database.server'
import { isAsked } from './due-days.server'
import { isToOperator, type PersonAssignment } from './person.server'

/** A duty as it stood at a moment: due as it was then, settled only if that was before. */
export interface DutyThen extends Pick<PersonAssignment, 'id' | 'kind' | 'slug' | 'period' | 'dueOn' | 'settledAt' | 'settledAs' | 'begun' | 'asked'> {
  completion: Pick<NonNullable<PersonAssignment['completion']>, 'version' | 'minutes' | 'route'> | null
  act: Pick<NonNullable<PersonAssignment['act']>, 'version' | 'receipt' | 'nameTyped' | 'outcome'> | null
  certificate: Pick<NonNullable<PersonAssignment['certificate']>, 'version' | 'receipt' | 'takenOn'> | null
}

/** The duties that one engagement had at a moment, as known now (domain.md A39); what was taken back since is left out. */
export async function listDutiesThen(db: Db, engagementId: string, end: Instant, limit: number): Promise<DutyThen[]> {
  const rows = await db
    .selectFrom('assignment as a')
    .leftJoin('completion as c', (join) => join.onRef('c.assignment_id', '=', 'a.id').on('c.settle_slot', '=', 1))
    .leftJoin('pledge_act as p', (join) => join.onRef('p.assignment_id', '=', 'a.id').on(isToOperator()).on('p.settle_slot', '=', 1))
    .leftJoin('pledge_certificate_line as l', (join) => join.onRef('l.engagement_id', '=', 'a.engagement_id').onRef('l.assignment_id', '=', 'a.id'))
    .leftJoin('pledge_certificate as t', 't.id', 'l.certificate_id')
    .select(['a.id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.settled_at', 'a.settled_as', 'c.content_version', 'c.minutes', 'c.route', 'p.version as act_version', 'p.receipt', 'p.name_typed', 'p.outcome', 'p.signed_at', 't.at as certified_at', 't.version as certificate_version', 't.receipt as certificate_receipt', 'l.taken_on'])
    .select(sql<Day>`coalesce((select d.due_before from due_change d where d.assignment_id = a.id and d.at >= ${end} order by d.at, d.id limit 1), a.due_on)`.as('due_on'))
    .select(({ exists, selectFrom }) => exists(selectFrom('page_shown as s').select('s.page').whereRef('s.assignment_id', '=', 'a.id').where('s.first_at', '<', end)).as('begun'))
    .select(isAsked(end).as('asked'))
    .where('a.engagement_id', '=', engagementId).where('a.created_at', '<', end)
    .where(({ eb, or }) => or([eb('a.settled_as', 'is', null), eb('a.settled_as', '!=', 'withdrawn'), eb('a.settled_at', '>=', end)]))
    .orderBy('a.target_kind').orderBy('a.target_slug').orderBy('a.period').limit(limit).execute()
  return rows.map((row) => {
    const isSettled = row.settled_at < end
    return {
      id: row.id, kind: row.target_kind, slug: row.target_slug, period: row.period, dueOn: row.due_on, settledAt: isSettled ? row.settled_at : OPEN_INSTANT, settledAs: isSettled ? row.settled_as : null, begun: Number(row.begun) === 1, asked: Number(row.asked) === 1,
      completion: isSettled && row.content_version !== null ? { version: row.content_version, minutes: row.minutes!, route: row.route! } : null,
      act: isSettled && row.receipt !== null ? { version: row.act_version!, receipt: row.receipt, nameTyped: row.name_typed!, outcome: row.outcome! } : null,
      certificate: row.certified_at !== null && row.certified_at < end ? { version: row.certificate_version!, receipt: row.certificate_receipt!, takenOn: row.taken_on! } : null,
    }
  })
}

/** 受講の時間 that had been kept free by then, newest first. */
export async function listGrantsThen(db: Db, engagementId: string, end: Instant, limit: number) {
  return db.selectFrom('opportunity_grant as g').innerJoin('assignment as a', 'a.id', 'g.assignment_id').select(['g.id', 'g.granted_by', 'g.starts_at', 'g.ends_at', 'g.at', 'a.target_kind', 'a.target_slug'])
    .where('a.engagement_id', '=', engagementId).where('g.at', '<', end).orderBy('g.at', 'desc').orderBy('g.id', 'desc').limit(limit).execute()
}
