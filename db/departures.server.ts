import { sql } from 'kysely'
import { addDays, OPEN_DAY, OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { VIEW_DAYS, type ContactChannel, type ExitAnswer, type ExitCertificateState, type ExitPledge, type RemainingDuty } from '../app/domain/departure'
import type { EngagementKind, Relation } from '../app/domain/people'
import type { Db, Tx } from './database.server'
import { insertRows } from './database.server'
import { hasDied } from './deaths.server'
import { isAsked } from './due-days.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn, type DutyRow } from './people-search.server'

/** Who leaves or has left, as 「退職・終了」 lists them. The name is null where 氏名表示 is 不可. */
export interface Leaver {
  engagementId: string
  number: string
  name: string | null
  kind: EngagementKind
  relation: Relation
  companyName: string
  unitName: string | null
  lastDay: Day
  onLeave: boolean
  /** Where this row stands: the next page begins after it. */
  key: string
}

/**
 * Engagements with something left: an item that is not done, or a pledge at the end that nobody has answered. A table of its own, or
 * MariaDB would look both up for everybody who ever left.
 */
const idsLeftOpen = (today: Day) => sql`(select o.engagement_id from (select engagement_id from return_item where done_on is null and voided_at is null
  union select engagement_id from assignment where settled_at = ${OPEN_INSTANT} and (due_on <= ${today} or due_on = ${OPEN_DAY}) and period = 'exit' and target_kind = 'pledge' and not exists (select 1 from engagement e where e.id = assignment.engagement_id and ${hasDied('e.person_id')})) as o)`

const HALVES = '\t'

function leavers(db: Db, today: Day) {
  return db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .leftJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', today)))
    .select(['ec.engagement_id', 'ec.number', 'v.display_name', 'v.kind', 'ec.relation', 'c.name as company_name', 'u.name as unit_name', 'ec.valid_to', 'ec.on_leave', nameIsShown(today).as('named')])
}

type Group = 'left' | 'soon'

const inGroup = (group: Group, today: Day) => (group === 'soon' ? sql<boolean>`ec.valid_to > ${today} and ec.valid_to <= ${addDays(today, VIEW_DAYS + 1)}` : sql<boolean>`ec.valid_to <= ${today} and ec.engagement_id in ${idsLeftOpen(today)}`)

/** One page of those who ended with something left, or who end within 30 days, by last day and number. */
export async function listLeavers(db: Db, group: Group, page: { after: string; limit: number; today: Day }): Promise<Leaver[]> {
  const [day = '', number = ''] = page.after.split(HALVES)
  let query = leavers(db, page.today).where(inGroup(group, page.today)).orderBy('ec.valid_to').orderBy('ec.number').limit(page.limit)
  if (page.after !== '') query = query.where(({ eb, or, and }) => or([eb('ec.valid_to', '>', day), and([eb('ec.valid_to', '=', day), eb('ec.number', '>', number)])]))
  return (await query.execute()).map((row) => ({
    engagementId: row.engagement_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, relation: row.relation, companyName: row.company_name ?? '', unitName: row.unit_name,
    lastDay: addDays(row.valid_to, -1), onLeave: row.on_leave === 1, key: `${row.valid_to}${HALVES}${row.number}`,
  }))
}

/** How many there are of either group. */
export async function countLeavers(db: Db, group: Group, today: Day): Promise<number> {
  const row = await db.selectFrom('engagement_current as ec').select(({ fn }) => fn.countAll<number>().as('count')).where(inGroup(group, today)).executeTakeFirstOrThrow()
  return Number(row.count)
}

/** The duties at the end of some engagements: trainings and checklists, the pledge with how it was last answered, and the employer's certificate with no more than the end that the employer noted. */
export async function listExitDuties(db: Db, engagementIds: readonly string[]): Promise<{ duties: DutyRow[]; pledges: (ExitPledge & { engagementId: string; slug: string; opensOn: Day })[]; certificates: (ExitCertificateState & { engagementId: string })[] }> {
  if (engagementIds.length === 0) return { duties: [], pledges: [], certificates: [] }
  const rows = await db
    .selectFrom('assignment as a')
    .select(['a.id', 'a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.opens_on', 'a.due_on', 'a.settled_at', 'a.settled_as'])
    .select(({ exists, selectFrom }) => exists(selectFrom('page_shown as p').select('p.page').whereRef('p.assignment_id', '=', 'a.id')).as('begun'))
    .select(isAsked().as('asked'))
    .select(sql<ExitAnswer | null>`(select k.outcome from pledge_act k where k.assignment_id = a.id order by case when k.settle_slot = 1 then 0 else 1 end, k.signed_at desc, k.id desc limit 1)`.as('answer'))
    .where('a.engagement_id', 'in', [...engagementIds]).where('a.period', '=', 'exit')
    .where(({ eb, or }) => or([eb('a.settled_as', 'is', null), eb('a.settled_as', '!=', 'withdrawn')]))
    .execute()
  const duty = (row: (typeof rows)[number]): DutyRow => ({ engagementId: row.engagement_id, kind: row.target_kind, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, begun: Number(row.begun) === 1, asked: Number(row.asked) === 1 })
  return {
    duties: rows.filter(({ target_kind: kind }) => kind === 'module').map(duty),
    pledges: rows.filter(({ target_kind: kind }) => kind === 'pledge').map((row) => ({ ...duty(row), assignmentId: row.id, slug: row.target_slug, opensOn: row.opens_on, answer: row.answer })),
    certificates: rows.filter(({ target_kind: kind }) => kind === 'certificate').map((row) => ({ engagementId: row.engagement_id, settledAt: row.settled_at, settledAs: row.settled_as, noted: row.settled_as === 'declined' && (row.answer === 'explainedDeclined' || row.answer === 'unreachable') ? row.answer : null })),
  }
}

/** What is open, or was when the engagement ended, beside the duties of the end itself; by due day. */
export async function listRemaining(db: Db, engagementIds: readonly string[]): Promise<(RemainingDuty & { engagementId: string })[]> {
  if (engagementIds.length === 0) return []
  const rows = await db
    .selectFrom('assignment as a')
    .select(['a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'a.settled_at', 'a.settled_as', isAsked().as('asked')])
    .select(({ exists, selectFrom }) => exists(selectFrom('page_shown as p').select('p.page').whereRef('p.assignment_id', '=', 'a.id')).as('begun'))
    .where('a.engagement_id', 'in', [...engagementIds]).where('a.period', '!=', 'exit')
    .where(({ eb, or }) => or([eb('a.settled_at', '=', OPEN_INSTANT), eb('a.settled_as', '=', 'ended')]))
    .orderBy('a.due_on').orderBy('a.id').execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, kind: row.target_kind, slug: row.target_slug, period: row.period, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, begun: Number(row.begun) === 1, asked: Number(row.asked) === 1 }))
}

