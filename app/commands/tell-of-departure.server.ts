import { listContacts, listHolders } from '../../db/addressees.server'
import { listOpenDuties } from '../../db/askables.server'
import { inTransaction, type Tx } from '../../db/database.server'
import { findHearing } from '../../db/hearing.server'
import { listHeadsInPlace, listLeaving, type Leaving } from '../../db/leaving.server'
import { listLettersSince } from '../../db/request-mails.server'
import { listReturnItems } from '../../db/return-items.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { leavingAsks } from '../domain/departure'
import type { AskedFrom } from '../domain/reminder'
import { enterMails, readsMail, type MailedRequest } from './enter-request.server'

type ToTell = Pick<MailedRequest, 'to' | 'template' | 'engagementId'> & { of: Leaving }

/**
 * Tells who leaves, the 上長 (or, where there is none in force, the 所属長), and the company that employs, what is to be finished and given back before the last day (domain.md §5.6):
 * in the request mail of the day of each. Nobody is written to after the end (A32) or on leave, and whoever was on leave hears of it
 * when back; of a contractor's worker the employer hears, and nobody else (L25). Told once, until the last day becomes another.
 */
export async function tellOfDepartures(tx: Tx, context: Context, leaving: readonly Leaving[]): Promise<number> {
  if (leaving.length === 0) return 0
  const ids = leaving.map(({ engagementId }) => engagementId)
  const [duties, items] = [await listOpenDuties(tx, ids), await listReturnItems(tx, ids)]
  const today = dayOf(context.now)
  const asks = (one: Leaving, by: AskedFrom) => {
    const of = <R extends { engagementId: string }>(rows: readonly R[]) => rows.filter(({ engagementId }) => engagementId === one.engagementId)
    const { open, returns } = leavingAsks(one, { duties: of(duties), items: of(items) }, by, today)
    return open.length + returns.length > 0
  }
  const ofOperator = leaving.filter((one) => one.relation !== 'contract' && asks(one, 'operator'))
  const heads = await listHeadsInPlace(tx, ofOperator.map(({ engagementId }) => engagementId), today)
  const managerIds = ({ engagementId, supervisorId }: Leaving) => heads.get(engagementId)?.map((head) => head.engagementId) ?? (supervisorId === null ? [] : [supervisorId])
  const managers = new Map((await listHolders(tx, ofOperator.flatMap(managerIds), today)).map((one) => [one.engagementId, one]))
  const contacts = await contactsOf(tx, context, leaving.filter((one) => (one.relation === 'contract' || one.relation === 'dispatched') && asks(one, 'employer')))
  const toTell: ToTell[] = [
    ...ofOperator.filter(({ onLeave }) => !onLeave).map((of): ToTell => ({ of, to: of, template: 'departure', engagementId: of.engagementId })),
    ...ofOperator.flatMap((of) => managerIds(of).flatMap((id): ToTell[] => ((to) => (to && to.personId !== of.personId ? [{ of, to, template: 'leavers', engagementId: null }] : []))(managers.get(id)))),
    ...contacts,
  ].filter(({ to }) => readsMail(context, to.mail))
  const letters = await listLettersSince(tx, toTell.map(({ to }) => to.accountId), ['departure', 'leavers', 'companyRequest'], Math.min(...leaving.map(({ listedAt }) => listedAt)))
  const isTold = ({ of, to, template, engagementId }: ToTell) => letters.some((letter) => {
    if (letter.accountId !== to.accountId || letter.template !== template || letter.at < of.listedAt) return false
    const said = JSON.parse(letter.props) as { engagementId?: string; lastDay?: string }
    return engagementId === null || (said.engagementId === engagementId && (letter.state !== 'sent' || said.lastDay === of.lastDay))
  })
  const fresh = new Map(toTell.filter((one) => !isTold(one)).map((one) => [`${one.template} ${one.to.accountId} ${one.engagementId ?? ''}`, one]))
  await enterMails(tx, context, [...fresh.values()].map(({ to, template, engagementId }) => ({ to, template, engagementId, recipientKind: 'person', assignments: [], note: '' })))
  return fresh.size
}

/** Who answers at the companies of these people: the first contact that reads mail, of the company itself or the nearest above. */
async function contactsOf(tx: Tx, context: Context, leaving: readonly Leaving[]): Promise<ToTell[]> {
  const today = dayOf(context.now)
  const found: ToTell[] = []
  for (const companyId of new Set(leaving.map((one) => one.companyId))) {
    const hearing = await findHearing(tx, companyId, today)
    const contact = hearing && (await listContacts(tx, [hearing.id], today)).find(({ mail }) => readsMail(context, mail))
    if (contact) found.push(...leaving.filter((one) => one.companyId === companyId).map((of): ToTell => ({ of, to: contact, template: 'companyRequest', engagementId: null })))
  }
  return found
}

const PORTION = 200

/** Each morning: tells of everybody whose list is begun and of whom somebody has not been told yet, in portions. */
export async function tellAllLeavers(context: Context): Promise<number> {
  const today = dayOf(context.now)
  for (let after = '', told = 0; ; ) {
    const leaving = await listLeaving(context.db, { after, limit: PORTION }, today)
    told += await inTransaction(context.db, (tx) => tellOfDepartures(tx, context, leaving))
    if (leaving.length < PORTION) return told
    after = leaving.at(-1)!.engagementId
  }
}
