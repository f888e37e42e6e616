import { OPEN_INSTANT, type Instant } from '../app/domain/calendar'
import { foldLogin } from '../app/domain/login'
import { foldName } from '../app/domain/name'
import type { Category } from '../app/domain/people'
import type { EngagementPlan } from '../app/domain/roster-state'
import { insertAbsentRows, insertRows, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { recordFacts, supersedeFacts, type Writing } from './facts.server'

const PART = 1000
const partsOf = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / PART) }, (_, at) => all.slice(at * PART, (at + 1) * PART))

/** Locks engagements in the order of their ids, as every command does that takes several (schema.md); answers how many there are. */
export async function lockEngagements(tx: Tx, ids: readonly string[]): Promise<number> {
  let found = 0
  for (const part of partsOf([...new Set(ids)].sort())) found += (await lockRows(tx, tx.selectFrom('engagement').select('id').where('id', 'in', part).orderBy('id')).execute()).length
  return found
}

/** Whose engagement it is. */
export const findPersonOfEngagement = async (db: Db, id: string): Promise<string | undefined> => (await db.selectFrom('engagement').select('person_id').where('id', '=', id).executeTakeFirst())?.person_id

export interface WrittenEngagement {
  id: string
  personId: string
  number: string
  plan: EngagementPlan
  /** The account of a person who is new; null for one who has been known. */
  newAccountId: string | null
}

/** Writes engagements with their versions, handling scopes and leave; a person who is new gets an account without password. */
export async function recordEngagements(tx: Tx, plans: readonly EngagementPlan[], ids: { companies: ReadonlyMap<string, string>; units: ReadonlyMap<string, string> }, writing: Writing, now: Instant): Promise<WrittenEngagement[]> {
  const written = plans.map((plan): WrittenEngagement => ({
    plan, number: plan.number, personId: plan.personId ?? writing.newId(), id: plan.id ?? writing.newId(), newAccountId: plan.personId === null ? writing.newId() : null,
  }))
  const each = function* <R>(rowsOf: (one: WrittenEngagement) => Iterable<R>): Generator<R> {
    for (const one of written) yield* rowsOf(one)
  }
  await insertRows(tx, 'person', each(({ newAccountId, personId }) => (newAccountId ? [{ id: personId, created_at: now, merged_into: null }] : [])))
  await insertRows(tx, 'account', each(({ newAccountId, personId }) => (newAccountId ? [{ id: newAccountId, person_id: personId, password_hash: null, must_change: 0, disabled_at: null, notice_version: null, notice_at: null, furigana: 0, track: 'ja', created_at: now }] : [])))
  await insertRows(tx, 'engagement', each(({ plan, id, personId }) => (plan.id === null ? [{ id, person_id: personId, number: plan.number, sequence: plan.sequence, employer_company_id: ids.companies.get(plan.companyCode)!, created_at: now }] : [])))
  await supersedeFacts(tx, 'engagement_version', plans.flatMap(({ versions }) => versions.supersede.map(({ id }) => id!)), writing)
  await recordFacts(tx, 'engagement_version', each(({ plan, id }) => plan.versions.insert.map(({ from, to, attrs }) => ({
    from, to,
    row: {
      engagement_id: id, kind: attrs.kind, display_name: attrs.name, kana: attrs.kana, name_folded: foldName(attrs.name), mail: attrs.mail, unit_id: attrs.unitCode ? ids.units.get(attrs.unitCode)! : null,
      supervisor_number: attrs.supervisor, under18_until: attrs.under18Until,
    },
  }))), writing)
  await supersedeFacts(tx, 'handling_scope', plans.flatMap(({ scopes }) => [...scopes.values()].flatMap(({ supersede }) => supersede.map(({ id }) => id!))), writing)
  await recordFacts(tx, 'handling_scope', each(({ plan, id }) => [...plan.scopes].flatMap(([category, { insert }]) => insert.map(({ from, to }) => ({ from, to, row: { engagement_id: id, category: category as Category, system: '', purpose: '', access_level: '' } })))), writing)
  await supersedeFacts(tx, 'leave_period', plans.flatMap(({ leaves }) => leaves.supersede.map(({ id }) => id!)), writing)
  await recordFacts(tx, 'leave_period', each(({ plan, id }) => plan.leaves.insert.map(({ from, to, attrs }) => ({ from, to, row: { engagement_id: id, reason_code: attrs } }))), writing)
  return written
}

