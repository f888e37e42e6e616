import type { Tx } from '../../db/database.server'
import { createMails } from '../../db/mail.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { isMailAddress, MAIL_CLASSES, type MailProps, type MailTemplate } from '../domain/mail'

export interface MailToQueue<T extends MailTemplate> {
  template: T
  /** The account it is for. */
  recipientId: string
  to: string
  /** Two mails with the same key are one (house.md §4.3). */
  dedupeKey: string
  props: MailProps[T]
}

/**
 * Puts mails into the outbox inside the transaction of whatever causes them; the job sends them after the commit.
 * Who has no usable address gets none.
 */
export async function queueMails<T extends MailTemplate>(tx: Tx, context: Context, mails: readonly MailToQueue<T>[]): Promise<number> {
  const sendable = mails.filter(({ to }) => isMailAddress(to))
  await createMails(tx, sendable.map(({ template, recipientId, to, dedupeKey, props }) => ({
    id: context.newId(), day: dayOf(context.now), class: MAIL_CLASSES[template], template, recipient_id: recipientId, dedupe_key: dedupeKey, to_address: to, props: JSON.stringify(props), next_try_at: context.now,
  })))
  return sendable.length
}
