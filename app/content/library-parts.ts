import type { Files, Kind } from './versions.server'

/** What a review said of a version. */
export type KnownReview = { kind: Kind; slug: string; version: string; status: ReviewStatus }

export type ReviewStatus = 'draft' | 'internal' | 'counsel' | 'needsUpdate' | 'superseded'

/** A corrected key, dated: what was marked correct in the bank is not; the bank's bytes stay as they were published. */
export interface Correction {
  on: string
  /** The options that are right (of an ordering question: the right order). */
  correct: readonly string[]
  reason: string
}

/** A version that the database remembers. */
export interface KeptVersion {
  kind: Kind
  slug: string
  version: string
  files: Files
}

/** What a module and its parts are called in one track; `html` has the readings. */
export interface ModuleNames {
  title: string
  titleHtml: string
  topics: ReadonlyMap<string, { text: string; html: string }>
  pages: readonly { text: string; html: string }[]
}
