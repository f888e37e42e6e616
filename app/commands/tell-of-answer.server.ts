import { listEngagementsInForce } from '../../db/accounts.server'
import type { Tx } from '../../db/database.server'
import { findAccountOf } from '../../db/mail.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { letterHead } from '../domain/mail'
import { relationOf } from '../domain/people'
import { queueMails } from './queue-mail.server'

/**
 * Tells a person by mail that an answer has come, inside the transaction of the answer; not what it says. A contractor's worker
 * hears it from the employer (domain.md L25). Who has no address, or is not here any more, finds it on the first screen.
 */
export async function tellOfAnswer(tx: Tx, context: Context, to: { personId: string; engagementId: string | null; answerId: string }): Promise<void> {
  const inForce = await listEngagementsInForce(tx, to.personId, dayOf(context.now))
  const held = inForce.find(({ id }) => id === to.engagementId) ?? (to.engagementId === null ? inForce[0] : undefined)
  const account = held && (await findAccountOf(tx, to.personId))
  if (!held || !account) return
  await queueMails(tx, context, [{
    template: 'answer', recipientId: account, to: held.mail, dedupeKey: `answer ${to.answerId}`,
    props: letterHead({ name: held.display_name, relation: relationOf(held.kind), companyName: held.company_name ?? '' }, context.library.words),
  }])
}
