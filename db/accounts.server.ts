import { OPEN_INSTANT, type Day, type Instant } from '../app/domain/calendar'
import { foldLogin } from '../app/domain/login'
import type { EngagementKind } from '../app/domain/people'
import { hitOne, type Db, type Tx } from './database.server'
import { lockRows } from './dialect.server'
import { knownOn } from './in-force.server'

const PART = 1000

/** An account with what the doors ask of it. */
export interface AccountRow {
  id: string
  person_id: string
  password_hash: string | null
  must_change: 0 | 1
  disabled_at: number | null
}

const COLUMNS = ['a.id', 'a.person_id', 'a.password_hash', 'a.must_change', 'a.disabled_at'] as const

/** The account that a typed login means: the number as issued first, then number or mail without regard to case. */
export async function findAccountByLogin(db: Db, login: string): Promise<AccountRow | undefined> {
  return (
    (await db.selectFrom('engagement as e').innerJoin('account as a', 'a.person_id', 'e.person_id').select(COLUMNS).where('e.number', '=', login).orderBy('e.sequence', 'desc').limit(1).executeTakeFirst()) ??
    (await db.selectFrom('login_identifier as l').innerJoin('account as a', 'a.id', 'l.account_id').select(COLUMNS).where('l.folded', '=', foldLogin(login)).executeTakeFirst())
  )
}

/** The account of a 従事者番号 alone: a code opens with the number, not with a mail address. */
export async function findAccountByNumber(db: Db, number: string): Promise<AccountRow | undefined> {
  return (
    (await db.selectFrom('engagement as e').innerJoin('account as a', 'a.person_id', 'e.person_id').select(COLUMNS).where('e.number', '=', number).orderBy('e.sequence', 'desc').limit(1).executeTakeFirst()) ??
    (await db.selectFrom('login_identifier as l').innerJoin('account as a', 'a.id', 'l.account_id').select(COLUMNS).where('l.folded', '=', foldLogin(number)).where('l.kind', '=', 'number').executeTakeFirst())
  )
}

/** An account by its id. */
export async function findAccount(db: Db, accountId: string): Promise<AccountRow | undefined> {
  return db.selectFrom('account as a').select(COLUMNS).where('a.id', '=', accountId).executeTakeFirst()
}

/** Locks an account's row until the transaction ends. */
export async function lockAccount(tx: Tx, accountId: string): Promise<AccountRow | undefined> {
  return lockRows(tx, tx.selectFrom('account as a').select(COLUMNS).where('a.id', '=', accountId)).executeTakeFirst()
}

/** A person's engagements in force on a day: what a login, a password check and a code need to know of them. */
export async function listEngagementsInForce(db: Db, personId: string, day: Day) {
  return db
    .selectFrom('engagement as e')
    .innerJoin('engagement_version as v', 'v.engagement_id', 'e.id')
    .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'e.employer_company_id').on(knownOn('c', day)))
    .select(['e.id', 'e.number', 'v.kind', 'v.display_name', 'v.kana', 'v.mail', 'c.name as company_name'])
    .where('e.person_id', '=', personId)
    .where('v.superseded_at', '=', OPEN_INSTANT)
    .where('v.valid_from', '<=', day)
    .where('v.valid_to', '>', day)
    .orderBy('v.valid_from', 'desc')
    .orderBy('e.id')
    .execute()
}

/** Sets a password; whoever set it knows it, so nothing must be changed. */
export async function recordPassword(tx: Tx, accountId: string, passwordHash: string): Promise<void> {
  await tx.updateTable('account').set({ password_hash: passwordHash, must_change: 0 }).where('id', '=', accountId).execute()
}

/** Notes which notice of purposes was shown, and when; true when it had not been noted yet. */
export async function recordNotice(tx: Tx, accountId: string, version: string, at: Instant): Promise<boolean> {
  return hitOne(
    await tx.updateTable('account').set({ notice_version: version, notice_at: at }).where('id', '=', accountId)
      .where((on) => on.or([on('notice_version', 'is', null), on('notice_version', '!=', version)])).executeTakeFirst(),
  )
}

/**
 * Empties the accounts of those people who are left without any registration: no login, session, password or confirmation of theirs
 * stays. Answers these accounts, whose codes are to be revoked.
 */
export async function emptyAccountsWithoutRegistration(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  const emptied: string[] = []
  for (let start = 0; start < personIds.length; start += PART) {
    const rows = await tx.selectFrom('account as a').select('a.id').where('a.person_id', 'in', personIds.slice(start, start + PART))
      .where(({ not, exists, selectFrom }) => not(exists(selectFrom('engagement as e').innerJoin('engagement_version as v', 'v.engagement_id', 'e.id').select('e.id').whereRef('e.person_id', '=', 'a.person_id').where('v.superseded_at', '=', OPEN_INSTANT))))
      .execute()
    const ids = rows.map(({ id }) => id)
    if (ids.length === 0) continue
    await tx.deleteFrom('session').where('account_id', 'in', ids).execute()
    await tx.deleteFrom('login_identifier').where('account_id', 'in', ids).execute()
    await tx.updateTable('account').set({ password_hash: null, must_change: 0, notice_version: null, notice_at: null }).where('id', 'in', ids).execute()
    emptied.push(...ids)
  }
  return emptied
}

/** When the account's holder was shown the notice of purposes. */
export async function findNotice(db: Db, accountId: string) {
  return db.selectFrom('account').select(['notice_version', 'notice_at']).where('id', '=', accountId).executeTakeFirst()
}

/** The addresses that are registered for people, from a day on: empty ones too. */
export async function listAddressesOf(db: Db, personIds: readonly string[], day: Day) {
  const found: { account_id: string; person_id: string; number: string; kind: EngagementKind; display_name: string; mail: string; company_name: string | null }[] = []
  for (let start = 0; start < personIds.length; start += PART)
    found.push(...(await db
      .selectFrom('engagement as e')
      .innerJoin('account as a', 'a.person_id', 'e.person_id')
      .innerJoin('engagement_version as v', 'v.engagement_id', 'e.id')
      .leftJoin('company_version as c', (on) => on.onRef('c.company_id', '=', 'e.employer_company_id').on(knownOn('c', day)))
      .select(['a.id as account_id', 'e.person_id', 'e.number', 'v.kind', 'v.display_name', 'v.mail', 'c.name as company_name'])
      .where('e.person_id', 'in', personIds.slice(start, start + PART)).where('v.superseded_at', '=', OPEN_INSTANT).where('v.valid_to', '>', day)
      .orderBy('e.sequence').orderBy('v.valid_from').execute()))
  return found
}
export type HeldAddress = Awaited<ReturnType<typeof listAddressesOf>>[number]
