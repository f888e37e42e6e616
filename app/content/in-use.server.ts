import { begunVersion, type ShownPage } from '../domain/study'
import { variablesFor, type Library } from './library.server'
import type { ModuleVersion, RenderedPage } from './schema'
import type { ViewerEngagement } from '../domain/access'
import { trackFor, TRACKS, type Reading, type TrackName } from '../domain/tracks'

/** The module version a person reads: the one begun (A19), else the newest. */
export function moduleInUse(library: Library, slug: string, shown: readonly ShownPage[]): ModuleVersion | undefined {
  const begun = begunVersion(shown)
  return (begun === undefined ? undefined : library.find('module', slug, begun)) ?? library.current('module', slug)
}

/** A page as this person sees it: in the track they read where the module has it, with the own employer's names filled in. */
export function renderFor(library: Library, version: ModuleVersion, pageId: string, engagement: Pick<ViewerEngagement, 'relation' | 'companyName'>, { furigana, track }: Reading): RenderedPage | undefined {
  return library.renderPage(version, pageId, { track: trackFor(track, version.tracks), furigana, variables: variablesFor(library, engagement) })
}

/** The rendering that was on the screen, told by its hash: in one of the tracks, with or without furigana; undefined when it was none. */
export function renderingShown(library: Library, version: ModuleVersion, pageId: string, engagement: Pick<ViewerEngagement, 'relation' | 'companyName'>, sha256: string): { track: TrackName; rendered: RenderedPage } | undefined {
  for (const track of TRACKS.filter((one) => version.tracks.includes(one)))
    for (const furigana of [false, true]) {
      const rendered = renderFor(library, version, pageId, engagement, { furigana, track })
      if (rendered?.sha256 === sha256) return { track, rendered }
    }
  return undefined
}

/** The keys of a question that were found to be right later, in the form of answers (A21). */
export function correctedKeys(library: Library, slug: string, question: { id: string; kind: string }): string[] {
  return library.errata(slug, question.id).map(({ correct }) => (question.kind === 'order' ? [...correct] : [...correct].sort()).join())
}
