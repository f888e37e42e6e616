import { MINUTE_MS, type Instant } from './calendar'

/**
 * Wrong passwords and codes slow the next try. One login waits longer each time; an address, behind which a whole shop may
 * stand, only ever answers a little later and never refuses (domain.md A24).
 */
export interface Bucket {
  failures: number
  /** When the last failure was counted. */
  at: Instant
}

export const LOGIN_LIMITS = { free: 5, firstWaitMs: 5_000, longestWaitMs: 5 * MINUTE_MS, forgetMs: 10 * MINUTE_MS } as const
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

/** By how much an address with very many failures is answered later; right passwords still pass. */
export function addressDelayMs(bucket: Bucket, now: Instant): number {
  const over = failuresLeft(bucket, now, ADDRESS_LIMITS.forgetMs) - ADDRESS_LIMITS.free
  return Math.min(ADDRESS_LIMITS.longestDelayMs, Math.max(0, over) * ADDRESS_LIMITS.stepMs)
}

/** The bucket of an address: an IPv6 customer holds a /64, so its first four groups count as one. */
export function addressBucket(address: string): string {
  const groups = address.split(':')
  return `address:${groups.length > 4 && !address.startsWith('::') ? groups.slice(0, 4).join(':') : address}`.slice(0, 190)
}
