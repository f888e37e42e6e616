import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import type { OpportunityGrantTable } from './schema'

/** Appends grants; one that is there already with the same hours stays alone. Answers those that are new. The engagements are locked. */
export async function recordGrants(tx: Tx, grants: readonly OpportunityGrantTable[]): Promise<OpportunityGrantTable[]> {
  if (grants.length === 0) return []
  const held = await tx.selectFrom('opportunity_grant').select(['assignment_id', 'starts_at', 'ends_at']).where('assignment_id', 'in', grants.map(({ assignment_id }) => assignment_id)).execute()
  const fresh = grants.filter((one) => !held.some((other) => other.assignment_id === one.assignment_id && other.starts_at === one.starts_at && other.ends_at === one.ends_at))
  await insertRows(tx, 'opportunity_grant', fresh)
  return fresh
}

/** When people are on leave, as known now, from a day on. */
export async function listLeavesFrom(db: Db, engagementIds: readonly string[], day: Day): Promise<{ engagementId: string; from: Day; to: Day }[]> {
  if (engagementIds.length === 0) return []
  const rows = await db.selectFrom('leave_period').select(['engagement_id', 'valid_from', 'valid_to']).where('engagement_id', 'in', [...engagementIds]).where('superseded_at', '=', OPEN_INSTANT).where('valid_to', '>', day).execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, from: row.valid_from, to: row.valid_to }))
}

export interface Grant {
  id: string
  assignmentId: string
  startsAt: Instant
  endsAt: Instant
  at: Instant
  /** The account of who gave the time. */
  by: string
}

/** The times set aside for these engagements, newest first. */
export async function listGrants(db: Db, engagementIds: readonly string[], limit: number): Promise<Grant[]> {
  if (engagementIds.length === 0) return []
  const rows = await db
    .selectFrom('assignment as a').innerJoin('opportunity_grant as g', 'g.assignment_id', 'a.id').select(['g.id', 'g.assignment_id', 'g.starts_at', 'g.ends_at', 'g.at', 'g.granted_by'])
    .where('a.engagement_id', 'in', [...engagementIds]).orderBy('g.at', 'desc').orderBy('g.id').limit(limit).execute()
  return rows.map((row) => ({ id: row.id, assignmentId: row.assignment_id, startsAt: row.starts_at, endsAt: row.ends_at, at: row.at, by: row.granted_by }))
}
