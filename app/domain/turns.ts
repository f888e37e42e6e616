/**
 * A queue for work that only a few may do at once. Whoever asks says under which key (an address, an account): keys take turns,
 * so that one that asks a thousand times holds up nobody but itself. When all places to wait are taken, the key with the most
 * waiting gives one up.
 */
export interface TurnLimits {
  atOnce: number
  /** How many may wait under one key, and in all. */
  perKey: number
  waiting: number
}

export class Turns {
  #running = 0
  #waiting = 0
  readonly #lines = new Map<string, ((turn: boolean) => void)[]>()
  constructor(private readonly limits: TurnLimits) {}

  /** Runs `work` when its turn comes; undefined when too many wait already. */
  async take<T>(key: string, work: () => Promise<T>): Promise<{ done: T } | undefined> {
    if (!(await this.#turn(key))) return undefined
    try {
      return { done: await work() }
    } finally {
      this.#next()
    }
  }

  #turn(key: string): Promise<boolean> | boolean {
    if (this.#running < this.limits.atOnce) return ++this.#running, true
    const own = this.#lines.get(key)?.length ?? 0
    if (own >= this.limits.perKey || (this.#waiting >= this.limits.waiting && !this.#giveUpAPlace(own))) return false
    return new Promise((resolve) => {
      const line = this.#lines.get(key)
      if (line) line.push(resolve)
      else this.#lines.set(key, [resolve])
      this.#waiting++
    })
  }

  /** Sends away the last of the longest line, where that is longer than the newcomer's would be. */
  #giveUpAPlace(newcomers: number): boolean {
    const longest = [...this.#lines.values()].reduce((a, b) => (b.length > a.length ? b : a))
    if (longest.length <= newcomers + 1) return false
    this.#waiting--
    longest.pop()!(false)
    return true
  }

  #next(): void {
    const first = this.#lines.entries().next().value
    if (!first) return void this.#running--
    const [key, line] = first
    this.#lines.delete(key)
    const turn = line.shift()!
    if (line.length > 0) this.#lines.set(key, line)
    this.#waiting--
    turn(true)
  }
}
