/** Companies in the order of their tiers: each below the one it works for, with its depth. A parent that is out of reach counts as none. */
export function inTiers<C extends { companyId: string; parentId: string | null }>(companies: readonly C[]): (C & { depth: number })[] {
  const known = new Set(companies.map(({ companyId }) => companyId))
  const placed = new Set<string>()
  const below = (parent: string | null, depth: number): (C & { depth: number })[] =>
    companies
      .filter(({ companyId, parentId }) => !placed.has(companyId) && (parentId !== null && known.has(parentId) ? parentId : null) === parent)
      .flatMap((company) => (placed.add(company.companyId), [{ ...company, depth }, ...below(company.companyId, depth + 1)]))
  const tree = below(null, 0)
  return [...tree, ...companies.filter(({ companyId }) => !placed.has(companyId)).map((company) => ({ ...company, depth: 0 }))]
}
