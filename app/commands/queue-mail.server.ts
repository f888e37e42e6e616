import type { Tx } from '../../db/database.server'
import { createMails } from '../../db/mail.server'
import type { Context } from '../context'
import { dayOf, type Instant } from '../domain/calendar'
import { isFictional, isMailAddress, MAIL_CLASSES, type MailProps, type MailTemplate } from '../domain/mail'

export interface MailToQueue<T extends MailTemplate> {
  template: T
  /** The account it is for. */
  recipientId: string
  to: string
  /** Two mails with the same key are one (house.md §4.3). */
  dedupeKey: string
  props: MailProps[T]
  /** It leaves no earlier. */
  notBefore?: Instant
}

/**
 * Puts mails into the outbox inside the transaction of whatever causes them; the job sends them after the commit.
 * Who has no usable address gets none; what is addressed to a name that is nobody's is kept and never sent.
 */
export async function queueMails<T extends MailTemplate>(tx: Tx, context: Context, mails: readonly MailToQueue<T>[]): Promise<number> {
  const sendable = mails.filter(({ to }) => isMailAddress(to))
  await createMails(tx, sendable.map(({ template, recipientId, to, dedupeKey, props, notBefore }) => ({
    id: context.newId(), day: dayOf(context.now), class: MAIL_CLASSES[template], template, recipient_id: recipientId, dedupe_key: dedupeKey, to_address: to, props: JSON.stringify(props), next_try_at: Math.max(context.now, notBefore ?? 0),
    state: isFictional(to) ? 'fictional' : 'waiting',
  })))
  return sendable.length
}
