import { sql } from 'kysely'
import type { Day, Instant } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import type { Db } from './database.server'
import { knownOn } from './in-force.server'
import { nameIsShown, speaksOn } from './people-search.server'
import type { ContentKind } from './schema'

const keyOf = (kind: string, slug: string, version: string) => `${kind} ${slug} ${version}`

/** When each version was published, by `kind slug version`. */
export async function listReleaseTimes(db: Db): Promise<Map<string, Instant>> {
  const rows = await db.selectFrom('content_version').select(['kind', 'slug', 'version', ({ fn }) => fn.min('published_at').as('at')]).groupBy(['kind', 'slug', 'version']).execute()
  return new Map(rows.map(({ kind, slug, version, at }) => [keyOf(kind, slug, version), Number(at)]))
}

/** When the first version of each was published here, by slug. */
export async function listFirstReleases(db: Db, kind: ContentKind): Promise<Map<string, Instant>> {
  const rows = await db.selectFrom('content_version').select(['slug', ({ fn }) => fn.min('published_at').as('at')]).where('kind', '=', kind).groupBy('slug').execute()
  return new Map(rows.map(({ slug, at }) => [slug, Number(at)]))
}

/** How many people finished, signed or confirmed which version, by `kind slug version`; of one slug when it is named. */
export async function countByVersion(db: Db, of?: { kind: ContentKind; slug: string }): Promise<Map<string, number>> {
  const people = sql<number>`count(distinct a.engagement_id)`.as('people')
  const counted = new Map<string, number>()
  const add = (kind: string, slug: string, version: string, count: unknown) => counted.set(keyOf(kind, slug, version), (counted.get(keyOf(kind, slug, version)) ?? 0) + Number(count))
  if (!of || of.kind === 'module') {
    let query = db.selectFrom('completion as c').innerJoin('assignment as a', 'a.id', 'c.assignment_id').select(['a.target_kind', 'a.target_slug', 'c.content_version', people]).where('c.settle_slot', '=', 1).groupBy(['a.target_kind', 'a.target_slug', 'c.content_version'])
    if (of) query = query.where('a.target_slug', '=', of.slug)
    for (const row of await query.execute()) add(row.target_kind, row.target_slug, row.content_version, row.people)
  }
  if (!of || of.kind === 'pledge') {
    let signed = db.selectFrom('pledge_act as p').innerJoin('assignment as a', 'a.id', 'p.assignment_id').select(['p.template', 'p.version', people]).where('p.outcome', '=', 'signed').where('p.settle_slot', '=', 1).groupBy(['p.template', 'p.version'])
    if (of) signed = signed.where('p.template', '=', of.slug)
    for (const row of await signed.execute()) add('pledge', row.template, row.version, row.people)
  }
  if (!of || of.kind === 'notice')
    for (const row of await db.selectFrom('account').select(['notice_version', ({ fn }) => fn.countAll<number>().as('people')]).where('notice_version', 'is not', null).groupBy('notice_version').execute()) add('notice', 'purpose', row.notice_version!, row.people)
  return counted
}

/** Who entered reviews in the product, by the review: its evidence knows. */
export async function listReviewers(db: Db, reviewIds: readonly string[]): Promise<Map<string, string>> {
  if (reviewIds.length === 0) return new Map()
  const rows = await db.selectFrom('ledger_entry').select(['command_key', 'actor_account_id']).where('type', '=', 'content.reviewed').where('command_key', 'in', reviewIds.map((id) => `content.reviewed ${id}`)).execute()
  return new Map(rows.flatMap(({ command_key: key, actor_account_id: account }) => (key !== null && account !== null ? [[key.slice('content.reviewed '.length), account] as const] : [])))
}

/** What was said about one version, first to last. */
export async function listReviews(db: Db, version: { kind: ContentKind; slug: string; version: string }) {
  return db.selectFrom('content_review').select(['id', 'status', 'by_whom', 'on_day', 'note', 'recorded_at', 'entered']).where('kind', '=', version.kind).where('slug', '=', version.slug).where('version', '=', version.version).orderBy('recorded_at').orderBy('id').execute()
}

