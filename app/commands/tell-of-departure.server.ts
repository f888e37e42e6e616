import { listEngagementsInForce } from '../../db/accounts.server'
import type { Tx } from '../../db/database.server'
import { listExitDuties } from '../../db/departures.server'
import { findAccountOf } from '../../db/mail.server'
import { findPersonFile } from '../../db/person.server'
import { listReturnItems } from '../../db/return-items.server'
import { targetTitle } from '../content/target-titles'
import type { Context } from '../context'
import { addDays, dayOf, OPEN_INSTANT } from '../domain/calendar'
import { letterHead } from '../domain/mail'
import { relationOf } from '../domain/people'
import { leavesAt } from '../domain/request-hours'
import { requestHoursOf } from './enter-request.server'
import { queueMails } from './queue-mail.server'

/**
 * Tells whoever leaves, and the 上長, what is to be finished and given back before the last day (domain.md §5.6), within the hours in
 * which requests leave. Nobody is written to after the end (A32) or on leave; a contractor's worker hears of it from the employer (L25).
 */
export async function tellOfDeparture(tx: Tx, context: Context, engagementId: string): Promise<void> {
  const { library, now } = context
  const today = dayOf(now)
  const person = await findPersonFile(tx, engagementId, today)
  if (!person || person.validTo <= today || person.relation === 'contract') return
  const [{ pledges }, items] = [await listExitDuties(tx, [engagementId]), await listReturnItems(tx, [engagementId])]
  const notBefore = leavesAt(now, requestHoursOf(context), library.calendar)
  const lastDay = addDays(person.validTo, -1)
  const open = pledges.filter(({ settledAt }) => settledAt === OPEN_INSTANT).map(({ slug, dueOn }) => ({ title: targetTitle(library, 'pledge', slug), dueOn }))
  const about = { lastDay, open, returns: items.filter(({ kind, doneOn }) => kind !== 'access' && doneOn === null).map(({ words }) => words) }
  const tell = async (to: { personId: string; engagementId: string }, whose: string | null) => {
    const held = (await listEngagementsInForce(tx, to.personId, today)).find(({ id }) => id === to.engagementId)
    const account = held && (await findAccountOf(tx, to.personId))
    if (!held || !account) return
    await queueMails(tx, context, [{
      template: 'departure', recipientId: account, to: held.mail, dedupeKey: `departure ${engagementId} ${lastDay} ${whose === null ? 'person' : 'manager'}`, notBefore,
      props: { ...letterHead({ name: held.display_name, relation: relationOf(held.kind), companyName: held.company_name ?? '' }, library.words), person: whose, ...about },
    }])
  }
  if (!person.onLeave && dayOf(notBefore) < person.validTo) await tell({ personId: person.personId, engagementId }, null)
  const manager = person.supervisorId === null ? undefined : await findPersonFile(tx, person.supervisorId, today)
  if (manager && !manager.onLeave) await tell({ personId: manager.personId, engagementId: manager.engagementId }, `${person.name ?? '従事者'}(${person.number})`)
}
