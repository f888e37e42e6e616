import { inTransaction } from '../../db/database.server'
import { findAddressee } from '../../db/mail.server'
import { lockGivenUp, recordResent } from '../../db/outbox.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { isReached } from '../domain/mail'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Lets a mail that was given up go again, to the address that is registered today. Clicked twice, it goes once. */
export async function resendMail(context: SignedInContext, mailId: string): Promise<{ mailId: string } | Refusal<'notFound' | 'noAddress'>> {
  if (!may(context.viewer, 'readOutbox')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const mail = await lockGivenUp(tx, mailId)
    if (!mail) return refuse('notFound')
    const to = await findAddressee(tx, mail.recipient_id, dayOf(context.now))
    if (!to || !isReached(to.mail)) return refuse('noAddress')
    await recordResent(tx, mailId, to.mail, context.now)
    await recordEvidence(tx, context, { type: 'mail.resent', subjectEngagementId: to.engagementId, payload: { mail: mailId, template: mail.template } })
    return { mailId }
  })
}