/** Engagements whose list is to be made today: they end within the days, or ended so lately, and never had one. By key. */
export async function listWithoutReturnList(db: Db, span: { from: Day; to: Day }, page: { after: string; limit: number }): Promise<string[]> {
  const rows = await db.selectFrom('engagement_current as ec').select('ec.engagement_id').where('ec.valid_to', '>', span.from).where('ec.valid_to', '<=', span.to).where('ec.engagement_id', '>', page.after)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('return_item as r').select('r.id').whereRef('r.engagement_id', '=', 'ec.engagement_id'))))
    .orderBy('ec.engagement_id').limit(page.limit).execute()
  return rows.map(({ engagement_id: id }) => id)
}

export interface ContactTry {
  id: string
  onDay: Day
  channel: ContactChannel
  note: string
  by: string
  at: Instant
}

/** The tries to reach somebody about one pledge, oldest day first. */
export async function listContactTries(db: Db, assignmentId: string): Promise<ContactTry[]> {
  const rows = await db.selectFrom('contact_try').select(['id', 'on_day', 'channel', 'note', 'entered_by', 'at']).where('assignment_id', '=', assignmentId).orderBy('on_day').orderBy('at').orderBy('id').limit(100).execute()
  return rows.map((row) => ({ id: row.id, onDay: row.on_day, channel: row.channel, note: row.note, by: row.entered_by, at: row.at }))
}

/** Appends a try. */
export async function recordContactTry(tx: Tx, one: ContactTry & { assignmentId: string }): Promise<void> {
  await insertRows(tx, 'contact_try', [{ id: one.id, assignment_id: one.assignmentId, on_day: one.onDay, channel: one.channel, note: one.note, entered_by: one.by, at: one.at }])
}
