import { recordAccessRow } from '../../db/access-log.server'
import { inTransaction } from '../../db/database.server'
import { findOwnKindMail } from '../../db/outbox.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { refuse, type Refusal } from '../domain/refusal'
import { actorOf, recordEvidence } from './evidence.server'

type Mail = NonNullable<Awaited<ReturnType<typeof findOwnKindMail>>>

/** Opens what one mail says to HR: who looked at whose mail is written before anything is shown. What is not of HR's own kinds is not there. */
export async function openMail(context: SignedInContext, mailId: string): Promise<Mail | Refusal<'notFound'>> {
  const { db, viewer, now } = context
  if (!may(viewer, 'readOutbox') || !may(viewer, 'readPeople')) return refuse('notFound')
  return inTransaction(db, async (tx) => {
    const mail = await findOwnKindMail(tx, mailId)
    if (!mail) return refuse('notFound')
    const id = context.newId()
    await recordAccessRow(tx, { id, at: now, actor: actorOf(context), act: 'view', subjectKind: 'mail', subjectId: mailId, reason: 'outbox', sha256: null })
    await recordEvidence(tx, context, { type: 'mail.opened', ...(mail.engagementId && { subjectEngagementId: mail.engagementId }), payload: { access: id, mail: mailId, template: mail.template } })
    return mail
  })
}
