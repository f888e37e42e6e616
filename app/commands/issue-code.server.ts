import { randomInt } from 'node:crypto'
import { inTransaction, type Tx } from '../../db/database.server'
import { findAccountByLogin, listEngagementsInForce } from '../../db/accounts.server'
import { createCodes, revokeCodes } from '../../db/sign-in-codes.server'
import { companiesOfReach, listNamedInvitees, type Invitee } from '../../db/slips.server'
import type { Context, SignedInContext } from '../context'
import { mayVouchFor, reachOf } from '../domain/access'
import { dayOf, MINUTE_MS, type Instant } from '../domain/calendar'
import { cleanLogin } from '../domain/login'
import { isReached, letterHead } from '../domain/mail'
import { relationOf } from '../domain/people'
import { refuse, type Refusal } from '../domain/refusal'
import { CODE_ALPHABET, codeOf, codeTerms, MOST_AT_ONCE, slipHoldsUntil } from '../domain/sign-in-code'
import { beginTry, hashLongCode, tryAt } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { queueMails } from './queue-mail.server'

const RESET_EVERY_MS = 15 * MINUTE_MS
const AFTER_ANSWER_MS = 1_000

/** A printed slip: who it is for, and the code that only this answer ever shows. */
export interface Slip extends Pick<Invitee, 'engagementId' | 'number' | 'name' | 'kind' | 'companyName' | 'unitName' | 'from'> {
  code: string
  until: Instant
}

type IssueRefusal = Refusal<'nobodyChosen' | 'tooManyAtOnce' | 'notYoursToVouch'>

/**
 * Makes a printed slip for each of these engagements; earlier codes of theirs end (re-printing revokes). Undefined when one
 * of them is missing or out of reach: 会社側担当者 reach their own company and the tiers below.
 */
export async function issueSlips(context: SignedInContext, engagementIds: readonly string[]): Promise<Slip[] | IssueRefusal | undefined> {
  const chosen = await choose(context, engagementIds)
  if (!Array.isArray(chosen)) return chosen
  const slips = chosen.map((one) => ({ one, code: newSlipCode(), until: slipHoldsUntil(context.now, one.from) }))
  await inTransaction(context.db, async (tx) => {
    for (const { one, code, until } of slips) await recordSlip(tx, context, one, code, until)
  })
  return slips.map(({ one: { engagementId, number, name, kind, companyName, unitName, from }, code, until }) => ({ engagementId, number, name, kind, companyName, unitName, from, code, until }))
}

/** Enters the code of a slip inside the transaction of whatever causes it; earlier codes of the account end. */
export async function recordSlip(tx: Tx, context: Context, to: { accountId: string; engagementId: string }, code: string, expiresAt = context.now + codeTerms('slip').livesMs): Promise<void> {
  await revokeCodes(tx, [to.accountId], context.now)
  await createCodes(tx, [{ hash: hashLongCode(to.accountId, code), accountId: to.accountId, purpose: 'slip', issuedBy: context.viewer?.accountId ?? null, at: context.now, expiresAt }])
  await recordEvidence(tx, context, { type: 'account.codeIssued', subjectEngagementId: to.engagementId, payload: { account: to.accountId, purpose: 'slip' } })
}

/** Twelve characters at random, 59 bits. */
export const newSlipCode = (): string => codeOf(Array.from({ length: codeTerms('slip').length }, () => randomInt(CODE_ALPHABET.length)))

/** Invites by mail those of these engagements who have an address; a contractor's worker is invited by the employer only (L25). */
export async function inviteByMail(context: SignedInContext, engagementIds: readonly string[]): Promise<{ invited: number; without: number } | IssueRefusal | Refusal<'inviteThroughCompany' | 'inviteFromFirstDay'> | undefined> {
  const chosen = await choose(context, engagementIds)
  if (!Array.isArray(chosen)) return chosen
  if (reachOf(context.viewer, 'issueSlips').all && chosen.some(({ relation }) => relation === 'contract')) return refuse('inviteThroughCompany')
  if (chosen.some(({ from }) => from > dayOf(context.now))) return refuse('inviteFromFirstDay')
  const invited = await inTransaction(context.db, async (tx) => {
    const queued = chosen.filter(({ mail }) => isReached(mail))
    for (const { accountId, engagementId } of queued) await recordEvidence(tx, context, { type: 'account.codeIssued', subjectEngagementId: engagementId, payload: { account: accountId, purpose: 'invite' } })
    return queueMails(tx, context, queued.map((one) => ({
      template: 'invitation' as const, recipientId: one.accountId, to: one.mail, dedupeKey: `invitation|${one.accountId}|${slotOf(context.now)}`,
      props: { ...letterHead({ name: one.name ?? one.number, relation: one.relation, companyName: one.companyName }, context.library.words), issuedBy: context.viewer.accountId },
    })))
  })
  return { invited, without: chosen.length - invited }
}

async function choose(context: SignedInContext, engagementIds: readonly string[]): Promise<Invitee[] | IssueRefusal | undefined> {
  const ids = [...new Set(engagementIds)]
  if (ids.length === 0) return refuse('nobodyChosen')
  if (ids.length > MOST_AT_ONCE) return refuse('tooManyAtOnce', { most: MOST_AT_ONCE })
  const day = dayOf(context.now)
  const companies = await companiesOfReach(context.db, reachOf(context.viewer, 'issueSlips'), day)
  const chosen = await listNamedInvitees(context.db, companies, ids, day)
  if (chosen.length !== ids.length) return undefined
  return chosen.every((one) => mayVouchFor(context.viewer, one, companies)) ? chosen : refuse('notYoursToVouch')
}

const slotOf = (now: Instant) => Math.floor(now / RESET_EVERY_MS)

const unfinished = new Set<Promise<void>>()
/** Settles when every reset asked for is queued: before the database is closed. */
export const resetsQueued = async (): Promise<void> => void (await Promise.all(unfinished))

/**
 * 「パスワードを忘れた」: queues a mail with a code when the login is one of ours, in force and with an address; one mail in a
 * quarter of an hour. All of that comes after the answer, whose words and time are therefore the same when it is not.
 */
export async function requestReset(context: Context, login: string): Promise<Refusal<'slowDown'> | null> {
  const account = await findAccountByLogin(context.db, cleanLogin(login))
  const refused = await beginTry(context, tryAt(context, 'forgot', login, account?.id))
  if (refused) return refused
  const work = new Promise((resolve) => setTimeout(resolve, AFTER_ANSWER_MS))
    .then(() => (account && account.disabled_at === null ? queueReset(context, account) : undefined))
    .catch((error: unknown) => context.log('error', 'パスワードの再設定を受け付けられませんでした', { error: String(error) }))
    .finally(() => unfinished.delete(work))
  unfinished.add(work)
  return null
}

async function queueReset(context: Context, account: { id: string; person_id: string }): Promise<void> {
  const to = (await listEngagementsInForce(context.db, account.person_id, dayOf(context.now))).find(({ mail }) => mail !== '')
  if (!to) return
  await inTransaction(context.db, async (tx) => {
    await recordEvidence(tx, context, { type: 'account.codeIssued', subjectEngagementId: to.id, payload: { account: account.id, purpose: 'reset', address: context.from.address } })
    await queueMails(tx, context, [{
      template: 'reset', recipientId: account.id, to: to.mail, dedupeKey: `reset|${account.id}|${slotOf(context.now)}`,
      props: { ...letterHead({ name: to.display_name, relation: relationOf(to.kind), companyName: to.company_name ?? '' }, context.library.words), issuedBy: null },
    }])
  })
}
