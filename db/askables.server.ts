import { sql, type RawBuilder } from 'kysely'
import type { LineScope } from '../app/domain/access'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import type { Askable, OpenDuty } from '../app/domain/reminder'
import type { Db } from './database.server'
import { isAsked, isDeferred, lastAnswer } from './due-days.server'
import { knownOn } from './in-force.server'
import { inLine } from './line.server'

/** Somebody who might be asked, with the address and the account that a mail needs. */
export interface AskableRow extends Omit<Askable, 'reached'> {
  personId: string
  accountId: string
  number: string
  name: string
  kind: EngagementKind
  companyId: string
  companyName: string
  mail: string
  minor: boolean
}

/** Whose people may be asked: those of a manager's line, those of companies, or (for jobs and for other commands) anybody's. */
export type AskableScope = { line: LineScope } | { companyIds: readonly string[] } | 'anybody'

/** The scope as a condition on engagement_current `ec`. */
export const within = (scope: AskableScope): RawBuilder<boolean> =>
  scope === 'anybody' ? sql<boolean>`1 = 1` : 'line' in scope ? inLine(scope.line) : scope.companyIds.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`ec.company_id in (${sql.join([...scope.companyIds])})`

const PART = 1000

/** The named engagements within the scope, in the order of their names, each with what is open. Who is out of it is not there. */
export async function listAskables(db: Db, engagementIds: readonly string[], scope: AskableScope, today: Day): Promise<AskableRow[]> {
  const found: AskableRow[] = []
  const ids = [...new Set(engagementIds)]
  for (let start = 0; start < ids.length; start += PART) {
    const part = ids.slice(start, start + PART)
    const [people, duties, exempted] = [await listPeople(db, part, scope, today), await listOpenDuties(db, part), await listExempted(db, part)]
    const dutiesOf = new Map<string, OpenDuty[]>()
    for (const { engagementId, ...duty } of duties) dutiesOf.set(engagementId, [...(dutiesOf.get(engagementId) ?? []), duty])
    found.push(...people.map((person) => ({ ...person, exempted: exempted.has(person.engagementId), duties: dutiesOf.get(person.engagementId) ?? [] })))
  }
  return found
}

async function listPeople(db: Db, ids: readonly string[], scope: AskableScope, today: Day): Promise<Omit<AskableRow, 'duties' | 'exempted'>[]> {
  // who is not here today speaks as on the first or the last day
  const on = sql<Day>`case when ec.valid_from > ${today} then ec.valid_from else ${today} end`
  const rows = await db
    .selectFrom('engagement_current as ec')
    .innerJoin('account as a', 'a.person_id', 'ec.person_id')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on('v.superseded_at', '=', OPEN_INSTANT)
      .on((at) => at.or([at.and([at('v.valid_from', '<=', on), at('v.valid_to', '>', on)]), at.and([at('ec.valid_to', '<=', today), at(sql.ref('v.valid_to'), '=', sql.ref('ec.valid_to'))])])))
    .leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .select(['ec.engagement_id', 'ec.person_id', 'a.id as account_id', 'a.disabled_at', 'ec.number', 'v.display_name', 'v.kind', 'v.mail', 'v.under18_until', 'ec.relation', 'ec.company_id', 'c.name as company_name', 'ec.valid_from', 'ec.valid_to'])
    .select((row) => row.exists(row.selectFrom('leave_period as l').select('l.id').whereRef('l.engagement_id', '=', 'ec.engagement_id').where(knownOn('l', today))).as('on_leave'))
    .where('ec.engagement_id', 'in', [...ids]).where(within(scope))
    .orderBy('ec.sort_key').orderBy('ec.engagement_id').execute()
  return rows.map((row) => ({
    engagementId: row.engagement_id, personId: row.person_id, accountId: row.account_id, closed: row.disabled_at !== null, number: row.number, name: row.display_name, kind: row.kind, mail: row.mail, minor: row.under18_until !== '' && today <= row.under18_until,
    relation: row.relation, companyId: row.company_id, companyName: row.company_name ?? '', validFrom: row.valid_from, validTo: row.valid_to, onLeave: Number(row.on_leave) === 1,
  }))
}

/** What is open for engagements, by due day, with whatever keeps it from being asked for. */
export async function listOpenDuties(db: Db, engagementIds: readonly string[]): Promise<(OpenDuty & { engagementId: string })[]> {
  if (engagementIds.length === 0) return []
  const rows = await db
    .selectFrom('assignment as a')
    .select(['a.id', 'a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.opens_on', 'a.due_on'])
    .select([lastAnswer().as('answer'), isDeferred().as('deferred'), isAsked().as('asked')])
    .where('a.engagement_id', 'in', [...engagementIds]).where('a.settled_at', '=', OPEN_INSTANT)
    .orderBy('a.due_on').orderBy('a.id').execute()
  return rows.map((row) => ({
    assignmentId: row.id, engagementId: row.engagement_id, kind: row.target_kind, slug: row.target_slug, opensOn: row.opens_on, dueOn: row.due_on, deferredTo: Number(row.deferred) === 1 ? row.due_on : '', asked: Number(row.asked) === 1, answer: row.answer,
  }))
}

async function listExempted(db: Db, engagementIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('assignment').select('engagement_id').distinct().where('engagement_id', 'in', [...engagementIds]).where('settled_as', '=', 'exempted').execute()
  return new Set(rows.map(({ engagement_id: id }) => id))
}

/** The people of a 委託先 whom a request to its 会社側担当者 is about: at work in the line, with something open. */
export async function listOpenAtWork(db: Db, companyId: string, line: LineScope, today: Day): Promise<string[]> {
  const rows = await db.selectFrom('engagement_current as ec').select('ec.engagement_id')
    .where('ec.company_id', '=', companyId).where('ec.relation', '=', 'contract').where('ec.valid_from', '<=', today).where('ec.valid_to', '>', today).where(atWork(line))
    .where(({ exists, selectFrom }) => exists(selectFrom('assignment as a').select('a.id').whereRef('a.engagement_id', '=', 'ec.engagement_id').where('a.settled_at', '=', OPEN_INSTANT).where('a.opens_on', '<=', today))).execute()
  return rows.map(({ engagement_id: id }) => id)
}

const atWork = ({ unitIds, supervisorIds }: Pick<LineScope, 'unitIds' | 'supervisorIds'>): RawBuilder<boolean> => sql<boolean>`(${
  supervisorIds.length > 0 ? sql`ec.supervisor_engagement_id in (${sql.join([...supervisorIds])})` : sql`1 = 0`} or ${
  unitIds.length > 0 ? sql`ec.unit_id in (select uc.unit_id from unit_closure uc where uc.ancestor_id in (${sql.join([...unitIds])}))` : sql`1 = 0`})`