/**
 * Brings the logins of people up to the register: every number of theirs and the mail that is registered now. A mail that is another
 * account's stays there; the number is enough to sign in.
 */
export async function alignLoginsOf(tx: Tx, personIds: readonly string[]): Promise<void> {
  for (const part of partsOf([...new Set(personIds)])) {
    const held = await tx
      .selectFrom('account as a').innerJoin('engagement as e', 'e.person_id', 'a.person_id')
      .leftJoin('engagement_version as v', (on) => on.onRef('v.engagement_id', '=', 'e.id').on('v.superseded_at', '=', OPEN_INSTANT))
      .select(['a.id', 'e.number', 'e.sequence', 'v.mail', 'v.valid_from'])
      .where('a.person_id', 'in', part).orderBy('e.sequence').orderBy('v.valid_from').execute()
    const wanted = new Map<string, { account: string; kind: 'number' | 'mail' }>()
    const mailOf = new Map(held.filter(({ mail }) => mail !== null).map(({ id, mail }) => [id, mail!]))
    for (const [account, mail] of mailOf) if (mail && !wanted.has(foldLogin(mail))) wanted.set(foldLogin(mail), { account, kind: 'mail' })
    for (const { id, number } of held) wanted.set(foldLogin(number), { account: id, kind: 'number' })
    const accounts = [...new Set(held.map(({ id }) => id))]
    if (accounts.length === 0) continue
    const present = await tx.selectFrom('login_identifier').select(['folded', 'account_id']).where('account_id', 'in', accounts).execute()
    const kept = new Set<string>()
    const gone: string[] = []
    for (const { folded, account_id: account } of present)
      if (wanted.get(folded)?.account === account) kept.add(folded)
      else gone.push(folded)
    if (gone.length > 0) await tx.deleteFrom('login_identifier').where('folded', 'in', gone).execute()
    await insertAbsentRows(tx, 'login_identifier', 'folded', [...wanted].filter(([folded]) => !kept.has(folded)).map(([folded, { account, kind }]) => ({ folded, account_id: account, kind })))
  }
}

/** Gives new people their logins: the number, and the mail unless it is somebody's already. Those of known people are aligned first. */
export async function recordLogins(tx: Tx, people: readonly { accountId: string; number: string; mail: string }[]): Promise<void> {
  const wanted = new Map<string, { account_id: string; kind: 'number' | 'mail' }>()
  for (const { accountId, mail } of people) if (mail && !wanted.has(foldLogin(mail))) wanted.set(foldLogin(mail), { account_id: accountId, kind: 'mail' })
  for (const { accountId, number } of people) wanted.set(foldLogin(number), { account_id: accountId, kind: 'number' })
  await insertAbsentRows(tx, 'login_identifier', 'folded', [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folded, of]) => ({ folded, ...of })))
}

/** The accounts behind 従事者番号: of a number whose first registration was undone, the account of who bears it now. */
export async function listAccountsOfNumbers(tx: Tx, numbers: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const part of partsOf(numbers)) {
    const rows = await tx.selectFrom('engagement as e').innerJoin('account as a', 'a.person_id', 'e.person_id').select(['e.number', 'a.id']).where('e.number', 'in', part).orderBy('e.sequence').execute()
    for (const { number, id } of rows) found.set(number, id)
  }
  return found
}

/** The 従事者番号 of engagements. */
export async function listNumbersOf(db: Db, engagementIds: readonly string[]): Promise<string[]> {
  const numbers = new Set<string>()
  for (const part of partsOf(engagementIds)) for (const { number } of await db.selectFrom('engagement').select('number').where('id', 'in', part).execute()) numbers.add(number)
  return [...numbers]
}

/** The engagements of 従事者番号, every one of a rehired person. */
export async function listEngagementsOf(db: Db, numbers: readonly string[]): Promise<string[]> {
  const ids: string[] = []
  for (const part of partsOf(numbers)) for (const { id } of await db.selectFrom('engagement').select('id').where('number', 'in', part).execute()) ids.push(id)
  return ids
}
