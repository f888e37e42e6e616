import { sql, type RawBuilder } from 'kysely'
import { addDays, OPEN_DAY, OPEN_INSTANT, startOf, type Day } from '../app/domain/calendar'
import type { CoverageRow, DutyState } from '../app/domain/coverage'
import type { AskedAudience, CoverageScope } from '../app/domain/coverage-scope'
import type { AskedRole, EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { dayOfInstant } from './dialect.server'
import { isAsked, isDeferred } from './due-days.server'
import { knownOn } from './in-force.server'

/** Kinds whose people are another company's: they are counted apart, 「報告ベース」 (domain.md §5.10). */
const isCompanySide = sql<boolean>`v.kind in ('contractorWorker', 'soleContractor')`
const list = (values: readonly string[]) => (values.length > 0 ? sql.join([...values]) : sql`null`)

/** domain/audience as one condition on version `v` of engagement `e` on a day: kinds, kinds of company, units with those below, kinds of unit, roles, categories. */
function asks(audience: AskedAudience, day: Day, kindOfTarget: CoverageScope['kind']): RawBuilder<boolean> {
  const on = sql<Day>`case when v.valid_from > ${day} then v.valid_from else ${day} end`
  const company = audience.companyKinds ? sql`exists (select 1 from company_version ck where ck.company_id = e.employer_company_id and ${knownOn('ck', day)} and ck.kind in (${list(audience.companyKinds)}))` : sql`1 = 1`
  const unit = audience.units ? sql`exists (select 1 from unit_closure t inner join org_unit u on u.id = t.ancestor_id where t.unit_id = v.unit_id and u.code in (${list(audience.units)}))` : sql`1 = 1`
  const unitKind = audience.unitKinds ? sql`exists (select 1 from unit_closure t inner join org_unit_version u on u.unit_id = t.ancestor_id where t.unit_id = v.unit_id and ${knownOn('u', day)} and u.kind in (${list(audience.unitKinds)}))` : sql`1 = 1`
  const role = audience.roles ? holdsRole(audience.roles, on) : sql`1 = 1`
  const scope = audience.categories
    ? sql`exists (select 1 from handling_scope h where h.engagement_id = e.id and ${knownOn('h', on)} and h.category in (${list(audience.categories)}))` : sql`1 = 1`
  const kind = audience.kinds ? sql`v.kind in (${list(audience.kinds)})` : sql`1 = 1`
  const entry = sql`select 1 from assignment n where n.engagement_id = e.id and n.target_kind = ${kindOfTarget} and n.period = 'entry' and n.created_at < ${startOf(addDays(day, 1))} and (n.settled_as is null or n.settled_as not in ('withdrawn', 'ended'))`
  const before = audience.pledgedBefore && startOf(audience.pledgedBefore)
  const pledged = before === undefined ? sql`1 = 1` : sql`exists (${entry} and n.settled_as = 'completed' and n.settled_at < ${before}) and not exists (${entry} and (n.settled_as is null or n.settled_as <> 'completed' or n.settled_at >= ${before}))`
  return sql<boolean>`(${kind} and ${company} and ${unit} and ${unitKind} and ${role} and ${scope} and ${pledged})`
}

/** Whether engagement `e` holds one of these on a day; 管理者 are 所属長 and those to whom somebody reports. */
function holdsRole(asked: readonly AskedRole[], on: RawBuilder<Day>): RawBuilder<boolean> {
  const appointed = asked.map((role) => (role === 'manager' ? 'unitHead' : role))
  const held = sql<boolean>`exists (select 1 from appointment r where r.engagement_id = e.id and ${knownOn('r', on)} and r.role in (${list(appointed)}))`
  return asked.includes('manager') ? sql<boolean>`(${held} or exists (select 1 from engagement_version sv where sv.supervisor_number = e.number and ${knownOn('sv', on)}))` : held
}

/**
 * Everybody registered who is in force on a day or begins after it, each with what the duty of a scope asks and what had come of it
 * by the end of that day, as known now. What domain/coverage counts is counted from these rows: for today's tables, for a past
 * 基準日, and for the lists behind the numbers.
 */
export function coveragePeople(db: Db, scope: CoverageScope, day: Day): RawBuilder<CoveragePersonRow> {
  const end = startOf(addDays(day, 1))
  const serves = sql`s.created_at < ${end} and (s.settled_as is null or s.settled_as not in ('withdrawn', 'ended') or s.settled_at >= ${end})`
  const own = sql`s.engagement_id = e.id and s.target_kind = ${scope.kind} and s.target_slug = ${scope.slug}`
  const ofPeriod = sql`(select s.id from assignment s where ${own} and s.period = ${scope.period} and ${serves})`
  const ofEvent = scope.year === null ? sql`null` : sql`(select max(s.id) from assignment s where ${own} and (s.period = 'entry' or s.period like 'role-%' or s.period like 'scope-%') and ${serves} and s.opens_on < ${scope.year.to} and s.settled_at >= ${startOf(scope.year.from)})`
  const asked = scope.audiences.length > 0 ? sql`(${sql.join(scope.audiences.map((audience) => asks(audience, day, scope.kind)), sql` or `)})` : sql`1 = 0`
  const inYear = scope.year === null ? sql`1 = 1` : sql`exists (select 1 from engagement_version w where w.engagement_id = e.id and w.superseded_at = ${OPEN_INSTANT} and w.valid_from < ${scope.year.to})`
  const isOpen = sql`a.settled_at >= ${end}`
  return sql<CoveragePersonRow>`select e.id as engagement_id, e.number, e.sequence, e.person_id, v.display_name, v.kind, a.id as assignment_id, coalesce(a.due_on, ${OPEN_DAY}) as due_on,
      case when ${isCompanySide} then 'company' else 'workforce' end as side, case when ${isCompanySide} then e.employer_company_id else v.unit_id end as place_id,
      v.valid_from as begins_on, case when v.valid_to = ${OPEN_DAY} then v.valid_to else (select max(w.valid_to) from engagement_version w where w.engagement_id = e.id and w.superseded_at = ${OPEN_INSTANT}) end as ends_on,
      coalesce(l.valid_from, ${OPEN_DAY}) as away_from, coalesce(l.valid_to, ${OPEN_DAY}) as away_to,
      case when a.id is null then (case when ${asked} and ${inYear} then 'gap' else 'none' end)
        when a.settled_at < ${end} and a.settled_as = 'exempted' then 'exempted'
        when a.settled_at < ${end} and a.settled_as = 'completed' then (case when ${dayOfInstant(db, sql`a.settled_at`)} <= a.due_on then 'inTime' else 'late' end)
        when a.settled_at < ${end} and a.settled_as = 'declined' then 'declined'
        when exists (select 1 from page_shown p where p.assignment_id = a.id and p.first_at < ${end}) then 'begun' else 'open' end as duty,
      case when (a.settled_as = 'completed' or ${isCompanySide}) and exists (select 1 from assignment k where k.engagement_id = e.id and k.target_kind in ('pledge', 'certificate') and k.period = 'entry' and k.settled_as = 'completed' and k.settled_at < ${end}) then 1 else 0 end as pledged,
      case when a.id is null or not ${isOpen} then '' when ${isAsked(end)} = 1 then 'asked' when ${isDeferred(end)} = 1 then 'deferred' else '' end as hold, a.settled_at
    from engagement_version v inner join engagement e on e.id = v.engagement_id
    left join leave_period l on l.engagement_id = e.id and l.superseded_at = ${OPEN_INSTANT} and l.valid_to > ${day}
      and not exists (select 1 from leave_period m where m.engagement_id = e.id and m.superseded_at = ${OPEN_INSTANT} and m.valid_to > ${day} and m.valid_from < l.valid_from)
    left join assignment a on a.id = coalesce(${ofPeriod}, ${ofEvent})
    where v.superseded_at = ${OPEN_INSTANT} and ((v.valid_from <= ${day} and v.valid_to > ${day})
      or (v.valid_from > ${day} and e.created_at < ${end} and not exists (select 1 from engagement_version w where w.engagement_id = e.id and w.superseded_at = ${OPEN_INSTANT} and w.valid_from < v.valid_from)))`
}

export interface CoveragePersonRow {
  engagement_id: string
  number: string
  sequence: number
  person_id: string
  display_name: string
  kind: EngagementKind
  assignment_id: string | null
  due_on: Day
  side: 'workforce' | 'company'
  place_id: string | null
  begins_on: Day
  ends_on: Day
  away_from: Day
  away_to: Day
  duty: DutyState
  pledged: 0 | 1
  hold: CoverageRow['hold']
  settled_at: number | null
}
