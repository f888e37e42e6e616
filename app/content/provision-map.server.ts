import type { Library, ReviewStatus } from './library.server'
import type { Provision } from './read-part.server'
import type { ModuleVersion } from './schema'

/** A section that teaches a row of the ledger. */
export interface Taught {
  slug: string
  version: string
  page: number
  section: string
  asOf: string
}

/** One row of the ledger and all that hangs on it today. */
export interface MappedProvision extends Pick<Provision, 'id' | 'seed' | 'section' | 'fit' | 'status'> {
  words: string
  taught: Taught[]
  /** How many questions ask for it, by module. */
  questions: { slug: string; count: number }[]
  pledges: string[]
  checklists: string[]
  /** It is to be taught, and no section does. */
  isUncovered: boolean
}

/** P09 one way: every row of the ledger with the sections, questions, pledges and checklists of today that rest on it; what is not taught though it should be comes first. */
export function mappedProvisions(library: Library): MappedProvision[] {
  const modules = library.list('module')
  const pledges = library.list('pledge')
  const checklists = library.list('checklist')
  const taughtBy = new Map<string, Taught[]>()
  const askedBy = new Map<string, Map<string, number>>()
  for (const { meta, bank, pages } of modules) {
    meta.sections.forEach((section, at) => {
      for (const id of section.provisions) taughtBy.set(id, [...(taughtBy.get(id) ?? []), { slug: meta.slug, version: meta.version, page: at + 1, section: pages[at]?.title ?? section.id, asOf: section.asOf }])
    })
    for (const { provisions } of bank.questions)
      for (const id of new Set(provisions)) {
        const counts = askedBy.get(id) ?? new Map<string, number>()
        askedBy.set(id, counts.set(meta.slug, (counts.get(meta.slug) ?? 0) + 1))
      }
  }
  const order = new Map([...library.folder.provisions.keys()].map((id, at) => [id, at]))
  return [...library.folder.provisions.values()].map((row): MappedProvision => {
    const taught = taughtBy.get(row.id) ?? []
    return {
      id: row.id, seed: row.seed, section: row.section, fit: row.fit, status: row.status, words: row.words || row.paraphrase, taught,
      questions: [...(askedBy.get(row.id) ?? [])].map(([slug, count]) => ({ slug, count })),
      pledges: pledges.filter(({ meta }) => meta.provisions.includes(row.id)).map(({ meta }) => meta.slug),
      checklists: checklists.filter(({ meta }) => JSON.stringify(meta).includes(`"${row.id}"`)).map(({ meta }) => meta.slug),
      isUncovered: row.fit.includes('T') && row.status !== 'oldRegime' && taught.length === 0,
    }
  }).sort((a, b) => Number(b.isUncovered) - Number(a.isUncovered) || order.get(a.id)! - order.get(b.id)!)
}

/** A section of a module version with what it rests on. */
export interface SourcedSection {
  id: string
  title: string
  asOf: string
  provisions: (Pick<Provision, 'id' | 'fit' | 'status'> & { words: string })[]
  laws: { title: string; validFrom: string; changes: readonly { on: string; what: string }[] }[]
  questions: number
}

export interface SourcedModule {
  slug: string
  version: string
  title: string
  asOf: string
  review: ReviewStatus
  sections: SourcedSection[]
}

/** P09 the other way: a module version, section by section, with the rows and laws that it rests on. */
export function sourcedModule(library: Library, version: ModuleVersion): SourcedModule {
  const { meta, bank, pages } = version
  return {
    slug: meta.slug, version: meta.version, title: meta.title, asOf: meta.asOf, review: library.reviewStatus('module', meta.slug, meta.version),
    sections: meta.sections.map((section, at) => ({
      id: section.id, title: pages[at]?.title ?? section.id, asOf: section.asOf, questions: bank.questions.filter((question) => question.section === section.id).length,
      provisions: section.provisions.flatMap((id) => {
        const row = library.folder.provisions.get(id)
        return row ? [{ id, fit: row.fit, status: row.status, words: row.words || row.paraphrase }] : []
      }),
      laws: section.laws.flatMap((id) => {
        const law = library.laws.get(id)
        return law ? [{ title: library.lawTitles([id], section.asOf)[0]!, validFrom: law.validFrom, changes: law.changes }] : []
      }),
    })),
  }
}
