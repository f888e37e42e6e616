import { sql, type RawBuilder } from 'kysely'
import type { LineScope } from '../app/domain/access'
import type { AskedDuty, LineDuty } from '../app/domain/line'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import { resultKnown } from '../app/domain/reminder-words'
import type { LeavesIn } from '../app/domain/request-hours'
import type { Db } from './database.server'
import { isAsked, isDeferred, lastAnswer } from './due-days.server'
import { knownOn } from './in-force.server'
import { inLine } from './line.server'
import { inOrder, lineRowOf, pageListsOf, pageOfLine, pageShapeOf, type LineFilter, type LineKeys, type LinePage, type LineRow, type PageLists, type PageShape, type StoredLineRow } from './line-list.server'
import { speaksOn } from './people-search.server'
import { preparedLists, preparedShapes } from './prepared.server'
import type { ReminderTable } from './schema'

/** What a manager sees of the people of the own line. Every query takes the line itself (house.md §4.4), whatever the list said. */

export interface TeamPerson {
  engagementId: string
  personId: string
  number: string
  name: string
  kind: EngagementKind
  relation: Relation
  companyName: string
  unitId: string | null
  unitName: string | null
  under18Until: Day | ''
  onLeave: boolean
  validFrom: Day
  validTo: Day
  /** The account is closed. */
  closed: boolean
  /** Of one's own line, and whether one is the 上長. */
  supervisorId: string | null
}

/** A request to somebody, or about them to their employer. */
export interface LastReminder {
  at: Instant
  channel: ReminderTable['channel']
  recipient: ReminderTable['recipient_kind']
  byHand: boolean
}

export interface ListedPerson extends TeamPerson {
  /** The last request for what is open. */
  last: LastReminder | null
}

interface PersonRow {
  engagement_id: string | null
  person_id: string
  number: string
  display_name: string | null
  kind: EngagementKind
  relation: Relation
  company_name: string | null
  unit_id: string | null
  unit_name: string | null
  under18_until: Day | ''
  on_leave: 0 | 1
  valid_from: Day
  valid_to: Day
  supervisor_engagement_id: string | null
  disabled_at: Instant | null
  requested_at: Instant | null
  channel: LastReminder['channel'] | null
  recipient_kind: LastReminder['recipient'] | null
  sent_by: string | null
}

/** Which names of companies and units come with people: all, or only that of an employer that is another company, which a list shows. */
export type NamesWith = 'all' | 'employer'

/** The people of the rows `lm` as far as they are in the line today and have not left; of the others nothing. Each is looked up by its row, whatever the size of the line. */
const peopleOf = (rows: RawBuilder<unknown>, scope: LineScope, today: Day, names: NamesWith, more = sql``) => sql`
  select ec.engagement_id, ec.person_id, ec.number, v.display_name, ec.kind, ec.relation, c.name as company_name, ec.unit_id, ${names === 'all' ? sql`u.name` : sql`null`} as unit_name, v.under18_until, ec.on_leave, ec.valid_from, ec.valid_to,
    ec.supervisor_engagement_id, acc.disabled_at, r.requested_at, r.channel, r.recipient_kind, r.sent_by${more}
  from ${rows} lm
  left join engagement_current ec on ec.engagement_id = lm.engagement_id and ec.valid_to > ${today} and ${inLine(scope)}
  left join engagement_version v on v.engagement_id = ec.engagement_id and ${speaksOn(today)}
  left join account acc on acc.person_id = ec.person_id
  left join company_version c on ${names === 'all' ? sql`` : sql`ec.relation <> 'own' and`} c.company_id = ec.company_id and ${knownOn('c', today)}
  ${names === 'all' ? sql`left join org_unit_version u on u.unit_id = ec.unit_id and ${knownOn('u', today)}` : sql``}
  left join reminder r on r.id = (select s.id from assignment a join reminder s on s.assignment_id = a.id
    where a.engagement_id = ec.engagement_id and a.settled_at = ${OPEN_INSTANT} and s.recipient_kind <> 'manager' order by s.requested_at desc, s.id desc limit 1)`

const personOf = (row: PersonRow): ListedPerson | null =>
  row.engagement_id === null || row.display_name === null ? null : {
    engagementId: row.engagement_id, personId: row.person_id, number: row.number, name: row.display_name, kind: row.kind, relation: row.relation, companyName: row.company_name ?? '', unitId: row.unit_id, unitName: row.unit_name,
    under18Until: row.under18_until, onLeave: row.on_leave === 1, validFrom: row.valid_from, validTo: row.valid_to, supervisorId: row.supervisor_engagement_id, closed: row.disabled_at !== null,
    last: row.requested_at === null ? null : { at: row.requested_at, channel: row.channel!, recipient: row.recipient_kind!, byHand: row.sent_by !== null },
  }

