import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { TargetKind } from '../app/domain/planning'
import { insertRows, type Db, type Tx } from './database.server'
import { moveDueDays } from './due-days.server'
import { knownOn } from './in-force.server'

/** Whose duties, and which of them: of the people of a unit and below, due from a day on and before the new day; never one's own. */
export interface PutOff {
  unitId: string
  from: Day
  dueOn: Day
  notPersonId: string
  today: Day
}

const duties = (db: Db, { unitId, from, dueOn, notPersonId, today }: PutOff) =>
  db.selectFrom('assignment as a').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id').innerJoin('unit_closure as uc', 'uc.unit_id', 'ec.unit_id')
    .where('uc.ancestor_id', '=', unitId).where('ec.valid_to', '>', today).where('ec.person_id', '!=', notPersonId)
    .where('a.settled_at', '=', OPEN_INSTANT).where('a.due_on', '>=', from).where('a.due_on', '<', dueOn)

/** What would be put off, by content, a contractor's people apart: how many duties. */
export async function countDutiesToPutOff(db: Db, what: PutOff): Promise<{ targetKind: TargetKind; slug: string; ofContractors: boolean; duties: number; first: Day }[]> {
  const contract = sql<0 | 1>`case when ec.relation = 'contract' then 1 else 0 end`
  const rows = await duties(db, what).select(['a.target_kind', 'a.target_slug', contract.as('contract'), sql<number>`count(*)`.as('count'), sql<Day>`min(a.due_on)`.as('first')]).groupBy(['a.target_kind', 'a.target_slug', contract]).orderBy('a.target_kind').orderBy('a.target_slug').execute()
  return rows.map((row) => ({ targetKind: row.target_kind, slug: row.target_slug, ofContractors: Number(row.contract) === 1, duties: Number(row.count), first: row.first }))
}

/** How many people have something that would be put off. */
export async function countPeopleToPutOff(db: Db, what: PutOff): Promise<number> {
  return Number((await duties(db, what).select(sql<number>`count(distinct a.engagement_id)`.as('count')).executeTakeFirst())?.count ?? 0)
}

/** The unit's people, to be held before anything of theirs is moved. */
export async function listPeopleToPutOff(tx: Tx, what: PutOff): Promise<string[]> {
  return (await duties(tx, what).select('a.engagement_id').distinct().orderBy('a.engagement_id').execute()).map(({ engagement_id }) => engagement_id)
}

/** Moves the due days and notes on each duty why and by whom; answers which duties. The people are held by the caller. */
export async function putOff(tx: Tx, what: PutOff, by: { accountId: string; at: Instant; reasonCode: string; words: string; newId: () => string }): Promise<{ assignmentId: string; from: Day }[]> {
  const rows = await duties(tx, what).select(['a.id', 'a.due_on']).orderBy('a.id').execute()
  await insertRows(tx, 'assignment_event', rows.map(({ id, due_on }) => ({
    id: by.newId(), assignment_id: id, kind: 'defer' as const, new_due_on: what.dueOn, reason_code: by.reasonCode, note: by.words, requested_by: by.accountId, approved_by: by.accountId, at: by.at, refs: JSON.stringify({ unit: what.unitId, from: due_on }),
  })))
  for (let at = 0; at < rows.length; at += 1000) await moveDueDays(tx, rows.slice(at, at + 1000).map(({ id }) => id), { due: what.dueOn }, { at: by.at, newId: by.newId })
  return rows.map(({ id, due_on }) => ({ assignmentId: id, from: due_on }))
}

/** A unit by its code, in force on a day. */
export async function findUnitByCode(db: Db, code: string, today: Day): Promise<{ id: string; name: string } | undefined> {
  return db.selectFrom('org_unit as o').innerJoin('org_unit_version as v', 'v.unit_id', 'o.id').select(['o.id', 'v.name'])
    .where('o.code', '=', code).where(knownOn('v', today)).executeTakeFirst()
}
