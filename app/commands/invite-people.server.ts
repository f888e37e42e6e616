import type { Tx } from '../../db/database.server'
import { listAccountsOfNumbers } from '../../db/engagements.server'
import type { Context } from '../context'
import { HOUR_MS, startOf } from '../domain/calendar'
import { letterHead } from '../domain/mail'
import { relationOf } from '../domain/people'
import type { RosterDecision } from '../domain/roster-diff'
import { channelOf } from '../domain/roster-report'
import { queueMails } from './queue-mail.server'
import type { Written } from './roster-change.server'

/** The hour of the first day at which a person who begins later is invited. */
const MORNING = 9

/** Puts one invitation for each new person with an address into the outbox, to leave at once or on the morning of the first day. */
export async function inviteNewPeople(tx: Tx, context: Context, decision: RosterDecision, { changeSetId, newAccounts }: Pick<Written, 'changeSetId' | 'newAccounts'>): Promise<number> {
  const beginning = decision.people.filter((change) => channelOf(change, decision) === 'mail').map(({ number, plans }) => ({ number, plan: plans.at(-1)! }))
  if (beginning.length === 0) return 0
  // Who was undone once and comes anew has an account already.
  const known = await listAccountsOfNumbers(tx, beginning.flatMap(({ number }) => (newAccounts.has(number) ? [] : number)))
  const words = context.library.words
  await queueMails(tx, context, beginning.flatMap(({ number, plan }) => {
    const accountId = newAccounts.get(number) ?? known.get(number)
    if (!accountId) return []
    const { from, attrs } = plan.after.versions[0]!
    const to = { name: attrs.name, relation: relationOf(attrs.kind), companyName: decision.companiesAfter.get(plan.companyCode)?.name ?? '' }
    return [{
      template: 'invitation' as const, recipientId: accountId, to: attrs.mail, dedupeKey: `invite:${accountId}:${changeSetId}`,
      props: { ...letterHead(to, words), issuedBy: context.viewer?.accountId ?? null }, notBefore: startOf(from) + MORNING * HOUR_MS,
    }]
  }))
  return beginning.length
}
