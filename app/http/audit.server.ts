import { z } from 'zod'
import { listActors } from '../../db/actors.server'
import { findByNumber } from '../../db/audit.server'
import type { Db } from '../../db/database.server'
import { addDays, isDay, startOf, type Day } from '../domain/calendar'
import { cleanLogin } from '../domain/login'
import { ENGAGEMENT_KINDS, relationOf, whoWords } from '../domain/people'

const text = (most: number) => z.string().trim().max(most).catch('').default('')

/** What the lists of the auditor are narrowed by: a 従事者番号, a stretch of days, and where the page begins. */
export const AUDIT_QUERY = { number: text(64), from: text(10), to: text(10), before: text(80) }

/** The lists that are narrowed by a person, and the fields of their forms. */
export const AUDIT_LISTS = ['/audit/records', '/audit/changes', '/audit/roles', '/audit/access', '/audit/exports', '/audit/day'] as const
export const LIST_FIELDS = { number: text(100), by: text(100), from: text(10), to: text(10), type: text(64), kind: text(64), role: text(64), on: text(10), view: text(64) }
/** The fields in which a person may be meant, in the order in which they are made out. */
export const PERSON_FIELDS = ['number', 'by'] as const

/** The engagements and the account of whom a field of the address means; null for everybody, nothing for a number that nobody bears. */
export async function askedPerson(db: Db, number: string): Promise<{ number: string; personId: string | null; engagementIds: string[] | null; account: string | null; isUnknown: boolean }> {
  const clean = cleanLogin(number)
  const found = clean === '' ? undefined : await findByNumber(db, clean)
  return { number: clean, personId: found?.personId ?? null, engagementIds: clean === '' ? null : (found?.engagementIds ?? []), account: clean === '' ? null : (found?.account ?? '-'), isUnknown: clean !== '' && !found }
}

/** Days of a form as instants, half-open; what is no day does not narrow. */
export const between = ({ from, to }: { from: string; to: string }) => ({ from: isDay(from) ? startOf(from) : null, to: isDay(to) ? startOf(addDays(to, 1)) : null })

/** An address with what is not empty. */
export const addressOf = (path: string, query: Record<string, string>): string => {
  const kept = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  return kept.size > 0 ? `${path}?${kept}` : path
}

/** Who acted, in words: name, number and 雇用形態; a contractor's people by number; the command line by its user. */
export async function actorWords(db: Db, rows: readonly { account: string | null; system: string }[], today: Day): Promise<(row: { account: string | null; system: string }) => string> {
  const actors = await listActors(db, rows.map(({ account }) => account), today)
  return ({ account, system }) => {
    if (account === null) return system === 'jobs' || system === '' ? 'しくみ(定期の処理)' : `サーバーの利用者 ${system}`
    const actor = actors.get(account)
    if (!actor) return '在籍の記録がない人'
    return relationOf(actor.kind) === 'contract' ? `従事者 ${actor.number}・${ENGAGEMENT_KINDS[actor.kind]}` : whoWords(actor)
  }
}
