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

export interface Tier {
  id: string
  parentId: string | null
  name: string
  hasContact: boolean
}

/** A company and those it works for, the nearest first. */
export function upFrom<T extends Pick<Tier, 'id' | 'parentId'>>(tiers: ReadonlyMap<string, T>, companyId: string): T[] {
  const passed = new Set<T>()
  for (let at = tiers.get(companyId); at && !passed.has(at); at = at.parentId === null ? undefined : tiers.get(at.parentId)) passed.add(at)
  return [...passed]
}

/** Whose 会社側担当者 hears the people of a company: its own, else those of the nearest company above that has one. */
export const hearingOf = (tiers: ReadonlyMap<string, Tier>, companyId: string): Tier | undefined => upFrom(tiers, companyId).find(({ hasContact }) => hasContact)
