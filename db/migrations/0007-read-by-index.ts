import type { Kysely } from 'kysely'
import { replaceIndex } from './table'

/** An index holds all that the file of everybody's completions asks of a duty: looking up each row took the database half of its time. */
export async function up(db: Kysely<never>): Promise<void> {
  await replaceIndex(db, 'assignment', { from: 'settled_at, due_on, engagement_id', to: 'settled_at, due_on, engagement_id, settled_as, target_kind, target_slug, period, settled_version, settled_route' })
}
