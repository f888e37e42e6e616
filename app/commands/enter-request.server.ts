import { listAskables, type AskableRow } from '../../db/askables.server'
import type { Tx } from '../../db/database.server'
import { createReminders, listStepsIn } from '../../db/reminders.server'
import { createRequestMails, lockRequestMails, type NewRequestMail } from '../../db/request-mails.server'
import type { Context } from '../context'
import { dayOf, type Instant } from '../domain/calendar'
import { isFictional, isMailAddress, isReached, type RequestTemplate } from '../domain/mail'
import { wayTo, type AskedFrom, type WhyNot } from '../domain/reminder'
import { leavesIn, parseRequestHours, placeRequest, type RequestHours } from '../domain/request-hours'

/** One who is asked, and for what: one reminder for each duty. */
export interface MailedRequest {
  /** Who gets the mail. */
  to: { personId: string; accountId: string; mail: string }
  /** A request speaks of one engagement; a 会社側担当者 is asked about companies, a 上長 about people, who decides about requests. */
  template: RequestTemplate
  engagementId: string | null
  recipientKind: 'person' | 'companyContact'
  assignments: readonly { id: string; reasonCode: string }[]
  note: string
}

const MOST_ROUNDS = 9

export interface EnteredMail {
  mailId: string
  leavesAt: Instant
}

/** When requests may leave, as the installation has it. */
export const requestHoursOf = ({ library }: Pick<Context, 'library'>): RequestHours => parseRequestHours(library.words.requestHours)!

/** Whether somebody reads mail at this address. The demonstration's people do, at addresses that are nobody's. */
export const readsMail = ({ settings }: Pick<Context, 'settings'>, mail: string): boolean => (settings.demo ? isMailAddress(mail) : isReached(mail))

/**
 * Puts requests into the one request mail of the day of each person, inside the transaction of whatever asks: into the one that
 * waits, else into a new one on the first 営業日 on which the person has none. Answers with the mail of each, in order. What the
 * mail says is found when it leaves.
 */
export async function enterMails(tx: Tx, context: Context, requests: readonly MailedRequest[]): Promise<EnteredMail[]> {
  const [today, hours, calendar] = [dayOf(context.now), requestHoursOf(context), context.library.calendar]
  const placed = new Map<number, EnteredMail>()
  // another transaction may enter a mail of the same person and day first: then its mail is found on the next round
  for (let open = requests.map((_, at) => at), round = 1; open.length > 0; open = open.filter((at) => !placed.has(at)), round++) {
    if (round > MOST_ROUNDS) throw new Error('Request mails could not be placed')
    const known = new Map<string, Awaited<ReturnType<typeof lockRequestMails>>>()
    for (const mail of await lockRequestMails(tx, open.map((at) => requests[at]!.to.accountId), today)) known.set(mail.accountId, [...(known.get(mail.accountId) ?? []), mail])
    const fresh: { at: number; mail: NewRequestMail }[] = []
    for (const at of open) {
      const { to, template, engagementId } = requests[at]!
      const mails = known.get(to.accountId) ?? []
      const place = placeRequest(mails, `${template} ${engagementId ?? ''}`, context.now, hours, calendar)
      if ('join' in place) {
        placed.set(at, { mailId: place.join.id, leavesAt: place.join.leavesAt })
        continue
      }
      const mail: NewRequestMail = { id: context.newId(), personId: to.personId, accountId: to.accountId, template, engagementId, to: to.mail, day: dayOf(place.leavesAt), leavesAt: place.leavesAt, fictional: isFictional(to.mail) }
      fresh.push({ at, mail })
      known.set(to.accountId, [...mails, { id: mail.id, accountId: to.accountId, day: mail.day, state: mail.fictional ? 'fictional' : 'waiting', leavesAt: mail.leavesAt, leasedUntil: 0, about: `${template} ${engagementId ?? ''}` }])
    }
    const standing = await createRequestMails(tx, fresh.map(({ mail }) => mail))
    for (const { at, mail } of fresh) if (standing.has(mail.id)) placed.set(at, { mailId: mail.id, leavesAt: mail.leavesAt })
    const lost = new Set(fresh.filter(({ mail }) => !standing.has(mail.id)).map(({ mail }) => mail.id))
    for (const [at, { mailId }] of placed) if (lost.has(mailId)) placed.delete(at)
  }
  const entered = requests.map((_, at) => placed.get(at)!)
  await noteReminders(tx, context, requests, entered)
  return entered
}

