import type { Day } from './calendar'
import type { TrackName } from './tracks'

/** A page of a text as it is printed; `sha256` is that of the same page on the screen. */
export interface InkPage {
  id: string
  html: string
  titleHtml: string
  sha256: string
}

/** A pledge as a paper with a place for ink, for one person or for nobody yet (domain.md C32). */
export interface InkSheet {
  slug: string
  title: string
  version: string
  asOf: Day
  addressee: string
  toEmployer: boolean
  furigana: boolean
  pages: InkPage[]
  clauses: { article: string; statement: string }[]
  signer: { name: string; number: string; kind: string; employer: string; minor: boolean } | null
  companion: { track: TrackName; title: string; pages: InkPage[] } | null
  tracks: TrackName[]
}
