import { scopeLines, type HandledScope } from '../domain/handled-scope'
import type { PageState } from '../domain/pledge'
import { relationOf, type EngagementKind } from '../domain/people'
import { isTrack, trackFor, type TrackName } from '../domain/tracks'
import { variablesFor, type Library } from './library.server'
import type { PledgeVersion, RenderedPage, Variables } from './schema'

/** The track that is signed; the others are 参考訳 (domain.md L29). */
export const PLEDGE_TRACK = 'ja'

interface ReadablePage {
  id: string
  plain: RenderedPage
  withReadings: RenderedPage
}

/** A pledge as one person reads it: names filled in, each page in its two renderings. */
export interface ReadablePledge {
  version: PledgeVersion
  variables: Variables
  addresseeName: string
  /** What the person handles, where the pledge is about it. */
  handled: readonly HandledScope[]
  pages: readonly ReadablePage[]
}

/** The same pledge told in another track: 参考訳, beside the Japanese that counts. */
export interface Companion {
  track: TrackName
  title: string
  pages: readonly ReadablePage[]
  statements: ReadonlyMap<string, { text: string; source: string }>
}

/** Who reads: the kind says the legal relation, `handled` what a pledge on a new scope names. */
export interface PledgeReader {
  kind: EngagementKind
  employerName: string
  handled?: readonly HandledScope[]
}

/** The pledge of a slug as a person of this kind and employer reads it; undefined when there is no such text. */
export function readablePledge(library: Library, slug: string, reader: PledgeReader, versionNumber?: string): ReadablePledge | undefined {
  const version = versionNumber === undefined ? library.current('pledge', slug) : library.find('pledge', slug, versionNumber)
  if (!version) return undefined
  const addresseeName = version.meta.addressee === 'operator' ? library.words.operator : reader.employerName
  const variables = variablesFor(library, { relation: relationOf(reader.kind), companyName: reader.employerName }, addresseeName)
  const pledge = { version, variables, addresseeName, handled: version.meta.occasion === 'scope' ? (reader.handled ?? []) : [] }
  return { ...pledge, pages: pagesIn(library, pledge, PLEDGE_TRACK) }
}

function pagesIn(library: Library, { version, variables, handled }: Omit<ReadablePledge, 'pages'>, track: TrackName): ReadablePage[] {
  const filled = { ...variables, scope: scopeLines(handled, track) }
  return version.pages.map(({ id }) => {
    const render = (furigana: boolean) => library.renderPage(version, id, { track, furigana, variables: filled })!
    return { id, plain: render(false), withReadings: render(true) }
  })
}

/** The pledge in the track somebody reads in; undefined where that is the Japanese itself, or the text is not told so. */
export function companionOf(library: Library, pledge: ReadablePledge, chosen: string): Companion | undefined {
  const track = trackFor(chosen, pledge.version.tracks)
  const told = pledge.version.told.get(track)
  return track === PLEDGE_TRACK || !told ? undefined : { track, title: told.title, statements: told.statements, pages: pagesIn(library, pledge, track) }
}

/** The companion whose page was on the screen, told by its hash. */
export const companionShown = (library: Library, pledge: ReadablePledge, at: number, sha256: string): Companion | undefined =>
  pledge.version.tracks.filter(isTrack).map((track) => companionOf(library, pledge, track)).find((companion) => companion && [companion.pages[at]?.plain.sha256, companion.pages[at]?.withReadings.sha256].includes(sha256))

/** Each page with the hashes it can be shown under and how it was last shown. */
export function pageStates(pledge: Pick<ReadablePledge, 'pages'>, shown: readonly { page: string; rendered_sha256: string; last_at: number }[]): PageState[] {
  return pledge.pages.map(({ id, plain, withReadings }) => {
    const last = shown.find(({ page }) => page === id)
    return { page: id, hashes: [plain.sha256, withReadings.sha256], shown: last ? { sha256: last.rendered_sha256, at: last.last_at } : null }
  })
}
