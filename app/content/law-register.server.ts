import { setImmediate } from 'node:timers/promises'
import type { Day } from '../domain/calendar'
import type { Library } from './library.server'
import type { Law } from './schema'
import type { Kind, ReadVersion } from './versions.server'

/** Something that hangs on a law: a section, a question, a whole pledge or checklist. */
export interface Hanging {
  kind: Kind
  slug: string
  version: string
  title: string
  isCurrent: boolean
  /** The section or question, '' for the whole text. */
  part: 'section' | 'question' | 'whole'
  id: string
  words: string
  asOf: Day
}

type Rests = Omit<Hanging, 'isCurrent'> & { laws: readonly string[] }

/** What each version rests on; read once a version, because reading a bank takes its time. */
const known = new WeakMap<ReadVersion, readonly Rests[]>()

function restsOf(read: ReadVersion, plain: Library['plainText']): readonly Rests[] {
  const before = known.get(read)
  if (before) return before
  const { version, kind, slug, number } = read
  const of = { kind, slug, version: number }
  let rests: Rests[] = []
  if (version.kind === 'module') {
    const { title } = version.meta
    const dayOf = new Map(version.meta.sections.map(({ id, asOf }) => [id, asOf]))
    rests = [
      ...version.meta.sections.map(({ id, laws, asOf }, at): Rests => ({ ...of, title, part: 'section', id, words: version.pages[at]?.title ?? id, asOf, laws })),
      ...version.bank.questions.map(({ id, text, laws, section }): Rests => ({ ...of, title, part: 'question', id, words: plain(text), asOf: dayOf.get(section) ?? version.meta.asOf, laws })),
    ]
  } else if (version.kind === 'pledge' || version.kind === 'checklist') rests = [{ ...of, title: version.meta.title, part: 'whole', id: '', words: version.meta.title, asOf: version.meta.asOf, laws: version.meta.laws }]
  known.set(read, rests)
  return rests
}

/** Everything that hangs on any law, every published version of it. Between versions others get their turn. */
export async function hangings(library: Library): Promise<readonly (Hanging & { laws: readonly string[] })[]> {
  const all: (Hanging & { laws: readonly string[] })[] = []
  for (const read of [...library.shelf.all()]) {
    if (!known.has(read)) await setImmediate()
    const isCurrent = library.current(read.kind, read.slug) === read.version
    all.push(...restsOf(read, (source) => library.plainText(source)).map((one) => ({ ...one, isCurrent })))
  }
  return all
}

/**
 * Which module versions told a law as it was before a change, and which tell it as it is since: by the day each section that rests
 * on it was written for. A version that told the coming wording before its day is named by the change itself (`toldBy`).
 */
export function taughtBefore(hanging: readonly Hanging[], change: Law['changes'][number]): { old: { slug: string; version: string }[]; since: { slug: string; version: string }[] } {
  const versions = new Map<string, { slug: string; version: string; isOld: boolean }>()
  for (const { kind, slug, version, part, asOf } of hanging) {
    if (kind !== 'module' || part !== 'section') continue
    const before = versions.get(`${slug} ${version}`)
    const told = change.toldBy.includes(slug) || change.toldBy.includes(`${slug} ${version}`)
    versions.set(`${slug} ${version}`, { slug, version, isOld: (before?.isOld ?? false) || (!told && asOf < change.on) })
  }
  const of = (isOld: boolean) => [...versions.values()].filter((one) => one.isOld === isOld).map(({ slug, version }) => ({ slug, version }))
  return { old: of(true), since: of(false) }
}
