import { addresseeFor, type PageState } from '../domain/pledge'
import { relationOf, type EngagementKind } from '../domain/people'
import { variablesFor, type Library } from './library.server'
import type { PledgeVersion, RenderedPage, Variables } from './schema'

export const PLEDGE_TRACK = 'ja'

/** A pledge as one person reads it: names filled in, each page in its two renderings. */
export interface ReadablePledge {
  version: PledgeVersion
  variables: Variables
  addresseeName: string
  pages: readonly { id: string; plain: RenderedPage; withReadings: RenderedPage }[]
}

/** The pledge of a slug as a person of this kind and employer reads it; undefined when there is no such text. */
export function readablePledge(library: Library, slug: string, reader: { kind: EngagementKind; employerName: string }, versionNumber?: string): ReadablePledge | undefined {
  const version = versionNumber === undefined ? library.current('pledge', slug) : library.find('pledge', slug, versionNumber)
  if (!version) return undefined
  const relation = relationOf(reader.kind)
  const addresseeName = addresseeFor(relation) === 'operator' ? library.words.operator : reader.employerName
  const variables = variablesFor(library, { relation, companyName: reader.employerName }, addresseeName)
  const pages = version.pages.map(({ id }) => {
    const render = (furigana: boolean) => library.renderPage(version, id, { track: PLEDGE_TRACK, furigana, variables })!
    return { id, plain: render(false), withReadings: render(true) }
  })
  return { version, variables, addresseeName, pages }
}

/** Each page with the hashes it can be shown under and how it was last shown. */
export function pageStates(pledge: ReadablePledge, shown: readonly { page: string; rendered_sha256: string; last_at: number }[]): PageState[] {
  return pledge.pages.map(({ id, plain, withReadings }) => {
    const last = shown.find(({ page }) => page === id)
    return { page: id, hashes: [plain.sha256, withReadings.sha256], shown: last ? { sha256: last.rendered_sha256, at: last.last_at } : null }
  })
}
