import type { Library } from './library.server'

/** What is assigned, by its title for people: of a version where it is named, else of the one in use; its slug where there is none. A certificate bears the title of its pledge. */
export function targetTitle(library: Library, kind: string, slug: string, version?: string): string {
  const text = kind === 'module' ? kind : 'pledge'
  const found = (version === undefined ? undefined : library.find(text, slug, version)) ?? library.current(text, slug)
  return found?.meta.title ?? slug
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
