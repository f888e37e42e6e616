import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { insertRows, type Tx } from './database.server'
import type { Schema } from './schema'

/** Facts with two times: they are superseded, each by a change set, and never overwritten (house.md §3). */
export const FACT_TABLES = ['engagement_version', 'handling_scope', 'leave_period', 'appointment', 'org_unit_version', 'company_version', 'entrustment_version'] as const
export type FactTable = (typeof FACT_TABLES)[number]

/** The change set that writes, and the instant at which what it writes becomes known. */
export interface Writing {
  changeSetId: string
  at: Instant
  newId: () => string
}

/** Somebody else changed the facts that were to be superseded: the whole command starts over or is refused. */
export class StaleFacts extends Error {}

const PART = 1000

/** Supersedes facts that are still open; throws StaleFacts when one is not. */
export async function supersedeFacts(tx: Tx, table: FactTable, ids: readonly string[], writing: Writing): Promise<void> {
  for (let start = 0; start < ids.length; start += PART) {
    const part = ids.slice(start, start + PART)
    const result = await tx.updateTable(table as 'leave_period').set({ superseded_at: writing.at, superseded_by: writing.changeSetId }).where('id', 'in', part).where('superseded_at', '=', OPEN_INSTANT).executeTakeFirst()
    if (result.numUpdatedRows !== BigInt(part.length)) throw new StaleFacts(table)
  }
}

type Given<T extends FactTable> = Omit<Schema[T], 'id' | 'valid_from' | 'valid_to' | 'recorded_at' | 'superseded_at' | 'recorded_by' | 'superseded_by'>

/** Records facts that are known from this change set on. */
export async function recordFacts<T extends FactTable>(tx: Tx, table: T, facts: Iterable<{ from: Day; to: Day; row: Given<T> }>, writing: Writing): Promise<void> {
  const rows = function* () {
    for (const { from, to, row } of facts) yield { id: writing.newId(), ...row, valid_from: from, valid_to: to, recorded_at: writing.at, superseded_at: OPEN_INSTANT, recorded_by: writing.changeSetId, superseded_by: null }
  }
  await insertRows(tx, table, rows() as never)
}

/** The instant at which a new change set speaks: now, and later than every earlier one, also when clocks differ. */
export async function nextKnownInstant(tx: Tx, now: Instant): Promise<Instant> {
  const { last } = await tx.selectFrom('change_set').select(({ fn }) => fn.max('at').as('last')).executeTakeFirstOrThrow()
  return Math.max(now, Number(last ?? 0) + 1)
}
