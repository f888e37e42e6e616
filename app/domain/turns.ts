/**
 * A queue for work that only a few may do at once. Whoever asks says under which key (an address, an account): keys take turns,
 * so that one that asks a thousand times holds up nobody but itself. When all places to wait are taken, the key with the most
 * waiting gives one up. Who is known to us goes ahead of who is not, key by key as well.
 */
export interface TurnLimits {
  atOnce: number
  /** How many may wait under one key, and how many in all who are not known. */
  perKey: number
  waiting: number
}

type Lines = Map<string, ((turn: boolean) => void)[]>

export class Turns {
  #running = 0
  #waiting = 0
  readonly #known: Lines = new Map()
  readonly #others: Lines = new Map()
  constructor(private readonly limits: TurnLimits) {}

  /** Runs `work` when its turn comes; undefined when too many wait already. */
  async take<T>({ key, known }: { key: string; known: boolean }, work: () => Promise<T>): Promise<{ done: T } | undefined> {
    if (!(await this.#turn(key, known))) return undefined
    try {
      return { done: await work() }
    } finally {
      this.#next()
    }
  }

  #turn(key: string, known: boolean): Promise<boolean> | boolean {
    if (this.#running < this.limits.atOnce) return ++this.#running, true
    const lines = known ? this.#known : this.#others
    const own = lines.get(key)?.length ?? 0
    if (own >= this.limits.perKey || (!known && this.#waiting >= this.limits.waiting && !this.#giveUpAPlace(own))) return false
    return new Promise((resolve) => {
      lines.set(key, [...(lines.get(key) ?? []), resolve])
      if (!known) this.#waiting++
    })
  }

  /** Sends away the last of the longest line, where that is longer than the newcomer's would be. */
  #giveUpAPlace(newcomers: number): boolean {
    const longest = [...this.#others.values()].reduce((a, b) => (b.length > a.length ? b : a))
    if (longest.length <= newcomers + 1) return false
    this.#waiting--
    longest.pop()!(false)
    return true
  }

  #next(): void {
    const known = this.#known.size > 0
    const lines = known ? this.#known : this.#others
    const first = lines.entries().next().value
    if (!first) return void this.#running--
    const [key, [turn, ...rest]] = first
    lines.delete(key)
    if (rest.length > 0) lines.set(key, rest)
    if (!known) this.#waiting--
    turn!(true)
  }
}
