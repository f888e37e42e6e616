import { hash, hashRaw, verify } from '@node-rs/argon2'
import { randomBytes } from 'node:crypto'
import { inTransaction, type Tx } from '../../db/database.server'
import { findAccount } from '../../db/accounts.server'
import { createSession } from '../../db/sessions.server'
import { findBucket, forgetBucket, lockBucket, recordBucket } from '../../db/throttle.server'
import type { Context, SignedInContext } from '../context'
import { sha256 } from '../domain/ledger/entry'
import { normalisePassword } from '../domain/login'
import { refuse, type Refusal } from '../domain/refusal'
import { sessionEnd } from '../domain/session'
import { sessionToken, TOKEN_BYTES } from '../domain/session-token'
import { SHORT_CODE_LENGTH } from '../domain/sign-in-code'
import { ADDRESS_LIMITS, addressBucket, addressDelayMs, countFailure, LOGIN_LIMITS, loginWaitMs } from '../domain/throttle'

/** What the commands at the doors share: hashing, at most two at once; the throttle; the start of a session. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const AT_ONCE = 2
const LONGEST_QUEUE = 400

let running = 0
const queue: (() => void)[] = []

/** Runs `work` when fewer than two others run: hashing is memory and processor, both of which the pages need too. */
async function oneOfTwo<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve))
  else running++
  try {
    return await work()
  } finally {
    const next = queue.shift()
    if (next) next()
    else running--
  }
}

/** True while so many wait for a hash that newcomers are asked to come back. */
export const hashingIsCrowded = () => queue.length >= LONGEST_QUEUE

/** The Argon2id hash of a password. Takes tens of milliseconds: never inside a transaction. */
export const hashPassword = (typed: string): Promise<string> => oneOfTwo(() => hash(normalisePassword(typed), COST))

let nobodys: Promise<string> | undefined

/** Whether the password fits; with no hash to compare it takes just as long and says no. */
export async function verifyPassword(stored: string | null | undefined, typed: string): Promise<boolean> {
  const against = stored ?? (await (nobodys ??= hashPassword(randomBytes(24).toString('base64'))))
  const fits = await oneOfTwo(() => verify(against, normalisePassword(typed.slice(0, 1000))))
  return fits && stored !== null && stored !== undefined
}

/** A short code is hashed slowly, since its 40 bits could be tried out by whoever reads the table. */
export const hashShortCode = async (accountId: string, code: string): Promise<string> =>
  (await oneOfTwo(() => hashRaw(code, { ...COST, salt: Buffer.from(`shuhi-code:${accountId}`) }))).toString('hex')

/** A long code carries 59 bits and is hashed quickly, bound to its account. */
export const hashLongCode = (accountId: string, code: string): string => sha256(`shuhi-code:${accountId}:${code}`)

/** The hash under which a typed code is looked up, whatever its length. */
export const hashCode = async (accountId: string, code: string): Promise<string> => (code.length === SHORT_CODE_LENGTH ? hashShortCode(accountId, code) : hashLongCode(accountId, code))

/**
 * Lets a try through or names the seconds to wait. The try counts as failed until `forgiveTry`, so that many at once
 * win nothing. An address with very many failures is answered a little later and never turned away.
 */
export async function beginTry(context: Context, bucket: string): Promise<Refusal<'slowDown'> | null> {
  const waitMs = await inTransaction(context.db, async (tx) => {
    const state = await lockBucket(tx, bucket)
    const wait = loginWaitMs(state, context.now)
    if (wait === 0) await recordBucket(tx, bucket, countFailure(state, context.now, LOGIN_LIMITS.forgetMs))
    return wait
  })
  if (waitMs > 0) return refuse('slowDown', { seconds: Math.ceil(waitMs / 1000) })
  if (hashingIsCrowded()) return refuse('slowDown', { seconds: 10 })
  const delayMs = addressDelayMs(await findBucket(context.db, addressBucket(context.from.address)), context.now)
  if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
  return null
}

/** Counts a failed try against the address it came from. */
export async function noteFailure(context: Context): Promise<void> {
  await inTransaction(context.db, async (tx) => {
    const bucket = addressBucket(context.from.address)
    await recordBucket(tx, bucket, countFailure(await lockBucket(tx, bucket), context.now, ADDRESS_LIMITS.forgetMs))
  })
}

/** After a success the login starts afresh. */
export const forgiveTry = (tx: Tx, bucket: string): Promise<void> => forgetBucket(tx, bucket)

/** Asks a signed-in person for the password once more (before a signature, before changing it), slowed like a sign-in. */
export async function confirmPassword(context: SignedInContext, typed: string): Promise<Refusal<'slowDown' | 'wrongPassword'> | null> {
  const bucket = `again:${context.viewer.accountId}`
  const refused = await beginTry(context, bucket)
  if (refused) return refused
  const account = await findAccount(context.db, context.viewer.accountId)
  if (!(await verifyPassword(account?.password_hash, typed))) {
    await noteFailure(context)
    return refuse('wrongPassword')
  }
  await inTransaction(context.db, (tx) => forgiveTry(tx, bucket))
  return null
}

/** Starts a session under a fresh token and returns the token; the database gets its hash only. */
export async function startSession(tx: Tx, context: Context, session: { accountId: string; shared: boolean; authMethod: string }): Promise<string> {
  const { token, idHash } = sessionToken(randomBytes(TOKEN_BYTES))
  await createSession(tx, {
    idHash, accountId: session.accountId, at: context.now, expiresAt: sessionEnd(context.now, session.shared), shared: session.shared,
    address: context.from.address, agent: context.from.agent, authMethod: session.authMethod,
  })
  return token
}
