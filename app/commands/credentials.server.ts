import { hash, hashRaw, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { inTransaction, type Tx } from '../../db/database.server'
import { findAccount } from '../../db/accounts.server'
import { createSession } from '../../db/sessions.server'
import { findBucket, forgetBucket, lockBucket, recordBucket } from '../../db/throttle.server'
import type { Context, SignedInContext } from '../context'
import { MINUTE_MS, type Instant } from '../domain/calendar'
import { sha256 } from '../domain/ledger/entry'
import { foldLogin, normalisePassword } from '../domain/login'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { sessionEnd } from '../domain/session'
import { sessionToken, TOKEN_BYTES } from '../domain/session-token'
import { SHORT_CODE_LENGTH } from '../domain/sign-in-code'
import { ADDRESS_LIMITS, addressKey, bucketsOf, countFailure, delayMs, EVERYWHERE_LIMITS, LOGIN_LIMITS, loginWaitMs, WORDS_LIMITS, wordsWaitMs, type TryKind } from '../domain/throttle'
import { Turns } from '../domain/turns'

/** What the commands at the doors share: hashing; the throttle; the start of a session. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Hashing takes memory and processor, both of which the pages need too: two at once, addresses and accounts in turn. */
const hashing = new Turns({ atOnce: 2, perKey: 40, waiting: 400 })
const CROWDED: Refusal<'slowDown'> = refuse('slowDown', { seconds: 10 })

/** Under which key somebody hashes: an address of people we do not know yet, or what we know them by. */
type By = Parameters<typeof hashing.take>[0]
export const byAddress = (context: Context): By => ({ key: addressKey(context.from.address), known: false })
export const byAccount = (accountId: string): By => ({ key: accountId, known: true })

async function orThrow<T>(turn: Promise<{ done: T } | undefined>): Promise<T> {
  const taken = await turn
  if (!taken) throw new Error('So many hashes at once are asked for by nobody')
  return taken.done
}

/** The Argon2id hash of the password somebody proven chooses. Takes tens of milliseconds: never inside a transaction. */
export const hashPassword = (by: By, typed: string): Promise<string> => orThrow(hashing.take(by, () => hash(normalisePassword(typed), COST)))

let nobodys: Promise<string> | undefined

/** Whether the password fits; with no hash to compare it takes just as long and says no. Refused when too many ask from there. */
export async function verifyPassword(by: By, stored: string | null | undefined, typed: string): Promise<boolean | Refusal<'slowDown'>> {
  const against = stored ?? (await (nobodys ??= hash(randomBytes(24).toString('base64'), COST)))
  const turn = await hashing.take(by, () => verify(against, normalisePassword(typed.slice(0, 1000))))
  return turn ? turn.done && stored !== null && stored !== undefined : CROWDED
}

/** A short code is hashed slowly, since its 40 bits could be tried out by whoever reads the table. */
const slowHash = async (accountId: string, code: string): Promise<string> => (await hashRaw(code, { ...COST, salt: Buffer.from(`shuhi-code:${accountId}`) })).toString('hex')

/** The hash of a short code that we make. */
export const hashShortCode = (accountId: string, code: string): Promise<string> => orThrow(hashing.take(byAccount(accountId), () => slowHash(accountId, code)))

/** A long code carries 59 bits and is hashed quickly, bound to its account. */
export const hashLongCode = (accountId: string, code: string): string => sha256(`shuhi-code:${accountId}:${code}`)

/** The hash under which a typed code is looked up, whatever its length. */
export async function hashCode(by: By, accountId: string, code: string): Promise<string | Refusal<'slowDown'>> {
  if (code.length !== SHORT_CODE_LENGTH) return hashLongCode(accountId, code)
  return (await hashing.take(by, () => slowHash(accountId, code)))?.done ?? CROWDED
}

/** The buckets that a try at the doors counts in. */
export const tryAt = (context: Context, kind: TryKind, typed: string, accountId: string | undefined): Buckets => bucketsOf(kind, { accountId, sha256: sha256(foldLogin(typed)) }, context.from.address)
type Buckets = ReturnType<typeof bucketsOf>

/**
 * Lets a try through or names the seconds to wait. The try counts as failed until `forgiveTry`, so that many at once
 * win nothing. A login or an address with very many failures is answered a little later and never turned away.
 */
export async function beginTry(context: Context, buckets: Buckets): Promise<Refusal<'slowDown'> | null> {
  const { now, db } = context
  const { waitMs, everywhereMs } = await inTransaction(db, async (tx) => {
    const here = await lockBucket(tx, buckets.here)
    const waitMs = loginWaitMs(here, now)
    if (waitMs > 0) return { waitMs, everywhereMs: 0 }
    await recordBucket(tx, buckets.here, countFailure(here, now, LOGIN_LIMITS.forgetMs))
    const everywhere = await lockBucket(tx, buckets.everywhere)
    await recordBucket(tx, buckets.everywhere, countFailure(everywhere, now, EVERYWHERE_LIMITS.forgetMs))
    return { waitMs, everywhereMs: delayMs(everywhere, EVERYWHERE_LIMITS, now) }
  })
  if (waitMs > 0) return refuse('slowDown', { seconds: Math.ceil(waitMs / 1000) })
  const later = Math.max(everywhereMs, delayMs(await findBucket(db, buckets.address), ADDRESS_LIMITS, now))
  if (later > 0) await new Promise((resolve) => setTimeout(resolve, later))
  return null
}

/** Counts a failed try against the address it came from. */
export async function noteFailure(context: Context, { address }: Buckets): Promise<void> {
  await inTransaction(context.db, async (tx) => recordBucket(tx, address, countFailure(await lockBucket(tx, address), context.now, ADDRESS_LIMITS.forgetMs)))
}

/** After a success the login starts afresh. */
export async function forgiveTry(tx: Tx, { here, everywhere }: Buckets): Promise<void> {
  for (const bucket of [here, everywhere]) await forgetBucket(tx, bucket)
}

/** Asks a signed-in person for the password once more (before a signature, before changing it), slowed like a sign-in. */
export async function confirmPassword(context: SignedInContext, typed: string): Promise<Refusal<'slowDown' | 'wrongPassword'> | null> {
  const { accountId, sessionId } = context.viewer
  const buckets = { ...tryAt(context, 'login', '', accountId), here: `again:${accountId}:${sessionId.slice(0, 32)}`, everywhere: `again:${accountId}` }
  const refused = await beginTry(context, buckets)
  if (refused) return refused
  const account = await findAccount(context.db, accountId)
  const fits = await verifyPassword(byAccount(accountId), account?.password_hash, typed)
  if (fits === true) {
    await inTransaction(context.db, (tx) => forgiveTry(tx, buckets))
    return null
  }
  if (isRefusal(fits)) return fits
  await noteFailure(context, buckets)
  return refuse('wrongPassword')
}

/** Counts one more text in somebody's own words (a question, a note, a correction), or names the minutes to wait. */
export async function countWords(tx: Tx, { viewer, now }: SignedInContext): Promise<Refusal<'tooManyWords'> | null> {
  const bucket = `words:${viewer.accountId}`
  const state = await lockBucket(tx, bucket)
  const waitMs = wordsWaitMs(state, now)
  if (waitMs > 0) return refuse('tooManyWords', { minutes: Math.ceil(waitMs / MINUTE_MS) })
  await recordBucket(tx, bucket, countFailure(state, now, WORDS_LIMITS.forgetMs))
  return null
}

/** Starts a session under a fresh token and returns the token; the database gets its hash only. */
export async function startSession(tx: Tx, context: Context, session: { accountId: string; shared: boolean; authMethod: string; endsAt?: Instant }): Promise<string> {
  const { token, idHash } = sessionToken(randomBytes(TOKEN_BYTES))
  await createSession(tx, {
    idHash, accountId: session.accountId, at: context.now, expiresAt: Math.min(sessionEnd(context.now, session.shared), session.endsAt ?? Infinity), shared: session.shared,
    address: context.from.address, agent: context.from.agent, authMethod: session.authMethod,
  })
  return token
}