/** A version of a module that somebody may have completed. */
export interface Taught { slug: string; version: string }

const among = (versions: readonly Taught[]) => (versions.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(versions.map(({ slug, version }) => sql`(a.target_slug = ${slug} and c.content_version = ${version})`), sql` or `)})`)

/** Whether `ec` completed one of the old versions and none of the new. */
function hasOldText(old: readonly Taught[], since: readonly Taught[]) {
  const completed = (versions: readonly Taught[]) => sql<boolean>`exists (select 1 from completion c inner join assignment a on a.id = c.assignment_id where a.engagement_id = ec.engagement_id and a.target_kind = 'module' and c.settle_slot = 1 and ${among(versions)})`
  return sql<boolean>`(${completed(old)} and not ${completed(since)})`
}

/** People in force or to come of whom that is so. */
const taughtOld = (db: Db, old: readonly Taught[], since: readonly Taught[], today: Day) => db.selectFrom('engagement_current as ec').where('ec.valid_to', '>', today).where(hasOldText(old, since))

/** So many people of a 雇用形態, a unit and a company; `of` is how many of them are in force or to come. */
export interface PeopleThere {
  kind: EngagementKind
  unit: string | null
  company: string
  people: number
  of: number
}

/** How many of them there are, by 雇用形態 and unit; contractors' people by company: each among all who are there. */
export async function countTaughtOld(db: Db, old: readonly Taught[], since: readonly Taught[], today: Day): Promise<PeopleThere[]> {
  if (old.length === 0) return []
  const rows = await db.selectFrom('engagement_current as ec').where('ec.valid_to', '>', today)
    .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'ec.unit_id').on(knownOn('u', today))).leftJoin('company_version as co', (on) => on.onRef('co.company_id', '=', 'ec.company_id').on(knownOn('co', today)))
    .select(['ec.kind', 'u.name as unit', 'co.name as company', sql<number>`sum(case when ${hasOldText(old, since)} then 1 else 0 end)`.as('people'), ({ fn }) => fn.countAll<number>().as('of')])
    .groupBy(['ec.kind', 'u.name', 'co.name']).orderBy('ec.kind').orderBy('u.name').orderBy('co.name').execute()
  return rows.map((row) => ({ kind: row.kind, unit: row.unit, company: row.company ?? '', people: Number(row.people), of: Number(row.of) }))
}

/** One page of them, by number; a contractor's worker by number only where names are not shown. */
export async function listTaughtOld(db: Db, old: readonly Taught[], since: readonly Taught[], page: { after: string; limit: number; today: Day }) {
  if (old.length === 0) return []
  const [number = '', sequence = ''] = page.after.split('~')
  let query = taughtOld(db, old, since, page.today)
    .innerJoin('engagement as e', 'e.id', 'ec.engagement_id').innerJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'ec.engagement_id').on(speaksOn(page.today)))
    .leftJoin('org_unit_version as u', (on) => on.onRef('u.unit_id', '=', 'ec.unit_id').on(knownOn('u', page.today))).leftJoin('company_version as co', (on) => on.onRef('co.company_id', '=', 'ec.company_id').on(knownOn('co', page.today)))
    .select(['ec.engagement_id', 'e.number', 'e.sequence', 'v.display_name', 'ec.kind', 'ec.relation', 'u.name as unit', 'co.name as company', nameIsShown(page.today).as('named')])
    .orderBy('e.number').orderBy('e.sequence').limit(page.limit)
  if (page.after !== '') query = query.where(({ eb, or, and }) => or([eb('e.number', '>', number), and([eb('e.number', '=', number), eb('e.sequence', '>', Number(sequence) || 0)])]))
  return (await query.execute()).map((row) => ({
    engagementId: row.engagement_id, number: row.number, name: Number(row.named) === 1 ? row.display_name : null, kind: row.kind, unit: row.unit, company: row.company ?? '', isElsewhere: row.relation === 'contract' || row.relation === 'dispatched', key: `${row.number}~${row.sequence}`,
  }))
}
