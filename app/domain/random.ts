import { createHash } from 'node:crypto'

/** Throws of a die that only the seed decides, so that what was drawn can be drawn again. */
export interface Dice {
  /** A whole number from 0 to `sides` − 1, each equally likely. */
  below: (sides: number) => number
  /** The items in a new order. */
  shuffled: <T>(items: readonly T[]) => T[]
}

const WORD = 2 ** 32

/** Dice from a seed: the SHA-256 of seed and block number, read word by word; the same seed gives the same throws for ever. */
export function diceOf(seed: string): Dice {
  let block = 0
  let words: number[] = []
  const word = (): number => {
    if (words.length === 0) {
      const bytes = createHash('sha256').update(`${seed}:${block++}`).digest()
      words = Array.from({ length: 8 }, (_, at) => bytes.readUInt32BE(at * 4))
    }
    return words.pop()!
  }
  const below = (sides: number): number => {
    const fair = WORD - (WORD % sides)
    for (;;) {
      const thrown = word()
      if (thrown < fair) return thrown % sides
    }
  }
  const shuffled = <T>(items: readonly T[]): T[] => {
    const mixed = [...items]
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = below(at + 1)
      ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
    }
    return mixed
  }
  return { below, shuffled }
}
