import { MINUTE_MS, type Instant } from './calendar'

/**
 * Wrong passwords and codes slow the next try, so that nobody can keep another out. What fails is counted in three buckets: one
 * login from one address, which alone makes wait (a stranger elsewhere does not touch it); the login from wherever; and the
 * address, behind which a whole shop may stand. The last two only ever answer a little later and never refuse (domain.md A24).
 */
export interface Bucket {
  failures: number
  /** When the last failure was counted. */
  at: Instant
}

export const LOGIN_LIMITS = { free: 5, firstWaitMs: 5_000, longestWaitMs: MINUTE_MS, forgetMs: 10 * MINUTE_MS } as const
export const EVERYWHERE_LIMITS = { free: 20, stepMs: 200, longestDelayMs: 4_000, forgetMs: MINUTE_MS } as const
export const ADDRESS_LIMITS = { free: 100, stepMs: 20, longestDelayMs: 2_000, forgetMs: 6_000 } as const

/** How many failures still count: one is forgotten after each `forgetMs` without a new one. */
export const failuresLeft = (bucket: Bucket, now: Instant, forgetMs: number): number =>
  Math.max(0, bucket.failures - Math.floor(Math.max(0, now - bucket.at) / forgetMs))

/** The bucket after one more try that has not succeeded. */
export const countFailure = (bucket: Bucket, now: Instant, forgetMs: number): Bucket => ({ failures: failuresLeft(bucket, now, forgetMs) + 1, at: now })

/** How long a login must still wait before its next try; 0 when it may try. Tries made while waiting do not lengthen it. */
export function loginWaitMs(bucket: Bucket, now: Instant): number {
  const over = failuresLeft(bucket, now, LOGIN_LIMITS.forgetMs) - LOGIN_LIMITS.free
  if (over < 0) return 0
  const wait = Math.min(LOGIN_LIMITS.longestWaitMs, LOGIN_LIMITS.firstWaitMs * 2 ** Math.min(over, 20))
  return Math.max(0, bucket.at + wait - now)
}

/** By how much a login or an address with very many failures is answered later; right passwords still pass. */
export function delayMs(bucket: Bucket, limits: typeof EVERYWHERE_LIMITS | typeof ADDRESS_LIMITS, now: Instant): number {
  const over = failuresLeft(bucket, now, limits.forgetMs) - limits.free
  return Math.min(limits.longestDelayMs, Math.max(0, over) * limits.stepMs)
}

/** An address as it counts: an IPv6 customer holds a /64, so its first four groups are one. */
export function addressKey(address: string): string {
  const groups = address.split(':')
  return (groups.length > 4 && !address.startsWith('::') ? groups.slice(0, 4).join(':') : address).slice(0, 64)
}

/** How often somebody may write in their own words to people who must read it all: so many at once, then one each few minutes. */
export const WORDS_LIMITS = { free: 20, forgetMs: 3 * MINUTE_MS } as const

/** How long until somebody may write again; 0 when they may now. */
export const wordsWaitMs = (bucket: Bucket, now: Instant): number =>
  failuresLeft(bucket, now, WORDS_LIMITS.forgetMs) < WORDS_LIMITS.free ? 0 : WORDS_LIMITS.forgetMs - ((now - bucket.at) % WORDS_LIMITS.forgetMs)

export type TryKind = 'login' | 'code' | 'forgot'

/**
 * The buckets of one try: number and mail of one account are one login. What is nobody's login counts among 65,536, so that
 * invented ones fill no table.
 */
export function bucketsOf(kind: TryKind, login: { accountId: string | undefined; sha256: string }, address: string): { here: string; everywhere: string; address: string } {
  const everywhere = `${kind}:${login.accountId ?? login.sha256.slice(0, 4)}`
  return { here: `${everywhere}:${addressKey(address)}`, everywhere, address: `address:${addressKey(address)}` }
}
