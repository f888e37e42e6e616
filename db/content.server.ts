import { sql } from 'kysely'
import { OPEN_INSTANT, type Day } from '../app/domain/calendar'
import { insertRows, type Db, type Tx } from './database.server'
import type { ContentKind, ContentReleaseTable } from './schema'

export interface ContentFileRow { kind: ContentKind; slug: string; version: string; track: string; sha256: string; bytes: Uint8Array }

/** What of content the database knows, without the bytes. */
export async function findPublished(db: Db) {
  const versions = await db.selectFrom('content_version').select(['kind', 'slug', 'version', 'track', 'sha256']).execute()
  const banks = await db.selectFrom('bank_version').select(['slug', 'version', 'track', 'sha256']).execute()
  const reviews = await db.selectFrom('content_review').select(['kind', 'slug', 'version', 'status', 'on_day']).orderBy('recorded_at').orderBy('id').execute()
  const errata = await db.selectFrom('erratum').select(['slug', 'question_id', 'corrected', 'reason']).execute()
  const requirements = await db.selectFrom('requirement_version').select(['requirement_id', 'version', 'sha256']).execute()
  return { versions, banks, reviews, errata, requirements }
}

/** The bytes of published files, with the banks of these and other slugs. */
export async function findPublishedBytes(db: Db, kept: readonly { kind: ContentKind; slug: string; version: string }[], bankSlugs: readonly string[]) {
  const files = []
  for (const { kind, slug, version } of kept)
    files.push(...(await db.selectFrom('content_version').select(['kind', 'slug', 'version', 'track', 'bytes']).where('kind', '=', kind).where('slug', '=', slug).where('version', '=', version).execute()))
  const slugs = [...new Set([...bankSlugs, ...kept.filter(({ kind }) => kind === 'module').map(({ slug }) => slug)])]
  const banks = slugs.length === 0 ? [] : await db.selectFrom('bank_version').select(['slug', 'version', 'track', 'bytes']).where('slug', 'in', slugs).execute()
  return { files, banks }
}

/** Enters the files of published versions, once. */
export async function recordContentFiles(tx: Tx, at: number, rows: readonly (ContentFileRow & { status: string })[]): Promise<void> {
  await insertRows(tx, 'content_version', rows.map((row) => ({ kind: row.kind, slug: row.slug, version: row.version, track: row.track, sha256: row.sha256, status_at_publish: row.status, published_at: at, bytes: row.bytes })))
}

/** Enters published banks, once; `track` is `-` for the bank itself, else the track whose words it holds. */
export async function recordBanks(tx: Tx, at: number, rows: readonly { slug: string; version: string; track: string; sha256: string; bytes: Uint8Array }[]): Promise<void> {
  await insertRows(tx, 'bank_version', rows.map((row) => ({ slug: row.slug, version: row.version, track: row.track, sha256: row.sha256, published_at: at, bytes: row.bytes })))
}

/** Enters what reviewers said about versions. */
export async function recordReviews(tx: Tx, at: number, rows: readonly { id: string; kind: ContentKind; slug: string; version: string; status: string; by: string; on: string; note: string; entered?: string }[]): Promise<void> {
  await insertRows(tx, 'content_review', rows.map((row) => ({ id: row.id, kind: row.kind, slug: row.slug, version: row.version, status: row.status, by_whom: row.by, on_day: row.on, note: row.note, recorded_at: at, entered: row.entered ?? '' })))
}

/** Enters corrected keys. */
export async function recordErrata(tx: Tx, at: number, rows: readonly { id: string; slug: string; question: string; corrected: string; reason: string }[]): Promise<void> {
  await insertRows(tx, 'erratum', rows.map((row) => ({ id: row.id, slug: row.slug, question_id: row.question, corrected: row.corrected, reason: row.reason, at })))
}

/** Enters published versions of requirements, once. */
export async function recordRequirements(tx: Tx, at: number, rows: readonly { id: string; version: number; sha256: string; json: string; validFrom: string }[]): Promise<void> {
  await insertRows(tx, 'requirement_version', rows.map((row) => ({ requirement_id: row.id, version: row.version, sha256: row.sha256, json: row.json, valid_from: row.validFrom, published_at: at })))
}

/** Enters how a version was published in the product, once. */
export async function recordRelease(tx: Tx, row: ContentReleaseTable): Promise<void> {
  await insertRows(tx, 'content_release', [row])
}

/** A cheap sign of what is published and reviewed: it changes with every version, bank and review. */
export async function findPublishedSign(db: Db): Promise<string> {
  const { rows } = await sql<object>`select (select count(*) from content_version) as versions, (select coalesce(max(published_at), 0) from content_version) as newest,
    (select count(*) from bank_version) as banks, (select count(*) from content_review) as reviews`.execute(db)
  return JSON.stringify(rows)
}

/** How a version was published in the product, with who did it; undefined for what was shipped. */
export async function findRelease(db: Db, of: { kind: ContentKind; slug: string; version: string }) {
  return db.selectFrom('content_release').select(['impact', 'gives', 'unit_slug', 'reason', 'by_account', 'at']).where('kind', '=', of.kind).where('slug', '=', of.slug).where('version', '=', of.version).executeTakeFirst()
}

/** Banks of a slug that are published, without their bytes. */
export async function listBanks(db: Db, slug: string) {
  return db.selectFrom('bank_version').select(['version', 'track', 'sha256']).where('slug', '=', slug).execute()
}

/** Whom a new version of a text concerns: by 雇用形態, who completed it, who is in the middle of it, and who has not begun. */
export async function countConcerned(db: Db, of: { kind: ContentKind; slug: string }, today: Day) {
  const kinds = of.kind === 'pledge' ? ['pledge', 'certificate'] : [of.kind]
  const open = sql`a.settled_at = ${OPEN_INSTANT}`
  const begun = sql`exists (select 1 from page_shown p where p.assignment_id = a.id)`
  const rows = await db.selectFrom('assignment as a').innerJoin('engagement_current as ec', 'ec.engagement_id', 'a.engagement_id').where('a.target_kind', 'in', kinds as never).where('a.target_slug', '=', of.slug).where('ec.valid_to', '>', today)
    .select(['ec.kind', sql<number>`count(distinct case when a.settled_as = 'completed' then a.engagement_id end)`.as('completed'), sql<number>`count(distinct case when ${open} and ${begun} then a.engagement_id end)`.as('begun'), sql<number>`count(distinct case when ${open} and not ${begun} then a.engagement_id end)`.as('todo')])
    .groupBy('ec.kind').orderBy('ec.kind').execute()
  return rows.map((row) => ({ kind: row.kind, completed: Number(row.completed), begun: Number(row.begun), todo: Number(row.todo) }))
}
