import { itemsOf } from './checklist-schema'
import type { Kind, ReadVersion } from './versions.server'
import { findDraft, listDrafts } from './drafts.server'
import type { Library, ReviewStatus } from './library.server'
import { originOf, type Origin } from './origin.server'
import type { ContentError } from './source.server'
import { byVersion } from './shelf.server'

/** A version as the editor sees it: published or not, readable or not. */
export interface Edition {
  kind: Kind
  slug: string
  number: string
  /** published: served or once served; draft: in the folder only. */
  state: 'current' | 'former' | 'draft'
  review: ReviewStatus
  /** Whose it is. */
  origin: Origin
  read: ReadVersion | undefined
  errors: readonly ContentError[]
}

const KIND_ORDER: readonly Kind[] = ['module', 'pledge', 'checklist', 'notice']

const published = (library: Library, read: ReadVersion): Edition => ({
  kind: read.kind, slug: read.slug, number: read.number, read, errors: [], review: library.reviewStatus(read.kind, read.slug, read.number),
  state: library.current(read.kind, read.slug) === read.version ? 'current' : 'former', origin: originOf(library.folder, read),
})

/** Every version there is, newest first within its slug. */
export function listEditions(library: Library): Edition[] {
  const drafts = listDrafts(library).map((draft): Edition => ({ ...draft, state: 'draft', review: library.reviewStatus(draft.kind, draft.slug, draft.number), origin: originOf(library.folder, draft) }))
  return [...[...library.shelf.all()].map((read) => published(library, read)), ...drafts]
    .sort((a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : byVersion(b.number, a.number)))
}

/** One version, published or draft; undefined where there is none. */
export function findEdition(library: Library, kind: Kind, slug: string, number: string): Edition | undefined {
  const read = library.shelf.get(kind, slug, number)
  if (read) return published(library, read)
  const draft = findDraft(library, kind, slug, number)
  return draft && { ...draft, state: 'draft', review: library.reviewStatus(kind, slug, number), origin: originOf(library.folder, draft) }
}

/** What a version says about itself, whatever its kind. */
export function factsOf(edition: Edition): { title: string; asOf: string; minutes: number | null; questions: number | null; items: number | null; tracks: readonly string[] } {
  const version = edition.read?.version
  if (!version) return { title: edition.slug, asOf: '', minutes: null, questions: null, items: null, tracks: [] }
  if (version.kind === 'notice') return { title: NOTICE_TITLE, asOf: version.asOf, minutes: null, questions: null, items: null, tracks: ['ja'] }
  const { title, asOf, minutes } = version.meta
  if (version.kind === 'checklist') return { title, asOf, minutes, questions: null, items: itemsOf(version.meta).length, tracks: ['ja'] }
  return { title, asOf, minutes, questions: version.kind === 'module' ? countQuestions(edition.read!) : null, items: null, tracks: version.tracks }
}

/** How many questions a bank has, without reading it: their ids begin with a capital, those of options do not. */
const countQuestions = ({ files }: ReadVersion): number => new TextDecoder().decode(files.get('quiz.yaml')).match(/^\s*- (?:\{ *)?id: *["']?[A-Z]/gm)?.length ?? 0

/** What the notice of purposes is called in lists. */
export const NOTICE_TITLE = '記録の利用目的'
