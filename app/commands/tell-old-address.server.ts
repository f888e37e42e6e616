import { listAddressesOf, type HeldAddress } from '../../db/accounts.server'
import type { Tx } from '../../db/database.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { groupedBy } from '../domain/grouped'
import { letterHead } from '../domain/mail'
import { relationOf } from '../domain/people'
import { queueMails } from './queue-mail.server'

/**
 * Tells the address that was registered before that another one stands there now, in the transaction of the change: codes for a new
 * password go to the new one from then on, so its owner must be able to say no.
 */
export async function tellOldAddresses(tx: Tx, context: Context, before: readonly HeldAddress[], changeSetId: string): Promise<void> {
  if (before.length === 0) return
  const was = byPerson(before)
  const is = byPerson(await listAddressesOf(tx, [...was.keys()], dayOf(context.now)))
  const changed = [...was].filter(([person, held]) => is.has(person) && addressesOf(held) !== addressesOf(is.get(person)!))
  await queueMails(tx, context, changed.flatMap(([, held]) => [...new Map(held.map((one) => [one.mail, one])).values()].map((one) => ({
    template: 'addressChanged' as const, recipientId: one.account_id, to: one.mail, dedupeKey: `address|${changeSetId}|${one.account_id}|${one.mail}`.slice(0, 190),
    props: { ...letterHead({ name: one.display_name, relation: relationOf(one.kind), companyName: one.company_name ?? '' }, context.library.words), changedAt: context.now },
  }))))
}

const byPerson = (held: readonly HeldAddress[]) => groupedBy(held, ({ person_id: id }) => id)

const addressesOf = (held: readonly HeldAddress[]) => [...new Set(held.map(({ mail }) => mail))].sort().join('\n')
