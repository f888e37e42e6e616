/**
 * A queue for work that only a few may do at once. Whoever asks says under which key (an address, an account): keys take turns,
 * so that one that asks a thousand times holds up nobody but itself. When all places to wait are taken, the key with the most
 * waiting gives one up. Who is known to us goes ahead of who is not, key by key as well.
 */
export interface TurnLimits {
  atOnce: number
  /** How many of these one key may have; all where it is left out. */
  atOnceOfKey?: number
  /** How many may wait under one key, and how many in all who are not known. */
  perKey: number
  waiting: number
}

type Lines = Map<string, ((turn: boolean) => void)[]>

export class Turns {
  #running = 0
  #waiting = 0
  readonly #runningOf = new Map<string, number>()
  readonly #known: Lines = new Map()
  readonly #others: Lines = new Map()
  constructor(private readonly limits: TurnLimits) {}

  /** Runs `work` when its turn comes; undefined when too many wait already. */
  async take<T>({ key, known }: { key: string; known: boolean }, work: () => Promise<T>): Promise<{ done: T } | undefined> {
    if (!(await this.#turn(key, known))) return undefined
    try {
      return { done: await work() }
    } finally {
      this.#leave(key)
      this.#next()
    }
  }

  #hasRoom = (key: string): boolean => (this.#runningOf.get(key) ?? 0) < (this.limits.atOnceOfKey ?? this.limits.atOnce)

  #enter(key: string): void {
    this.#runningOf.set(key, (this.#runningOf.get(key) ?? 0) + 1)
  }

  #leave(key: string): void {
    const left = this.#runningOf.get(key)! - 1
    if (left > 0) this.#runningOf.set(key, left)
    else this.#runningOf.delete(key)
  }

  #turn(key: string, known: boolean): Promise<boolean> | boolean {
    if (this.#running < this.limits.atOnce && this.#hasRoom(key)) {
      this.#running++
      this.#enter(key)
      return true
    }
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

  /** Hands a place that became free to the first key in line that may have it, those known to us first. */
  #next(): void {
    for (const lines of [this.#known, this.#others])
      for (const [key, [turn, ...rest]] of lines) {
        if (!this.#hasRoom(key)) continue
        lines.delete(key)
        if (rest.length > 0) lines.set(key, rest)
        if (lines === this.#others) this.#waiting--
        this.#enter(key)
        turn!(true)
        return
      }
    this.#running--
  }
}
