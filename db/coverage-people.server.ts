import { sql, type RawBuilder } from 'kysely'
import { addDays, OPEN_DAY, type Day } from '../app/domain/calendar'
import type { DutyState } from '../app/domain/coverage'
import type { CoverageScope } from '../app/domain/coverage-scope'
import type { EngagementKind } from '../app/domain/people'
import { SOON_DAYS } from '../app/domain/progress'
import { coveragePeople, type CoveragePersonRow } from './coverage.server'
import type { Db } from './database.server'

/** The lists behind the numbers of 「全体の状況」: live, paged by number. A test holds each equal to its number (domain/coverage groupsOf). */
export const COVERAGE_LISTS = ['target', 'gap', 'todo', 'doing', 'passed', 'late', 'unpledged', 'overdue', 'soon', 'held', 'declined', 'before', 'away', 'notAsked', 'exempted'] as const
export type CoverageList = (typeof COVERAGE_LISTS)[number]

const OPEN = sql`p.duty in ('open', 'begun')`

function conditionOf(list: CoverageList, day: Day): RawBuilder<unknown> {
  const begun = sql`p.begins_on <= ${day}`
  const away = sql`(p.away_from <= ${day} and p.away_to > ${day})`
  if (list === 'before') return sql`p.begins_on > ${day}`
  if (list === 'away') return sql`${begun} and ${away}`
  const is: Record<Exclude<CoverageList, 'before' | 'away'>, RawBuilder<unknown>> = {
    target: sql`p.duty not in ('none', 'exempted')`, gap: sql`p.duty = 'gap'`, todo: sql`p.duty in ('open', 'declined')`, doing: sql`p.duty = 'begun'`, passed: sql`p.duty in ('inTime', 'late')`, late: sql`p.duty = 'late'`,
    unpledged: sql`p.duty in ('inTime', 'late') and p.pledged = 0`, overdue: sql`${OPEN} and p.hold <> 'asked' and p.due_on < ${day}`,
    soon: sql`${OPEN} and p.hold <> 'asked' and p.due_on >= ${day} and p.due_on <= ${addDays(day, SOON_DAYS)} and p.due_on < ${OPEN_DAY}`, held: sql`${OPEN} and p.hold <> ''`,
    declined: sql`p.duty = 'declined'`, notAsked: sql`p.duty = 'none'`, exempted: sql`p.duty = 'exempted'`,
  }
  return sql`${begun} and not ${away} and ${is[list]}`
}

export interface CoveredPerson {
  engagementId: string
  number: string
  name: string
  kind: EngagementKind
  unitId: string | null
  duty: DutyState
  dueOn: Day
  hold: '' | 'deferred' | 'asked'
  isPledged: boolean
  settledAt: number | null
  beginsOn: Day
  awayTo: Day
  key: string
}

/** One page of the workforce of a list, by number; `unit` and `kind` keep those of one place or one kind. */
export async function listCovered(db: Db, scope: CoverageScope, list: CoverageList, filter: { unit: string; kind: string }, page: { after: string; limit: number; day: Day }): Promise<CoveredPerson[]> {
  const [number = '', sequence = ''] = page.after.split('~')
  const { rows } = await sql<CoveragePersonRow>`select p.* from (${coveragePeople(db, scope, page.day)}) p
    where p.side = 'workforce' and ${conditionOf(list, page.day)} ${filter.unit ? sql`and p.place_id = ${filter.unit}` : sql``} ${filter.kind ? sql`and p.kind = ${filter.kind}` : sql``}
      ${page.after === '' ? sql`` : sql`and (p.number > ${number} or (p.number = ${number} and p.sequence > ${Number(sequence) || 0}))`}
    order by p.number, p.sequence limit ${page.limit}`.execute(db)
  return rows.map((row) => ({
    engagementId: row.engagement_id, number: row.number, name: row.display_name, kind: row.kind, unitId: row.place_id, duty: row.duty, dueOn: row.due_on, hold: row.hold, isPledged: Number(row.pledged) === 1, settledAt: row.settled_at,
    beginsOn: row.begins_on, awayTo: row.away_to, key: `${row.number}~${row.sequence}`,
  }))
}
