import { dayOf, OPEN_DAY, OPEN_INSTANT, type Day } from '../../app/domain/calendar'
import type { Bucket } from '../../app/domain/line'
import type { Db } from '../../db/database.server'

/** One row of line_member as it must be. */
export interface TrueLine { line_key: string; engagement_id: string; bucket: Bucket; next_due: Day; kind: string; sort_key: string; valid_to: Day }

/** Everybody's line rows straight from the facts, person by person, without a query that the product uses and without its decision. */
export async function trueLines(db: Db, today: Day): Promise<TrueLine[]> {
  const [people, units, duties, events, pages, leaves] = await Promise.all([
    db.selectFrom('engagement_current').selectAll().execute(),
    db.selectFrom('org_unit_version').selectAll().where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', today).where('valid_to', '>', today).execute(),
    db.selectFrom('assignment').selectAll().execute(), db.selectFrom('assignment_event').selectAll().orderBy('at').orderBy('id').execute(), db.selectFrom('page_shown').select('assignment_id').execute(),
    db.selectFrom('leave_period').selectAll().where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', today).where('valid_to', '>', today).execute(),
  ])
  const above = (unit: string | null): string[] => {
    const found: string[] = []
    for (let at = unit; at && !found.includes(at) && units.some(({ unit_id }) => unit_id === at); at = units.find(({ unit_id }) => unit_id === at)!.parent_unit_id) found.push(at)
    return found
  }
  const shown = new Set(pages.map(({ assignment_id }) => assignment_id))
  return people.filter(({ relation, valid_to }) => relation !== 'contract' && valid_to > today).flatMap((person) => {
    const keys = new Set([...above(person.unit_id), ...(person.supervisor_engagement_id ? [person.supervisor_engagement_id] : [])])
    const own = duties.filter(({ engagement_id, settled_as }) => engagement_id === person.engagement_id && settled_as !== 'withdrawn' && settled_as !== 'ended')
    const place = standing(own.map((duty) => {
      const of = events.filter(({ assignment_id }) => assignment_id === duty.id)
      return {
        ...duty, begun: shown.has(duty.id), asked: of.filter(({ kind }) => kind === 'suspend' || kind === 'resume').at(-1)?.kind === 'suspend', deferred: of.filter(({ new_due_on }) => new_due_on !== null).at(-1)?.kind === 'defer',
      }
    }), person.valid_from > today, leaves.some(({ engagement_id }) => engagement_id === person.engagement_id), today)
    return [...keys].map((line_key) => ({ line_key, engagement_id: person.engagement_id, ...place, kind: person.kind, sort_key: person.sort_key, valid_to: person.valid_to }))
  })
}

type Seen = { target_kind: string; target_slug: string; opens_on: Day; due_on: Day; settled_at: number; settled_as: string | null; begun: boolean; asked: boolean; deferred: boolean }

function standing(duties: readonly Seen[], before: boolean, away: boolean, today: Day): { bucket: Bucket; next_due: Day } {
  const min = (of: readonly Seen[]) => of.map(({ due_on }) => due_on).sort()[0] ?? OPEN_DAY
  const unsettled = duties.filter(({ settled_as }) => settled_as === null)
  if (before) return { bucket: 'before', next_due: min(unsettled) }
  if (away) return { bucket: 'leave', next_due: OPEN_DAY }
  const open = unsettled.filter(({ opens_on }) => opens_on <= today)
  const asking = open.filter(({ asked }) => !asked)
  if (asking.length > 0) {
    const own = asking.filter(({ target_kind }) => target_kind !== 'certificate')
    const bucket = asking.some(({ deferred }) => !deferred) ? (own.length === 0 || own.some(({ begun }) => begun) ? 'doing' : 'todo') : 'deferred'
    return { bucket, next_due: min(asking) }
  }
  if (open.length > 0) return { bucket: 'held', next_due: min(open) }
  const last = duties.filter((one) => one.settled_as !== null && !duties.some((other) =>
    other.settled_as !== null && other.target_kind === one.target_kind && other.target_slug === one.target_slug && (other.due_on > one.due_on || (other.due_on === one.due_on && other.settled_at > one.settled_at))))
  const how = last.map(({ settled_as, settled_at, due_on }) => (settled_as === 'completed' && dayOf(settled_at) > due_on ? 'late' : settled_as))
  const bucket = how.includes('declined') ? 'held' : how.includes('late') ? 'doneLate' : how.includes('completed') ? 'done' : how.length > 0 ? 'exempt' : 'none'
  return { bucket, next_due: OPEN_DAY }
}
