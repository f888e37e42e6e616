import { inTransaction } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import { findOwnPledge, lockOwnPledge, recordPledgePageShown } from '../../db/pledges.server'
import { companionShown, PLEDGE_TRACK, readablePledge } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { isClosedToSigning, readerOf, refusalToRead, type ReadRefusal } from '../domain/pledge'
import { refuse, type Refusal } from '../domain/refusal'
import { readingIsWork } from '../domain/study'
import { countStep, type ShownStep } from './show-page.server'

/**
 * Records that a page of a pledge was shown to its end: page, time, and the hash of exactly what was rendered. What the reader's
 * page carried is believed only when it is one of today's renderings; else the words changed meanwhile and are read again. Whoever is
 * employed reads it as work: the time is counted like that of a module (L26).
 */
export async function showPledgePage(
  context: SignedInContext,
  /** `companionSha256`: the 参考訳 that stood below, where the reader has one. */
  given: Omit<ShownStep, 'page'> & { page: number; companionSha256?: string | undefined },
): Promise<{ next: number | 'sign' } | ReadRefusal | Refusal<'notFound' | 'pagesChanged'>> {
  const { viewer, now, library, db } = context
  const own = await findOwnPledge(db, given.assignmentId, viewer.personId, dayOf(now))
  const pledge = own?.kind ? readablePledge(library, own.target_slug, { kind: own.kind, employerName: own.company_name ?? '', handled: own.handled }) : undefined
  const page = pledge?.pages[given.page - 1]
  if (!own?.kind || !pledge || !page) return refuse('notFound')
  const refusal = refusalToRead(pledge.version.meta, readerOf(own, own.kind), now)
  if (refusal) return refusal
  if (![page.plain.sha256, page.withReadings.sha256].includes(given.sha256)) return refuse('pagesChanged', { page: given.page, pages: pledge.pages.length })
  const companion = given.companionSha256 === undefined ? undefined : companionShown(library, pledge, given.page - 1, given.companionSha256)
  if (given.companionSha256 !== undefined && !companion) return refuse('pagesChanged', { page: given.page, pages: pledge.pages.length })
  const { version } = pledge.version.meta
  await inTransaction(db, async (tx) => {
    const held = await lockOwnPledge(tx, own.id, viewer.personId)
    const counts = held !== undefined && !isClosedToSigning({ settledAt: held.settled_at, settledAs: held.settled_as }) && readingIsWork(own.kind!)
    const seconds = counts ? await countStep(tx, context, given, pledge.version.meta.minutes / pledge.pages.length) : 0
    await recordPledgePageShown(tx, { assignmentId: own.id, version, track: PLEDGE_TRACK, page: page.id, sha256: given.sha256, at: now, seconds })
    if (companion) await recordPledgePageShown(tx, { assignmentId: own.id, version, track: companion.track, page: page.id, sha256: given.companionSha256!, at: now, seconds: 0 })
    if (given.page === 1 && held) await refreshLine(tx, [own.engagement_id], dayOf(now))
  })
  return { next: given.page < pledge.pages.length ? given.page + 1 : 'sign' }
}
