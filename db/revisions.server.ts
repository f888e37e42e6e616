import { sql } from 'kysely'
import { OPEN_INSTANT, startOf, type Day } from '../app/domain/calendar'
import type { EngagementKind } from '../app/domain/people'
import { isOlder, type Revision } from '../app/domain/revision'
import { insertRows, type Db, type Tx } from './database.server'
import type { ContentRevisionTable } from './schema'

/** Revisions of modules that were announced, with what they give those who finished an older version. */

/** Those that give something, oldest first. */
export async function listRevisionsThatGive(db: Db): Promise<Revision[]> {
  const rows = await db.selectFrom('content_revision').select(['slug', 'version', 'impact', 'gives', 'unit_slug', 'on_day']).where('gives', '!=', 'none').orderBy('id').execute()
  return rows.map((row) => ({ slug: row.slug, version: row.version, impact: row.impact, gives: row.gives, unitSlug: row.unit_slug, onDay: row.on_day }))
}

/** Every revision announced of some modules, or of all, newest first. */
export async function listRevisions(db: Db, slugs?: readonly string[]): Promise<ContentRevisionTable[]> {
  const all = db.selectFrom('content_revision').selectAll().orderBy('id', 'desc')
  return slugs === undefined ? all.execute() : slugs.length === 0 ? [] : all.where('slug', 'in', [...slugs]).execute()
}

/** Whether a version was announced. */
export async function isAnnounced(db: Db, slug: string, version: string): Promise<boolean> {
  return (await db.selectFrom('content_revision').select('id').where('slug', '=', slug).where('version', '=', version).executeTakeFirst()) !== undefined
}

/** Notes a revision; a second of the same version is refused by the key. */
export async function recordRevision(tx: Tx, revision: ContentRevisionTable): Promise<void> {
  await insertRows(tx, 'content_revision', [revision])
}

/** The versions of a module in which anything was read or finished. */
async function versionsMet(db: Db, slug: string): Promise<string[]> {
  const of = (table: 'completion' | 'page_shown', column: 'content_version' | 'version') => sql<{ version: string }>`select distinct t.${sql.ref(column)} as version from ${sql.table(table)} t inner join assignment a on a.id = t.assignment_id where a.target_kind = 'module' and a.target_slug = ${slug}`.execute(db)
  const found = await Promise.all([of('completion', 'content_version'), of('page_shown', 'version')])
  return [...new Set(found.flatMap(({ rows }) => rows.map(({ version }) => version)))]
}

/** So many people of a kind, by where they stand with a module of which a new version comes. */
export interface RevisionCount {
  kind: EngagementKind
  /** Finished an older version since a day, and nothing of the module is open: they are given what the revision gives. */
  finished: number
  /** In the middle of an older version: they finish it, and are given the same then. */
  begun: number
  /** Not begun: they read the new version. */
  untouched: number
}

/** Who is in force on a day, counted by kind and by where they stand. */
export async function countForRevision(db: Db, { slug, version, since, today }: { slug: string; version: string; since: Day; today: Day }): Promise<RevisionCount[]> {
  const older = (await versionsMet(db, slug)).filter((one) => isOlder(one, version))
  if (older.length === 0) older.push('')
  const own = sql`from assignment a where a.engagement_id = ec.engagement_id and a.target_kind = 'module' and a.target_slug = ${slug}`
  const open = sql`${own} and a.settled_at = ${OPEN_INSTANT}`
  const inMiddle = sql`exists (select 1 ${open} and exists (select 1 from page_shown p where p.assignment_id = a.id and p.version in (${sql.join(older)})))`
  const done = (versions: ReturnType<typeof sql>) => sql`exists (select 1 from assignment a inner join completion c on c.assignment_id = a.id and c.settle_slot = 1 where a.engagement_id = ec.engagement_id and a.target_kind = 'module' and a.target_slug = ${slug} and a.settled_as = 'completed' and ${versions})`
  const { rows } = await sql<{ kind: EngagementKind; place: string; people: number }>`select kind, place, count(*) as people from (
      select ec.kind, case when ${inMiddle} then 'begun' when exists (select 1 ${open}) then 'untouched'
        when ${done(sql`a.settled_at >= ${startOf(since)} and c.content_version in (${sql.join(older)})`)} and not ${done(sql`c.content_version not in (${sql.join(older)})`)} then 'finished' else '' end as place
      from engagement_current ec where ec.valid_from <= ${today} and ec.valid_to > ${today}) t
    where place <> '' group by kind, place order by kind`.execute(db)
  const counts = new Map<EngagementKind, RevisionCount>()
  for (const { kind, place, people } of rows) counts.set(kind, { ...(counts.get(kind) ?? { kind, finished: 0, begun: 0, untouched: 0 }), [place]: Number(people) })
  return [...counts.values()]
}
