import { byVersion } from './shelf.server'
import type { Folder } from './read-folder.server'
import type { Provision } from './read-part.server'
import type { ModuleVersion } from './schema'
import type { ContentError } from './source.server'
import { isUnread } from './unread'
import type { ReadVersion } from './versions.server'

/** The newest version of each module: what counts is what is taught from now on. */
export function newestModules(folder: Pick<Folder, 'versions'>): ReadVersion<ModuleVersion>[] {
  const newest = new Map<string, ReadVersion<ModuleVersion>>()
  for (const read of folder.versions) {
    if (read.kind !== 'module') continue
    const known = newest.get(read.slug)
    if (!known || byVersion(known.number, read.number) < 0) newest.set(read.slug, read as ReadVersion<ModuleVersion>)
  }
  return [...newest.values()]
}

/** Modules that the ledger names for a row: `M02–M04, U1; C21`. An edition (M09-S, M10-D) teaches for its module. */
export function modulesNamed(satisfiedBy: string): string[] {
  return [...satisfiedBy.matchAll(/\b([MU])(\d+)(?:[–-]M?(\d+))?/g)].flatMap(([, letter, from, to]) =>
    Array.from({ length: Number(to ?? from) - Number(from) + 1 }, (_, at) => `${letter}${String(Number(from) + at).padStart(from!.length, '0')}`))
}

/** A row that is to be taught, and may be: an old regime is background, never a lesson of its own. */
const isTaught = ({ fit, status }: Provision) => fit.includes('T') && status !== 'oldRegime'

/** Every row of the ledger that is to be taught stands under a section, in each module that the ledger names (domain.md §1, §2.1). */
export function checkProvisions(folder: Folder, errors: ContentError[]): { covered: string[]; uncovered: string[]; outside: string[] } {
  const modules = newestModules(folder)
  const taughtBy = new Map<string, Set<string>>()
  for (const { slug, version } of modules)
    for (const section of version.meta.sections) for (const id of section.provisions) taughtBy.set(id, (taughtBy.get(id) ?? new Set()).add(slug.split('-')[0]!))
  const found: { covered: string[]; uncovered: string[]; outside: string[] } = { covered: [], uncovered: [], outside: [] }
  const unread = new Set(folder.standing.filter(({ kind }) => kind === 'module').filter((one) => isUnread(folder, (other) => other === one)).map(({ slug }) => slug.split('-')[0]!))
  const there = new Set(modules.map(({ slug }) => slug))
  for (const row of folder.provisions.values()) {
    const refuse = (message: string) => errors.push({ file: row.file, line: row.line, field: row.id, message })
    const taught = taughtBy.get(row.id)
    found[taught ? 'covered' : row.fit.includes('T') ? 'uncovered' : 'outside'].push(row.id)
    if (!isTaught(row)) continue
    if (!taught && unread.size > 0) continue // it may stand in what could not be read
    if (!taught) refuse(`条項「${row.id}」を教える節がありません(fit ${row.fit})。教える節の provisions に足してください。教材の外で守るものなら、fit から T を外します`)
    else for (const slug of modulesNamed(row.satisfiedBy)) if (there.has(slug) && !taught.has(slug) && !unread.has(slug)) refuse(`条項「${row.id}」は ${slug} で教えることになっていますが、${slug} のどの節にもありません。節の provisions に足すか、satisfied_by を直してください`)
  }
  return found
}
