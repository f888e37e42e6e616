import { sql } from 'kysely'
import { addDays, type Day, type Instant } from '../app/domain/calendar'
import { VIEW_DAYS } from '../app/domain/departure'
import type { EngagementKind, Relation } from '../app/domain/people'
import type { Db } from './database.server'
import { inForce, knownOn } from './in-force.server'

/** Somebody in force who ends soon and whose list is begun: with whom a letter before the end goes. */
export interface Leaving {
  engagementId: string
  personId: string
  accountId: string
  number: string
  name: string
  kind: EngagementKind
  relation: Relation
  companyId: string
  companyName: string
  mail: string
  lastDay: Day
  onLeave: boolean
  supervisorId: string | null
  /** When the list was begun. */
  listedAt: Instant
}

/** All, by key; some by name; those of whom a 上長 or a 所属長 in their place is told; those of companies. */
export type LeavingScope = { after: string; limit: number } | { engagementIds: readonly string[] } | { managerAccountId: string } | { companyIds: readonly string[] }

const among = (ids: readonly string[]) => sql.join(ids.length > 0 ? [...ids] : [''])

/** The engagements in force of one account. */
const heldBy = (accountId: string, today: Day) => sql`(select m.engagement_id from engagement_current m join account a on a.person_id = m.person_id where a.id = ${accountId} and ${inForce('m', today)})`

/** Whether `ec` has no 上長 in force other than oneself. */
const hasNoSupervisor = (today: Day) => sql<boolean>`not exists (select 1 from engagement_current b where b.engagement_id = ec.supervisor_engagement_id and b.person_id <> ec.person_id and ${inForce('b', today)})`

/** Of those who have no 上長 in force: who is told in that place, the 所属長 not on leave of the nearest unit that has one, other than oneself. */
export async function listHeadsInPlace(db: Db, engagementIds: readonly string[], today: Day): Promise<Map<string, { engagementId: string; accountId: string }[]>> {
  const rows = await db
    .selectFrom('engagement_current as ec').innerJoin('unit_closure as t', 't.unit_id', 'ec.unit_id')
    .innerJoin('appointment as r', (on) => on.onRef('r.scope_id', '=', 't.ancestor_id').on('r.scope_kind', '=', 'unit').on('r.role', '=', 'unitHead').on(knownOn('r', today)))
    .innerJoin('engagement_current as h', (on) => on.onRef('h.engagement_id', '=', 'r.engagement_id').onRef('h.person_id', '<>', 'ec.person_id').on('h.on_leave', '=', 0).on(inForce('h', today)))
    .innerJoin('account as s', (on) => on.onRef('s.person_id', '=', 'h.person_id').on('s.disabled_at', 'is', null))
    .select(['ec.engagement_id as of', 't.depth', 'h.engagement_id as engagementId', 's.id as accountId'])
    .where(sql<boolean>`ec.engagement_id in (${among(engagementIds)})`).where(hasNoSupervisor(today)).orderBy('t.depth').orderBy('h.number').execute()
  const nearest = new Map<string, typeof rows>()
  for (const row of rows) {
    const found = nearest.get(row.of)
    if (!found) nearest.set(row.of, [row])
    else if (found[0]!.depth === row.depth) found.push(row)
  }
  return nearest
}

/** Those of a scope who leave within the days that 「退職・終了」 shows; by last day, or by key where a page is asked for. Whose account is closed is left out (A32). */
export async function listLeaving(db: Db, scope: LeavingScope, today: Day): Promise<Leaving[]> {
  let query = db
    .selectFrom('engagement_current as ec').innerJoin('account as s', 's.person_id', 'ec.person_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(knownOn('v', today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .select(['ec.engagement_id', 'ec.person_id', 's.id as account_id', 'ec.number', 'v.display_name', 'v.kind', 'ec.relation', 'ec.company_id', 'c.name as company_name', 'v.mail', 'ec.valid_to', 'ec.on_leave', 'ec.supervisor_engagement_id'])
    .select(({ selectFrom }) => selectFrom('return_item as r').select((r) => r.fn.min<Instant>('r.at').as('at')).whereRef('r.engagement_id', '=', 'ec.engagement_id').as('listed_at'))
    .select(hasNoSupervisor(today).as('unled'))
    .where(inForce('ec', today)).where('ec.valid_to', '<=', addDays(today, VIEW_DAYS + 1)).where('s.disabled_at', 'is', null)
    .where(({ exists, selectFrom }) => exists(selectFrom('return_item as i').select('i.id').whereRef('i.engagement_id', '=', 'ec.engagement_id')))
  if ('limit' in scope) query = query.where('ec.engagement_id', '>', scope.after).orderBy('ec.engagement_id').limit(scope.limit)
  else if ('engagementIds' in scope) query = query.where(sql<boolean>`ec.engagement_id in (${among(scope.engagementIds)})`)
  else if ('companyIds' in scope) query = query.where(sql<boolean>`ec.company_id in (${among(scope.companyIds)})`)
  else {
    const held = heldBy(scope.managerAccountId, today)
    query = query.where('ec.relation', '!=', 'contract').where(sql<boolean>`(ec.supervisor_engagement_id in ${held} or (${hasNoSupervisor(today)}
      and ec.unit_id in (select t.unit_id from unit_closure t inner join appointment r on r.scope_id = t.ancestor_id where r.role = 'unitHead' and r.scope_kind = 'unit' and ${knownOn('r', today)} and r.engagement_id in ${held})))`)
  }
  const found = await ('limit' in scope ? query : query.orderBy('ec.valid_to').orderBy('ec.number')).execute()
  const heads = 'managerAccountId' in scope ? await listHeadsInPlace(db, found.map(({ engagement_id: id }) => id), today) : null
  return found.filter(({ unled, engagement_id: id }) => !('managerAccountId' in scope) || Number(unled) === 0 || heads?.get(id)?.some(({ accountId }) => accountId === scope.managerAccountId)).map((row) => ({
    engagementId: row.engagement_id, personId: row.person_id, accountId: row.account_id, number: row.number, name: row.display_name, kind: row.kind, relation: row.relation, companyId: row.company_id, companyName: row.company_name ?? '', mail: row.mail,
    lastDay: addDays(row.valid_to, -1), onLeave: row.on_leave === 1, supervisorId: row.supervisor_engagement_id, listedAt: Number(row.listed_at),
  }))
}