/** These people as far as they are in the line today and have not left. */
export async function listTeamPeople(db: Db, scope: LineScope, engagementIds: readonly string[], today: Day): Promise<Map<string, ListedPerson>> {
  if (engagementIds.length === 0) return new Map()
  const chosen = sql`(select engagement_id from engagement_current where engagement_id in (${sql.join([...engagementIds])}))`
  const { rows } = await sql<PersonRow>`${peopleOf(chosen, scope, today, 'all')}`.execute(db)
  return new Map(rows.flatMap((row) => personOf(row) ?? []).map((person) => [person.engagementId, person]))
}

const selectPage = preparedShapes((db, shape: PageShape & { names: NamesWith }, { unitIds, supervisorIds, viewer: [notPersonId], ...lists }: PageLists & { unitIds: readonly string[]; supervisorIds: readonly string[]; viewer: readonly [string] }) => {
  const people = peopleOf(sql`(${pageOfLine(shape, lists)})`, { unitIds, supervisorIds, notPersonId }, lists.page[1], shape.names, sql`, lm.engagement_id as line_id, lm.bucket, lm.next_due, lm.sort_key`)
  return sql<PersonRow & StoredLineRow>`${people} order by ${inOrder(shape, 'lm')}`.compile(db)
})

/** One page of a line's people in the order of `listLine`; without a person where the line is behind what access says today. */
export async function listTeamPage(db: Db, { unitIds, supervisorIds, notPersonId }: LineScope, line: LineKeys, filter: LineFilter, page: LinePage & { names: NamesWith }): Promise<(LineRow & { person: ListedPerson | null })[]> {
  if (line.keys.length === 0) return []
  const listed = await selectPage(db, { ...pageShapeOf(line, filter), names: page.names }, { ...pageListsOf(line, filter, page), unitIds, supervisorIds, viewer: [notPersonId] })
  return listed.map((row) => ({ ...lineRowOf(row), person: personOf(row) }))
}

export interface TeamDuty extends LineDuty, AskedDuty {
  engagementId: string
  period: string
  createdAt: Instant
  /** Sections shown so far, of the version begun last. */
  shown: number
}

/** Of most duties nothing is told: what was told of one comes beside it, and only then is it asked what holds. A duty comes once for each, in no order. */
const selectDuties = (db: Db, engagementIds: readonly string[]) =>
  db
    .selectFrom('assignment as a')
    .leftJoin('assignment_event as event', 'event.assignment_id', 'a.id').leftJoin('pledge_act as act', 'act.assignment_id', 'a.id')
    .select(['a.id', 'a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.opens_on', 'a.due_on', 'a.created_at', 'a.settled_at', 'a.settled_as'])
    .select([whereTold('event', isAsked()).as('asked'), whereTold('event', isDeferred()).as('deferred'), whereTold('act', lastAnswer()).as('answered')])
    .select(sql<number>`(select count(distinct p.page) from page_shown p where p.assignment_id = a.id)`.as('shown'))
    .where('a.engagement_id', 'in', [...engagementIds])
const whereTold = <T>(told: 'event' | 'act', holds: RawBuilder<T>) => sql<T | null>`case when ${sql.ref(`${told}.id`)} is not null then ${holds} end`
const selectOpen = preparedLists((db, engagementIds: readonly string[]) => selectDuties(db, engagementIds).where('a.settled_at', '=', OPEN_INSTANT))
const selectAll = preparedLists((db, engagementIds: readonly string[]) => selectDuties(db, engagementIds).where(({ eb, or }) => or([eb('a.settled_as', 'is', null), eb('a.settled_as', '!=', 'withdrawn')])))

/** The duties of some people: what is open, or everything that counts. Status only: no answers, scores, minutes or attempts (domain.md §5.4). */
export async function listTeamDuties(db: Db, engagementIds: readonly string[], which: 'open' | 'all'): Promise<TeamDuty[]> {
  if (engagementIds.length === 0) return []
  const rows = await (which === 'open' ? selectOpen : selectAll)(db, engagementIds)
  const once = [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => (a.due_on < b.due_on || (a.due_on === b.due_on && a.id < b.id) ? -1 : 1))
  return once.map((row) => ({
    id: row.id, engagementId: row.engagement_id, kind: row.target_kind, slug: row.target_slug, period: row.period, opensOn: row.opens_on, dueOn: row.due_on, createdAt: row.created_at, settledAt: row.settled_at, settledAs: row.settled_as,
    begun: Number(row.shown) > 0, asked: Number(row.asked) === 1, deferred: Number(row.deferred) === 1, shown: Number(row.shown), answered: row.answered,
  }))
}

/** One page of the units of a line by 所属コード. */
export async function listUnitsOfLine(db: Db, scope: LineScope, page: { after: string; limit: number; today: Day }): Promise<{ unitId: string; code: string; name: string }[]> {
  if (scope.unitIds.length === 0) return []
  const rows = await db
    .selectFrom('unit_closure as uc').innerJoin('org_unit as o', 'o.id', 'uc.unit_id')
    .innerJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'uc.unit_id').on(knownOn('u', page.today)))
    .select(['uc.unit_id', 'o.code', 'u.name']).distinct().where('uc.ancestor_id', 'in', [...scope.unitIds]).where('o.code', '>', page.after)
    .orderBy('o.code').limit(page.limit).execute()
  return rows.map((row) => ({ unitId: row.unit_id, code: row.code, name: row.name }))
}

