import type { MappedProvision } from '../content/provision-map.server'

export interface ProvisionFilter {
  seed: string
  fit: string
  status: string
  find: string
  show: 'all' | 'taught' | 'uncovered' | 'outside'
}

/** The rows that somebody looks for; the order stays. */
export const wantedProvisions = (rows: readonly MappedProvision[], { seed, fit, status, find, show }: ProvisionFilter): MappedProvision[] =>
  rows.filter((row) => (seed === '' || row.seed === seed) && (fit === '' || row.fit.split('/').includes(fit)) && (status === '' || row.status === status) && (find === '' || row.id.toLowerCase().startsWith(find.trim().toLowerCase()))
    && (show === 'all' || (show === 'taught' ? row.taught.length > 0 : show === 'uncovered' ? row.isUncovered : row.taught.length === 0 && !row.isUncovered)))

/** How many finished a version that teaches the row, module by module; who finished two of them is counted in each. */
export function completedBy(row: Pick<MappedProvision, 'taught'>, completions: readonly { slug: string; version: string; workforce: number; company: number }[]): { workforce: number; company: number } {
  const versions = new Set(row.taught.map(({ slug, version }) => `${slug} ${version}`))
  return completions.filter(({ slug, version }) => versions.has(`${slug} ${version}`)).reduce((all, one) => ({ workforce: all.workforce + one.workforce, company: all.company + one.company }), { workforce: 0, company: 0 })
}
