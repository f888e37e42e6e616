import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { isReached } from '../app/domain/mail'
import type { Category, EngagementKind, Relation, Role } from '../app/domain/people'
import type { Db } from './database.server'
import { isAsked } from './due-days.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'
import { PAPER_GRADE } from './pledges.server'
import type { ChangeSetTable, CompletionTable } from './schema'

/** Everything HR's page of one engagement states as registered. Name, kana and mail are null where 氏名表示 is 不可. */
export interface PersonFile {
  engagementId: string
  personId: string
  number: string
  sequence: number
  name: string | null
  kana: string | null
  hasMail: boolean
  /** Whether a mail is sent to the registered address: not to one at a reserved domain. */
  isReached: boolean
  kind: EngagementKind
  relation: Relation
  companyName: string
  unitCode: string | null
  unitName: string | null
  supervisorNumber: string
  supervisorName: string | null
  supervisorKind: EngagementKind | null
  supervisorId: string | null
  under18Until: Day | ''
  validFrom: Day
  validTo: Day
  onLeave: boolean
}

/** The registered facts of one engagement, as known now. */
export async function findPersonFile(db: Db, engagementId: string, today: Day): Promise<PersonFile | undefined> {
  const row = await db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement as e', 'e.id', 'ec.engagement_id')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', today)))
    .leftJoin('org_unit as o', 'o.id', 'v.unit_id')
    .leftJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', today)))
    .select(['ec.engagement_id', 'ec.person_id', 'ec.number', 'e.sequence', 'v.display_name', 'v.kana', 'v.mail', 'v.kind', 'ec.relation', 'c.name as company_name', 'o.code as unit_code', 'u.name as unit_name', 'v.supervisor_number', 'v.under18_until', 'ec.valid_from', 'ec.valid_to', 'ec.on_leave', nameIsShown(today).as('named')])
    .where('ec.engagement_id', '=', engagementId)
    .executeTakeFirst()
  if (!row) return undefined
  const named = Number(row.named) === 1
  const supervisor = row.supervisor_number === '' ? undefined : await findByNumber(db, row.supervisor_number, today)
  return {
    engagementId: row.engagement_id, personId: row.person_id, number: row.number, sequence: row.sequence, name: named ? row.display_name : null, kana: named ? row.kana : null, hasMail: row.mail !== '', isReached: isReached(row.mail),
    kind: row.kind, relation: row.relation, companyName: row.company_name ?? '', unitCode: row.unit_code, unitName: row.unit_name, supervisorNumber: row.supervisor_number,
    supervisorName: supervisor?.name ?? null, supervisorKind: supervisor?.kind ?? null, supervisorId: supervisor?.id ?? null, under18Until: row.under18_until, validFrom: row.valid_from, validTo: row.valid_to, onLeave: row.on_leave === 1,
  }
}

async function findByNumber(db: Db, number: string, today: Day): Promise<{ id: string; name: string | null; kind: EngagementKind } | undefined> {
  const row = await db
    .selectFrom('engagement as e')
    .innerJoin('engagement_current as ec', 'ec.engagement_id', 'e.id')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'e.id').on(speaksOn(today)))
    .select(['e.id', 'v.display_name', 'v.kind', nameIsShown(today).as('named')])
    .where('e.number', '=', number).orderBy('e.sequence', 'desc').limit(1)
    .executeTakeFirst()
  return row && { id: row.id, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind }
}

/** The other engagements of the same person, newest first. */
export async function listOtherEngagements(db: Db, personId: string, engagementId: string): Promise<{ engagementId: string; number: string; sequence: number; kind: EngagementKind; validFrom: Day; validTo: Day }[]> {
  const rows = await db
    .selectFrom('engagement_current as ec').innerJoin('engagement as e', 'e.id', 'ec.engagement_id')
    .select(['ec.engagement_id', 'ec.number', 'e.sequence', 'ec.kind', 'ec.valid_from', 'ec.valid_to'])
    .where('ec.person_id', '=', personId).where('ec.engagement_id', '!=', engagementId).orderBy('ec.valid_from', 'desc').limit(20)
    .execute()
  return rows.map((row) => ({ engagementId: row.engagement_id, number: row.number, sequence: row.sequence, kind: row.kind, validFrom: row.valid_from, validTo: row.valid_to }))
}

/** The names an engagement has borne, each with the day from which it held, newest first. */
export async function listNames(db: Db, engagementId: string): Promise<{ name: string; from: Day }[]> {
  const rows = await db.selectFrom('engagement_version').select(['display_name', 'valid_from']).where('engagement_id', '=', engagementId).where('superseded_at', '=', OPEN_INSTANT).orderBy('valid_from').execute()
  return rows.filter((row, at) => row.display_name !== rows[at - 1]?.display_name).map((row) => ({ name: row.display_name, from: row.valid_from })).reverse()
}

