import { findPublished, recordBanks, recordContentFiles, recordRelease } from '../../db/content.server'
import { inTransaction } from '../../db/database.server'
import { failureOf } from '../../db/dialect.server'
import { findDraft, type Draft } from '../content/drafts.server'
import type { Library } from '../content/library.server'
import { changedSince, enteredSeals, servePublished } from '../content/published.server'
import { fileOfSeal, sealKey, sealsOf } from '../content/seal.server'
import { byVersion } from '../content/shelf.server'
import type { Kind, ReadVersion } from '../content/versions.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { sha256 } from '../domain/ledger/entry'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { refusalToRelease, type ReleaseFacts, type ReleaseRefusal, type ReleaseWish } from '../domain/release'
import { announceRevision, type AnnouncementRefusal } from './announce-revision.server'
import { recordEvidence } from './evidence.server'

/** The files of a draft as one fingerprint: what was looked at is what is published. */
export const draftStamp = (draft: Draft): string => sha256([...draft.files].map(([name, bytes]) => `${name} ${sha256(bytes)}\n`).join(''))

/** What a draft's release depends on, as it stands now. */
export async function releaseFacts({ library, db, now }: Pick<SignedInContext, 'library' | 'db' | 'now'>, draft: Draft): Promise<ReleaseFacts> {
  const { kind, slug, number } = draft
  const current = currentNumber(library, kind, slug)
  const entered = enteredSeals(await findPublished(db))
  const banks = draft.read ? sealsOf(draft.read).filter((seal) => seal.kind === 'bank') : []
  return {
    name: `${slug} ${number}`, errors: draft.read ? draft.errors.length : Math.max(draft.errors.length, 1), currentNumber: current, isNewer: current === undefined || byVersion(number, current) > 0, stamp: draftStamp(draft), today: dayOf(now), writtenFor: draft.read ? writtenFor(draft.read) : '',
    canGive: kind === 'module', units: library.list('module').filter(({ meta }) => meta.unit).map(({ meta }) => meta.slug).filter((one) => one !== slug), bankTaken: banks.some((seal) => (entered.get(sealKey(seal)) ?? seal.sha256) !== seal.sha256),
  }
}

/** The latest day for whose law a text, or a section of it, is written. */
function writtenFor({ version }: ReadVersion): Day {
  if (version.kind === 'notice') return version.asOf
  return [version.meta.asOf, ...(version.kind === 'module' ? version.meta.sections.map(({ asOf }) => asOf) : [])].sort().at(-1)!
}

function currentNumber(library: Library, kind: Kind, slug: string): string | undefined {
  const version = library.current(kind, slug)
  return version && ('meta' in version ? version.meta.version : version.version)
}

/**
 * Publishes a draft of the folder: its bytes are entered as they stand, and from then on they never change (house.md §4.2). What those
 * who completed an earlier version are to do is announced in the same transaction; no file is written. So a process that ends in between
 * has published all of it or nothing: this one serves it at once, others when they next look, a new one when it starts.
 */
export async function publishEdition(context: SignedInContext, given: { kind: Kind; slug: string; version: string } & ReleaseWish): Promise<{ published: true } | ReleaseRefusal | AnnouncementRefusal | Refusal<'notFound' | 'alreadyPublished'>> {
  const { library, db, viewer, now } = context
  if (!may(viewer, 'editContent')) return refuse('notFound')
  const { kind, slug, version } = given
  const draft = findDraft(library, kind, slug, version)
  if (!draft) return refuse(library.find(kind, slug, version) ? 'alreadyPublished' : 'notFound')
  const facts = await releaseFacts(context, draft)
  const refused = refusalToRelease(given, facts)
  if (refused) return refused
  const read = draft.read!
  const seals = sealsOf(read)
  const rows = seals.map((seal) => ({ ...seal, bytes: read.files.get(fileOfSeal(seal))! }))
  const isFirst = facts.currentNumber === undefined
  const gives = isFirst || !facts.canGive ? 'none' : given.gives
  const release = { impact: isFirst ? 'first' : given.impact, gives, unit: gives === 'unit' ? given.unit : '' }
  let announced: AnnouncementRefusal | undefined
  try {
    announced = await inTransaction(db, async (tx) => {
      if (kind === 'module' && !isFirst) {
        const told = await announceRevision(tx, context, { slug, version, impact: given.impact, gives, unitSlug: release.unit, reason: given.reason })
        // where nobody has met an older version there is nobody to tell
        if (isRefusal(told) && told.refused !== 'revisionIsFirst') return told
      }
      const entered = enteredSeals(await findPublished(tx))
      await recordContentFiles(tx, now, rows.filter((row) => row.kind !== 'bank').map((row) => ({ ...row, kind, status: library.reviewStatus(kind, slug, version) })))
      await recordBanks(tx, now, rows.filter((row) => row.kind === 'bank' && !entered.has(sealKey(row))))
      await recordRelease(tx, { id: context.newId(), kind, slug, version, impact: release.impact, gives, unit_slug: release.unit, reason: given.reason, by_account: viewer.accountId, at: now })
      await recordEvidence(tx, context, {
        type: 'content.published', commandKey: `content.published ${kind} ${slug} ${version}`,
        payload: { version: `${kind} ${slug} ${version}`, files: seals.map((seal) => ({ track: seal.track, sha256: seal.sha256 })), ...release, words: given.reason },
      })
      return undefined
    })
  } catch (error) {
    if (failureOf(error) === 'duplicate') {
      // somebody else published it at the same moment: this process serves it from now on too
      await servePublished(library, db)
      return refuse('alreadyPublished')
    }
    throw error
  }
  if (announced?.refused === 'revisionAnnounced') {
    await servePublished(library, db)
    if (library.find(kind, slug, version)) return refuse('alreadyPublished')
  }
  if (announced) return announced
  if (changedSince(read, await findPublished(db)) === null) library.take(read)
  await servePublished(library, db)
  return { published: true }
}
