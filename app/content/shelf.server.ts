import type { Folder } from './read-folder.server'
import type { ChecklistVersion, ModuleVersion, NoticeVersion, PledgeVersion } from './schema'
import type { Kind, ReadVersion } from './versions.server'

/** Versions in order: `1.10` comes after `1.9`. */
export const byVersion = (a: string, b: string): number => {
  const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)]
  return (x[0] ?? 0) - (y[0] ?? 0) || (x[1] ?? 0) - (y[1] ?? 0)
}

export type VersionOf = { module: ModuleVersion; pledge: PledgeVersion; checklist: ChecklistVersion; notice: NoticeVersion }

/** Which versions there are and which of them are served. */
export class Shelf {
  readonly #all = new Map<string, ReadVersion>()
  readonly #bySlug = new Map<string, ReadVersion[]>()
  constructor(readonly read: Folder) {
    const sealed = read.seals && new Set(read.seals.map(({ kind, slug, version }) => `${kind} ${slug} ${version}`))
    for (const version of read.versions) if (!sealed || sealed.has(`${version.kind} ${version.slug} ${version.number}`)) this.put(version)
  }
  put(read: ReadVersion) {
    const key = `${read.kind} ${read.slug} ${read.number}`
    if (this.#all.has(key)) return
    this.#all.set(key, read)
    const slugKey = `${read.kind} ${read.slug}`
    this.#bySlug.set(slugKey, [...(this.#bySlug.get(slugKey) ?? []), read].sort((a, b) => byVersion(a.number, b.number)))
  }
  get(kind: Kind, slug: string, number: string) {
    return this.#all.get(`${kind} ${slug} ${number}`)
  }
  current<K extends Kind>(kind: K, slug: string) {
    return this.#bySlug.get(`${kind} ${slug}`)?.at(-1)?.version as VersionOf[K] | undefined
  }
  *all() {
    yield* this.#all.values()
  }
  slugs(kind: Kind) {
    return [...this.#bySlug.keys()].filter((key) => key.startsWith(`${kind} `)).map((key) => key.slice(kind.length + 1)).sort()
  }
}
