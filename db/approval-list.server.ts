import { sql } from 'kysely'
import type { ApprovalKind, ApprovalOutcome, AskedAs } from '../app/domain/approval'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { EngagementKind, Relation } from '../app/domain/people'
import type { TargetKind } from '../app/domain/planning'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** Which requests somebody sees: all, or one's own and those asked for people of these companies. It is part of every WHERE. */
export type Seen = { all: true } | { all: false; accountId: string; companyIds: readonly string[] }

/** One request with whose duty it is about. */
export interface ListedApproval {
  id: string
  kind: ApprovalKind
  reasonCode: string
  note: string
  wishedDueOn: Day | null
  proposal: string
  scanSha256: string | null
  askedBy: string
  askedAs: AskedAs
  askedAt: Instant
  decidedBy: string | null
  decidedAt: Instant | null
  outcome: ApprovalOutcome | null
  answer: string
  /** How many were asked together, for a class. */
  together: number
  assignmentId: string
  engagementId: string
  personId: string
  number: string
  name: string | null
  personKind: EngagementKind
  relation: Relation
  companyName: string
  unitName: string
  onLeave: boolean
  validTo: Day
  targetKind: TargetKind
  slug: string
  period: string
  dueOn: Day
  settledAt: Instant
  settledAs: string | null
  begun: boolean
}

/** Of one class only the first asked stands for all of it. */
const isFirst = sql<boolean>`not (r.kind = 'class' and exists (select 1 from approval_request f where f.asked_by = r.asked_by and f.asked_at = r.asked_at and f.kind = 'class' and f.id < r.id))`

function requests(db: Db, seen: Seen, today: Day) {
  const company = (companyIds: readonly string[]) => sql<boolean>`ec.company_id in (${sql.join(companyIds.length > 0 ? [...companyIds] : [''])})`
  const query = db
    .selectFrom('approval_request as r')
    .innerJoin('assignment as a', 'a.id', 'r.assignment_id')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'r.engagement_id')
    .innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', today)))
    .select([
      'r.id', 'r.kind', 'r.reason_code', 'r.note', 'r.wished_due_on', 'r.proposal', 'r.scan_sha256', 'r.asked_by', 'r.asked_as', 'r.asked_at', 'r.decided_by', 'r.decided_at', 'r.outcome', 'r.answer', 'r.assignment_id', 'r.engagement_id',
      'ec.person_id', 'ec.number', 'v.display_name', 'ec.kind as person_kind', 'ec.relation', 'ec.on_leave', 'ec.valid_to', 'c.name as company_name', 'u.name as unit_name', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'a.settled_at', 'a.settled_as',
    ])
    .select((at) => [
      sql<number>`case when r.kind = 'class' then (select count(*) from approval_request t where t.asked_by = r.asked_by and t.asked_at = r.asked_at and t.kind = 'class') else 1 end`.as('together'),
      at.exists(at.selectFrom('page_shown as p').select('p.page').whereRef('p.assignment_id', '=', 'a.id')).as('begun'),
      seen.all ? nameIsShown(today).as('named') : sql<0 | 1>`case when r.asked_as = 'company' or ${nameIsShown(today)} = 1 then 1 else 0 end`.as('named'),
    ])
  return seen.all ? query : query.where((on) => on.or([on('r.asked_by', '=', seen.accountId), on.and([on('r.asked_as', '=', 'company'), company(seen.companyIds)])]))
}

type Row = Awaited<ReturnType<ReturnType<typeof requests>['execute']>>[number]
const listed = (row: Row): ListedApproval => ({
  id: row.id, kind: row.kind, reasonCode: row.reason_code, note: row.note, wishedDueOn: row.wished_due_on, proposal: row.proposal, scanSha256: row.scan_sha256, askedBy: row.asked_by, askedAs: row.asked_as, askedAt: row.asked_at,
  decidedBy: row.decided_by, decidedAt: row.decided_at, outcome: row.outcome, answer: row.answer, together: Number(row.together), assignmentId: row.assignment_id, engagementId: row.engagement_id, personId: row.person_id, number: row.number,
  name: Number(row.named) === 1 ? row.display_name : null, personKind: row.person_kind, relation: row.relation, companyName: row.company_name ?? '', unitName: row.unit_name ?? '', onLeave: row.on_leave === 1, validTo: row.valid_to,
  targetKind: row.target_kind, slug: row.target_slug, period: row.period, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, begun: Number(row.begun) === 1,
})

/** What waits, the oldest first; or what is decided, the newest first. A class is one entry. */
export async function listApprovals(db: Db, seen: Seen, view: 'waiting' | 'decided', page: { after: string; limit: number; today: Day }): Promise<ListedApproval[]> {
  let query = requests(db, seen, page.today).where(isFirst).limit(page.limit)
  query = view === 'waiting' ? query.where('r.open_slot', '=', 1).orderBy('r.id') : query.where('r.open_slot', 'is', null).orderBy('r.id', 'desc')
  if (page.after !== '') query = query.where('r.id', view === 'waiting' ? '>' : '<', page.after)
  return (await query.execute()).map(listed)
}

/** One request, with those of the same class. What is not seen is not there. */
export async function findListedApprovals(db: Db, seen: Seen, id: string, today: Day): Promise<ListedApproval[]> {
  const [one] = (await requests(db, seen, today).where('r.id', '=', id).execute()).map(listed)
  if (one?.kind !== 'class') return one ? [one] : []
  return (await requests(db, seen, today).where('r.asked_by', '=', one.askedBy).where('r.asked_at', '=', one.askedAt).where('r.kind', '=', 'class').orderBy('ec.number').execute()).map(listed).sort((a, b) => Number(b.id === id) - Number(a.id === id))
}

/** What waits for somebody who may decide: not what they asked themselves, nor what is about them. Counted no further than `limit`. */
export async function countToDecide(db: Db, by: { accountId: string; personId: string }, limit: number): Promise<number> {
  const rows = await db.selectFrom('approval_request as r').innerJoin('engagement as e', 'e.id', 'r.engagement_id').select('r.id')
    .where('r.open_slot', '=', 1).where('r.asked_by', '!=', by.accountId).where('e.person_id', '!=', by.personId).where(isFirst).limit(limit).execute()
  return rows.length
}

/** What was approved before for the people of a request, whatever it was about, the newest first. */
export async function listExceptions(db: Db, engagementId: string, most: number, before: Instant = OPEN_INSTANT) {
  return db.selectFrom('assignment_event as v').innerJoin('assignment as a', 'a.id', 'v.assignment_id')
    .select(['v.id', 'v.kind', 'v.new_due_on', 'v.at', 'v.reason_code', 'v.approved_by', 'a.target_kind', 'a.target_slug', 'a.period'])
    .where('a.engagement_id', '=', engagementId).where('v.kind', 'in', ['defer', 'exempt', 'credit', 'void']).where('v.at', '<', before).orderBy('v.at', 'desc').orderBy('v.id', 'desc').limit(most).execute()
}
