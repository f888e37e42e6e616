import type { Instant } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import type { PlanningTable } from './schema'

/** A plan that a change left to be made afterwards, engagement by engagement in the order of their ids. */
export type Planning = PlanningTable

/** Notes that a change left its planning for afterwards: nothing is planned yet. */
export async function createPlanning(tx: Tx, planning: Pick<Planning, 'id' | 'change_set_id' | 'at' | 'total'>): Promise<void> {
  await insertRows(tx, 'planning', [{ ...planning, done: 0, last_engagement_id: '', counts: '{}', finished_at: null }])
}

/** The plans that are not made to the end, oldest first. */
export async function listOpenPlannings(db: Db): Promise<string[]> {
  return (await db.selectFrom('planning').select('id').where('finished_at', 'is', null).orderBy('id').execute()).map(({ id }) => id)
}

/** A plan as it stands, held until the transaction ends; undefined when it is finished. */
export async function lockPlanning(tx: Tx, id: string): Promise<Planning | undefined> {
  return lockRows(tx, tx.selectFrom('planning').selectAll().where('id', '=', id).where('finished_at', 'is', null)).executeTakeFirst()
}

/** Notes how far a plan has come. */
export async function advancePlanning(tx: Tx, id: string, to: Pick<Planning, 'done' | 'last_engagement_id' | 'counts'> & { finished_at: Instant | null }): Promise<void> {
  await tx.updateTable('planning').set(to).where('id', '=', id).execute()
}

/** How far the plan of a change has come; undefined when the change planned everything itself. */
export async function findPlanningOf(db: Db, changeSetId: string): Promise<Pick<Planning, 'total' | 'done' | 'finished_at'> | undefined> {
  return db.selectFrom('planning').select(['total', 'done', 'finished_at']).where('change_set_id', '=', changeSetId).executeTakeFirst()
}
