import { sql } from 'kysely'
import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import type { IntakeFacts } from '../app/domain/hiring'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'

/** Trainings that are due before the first access, as the requirements say. */
export interface FirstDuties {
  slugs: readonly string[]
}

const flag = (condition: ReturnType<typeof sql>) => sql<0 | 1>`case when ${condition} then 1 else 0 end`

/** Whether an invitation is on its way: its key begins with the account, and waits or has left; the mark behind the account and the one after it bound the search. */
const invited = (before: string, mark: string, next: string) => sql`exists (select 1 from mail m where m.dedupe_key >= concat(${before}, ac.id, ${mark}) and m.dedupe_key < concat(${before}, ac.id, ${next}) and m.state in ('waiting', 'sending', 'sent'))`

/** What 「入社・受入」 asks of engagement `ec`, as flags; an entry duty that was withdrawn counts as none. */
function flags({ slugs }: FirstDuties, now: Instant) {
  const duty = (what: ReturnType<typeof sql>) => sql`exists (select 1 from assignment a where a.engagement_id = ec.engagement_id and a.period = 'entry' and ${what})`
  const training = slugs.length > 0 ? sql`a.target_kind = 'module' and a.target_slug in (${sql.join([...slugs])})` : sql`1 = 0`
  const pledge = sql`a.target_kind in ('pledge', 'certificate')`
  const counted = sql`(a.settled_as is null or a.settled_as <> 'withdrawn')`
  const open = sql`a.settled_at = ${OPEN_INSTANT}`
  return {
    told: flag(sql`exists (select 1 from sign_in_code k where k.account_id = ac.id and k.purpose in ('slip', 'invite') and k.revoked_at is null and (k.used_at is not null or k.expires_at > ${now}))
      or ${invited('invite:', ':', ';')} or ${invited('invitation|', '|', '}')}`),
    started: flag(sql`ac.password_hash is not null`),
    training_asked: flag(duty(sql`${training} and ${counted}`)), training_open: flag(duty(sql`${training} and ${open}`)),
    pledge_asked: flag(duty(sql`${pledge} and ${counted}`)), pledge_open: flag(duty(sql`${pledge} and ${open}`)),
    has_unit: flag(sql`v.unit_id is not null`), has_supervisor: flag(sql`v.supervisor_number <> ''`),
  }
}

type Flags = Record<keyof ReturnType<typeof flags>, 0 | 1>
const factsOf = (row: Flags & { relation: IntakeFacts['relation'] }): IntakeFacts => ({
  relation: row.relation, told: Number(row.told) === 1, started: Number(row.started) === 1, trainingAsked: Number(row.training_asked) === 1, trainingOpen: Number(row.training_open) === 1,
  pledgeAsked: Number(row.pledge_asked) === 1, pledgeOpen: Number(row.pledge_open) === 1, hasUnit: Number(row.has_unit) === 1, hasSupervisor: Number(row.has_supervisor) === 1,
})

function beginners(db: Db, today: Day) {
  return db
    .selectFrom('engagement_current as ec')
    .innerJoin('engagement_version as v', (join) => join.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(today)))
    .innerJoin('account as ac', 'ac.person_id', 'ec.person_id')
    .where('ec.valid_to', '>', today)
}

/** The people whose first day lies in the span, counted by day, company, kind and what is known of them. */
export async function countIntakes(db: Db, span: { from: Day; to: Day }, duties: FirstDuties, at: { today: Day; now: Instant }) {
  const asked = beginners(db, at.today).where('ec.valid_from', '>=', span.from).where('ec.valid_from', '<=', span.to)
    .select(['ec.valid_from', 'ec.company_id', 'ec.kind', 'ec.relation'])
    .select(Object.entries(flags(duties, at.now)).map(([name, is]) => is.as(name)))
  const rows = await db.selectFrom(asked.as('p')).leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'p.company_id').on(knownOn('c', at.today)))
    .select(sql<number>`count(*)`.as('people')).select(['p.valid_from', 'p.company_id', 'p.kind', 'p.relation', sql<string>`max(c.name)`.as('company_name')])
    .select(FLAG_NAMES.map((name) => sql<0 | 1>`p.${sql.ref(name)}`.as(name)))
    .groupBy(['p.valid_from', 'p.company_id', 'p.kind', 'p.relation', ...FLAG_NAMES.map((name) => sql`p.${sql.ref(name)}`)])
    .orderBy('p.valid_from').orderBy('company_name').orderBy('p.kind').execute()
  return rows.map((row) => ({ firstDay: row.valid_from, companyId: row.company_id, companyName: row.company_name ?? '', kind: row.kind as EngagementKind, relation: row.relation, people: Number(row.people), facts: factsOf(row as unknown as Flags & { relation: IntakeFacts['relation'] }) }))
}

const FLAG_NAMES = ['told', 'started', 'training_asked', 'training_open', 'pledge_asked', 'pledge_open', 'has_unit', 'has_supervisor'] as const

/** One intake: who begins on a day in one company as one kind. */
export interface IntakeKey {
  firstDay: Day
  companyId: string
  kind: EngagementKind
}

const ofIntake = ({ firstDay, companyId, kind }: IntakeKey) => sql<boolean>`ec.valid_from = ${firstDay} and ec.company_id = ${companyId} and ec.kind = ${kind}`

/** One page of the people of an intake, by number. */
export async function listIntake(db: Db, key: IntakeKey, duties: FirstDuties, page: { after: string; limit: number; today: Day; now: Instant }) {
  const rows = await beginners(db, page.today)
    .leftJoin('company_version as c', (join) => join.onRef('c.company_id', '=', 'ec.company_id').on(knownOn('c', page.today)))
    .leftJoin('org_unit_version as u', (join) => join.onRef('u.unit_id', '=', 'v.unit_id').on(knownOn('u', page.today)))
    .select(['ec.engagement_id', 'ec.number', 'v.display_name', 'ec.kind', 'ec.relation', 'c.name as company_name', 'u.name as unit_name', nameIsShown(page.today).as('named')])
    .select(Object.entries(flags(duties, page.now)).map(([name, is]) => is.as(name)))
    .where(ofIntake(key)).where('ec.number', '>', page.after).orderBy('ec.number').limit(page.limit).execute()
  return rows.map((row) => ({
    engagementId: row.engagement_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, relation: row.relation, companyName: row.company_name ?? '', unitName: row.unit_name,
    facts: factsOf(row as unknown as Flags & { relation: IntakeFacts['relation'] }),
  }))
}
