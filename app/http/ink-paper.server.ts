import { companionOf, readablePledge, type ReadablePledge } from '../content/readable-pledge.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../domain/people'
import type { InkSheet } from '../domain/ink-sheet'
import { isClosedToSigning, readerOf, refusalToRead } from '../domain/pledge'
import { articlesByClause } from '../domain/pledge-statement'
import { isMinorOn } from '../domain/study'
import { TRACKS, type TrackName } from '../domain/tracks'
import type { OwnPledgeRow } from '../../db/pledges.server'

/** How a paper is printed: with readings or not, and which 参考訳 follows it. */
export interface PaperHow {
  furigana: boolean
  track: TrackName
}

/** A pledge as a paper with a place for ink: the same words as on the screen, for one person or for nobody yet. */
export function inkPaper({ library }: SignedInContext, pledge: ReadablePledge, signer: { name: string; number: string; kind: EngagementKind; employer: string; minor: boolean } | null, how: PaperHow): InkSheet {
  const { meta } = pledge.version
  const shown = (pages: ReadablePledge['pages']) => pages.map(({ id, plain, withReadings }) => {
    const { html, titleHtml, sha256 } = how.furigana ? withReadings : plain
    return { id, html, titleHtml, sha256 }
  })
  const companion = companionOf(library, pledge, how.track)
  const articles = articlesByClause(pledge.pages.map(({ plain }) => plain))
  return {
    slug: meta.slug, title: meta.title, version: meta.version, asOf: meta.asOf, addressee: pledge.addresseeName, toEmployer: meta.addressee === 'employer', furigana: how.furigana, pages: shown(pledge.pages),
    clauses: meta.keyClauses.map(({ clause, statement }) => ({ article: articles.get(clause) ?? '', statement })),
    signer: signer && { ...signer, kind: ENGAGEMENT_KINDS[signer.kind] },
    companion: companion ? { track: companion.track, title: companion.title, pages: shown(companion.pages) } : null,
    tracks: TRACKS.filter((track) => pledge.version.tracks.includes(track)),
  }
}

/** The paper of an assignment that is still to be signed; undefined when it is signed or no text fits. `refused` says why it may not be read. */
export function paperToSign(context: SignedInContext, own: OwnPledgeRow | undefined, how: PaperHow) {
  const { library, now } = context
  if (!own?.kind || isClosedToSigning({ settledAt: own.settled_at, settledAs: own.settled_as })) return undefined
  const pledge = readablePledge(library, own.target_slug, { kind: own.kind, employerName: own.company_name ?? '', handled: own.handled })
  if (!pledge) return undefined
  const signer = { name: own.display_name ?? '', number: own.number, kind: own.kind, employer: own.company_name ?? '', minor: isMinorOn(own.under18_until ?? '', dayOf(now)) }
  return { meta: pledge.version.meta, sheet: inkPaper(context, pledge, signer, how), refused: refusalToRead(pledge.version.meta, readerOf(own, own.kind), now) }
}
