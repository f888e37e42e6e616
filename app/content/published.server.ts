import { findPublished, findPublishedBytes, findPublishedSign } from '../../db/content.server'
import type { Db } from '../../db/database.server'
import type { Library } from './library.server'
import type { ReviewStatus } from './library-parts'
import { fileOfSeal, sealKey, sealsOf, type Seal } from './seal.server'
import type { Standing } from './read-part.server'
import { readVersion } from './versions.server'
import { findDraft } from './drafts.server'

type Known = Awaited<ReturnType<typeof findPublished>>

/** What the database has entered, by the name of the seal. */
export const enteredSeals = (known: Pick<Known, 'versions' | 'banks'>): Map<string, string> => new Map([
  ...known.versions.map((row): [string, string] => [sealKey(row), row.sha256]),
  ...known.banks.map((row): [string, string] => [sealKey({ kind: 'bank', ...row }), row.sha256]),
])

/** How a published version on the disk differs from what was published; null when it is the same, byte for byte. */
export function changedSince(standing: Standing, known: Pick<Known, 'versions' | 'banks'>): Seal | null {
  const entered = enteredSeals(known)
  const own = sealsOf(standing)
  const other = own.find((seal) => entered.get(sealKey(seal)) !== seal.sha256)
  if (other) return other
  const gone = known.versions.find(({ kind, slug, version, track }) => kind === standing.kind && slug === standing.slug && version === standing.number && !own.some((seal) => seal.kind === kind && seal.track === track))
  return gone ? { ...gone } : null
}

/** The versions of the folder that were published in the product: no line of the lock names them, the database does. */
export function publishedHere(library: Library, known: Pick<Known, 'versions'>): Standing[] {
  const sealed = new Set(library.folder.seals?.map(({ kind, slug, version }) => `${kind} ${slug} ${version}`))
  const entered = new Set(known.versions.map(({ kind, slug, version }) => `${kind} ${slug} ${version}`))
  return library.folder.standing.filter(({ kind, slug, number }) => entered.has(`${kind} ${slug} ${number}`) && !sealed.has(`${kind} ${slug} ${number}`))
}

/**
 * Serves everything that is published and not served yet: from the disk where what stands there is what was published, else from the
 * bytes that the database kept (schema.md: the table is the memory). Then the reviews as the database knows them.
 */
export async function servePublished(library: Library, db: Db): Promise<void> {
  const known = await findPublished(db)
  const versions = new Map(known.versions.map((row) => [`${row.kind} ${row.slug} ${row.version}`, row]))
  for (const { kind, slug, version } of versions.values()) {
    if (library.find(kind, slug, version)) continue
    const draft = findDraft(library, kind, slug, version)
    if (!draft?.read || changedSince(draft.read, known)) continue
    const read = readVersion(kind, draft.folder, slug, version, draft.files, [], true)
    if (read) library.take(read)
  }
  const missing = [...versions.values()].filter(({ kind, slug, version }) => !library.find(kind, slug, version))
  const missingBanks = known.banks.filter(({ slug, version }) => !library.bank(slug, version))
  if (missing.length + missingBanks.length > 0) {
    const bytes = await findPublishedBytes(db, missing, missingBanks.map(({ slug }) => slug))
    library.remember(missing.map(({ kind, slug, version }) => ({
      kind, slug, version,
      files: new Map(bytes.files.filter((file) => file.kind === kind && file.slug === slug && file.version === version).map((file) => [fileOfSeal({ kind, track: file.track }), file.bytes])),
    })), bytes.banks)
  }
  library.takeReviews(known.reviews.map(({ status, ...row }) => ({ ...row, status: status as ReviewStatus })))
}

const seen = new WeakMap<Library, string>()

/** Takes in what another process published or reviewed since; asks the database one cheap question. True when there was something. */
export async function noticePublished(library: Library, db: Db): Promise<boolean> {
  const sign = await findPublishedSign(db)
  if (seen.get(library) === sign) return false
  await servePublished(library, db)
  seen.set(library, sign)
  return true
}