/** Roles held or to be held, what is handled, and leave: the facts beside the version, in force on or after a day. */
export async function listBesideFacts(db: Db, engagementId: string, today: Day) {
  const inForce = { superseded_at: OPEN_INSTANT, engagement_id: engagementId }
  const [roles, handling, leave] = await Promise.all([
    db.selectFrom('appointment as a')
      .leftJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'a.scope_id').on(knownOn('u', today)))
      .leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'a.scope_id').on(knownOn('c', today)))
      .select(['a.role', 'u.name as unit_name', 'c.name as company_name', 'a.valid_from', 'a.valid_to'])
      .where('a.engagement_id', '=', engagementId).where('a.superseded_at', '=', OPEN_INSTANT).where('a.valid_to', '>', today).orderBy('a.valid_from').limit(50).execute(),
    db.selectFrom('handling_scope').select(['category', 'system', 'purpose', 'valid_from', 'valid_to']).where((eb) => eb.and(inForce)).where('valid_to', '>', today).orderBy('valid_from').limit(50).execute(),
    db.selectFrom('leave_period').select(['reason_code', 'valid_from', 'valid_to']).where((eb) => eb.and(inForce)).orderBy('valid_from', 'desc').limit(20).execute(),
  ])
  return {
    roles: roles.map((row) => ({ role: row.role as Role, scope: row.unit_name ?? row.company_name ?? '', from: row.valid_from, to: row.valid_to })),
    handling: handling.map((row) => ({ category: row.category as Category, system: row.system, purpose: row.purpose, from: row.valid_from, to: row.valid_to })),
    leave: leave.map((row) => ({ reasonCode: row.reason_code, from: row.valid_from, to: row.valid_to })),
  }
}

/** One assignment of a person with what settled it. */
export interface PersonAssignment {
  id: string
  kind: 'module' | 'pledge' | 'certificate'
  slug: string
  period: string
  dueOn: Day
  settledAt: Instant
  settledAs: string | null
  begun: boolean
  /** A question stops the due day. */
  asked: boolean
  completion: { at: Instant; version: string; minutes: number; attempts: number; route: CompletionTable['route'] } | null
  act: { outcome: string; onPaper: boolean; at: Instant; version: string; receipt: string; nameTyped: string; nameRegistered: string; hasPdf: boolean } | null
  certificate: { at: Instant; takenOn: Day; version: string; receipt: string } | null
}

/** 1 when act `p` was done towards the operator itself. What a worker promises to their employer is the employer's to keep (domain.md PL2, PL3). */
export const isToOperator = () => sql<boolean>`p.addressee_company_id = (select own.id from company own where own.code = '')`

/** The assignments of one engagement, open ones by due day first. Of a pledge towards an employer nothing but its certificate is told. */
export async function listPersonAssignments(db: Db, engagementId: string): Promise<PersonAssignment[]> {
  const rows = await db
    .selectFrom('assignment as a')
    .leftJoin('completion as c', (join) => join.onRef('c.assignment_id', '=', 'a.id').on('c.settle_slot', '=', 1))
    .leftJoin('pledge_act as p', (join) => join.onRef('p.assignment_id', '=', 'a.id').on(isToOperator()).on(({ eb, or, and }) => or([eb('p.settle_slot', '=', 1), and([eb('a.settled_as', '=', 'declined'), eb('p.outcome', 'in', ['declined', 'explainedDeclined', 'unreachable']), eb('p.signed_at', '=', eb.ref('a.settled_at'))])])))
    .leftJoin('pledge_pdf as f', 'f.act_id', 'p.id')
    .leftJoin('pledge_certificate_line as l', (join) => join.onRef('l.engagement_id', '=', 'a.engagement_id').onRef('l.assignment_id', '=', 'a.id'))
    .leftJoin('pledge_certificate as t', 't.id', 'l.certificate_id')
    .select(['a.id', 'a.target_kind', 'a.target_slug', 'a.period', 'a.due_on', 'a.settled_at', 'a.settled_as', 'c.completed_at', 'c.content_version', 'c.minutes', 'c.route', 'p.outcome', 'p.evidence_grade', 'p.signed_at', 'p.version as act_version', 'p.receipt', 'p.name_typed', 'p.name_registered', 'f.sha256 as pdf', 't.at as certified_at', 'l.taken_on', 't.version as certificate_version', 't.receipt as certificate_receipt'])
    .select(({ exists, selectFrom }) => exists(selectFrom('page_shown as s').select('s.page').whereRef('s.assignment_id', '=', 'a.id')).as('begun'))
    .select(isAsked().as('asked'))
    .select((eb) => eb.selectFrom('attempt as n').select((n) => n.fn.countAll<number>().as('count')).whereRef('n.assignment_id', '=', 'a.id').as('attempts'))
    .where('a.engagement_id', '=', engagementId)
    .where(({ eb, or }) => or([eb('a.settled_as', 'is', null), eb('a.settled_as', '!=', 'withdrawn')]))
    .orderBy('a.settled_at', 'desc').orderBy('a.due_on').limit(200)
    .execute()
  return rows.map((row) => ({
    id: row.id, kind: row.target_kind, slug: row.target_slug, period: row.period, dueOn: row.due_on, settledAt: row.settled_at, settledAs: row.settled_as, begun: Number(row.begun) === 1, asked: Number(row.asked) === 1,
    completion: row.completed_at === null ? null : { at: row.completed_at, version: row.content_version!, minutes: row.minutes!, attempts: Number(row.attempts), route: row.route! },
    act: row.signed_at === null ? null : { outcome: row.outcome!, onPaper: row.evidence_grade === PAPER_GRADE, at: row.signed_at, version: row.act_version!, receipt: row.receipt!, nameTyped: row.name_typed!, nameRegistered: row.name_registered!, hasPdf: row.pdf !== null },
    certificate: row.certified_at === null ? null : { at: row.certified_at, takenOn: row.taken_on!, version: row.certificate_version!, receipt: row.certificate_receipt! },
  }))
}

