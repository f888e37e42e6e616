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

/** What is assigned in a word or two, as lists say it: the title of the first requirement for it without what stands in brackets. */
export function shortTitle(library: Pick<Library, 'requirements' | 'current'>, kind: string, slug: string): string {
  const requirement = library.requirements.find(({ target }) => target.kind === kind && target.slug === slug)
  return requirement?.title.replace(/[(（].*$/, '').trim() || targetTitle(library as Library, kind, slug)
}
