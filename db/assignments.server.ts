import { sql } from 'kysely'
import type { EngagementFacts } from '../app/domain/audience'
import { OPEN_DAY, OPEN_INSTANT, dayOf, type Day, type Instant } from '../app/domain/calendar'
import { groupedBy } from '../app/domain/grouped'
import type { ExistingAssignment, Plan } from '../app/domain/planning'
import { insertRows, type Db, type Tx } from './database.server'
import { findAskedRoles, findUnitsAbove } from './audience-facts.server'
import { listGivenDueDays, moveDueDays } from './due-days.server'
import { knownOn } from './in-force.server'

/** The next engagements by key, for work that goes through all of them in portions. */
export async function listEngagementIds(db: Db, after: string, limit: number): Promise<string[]> {
  return (await db.selectFrom('engagement').select('id').where('id', '>', after).orderBy('id').limit(limit).execute()).map(({ id }) => id)
}

/** How many engagements there are. */
export async function countEngagements(db: Db): Promise<number> {
  return Number((await db.selectFrom('engagement').select((at) => at.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}

/** What planning asks about engagements: facts in force as known now. */
export async function findPlanningFacts(db: Db, ids: readonly string[], today: Day): Promise<EngagementFacts[]> {
  const of = [...ids]
  if (of.length === 0) return []
  const engagements = await db
    .selectFrom('engagement as e')
    .innerJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'e.employer_company_id').on(knownOn('c', today)))
    .select(['e.id', 'e.number', 'c.kind'])
    .where('e.id', 'in', of)
    .execute()
  const versions = await db.selectFrom('engagement_version').select(['engagement_id', 'kind', 'unit_id', 'valid_from', 'valid_to']).where('engagement_id', 'in', of).where('superseded_at', '=', OPEN_INSTANT).execute()
  const scopes = await db.selectFrom('handling_scope').select(['engagement_id', 'category', 'valid_from', 'valid_to']).where('engagement_id', 'in', of).where('superseded_at', '=', OPEN_INSTANT).execute()
  const leaves = await db.selectFrom('leave_period').select(['engagement_id', 'valid_from', 'valid_to']).where('engagement_id', 'in', of).where('superseded_at', '=', OPEN_INSTANT).execute()
  const units = await findUnitsAbove(db, versions.flatMap(({ unit_id }) => unit_id ?? []), today)
  const roles = await findAskedRoles(db, engagements)
  const byId = new Map(engagements.map(({ id, kind }) => [id, { engagementId: id, companyKind: kind, versions: [] as EngagementFacts['versions'][number][], scopes: [] as EngagementFacts['scopes'][number][], roles: roles.get(id) ?? [], leaves: [] as EngagementFacts['leaves'][number][] }]))
  for (const row of versions) byId.get(row.engagement_id)?.versions.push({ kind: row.kind, from: row.valid_from, to: row.valid_to, unitCodes: [], ...units.get(row.unit_id ?? '') })
  for (const row of scopes) byId.get(row.engagement_id)?.scopes.push({ category: row.category, from: row.valid_from, to: row.valid_to })
  for (const row of leaves) byId.get(row.engagement_id)?.leaves.push({ from: row.valid_from, to: row.valid_to })
  return [...byId.values()]
}

/** The assignments of engagements with the causes that hold, and whether something has happened on them; on demand with the versions that were finished. */
export async function findExistingAssignments(db: Db, ids: readonly string[], withVersions = false): Promise<Map<string, ExistingAssignment[]>> {
  const found = new Map<string, ExistingAssignment[]>()
  if (ids.length === 0) return found
  const rows = await db
    .selectFrom('assignment as a')
    .select(['a.id', 'a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.opens_on', 'a.due_on', 'a.created_at', 'a.settled_at', 'a.settled_as'])
    .select(sql<number>`case when a.settled_as is not null then 1
      when exists (select 1 from page_shown p where p.assignment_id = a.id) then 1
      when exists (select 1 from attempt t where t.assignment_id = a.id) then 1
      when exists (select 1 from pledge_act s where s.assignment_id = a.id) then 1
      when exists (select 1 from assignment_event v where v.assignment_id = a.id) then 1
      else 0 end`.as('touched'))
    .where('a.engagement_id', 'in', [...ids])
    .execute()
  const causes = await db
    .selectFrom('assignment as a')
    .innerJoin('assignment_cause as c', 'c.assignment_id', 'a.id')
    .select(['c.assignment_id', 'c.requirement_id'])
    .where('a.engagement_id', 'in', [...ids])
    .where('c.until', '=', OPEN_DAY)
    .execute()
  const givenDue = await listGivenDueDays(db, ids)
  const finished = withVersions ? await db.selectFrom('completion as c').innerJoin('assignment as a', 'a.id', 'c.assignment_id').select(['c.assignment_id', 'c.content_version']).where('a.engagement_id', 'in', [...ids]).where('c.settle_slot', '=', 1).execute() : []
  const versionOf = new Map(finished.map(({ assignment_id, content_version }) => [assignment_id, content_version]))
  const causesOf = new Map<string, string[]>()
  for (const { assignment_id, requirement_id } of causes) {
    const list = causesOf.get(assignment_id)
    if (list) list.push(requirement_id)
    else causesOf.set(assignment_id, [requirement_id])
  }
  for (const row of rows) {
    const one: ExistingAssignment = {
      id: row.id, kind: row.target_kind, slug: row.target_slug, period: row.period, opens: row.opens_on, due: row.due_on, dueGiven: givenDue.get(row.id), createdAt: row.created_at,
      settledAs: row.settled_as, settledOn: row.settled_as === null ? null : dayOf(row.settled_at), version: versionOf.get(row.id), touched: Number(row.touched) === 1, causes: causesOf.get(row.id) ?? [],
    }
    const list = found.get(row.engagement_id)
    if (list) list.push(one)
    else found.set(row.engagement_id, [one])
  }
  return found
}

/** Takes the step of a plan: everything in batches, nothing row by row. */
export async function recordPlan(tx: Tx, plan: Plan, by: { changeSetId: string; at: Instant; today: Day; newId: () => string }): Promise<void> {
  const created = plan.create.map((one) => ({ ...one, id: by.newId() }))
  await insertRows(tx, 'assignment', created.map((one) => ({
    id: one.id, engagement_id: one.engagementId, target_kind: one.kind, target_slug: one.slug, period: one.period, opens_on: one.opens, due_on: one.due,
    created_at: by.at, created_by: by.changeSetId, settled_at: OPEN_INSTANT, settled_as: null, settled_version: null, settled_route: null,
  })))
  for (const one of plan.reopen)
    await tx.updateTable('assignment').set({ settled_at: OPEN_INSTANT, settled_as: null, opens_on: one.opens, due_on: one.due, created_at: by.at, created_by: by.changeSetId }).where('id', '=', one.assignmentId).execute()
  for (const [days, ids] of groupedBy(plan.reschedule, ({ opens, due }) => `${opens} ${due}`)) {
    const [opens_on, due_on] = days.split(' ') as [string, string]
    await inParts(ids.map(({ assignmentId }) => assignmentId), (part) => moveDueDays(tx, part, { opens: opens_on, due: due_on }, by))
  }
  for (const [settled_as, list] of [['withdrawn', plan.withdraw], ['ended', plan.end]] as const)
    await inParts(list.map(({ assignmentId }) => assignmentId), async (part) => {
      await tx.updateTable('assignment').set({ settled_at: by.at, settled_as }).where('id', 'in', part).where('settled_at', '=', OPEN_INSTANT).execute()
      await tx.updateTable('assignment_cause').set({ until: by.today }).where('assignment_id', 'in', part).where('until', '=', OPEN_DAY).execute()
    })
  for (const [requirementId, list] of groupedBy(plan.endCauses, ({ requirementId }) => requirementId))
    await inParts(list.map(({ assignmentId }) => assignmentId), (part) =>
      tx.updateTable('assignment_cause').set({ until: by.today }).where('assignment_id', 'in', part).where('requirement_id', '=', requirementId).where('until', '=', OPEN_DAY).execute())
  await recordCauses(tx, [
    ...created.flatMap(({ id, causes }) => causes.map((cause) => ({ assignmentId: id, cause }))),
    ...plan.reopen.flatMap(({ assignmentId, causes }) => causes.map((cause) => ({ assignmentId, cause }))),
    ...plan.addCauses,
  ], plan.reopen.length + plan.addCauses.length > 0, by.today)
}

/** Causes begin today; one that was ended earlier the same day holds again. */
async function recordCauses(tx: Tx, causes: Plan['addCauses'], mayBeThere: boolean, today: Day): Promise<void> {
  if (mayBeThere) {
    const ids = [...new Set(causes.map(({ assignmentId }) => assignmentId))]
    await inParts(ids, (part) => tx.deleteFrom('assignment_cause').where('assignment_id', 'in', part).where('since', '=', today).where('until', '=', today).execute())
  }
  await insertRows(tx, 'assignment_cause', causes.map(({ assignmentId, cause }) => ({ assignment_id: assignmentId, requirement_id: cause.requirementId, requirement_version: cause.version, since: today, until: OPEN_DAY })))
}

/** A change set for a plan that is no part of another change. */
export async function recordPlanChangeSet(tx: Tx, changeSet: { id: string; at: Instant; actorAccountId: string | null; note: string; summary: string }): Promise<void> {
  await insertRows(tx, 'change_set', [{ id: changeSet.id, kind: 'plan', actor_account_id: changeSet.actorAccountId, at: changeSet.at, source_sha256: null, undoes: null, note: changeSet.note, summary: changeSet.summary }])
}


async function inParts(ids: readonly string[], work: (part: string[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < ids.length; at += 1000) await work(ids.slice(at, at + 1000))
}
