import { sql, type RawBuilder } from 'kysely'
import type { Day, Instant } from '../app/domain/calendar'
import { dayOf } from '../app/domain/calendar'
import { hitOne, insertRows, type Db, type Tx } from './database.server'

/** That somebody has died (domain.md A32): noted once a person, and taken back when it was an error. */

/** 1 where the person of a column is known to have died. */
export const hasDied = (personColumn: string): RawBuilder<boolean> => sql<boolean>`exists (select 1 from death_note dn where dn.person_id = ${sql.ref(personColumn)} and dn.open_slot = 1)`

/** Which of these engagements are of somebody who has died. */
export async function listDied(db: Db, engagementIds: readonly string[]): Promise<Set<string>> {
  if (engagementIds.length === 0) return new Set()
  const rows = await db.selectFrom('engagement as e').select('e.id').where('e.id', 'in', [...engagementIds]).where(hasDied('e.person_id')).execute()
  return new Set(rows.map(({ id }) => id))
}

/** When it was noted of a person, and by whom; undefined while it is not. */
export async function findDeath(db: Db, personId: string): Promise<{ day: Day; by: string } | undefined> {
  const row = await db.selectFrom('death_note').select(['at', 'noted_by']).where('person_id', '=', personId).where('open_slot', '=', 1).executeTakeFirst()
  return row && { day: dayOf(row.at), by: row.noted_by }
}

/** Notes it, and closes the account from that instant: nobody signs in with it, and nothing is written to it. */
export async function recordDeath(tx: Tx, one: { id: string; personId: string; by: string; at: Instant }): Promise<void> {
  await insertRows(tx, 'death_note', [{ id: one.id, person_id: one.personId, noted_by: one.by, at: one.at, voided_at: null, voided_by: null, open_slot: 1 }])
  await tx.updateTable('account').set({ disabled_at: one.at }).where('person_id', '=', one.personId).where('disabled_at', 'is', null).execute()
}

/** Takes it back and opens the account that it closed; false when it is not noted. */
export async function voidDeath(tx: Tx, one: { personId: string; by: string; at: Instant }): Promise<boolean> {
  const noted = await tx.selectFrom('death_note').select(['id', 'at']).where('person_id', '=', one.personId).where('open_slot', '=', 1).executeTakeFirst()
  if (!noted || !hitOne(await tx.updateTable('death_note').set({ voided_at: one.at, voided_by: one.by, open_slot: null }).where('id', '=', noted.id).where('open_slot', '=', 1).executeTakeFirst())) return false
  await tx.updateTable('account').set({ disabled_at: null }).where('person_id', '=', one.personId).where('disabled_at', '=', noted.at).execute()
  return true
}
