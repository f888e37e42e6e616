import { begunVersion, type ShownPage } from '../domain/study'
import { variablesFor, type Library } from './library.server'
import type { ModuleVersion, RenderedPage } from './schema'
import type { ViewerEngagement } from '../domain/access'

/** The module version a person reads: the one begun (A19), else the newest. */
export function moduleInUse(library: Library, slug: string, shown: readonly ShownPage[]): ModuleVersion | undefined {
  const begun = begunVersion(shown)
  return (begun === undefined ? undefined : library.find('module', slug, begun)) ?? library.current('module', slug)
}

/** The one track there is so far; やさしい日本語 and English come beside it. */
export const TRACK = 'ja'

/** A page as this person sees it: with the own employer's names filled in. */
export function renderFor(library: Library, version: ModuleVersion, pageId: string, engagement: Pick<ViewerEngagement, 'relation' | 'companyName'>, furigana: boolean): RenderedPage | undefined {
  return library.renderPage(version, pageId, { track: TRACK, furigana, variables: variablesFor(library, engagement) })
}

/** The rendering that was on the screen, told by its hash: with or without furigana; undefined when it was neither. */
export function renderingShown(library: Library, version: ModuleVersion, pageId: string, engagement: Pick<ViewerEngagement, 'relation' | 'companyName'>, sha256: string): RenderedPage | undefined {
  return [false, true].map((furigana) => renderFor(library, version, pageId, engagement, furigana)).find((page) => page?.sha256 === sha256)
}

/** The keys of a question that were found to be right later, in the form of answers (A21). */
export function correctedKeys(library: Library, slug: string, question: { id: string; kind: string }): string[] {
  return library.errata(slug, question.id).map(({ correct }) => (question.kind === 'order' ? [...correct] : [...correct].sort()).join())
}
