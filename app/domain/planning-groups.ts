import type { EngagementFacts } from './audience'
import type { Wanted } from './planning'

/** Of so many groups it is kept what is asked of them. */
const MOST_KEPT = 2_000

/** What is asked of those who begin, by their facts: whole companies begin on the same few days, and equal facts ask for the same. */
export class PlanningGroups {
  readonly #kept = new Map<string, readonly Wanted[]>()
  /** Units make a difference only where a requirement names some. */
  constructor(private readonly asksUnits: boolean) {}

  wantedOf({ companyKind, versions, scopes, leaves }: EngagementFacts, decide: () => readonly Wanted[]): readonly Wanted[] {
    const key = JSON.stringify([companyKind, this.asksUnits ? versions : versions.map(({ kind, from, to }) => [kind, from, to]), scopes, leaves])
    let wanted = this.#kept.get(key)
    if (!wanted) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
      this.#kept.set(key, (wanted = decide()))
    }
    return wanted
  }
}
