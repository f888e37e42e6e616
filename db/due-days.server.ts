import { sql, type RawBuilder } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { groupedBy } from '../app/domain/grouped'
import { originalDueOf } from '../app/domain/original-due'
import { insertRows, type Db, type Tx } from './database.server'

/**
 * The due day in force is `assignment.due_on`, and nothing else: whoever shows, sorts or compares a due day reads that column.
 * Planning computes it from the rules, leave and the last day given by an event; giving a day by an event puts it in force at once.
 */
export async function moveDueDay(tx: Tx, assignmentId: string, dueOn: Day, by: { id: string; at: Instant }): Promise<void> {
  await moveDueDays(tx, [assignmentId], { due: dueOn }, { at: by.at, newId: () => by.id })
}

/** Moves open assignments to other days; which due day was in force until now is kept beside them (A39). */
export async function moveDueDays(tx: Tx, assignmentIds: readonly string[], to: { opens?: Day; due: Day }, by: { at: Instant; newId: () => string }): Promise<void> {
  const moved = await tx.selectFrom('assignment').select(['id', 'due_on']).where('id', 'in', [...assignmentIds]).where('settled_at', '=', OPEN_INSTANT).where('due_on', '!=', to.due).execute()
  await insertRows(tx, 'due_change', moved.map((row) => ({ id: by.newId(), assignment_id: row.id, at: by.at, due_before: row.due_on })))
  await tx.updateTable('assignment').set({ due_on: to.due, ...(to.opens && { opens_on: to.opens }) }).where('id', 'in', [...assignmentIds]).where('settled_at', '=', OPEN_INSTANT).execute()
}

/** The due day that an event gave last, of each assignment of these engagements that got one: planning never takes it back. */
export async function listGivenDueDays(db: Db, engagementIds: readonly string[]): Promise<Map<string, Day>> {
  const rows = await db
    .selectFrom('assignment_event as v').innerJoin('assignment as a', 'a.id', 'v.assignment_id')
    .select(['v.assignment_id', 'v.new_due_on']).where('a.engagement_id', 'in', [...engagementIds]).where('v.new_due_on', 'is not', null)
    .orderBy('v.at').orderBy('v.id').execute()
  return new Map(rows.map(({ assignment_id, new_due_on }) => [assignment_id, new_due_on!]))
}

const ago = (before?: Instant) => (before === undefined ? sql`` : sql` and w.at < ${before}`)

/** How the pledge of assignment `a` was answered last; a signature speaks before everything else. */
export const lastAnswer = (): RawBuilder<string | null> => sql<string | null>`(select k.outcome from pledge_act k where k.assignment_id = a.id order by k.settle_slot desc, k.id desc limit 1)`

/** 1 while a question stops the due day of assignment `a` (or stopped it just before a moment): the last of its suspend and resume is a suspend; else 0 or null. */
export const isAsked = (before?: Instant): RawBuilder<0 | 1 | null> => sql<0 | 1 | null>`(select case when w.kind = 'suspend' then 1 else 0 end from assignment_event w
  where w.assignment_id = a.id and w.kind in ('suspend', 'resume')${ago(before)} order by w.at desc, w.id desc limit 1)`

/**
 * Whether assignment `a` waits for somebody else, so that no due day of it runs for who has it: a question, or towards an employer a
 * refusal to sign (standingOf).
 */
export const waitsForAnother = (): RawBuilder<boolean> => sql<boolean>`(coalesce(${isAsked()}, 0) = 1 or (a.target_kind = 'certificate' and coalesce(${lastAnswer()}, '') = 'declined'))`

/** 1 where the due day of assignment `a` was given last (before a moment) by an approved 猶予, which nothing has taken back; else 0 or null. */
export const isDeferred = (before?: Instant): RawBuilder<0 | 1 | null> => sql<0 | 1 | null>`(select case when w.kind = 'defer' then 1 else 0 end from assignment_event w
  where w.assignment_id = a.id and w.new_due_on is not null${ago(before)} order by w.at desc, w.id desc limit 1)`

/** 元の期限 of a duty whose day a 猶予 gives. */
export interface OriginalDue {
  assignmentId: string
  engagementId: string
  kind: string
  slug: string
  period: string
  dueOn: Day
}

/** 元の期限 of the duties whose day a 猶予 gives, of some assignments `a`. Few are put off, so the events are asked first. */
async function listOriginalsWhere(db: Db, within: RawBuilder<boolean>): Promise<OriginalDue[]> {
  const given = await db.selectFrom('assignment_event as v').innerJoin('assignment as a', 'a.id', 'v.assignment_id')
    .select(['v.assignment_id', 'v.kind', 'v.at', 'a.engagement_id', 'a.target_kind', 'a.target_slug', 'a.period']).where('v.new_due_on', 'is not', null).where(within).orderBy('v.at').orderBy('v.id').execute()
  const ids = [...new Set(given.filter(({ kind }) => kind === 'defer').map(({ assignment_id: id }) => id))]
  const moved: { assignment_id: string; at: Instant; due_before: Day }[] = []
  for (let at = 0; at < ids.length; at += 1000) moved.push(...(await db.selectFrom('due_change').select(['assignment_id', 'at', 'due_before']).where('assignment_id', 'in', ids.slice(at, at + 1000)).orderBy('at').orderBy('id').execute()))
  const [events, changes] = [groupedBy(given, ({ assignment_id: id }) => id), groupedBy(moved, ({ assignment_id: id }) => id)]
  return ids.flatMap((id): OriginalDue[] => {
    const of = events.get(id)!
    const dueOn = originalDueOf(of, (changes.get(id) ?? []).map(({ at, due_before: dueBefore }) => ({ at, dueBefore })))
    const [{ engagement_id: engagementId, target_kind: kind, target_slug: slug, period }] = of as [(typeof of)[number]]
    return dueOn === null ? [] : [{ assignmentId: id, engagementId, kind, slug, period, dueOn }]
  })
}

/** 元の期限 of the duties of these engagements, by assignment. */
export async function listOriginalDues(db: Db, engagementIds: readonly string[]): Promise<Map<string, Day>> {
  if (engagementIds.length === 0) return new Map()
  return new Map((await listOriginalsWhere(db, sql<boolean>`a.engagement_id in (${sql.join([...engagementIds])})`)).map(({ assignmentId, dueOn }) => [assignmentId, dueOn]))
}

/** The same of some assignments `a`, for files; nothing is asked where nobody was ever put off. */
export async function listOriginalDuesIn(db: Db, within: RawBuilder<boolean>): Promise<OriginalDue[]> {
  const any = await db.selectFrom('assignment_event').select('id').where('kind', '=', 'defer').limit(1).executeTakeFirst()
  return any ? listOriginalsWhere(db, within) : []
}
