import { listContacts, listProtectors, listSoleContractors } from '../../db/addressees.server'
import type { Tx } from '../../db/database.server'
import type { Context } from '../context'
import { dayOf } from '../domain/calendar'
import { isMailAddress } from '../domain/mail'
import { enterMails } from './enter-request.server'

/**
 * Tells whoever answers for a company or unit that a checklist, or the report of an item as mended, came back; in the transaction that sends
 * it back. It asks for something, so it goes with the one request mail of the day, which says what has come back when it leaves.
 */
export async function tellOfReturn(tx: Tx, context: Context, about: { companyId: string | null; unitId: string | null }): Promise<void> {
  const today = dayOf(context.now)
  const held = about.companyId !== null ? [...(await listContacts(tx, [about.companyId], today)), ...(await listSoleContractors(tx, [about.companyId], today))] : about.unitId !== null ? await listProtectors(tx, [about.unitId], today) : []
  const reached = [...new Map(held.filter(({ mail }) => isMailAddress(mail)).map((one) => [one.accountId, one])).values()]
  await enterMails(tx, context, reached.map((to) => ({ to, template: 'checksReturned', engagementId: null, recipientKind: about.companyId !== null ? 'companyContact' : 'person', assignments: [], note: '' })))
}
