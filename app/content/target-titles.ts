import type { Library } from './library.server'

/** What is assigned, by its title for people. A certificate bears the title of its pledge. */
export function targetTitle(library: Library, kind: string, slug: string): string {
  if (kind === 'module') return library.current('module', slug)?.meta.title ?? slug
  if (kind === 'checklist') return library.current('checklist', slug)?.meta.title ?? slug
  return library.current('pledge', slug)?.meta.title ?? slug
}

/** Titles by kind and slug. */
export const targetTitles = (library: Library, targets: readonly { kind: string; slug: string }[]): Record<string, string> =>
  Object.fromEntries(targets.map(({ kind, slug }) => [`${kind} ${slug}`, targetTitle(library, kind, slug)]))

/** Short titles of a library, made once: lists say them hundreds of times. */
const short = new WeakMap<Library, Map<string, string>>()

/** What is assigned in a word or two, as lists say it: the title of the first requirement for it without what stands in brackets. */
export function shortTitle(library: Library, kind: string, slug: string): string {
  const known = short.get(library) ?? new Map<string, string>()
  if (!short.has(library)) short.set(library, known)
  const key = `${kind} ${slug}`
  let title = known.get(key)
  if (title === undefined) {
    const requirement = library.requirements.find(({ target }) => target.kind === kind && target.slug === slug)
    known.set(key, (title = requirement?.title.replace(/[(（].*$/, '').trim() || targetTitle(library, kind, slug)))
  }
  return title
}
