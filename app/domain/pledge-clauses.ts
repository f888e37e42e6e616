/** When a pledge is made (domain.md §2.5): PL1–PL3 at the beginning, PL4 on a new scope of handling, PL5 each year, PL6 at the end. */
export const OCCASIONS = ['entry', 'scope', 'yearly', 'departure'] as const
export type Occasion = (typeof OCCASIONS)[number]

/** The legal relation in which a pledge is made (domain.md §2.5). */
export type PledgeRelation = 'employment' | 'mandate' | 'dispatched' | 'contractor' | 'sole'

/** What says which pledge it is: the slug is only its name. */
export interface PledgeNature {
  relation: PledgeRelation
  occasion: Occasion
  addressee: 'operator' | 'employer'
}

/** Whether the signer is somebody whom another employs, or who does business alone: such a text holds no threat, and says that nobody becomes an employee (domain.md L24, L25). */
export const isFromOutside = ({ relation }: Pick<PledgeNature, 'relation'>): boolean => relation !== 'employment' && relation !== 'mandate'

/** PL2 mode B: a 派遣社員 confirms towards the 派遣先 itself; only with the 派遣元's written agreement (domain.md §2.5, L24). */
export const needsAgreement = ({ relation, occasion, addressee }: PledgeNature): boolean => relation === 'dispatched' && occasion === 'entry' && addressee === 'operator'

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, at) => from + at)

/** The clauses of each pledge, as domain.md §2.5 lists them. Who comes from outside gets CL15 everywhere. */
const CLAUSES: Record<Occasion, (nature: PledgeNature) => number[]> = {
  entry: (nature) => (needsAgreement(nature) ? [8, 9, 10, 12, 13, 15, 16] : isFromOutside(nature) ? range(1, 17) : [...range(1, 14), 16, 17]),
  scope: () => [...range(1, 8), 10, 13, 14, 16],
  yearly: () => [...range(1, 10), ...range(12, 14), 16],
  departure: () => [1, 2, 4, 10, ...range(12, 14), ...range(16, 18)],
}

/** The clauses that a pledge of this nature has, no more and no less, in the order of their numbers. */
export function clausesOf(nature: PledgeNature): string[] {
  const numbers = new Set(CLAUSES[nature.occasion](nature))
  if (isFromOutside(nature)) numbers.add(15)
  return [...numbers].sort((a, b) => a - b).map((number) => `CL${String(number).padStart(2, '0')}`)
}
