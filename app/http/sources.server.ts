import type { MappedProvision } from '../content/provision-map.server'

export interface ProvisionFilter {
  seed: string
  fit: string
  status: string
  find: string
  show: 'all' | 'taught' | 'uncovered' | 'outside'
}

/** What to choose from: what we know by name, then what the rows of the operator's own folder say besides. */
export const choicesOf = (known: Readonly<Record<string, string>>, used: readonly string[]): { value: string; words: string }[] =>
  [...new Set([...Object.keys(known), ...used])].map((value) => ({ value, words: known[value] ?? value }))

/** The rows that somebody looks for; the order stays. */
export const wantedProvisions = (rows: readonly MappedProvision[], { seed, fit, status, find, show }: ProvisionFilter): MappedProvision[] =>
  rows.filter((row) => (seed === '' || row.seed === seed) && (fit === '' || row.fit.split('/').includes(fit)) && (status === '' || row.status === status) && (find === '' || row.id.toLowerCase().startsWith(find.trim().toLowerCase()))
    && (show === 'all' || (show === 'taught' ? row.taught.length > 0 : show === 'uncovered' ? row.isUncovered : row.taught.length === 0 && !row.isUncovered)))

interface Sides {
  workforce: number
  company: number
}

/** How often a version that teaches the row was finished, among how often its modules are assigned; who finished two of them is counted in each. */
export function completedBy(row: Pick<MappedProvision, 'taught'>, completions: readonly (Sides & { slug: string; version: string })[], assigned: ReadonlyMap<string, Sides>): Sides & { ofWorkforce: number; ofCompany: number } {
  const versions = new Set(row.taught.map(({ slug, version }) => `${slug} ${version}`))
  const sum = (sides: readonly Sides[]) => sides.reduce<Sides>((all, one) => ({ workforce: all.workforce + one.workforce, company: all.company + one.company }), { workforce: 0, company: 0 })
  const of = sum([...new Set(row.taught.map(({ slug }) => slug))].flatMap((slug) => assigned.get(slug) ?? []))
  return { ...sum(completions.filter(({ slug, version }) => versions.has(`${slug} ${version}`))), ofWorkforce: of.workforce, ofCompany: of.company }
}
