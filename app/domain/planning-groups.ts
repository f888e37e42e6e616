import { eachAudience, type Audience, type EngagementFacts } from './audience'
import type { PlannedRequirement, Wanted } from './planning'

/** Of so many groups it is kept what is asked of them. */
const MOST_KEPT = 2_000

/** What is asked of those who begin, by their facts: whole companies begin on the same few days, and equal facts ask for the same. */
export class PlanningGroups {
  readonly #kept = new Map<string, readonly Wanted[]>()
  readonly #asks: { units: boolean; unitKinds: boolean }

  /** Units, or their kinds, make a difference only where a requirement names some. */
  constructor(requirements: readonly PlannedRequirement[]) {
    const names = (condition: keyof Audience) => requirements.some(({ audience }) => eachAudience(audience).some((one) => one[condition]))
    this.#asks = { units: names('units'), unitKinds: names('unitKinds') }
  }

  wantedOf({ companyKind, versions, scopes, leaves, roles = [] }: EngagementFacts, decide: () => readonly Wanted[]): readonly Wanted[] {
    const { units, unitKinds } = this.#asks
    const key = JSON.stringify([companyKind, versions.map((one) => [one.kind, one.from, one.to, units && one.unitCodes, unitKinds && one.unitKinds]), scopes, leaves, roles])
    let wanted = this.#kept.get(key)
    if (!wanted) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
      this.#kept.set(key, (wanted = decide()))
    }
    return wanted
  }
}