async function noteReminders(tx: Tx, context: Context, requests: readonly MailedRequest[], entered: readonly EnteredMail[]): Promise<void> {
  const sentBy = context.viewer?.accountId ?? null
  const known = sentBy === null ? await listStepsIn(tx, entered.map(({ mailId }) => mailId)) : new Set<string>()
  await createReminders(tx, requests.flatMap(({ to, recipientKind, assignments, note }, at) => assignments.flatMap(({ id, reasonCode }) => known.has(`${entered[at]!.mailId} ${id}`) ? [] : [{
    id: context.newId(), assignment_id: id, sent_by: sentBy, recipient_kind: recipientKind, recipient_id: to.accountId, channel: 'mail' as const, reason_code: reasonCode, requested_at: context.now,
    mail_id: entered[at]!.mailId, leaves_at: entered[at]!.leavesAt, leaves_in: leavesIn(context.now, entered[at]!.leavesAt, context.library.calendar), result: isFictional(to.mail) ? 'fictional' : '', note,
  }])))
}

/** Notes that a paper is to be handed over: whoever asked prints it, and notes when it was given. */
export async function notePapers(tx: Tx, context: Context, papers: readonly { accountId: string; assignments: readonly { id: string; reasonCode: string }[]; note: string }[]): Promise<void> {
  await createReminders(tx, papers.flatMap(({ accountId, assignments, note }) => assignments.map(({ id, reasonCode }) => ({
    id: context.newId(), assignment_id: id, sent_by: context.viewer?.accountId ?? null, recipient_kind: 'person' as const, recipient_id: accountId, channel: 'paper' as const, reason_code: reasonCode, requested_at: context.now,
    mail_id: null, leaves_at: null, leaves_in: null, result: 'toHand', note,
  }))))
}

export type Entered = { by: 'mail'; mailId: string; leavesAt: Instant } | { by: 'paper' } | { by: 'nobody'; why: WhyNot | 'notFound' | 'throughAgency' }

/**
 * Asks one person for duties, in the transaction of whatever causes it: in the request mail of the day, on paper for whoever has no
 * mail, and not at all where the relation, leave or an open question forbid it. Only duties that are open and the person's turn count.
 */
export async function enterRequest(tx: Tx, context: Context, given: { engagementId: string; assignmentIds: readonly string[]; reasonCode: string; note?: string; from?: AskedFrom }): Promise<Entered> {
  const today = dayOf(context.now)
  const [person] = await listAskables(tx, [given.engagementId], 'anybody', today)
  if (!person) return { by: 'nobody', why: 'notFound' }
  const way = wayTo({ ...askableIn(context, person), duties: person.duties.filter(({ assignmentId }) => given.assignmentIds.includes(assignmentId)) }, given.from ?? 'operator', today)
  if (way.by === 'nobody') return way
  if (way.by === 'agency') return { by: 'nobody', why: 'throughAgency' }
  const [assignments, note] = [way.duties.map(({ assignmentId }) => ({ id: assignmentId, reasonCode: given.reasonCode })), given.note ?? '']
  if (way.by === 'paper') {
    await notePapers(tx, context, [{ accountId: person.accountId, assignments, note }])
    return { by: 'paper' }
  }
  const [mail] = await enterMails(tx, context, [{ to: person, template: 'request', engagementId: person.engagementId, recipientKind: 'person', assignments, note }])
  return { by: 'mail', ...mail! }
}

/** A person of the database as the rules see one here. */
export const askableIn = <P extends AskableRow>(context: Pick<Context, 'settings'>, person: P): P & { reached: boolean } => ({ ...person, reached: readsMail(context, person.mail) })