/** The change sets that touched an engagement, newest first. */
export async function listChangesOf(db: Db, engagementId: string): Promise<{ changeSetId: string; kind: ChangeSetTable['kind']; at: Instant; note: string; began: boolean }[]> {
  const touched = sql<{ id: string; began: 0 | 1 }>`(select id, max(began) as began from (
      select recorded_by as id, 1 as began from engagement_version where engagement_id = ${engagementId} and recorded_at = (select min(recorded_at) from engagement_version where engagement_id = ${engagementId})
      union all select recorded_by, 0 from engagement_version where engagement_id = ${engagementId} union all select superseded_by, 0 from engagement_version where engagement_id = ${engagementId} and superseded_by is not null
      union all select recorded_by, 0 from leave_period where engagement_id = ${engagementId} union all select superseded_by, 0 from leave_period where engagement_id = ${engagementId} and superseded_by is not null
      union all select recorded_by, 0 from handling_scope where engagement_id = ${engagementId} union all select superseded_by, 0 from handling_scope where engagement_id = ${engagementId} and superseded_by is not null
      union all select recorded_by, 0 from appointment where engagement_id = ${engagementId} union all select superseded_by, 0 from appointment where engagement_id = ${engagementId} and superseded_by is not null
    ) as every group by id)`
  const rows = await db
    .selectFrom('change_set as s').innerJoin(touched.as('touched'), (join) => join.onRef(sql.ref('touched.id') as never, '=', 's.id'))
    .select(['s.id', 's.kind', 's.at', 's.note', sql<0 | 1>`touched.began`.as('began')])
    .orderBy('s.at', 'desc').limit(50)
    .execute()
  return rows.map((row) => ({ changeSetId: row.id, kind: row.kind, at: row.at, note: row.note, began: Number(row.began) === 1 }))
}

/** The signed act towards the operator on an assignment of this engagement. A paper that bears a name is not given where 氏名表示 is 不可. */
export async function findPersonsSignedAct(db: Db, engagementId: string, assignmentId: string, today: Day): Promise<{ id: string; receipt: string; statement_sha256: string; evidence_grade: string } | undefined> {
  return db
    .selectFrom('pledge_act as p').innerJoin('assignment as a', 'a.id', 'p.assignment_id').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id')
    .select(['p.id', 'p.receipt', 'p.statement_sha256', 'p.evidence_grade'])
    .where('a.engagement_id', '=', engagementId).where('a.id', '=', assignmentId).where('p.outcome', '=', 'signed').where('p.settle_slot', '=', 1).where(isToOperator()).where(nameIsShown(today), '=', 1)
    .executeTakeFirst()
}

/** The values of one person as the form of HR shows them; only the last engagement of a number is edited. */
export async function findEditable(db: Db, engagementId: string, today: Day) {
  const row = await db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement as e', 'e.id', 'ec.engagement_id')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .innerJoin('company as c', 'c.id', 'ec.company_id')
    .leftJoin('org_unit as o', 'o.id', 'v.unit_id')
    .select(['ec.number', 'v.display_name', 'v.kana', 'v.mail', 'v.kind', 'c.code as company', 'o.code as unit', 'v.supervisor_number', 'v.under18_until', 'ec.valid_from', 'ec.valid_to', nameIsShown(today).as('named')])
    .where('ec.engagement_id', '=', engagementId)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('engagement_current as later').innerJoin('engagement as l', 'l.id', 'later.engagement_id').select('l.id').whereRef('l.number', '=', 'e.number').whereRef('l.sequence', '>', 'e.sequence'))))
    .executeTakeFirst()
  if (!row) return undefined
  const named = Number(row.named) === 1
  const day = row.valid_to <= today ? sql<string>`(select max(valid_from) from handling_scope where engagement_id = ${engagementId} and superseded_at = ${OPEN_INSTANT})` : sql<string>`${row.valid_from > today ? row.valid_from : today}`
  const scopes = await db.selectFrom('handling_scope').select('category').distinct().where('engagement_id', '=', engagementId).where('superseded_at', '=', OPEN_INSTANT).where('valid_from', '<=', day).where('valid_to', '>', day).execute()
  return {
    number: row.number, name: named ? row.display_name : null, kana: named ? row.kana : null, mail: named ? row.mail : null, kind: row.kind, company: row.company, unit: row.unit ?? '', supervisor: row.supervisor_number,
    under18Until: row.under18_until, validFrom: row.valid_from, validTo: row.valid_to, categories: scopes.map(({ category }) => category as Category),
  }
}
