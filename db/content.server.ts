import { insertRows, type Db, type Tx } from './database.server'
import type { ContentKind } from './schema'

export interface ContentFileRow { kind: ContentKind; slug: string; version: string; track: string; sha256: string; bytes: Uint8Array }

/** What of content the database knows, without the bytes. */
export async function findPublished(db: Db) {
  const versions = await db.selectFrom('content_version').select(['kind', 'slug', 'version', 'track', 'sha256']).execute()
  const banks = await db.selectFrom('bank_version').select(['slug', 'version', 'track', 'sha256']).execute()
  const reviews = await db.selectFrom('content_review').select(['kind', 'slug', 'version', 'status', 'on_day']).execute()
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
export async function recordReviews(tx: Tx, at: number, rows: readonly { id: string; kind: ContentKind; slug: string; version: string; status: string; by: string; on: string; note: string }[]): Promise<void> {
  await insertRows(tx, 'content_review', rows.map((row) => ({ id: row.id, kind: row.kind, slug: row.slug, version: row.version, status: row.status, by_whom: row.by, on_day: row.on, note: row.note, recorded_at: at })))
}

/** Enters corrected keys. */
export async function recordErrata(tx: Tx, at: number, rows: readonly { id: string; slug: string; question: string; corrected: string; reason: string }[]): Promise<void> {
  await insertRows(tx, 'erratum', rows.map((row) => ({ id: row.id, slug: row.slug, question_id: row.question, corrected: row.corrected, reason: row.reason, at })))
}

/** Enters published versions of requirements, once. */
export async function recordRequirements(tx: Tx, at: number, rows: readonly { id: string; version: number; sha256: string; json: string; validFrom: string }[]): Promise<void> {
  await insertRows(tx, 'requirement_version', rows.map((row) => ({ requirement_id: row.id, version: row.version, sha256: row.sha256, json: row.json, valid_from: row.validFrom, published_at: at })))
}