/** Why each of these duties is asked: the requirements that hold, or held to the end. */
export async function listCauses(db: Db, assignmentIds: readonly string[]): Promise<{ assignmentId: string; requirementId: string; since: Day; until: Day }[]> {
  if (assignmentIds.length === 0) return []
  const rows = await db.selectFrom('assignment_cause').select(['assignment_id', 'requirement_id', 'since', 'until']).where('assignment_id', 'in', [...assignmentIds]).orderBy('since').orderBy('requirement_id').execute()
  return rows.map((row) => ({ assignmentId: row.assignment_id, requirementId: row.requirement_id, since: row.since, until: row.until }))
}

export interface SentReminder extends LastReminder {
  assignmentId: string
  by: string | null
  leavesAt: Instant | null
  leavesIn: LeavesIn | null
  result: string
  resultAt: Instant | null
  note: string
}

/** The requests about one person's duties (before a moment), newest first, with what was known of them then; those that told of 受講の時間 are told as that. */
export async function listReminders(db: Db, engagementId: string, limit: number, before: Instant = OPEN_INSTANT): Promise<SentReminder[]> {
  const rows = await db
    .selectFrom('assignment as a').innerJoin('reminder as r', 'r.assignment_id', 'a.id').select(['r.assignment_id', 'r.requested_at', 'r.channel', 'r.recipient_kind', 'r.sent_by', 'r.leaves_at', 'r.leaves_in', 'r.result', 'r.result_at', 'r.note'])
    .where('a.engagement_id', '=', engagementId).where('r.reason_code', '!=', 'granted').where('r.requested_at', '<', before).orderBy('r.requested_at', 'desc').orderBy('r.id').limit(limit).execute()
  return rows.map((row) => ({ assignmentId: row.assignment_id, at: row.requested_at, channel: row.channel, recipient: row.recipient_kind, byHand: row.sent_by !== null, by: row.sent_by, leavesAt: row.leaves_at, leavesIn: row.leaves_in, ...resultKnown({ channel: row.channel, result: row.result, resultAt: row.result_at }, (at) => at !== null && at < before), note: row.note }))
}

/** What stopped and moved the due days of one person's duties: questions, 猶予 and 免除. No words and no reasons (domain.md §5.4). */
export async function listDueEvents(db: Db, assignmentIds: readonly string[]): Promise<{ assignmentId: string; kind: 'exempt' | 'defer' | 'suspend' | 'resume'; newDueOn: Day | null; at: Instant }[]> {
  if (assignmentIds.length === 0) return []
  const rows = await db.selectFrom('assignment_event').select(['assignment_id', 'kind', 'new_due_on', 'at']).where('assignment_id', 'in', [...assignmentIds]).where('kind', 'in', ['exempt', 'defer', 'suspend', 'resume']).orderBy('at').orderBy('id').execute()
  return rows.map((row) => ({ assignmentId: row.assignment_id, kind: row.kind as 'exempt', newDueOn: row.new_due_on, at: row.at }))
}

/** The last requests for 猶予 and 免除 about one person, with what became of them; whose words, the asker alone reads. */
export async function listExceptionRequests(db: Db, engagementId: string, limit: number) {
  return db
    .selectFrom('approval_request').select(['id', 'assignment_id', 'kind', 'wished_due_on', 'asked_at', 'asked_by', 'decided_at', 'outcome', 'answer'])
    .where('engagement_id', '=', engagementId).where('kind', 'in', ['defer', 'exempt']).orderBy('asked_at', 'desc').limit(limit).execute()
}

/** Others of the line who bear the same name in the same unit, whatever the shape of its characters (domain.md A06). */
export async function listNamesakes(db: Db, scope: LineScope, person: Pick<TeamPerson, 'engagementId' | 'unitId'>, folded: string, today: Day): Promise<{ number: string; name: string; kind: EngagementKind }[]> {
  if (person.unitId === null || folded === '') return []
  const rows = await db
    .selectFrom('search_token as t').innerJoin('engagement_current as ec', 'ec.engagement_id', 't.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .select(['ec.number', 'v.display_name', 'ec.kind']).distinct()
    .where('t.token', '>=', folded).where('t.token', '<', `${folded}\u{10FFFF}`).where('v.name_folded', '=', folded).where('ec.unit_id', '=', person.unitId).where('ec.engagement_id', '!=', person.engagementId).where('ec.valid_to', '>', today).where(inLine(scope))
    .orderBy('ec.number').limit(10).execute()
  return rows.map((row) => ({ number: row.number, name: row.display_name, kind: row.kind }))
}
