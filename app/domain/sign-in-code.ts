import { DAY_MS, HOUR_MS, startOf, type Day, type Instant } from './calendar'

/** Codes that open the door once: by mail (8 characters, 72 hours) or on a printed slip (12 characters, 14 days). */
export type CodePurpose = 'invite' | 'reset' | 'slip'

/** Without 0, O, 1, I and L, which look alike on paper. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
export const SHORT_CODE_LENGTH = 8

const TERMS: Record<CodePurpose, { length: number; livesMs: number }> = {
  invite: { length: SHORT_CODE_LENGTH, livesMs: 72 * HOUR_MS },
  reset: { length: SHORT_CODE_LENGTH, livesMs: 72 * HOUR_MS },
  slip: { length: 12, livesMs: 14 * DAY_MS },
}

/** From how many days before the first day a slip can be issued; its code opens nothing before that day. */
export const SLIP_DAYS_AHEAD = 30

/** Until when a slip holds: somebody who begins later has as long from the first day. */
export const slipHoldsUntil = (now: Instant, firstDay: Day): Instant => Math.max(now, startOf(firstDay)) + TERMS.slip.livesMs

/** How long a code of this purpose is, and how long it lives. */
export const codeTerms = (purpose: CodePurpose) => TERMS[purpose]

/** A code from random numbers below the size of the alphabet. */
export const codeOf = (numbers: readonly number[]): string => numbers.map((number) => CODE_ALPHABET[number]!).join('')

/** A code as it is typed: case, width, blanks and hyphens do not matter. Undefined when it can not be one. */
export function cleanCode(typed: string): string | undefined {
  const code = typed.normalize('NFKC').toUpperCase().replace(/[\s\-‐‑‒–—―−ー]/g, '')
  return Object.values(TERMS).some(({ length }) => length === code.length) && [...code].every((character) => CODE_ALPHABET.includes(character)) ? code : undefined
}

/** A code as it is printed: in groups of four. */
export const printedCode = (code: string): string => code.match(/.{1,4}/g)!.join('-')

export const MOST_AT_ONCE = 200
