import { findHolder } from '../../db/addressees.server'
import { listOpenDuties } from '../../db/askables.server'
import { listLeaving, type Leaving } from '../../db/leaving.server'
import { readsEasily } from '../../db/mail.server'
import { listReturnItems } from '../../db/return-items.server'
import type { Context } from '../context'
import { dayOf, type Day } from '../domain/calendar'
import { leavingAsks } from '../domain/departure'
import { isMailAddress, letterHead, type LeavingOne } from '../domain/mail'
import { relationOf, whoWords } from '../domain/people'
import type { AskedFrom, OpenDuty } from '../domain/reminder'
import type { Composed, MailToCompose } from './request-letter.server'
import { targetTitle } from './target-titles'

/** Shown by name in one letter at most. */
const MOST_NAMED = 30

/** Name, number and 雇用形態 in one. */

interface Asks {
  one: Leaving
  open: OpenDuty[]
  returns: string[]
}

/** Those who leave and still have something to do by the last day, each with what it is. */
async function listAsks({ db }: Context, leaving: readonly Leaving[], by: AskedFrom, today: Day): Promise<Asks[]> {
  const ids = leaving.map(({ engagementId }) => engagementId)
  const [duties, items] = ids.length === 0 ? [[], []] : [await listOpenDuties(db, ids), await listReturnItems(db, ids)]
  return leaving.map((one) => ({ one, ...leavingAsks(one, { duties: duties.filter(({ engagementId }) => engagementId === one.engagementId), items: items.filter(({ engagementId }) => engagementId === one.engagementId) }, by, today) }))
    .filter(({ open, returns }) => open.length + returns.length > 0)
}

const shown = ({ library }: Context, { one, open, returns }: Asks): LeavingOne => ({
  who: whoWords(one), lastDay: one.lastDay, open: open.map(({ kind, slug }) => (kind === 'certificate' ? '誓約取得証明の提出' : targetTitle(library, kind, slug))), returns,
})

/** To one who leaves, as it stands when the letter leaves. */
export async function composeDeparture(context: Context, mail: MailToCompose): Promise<Composed<'departure'>> {
  const { db, library, now } = context
  const today = dayOf(now)
  const { engagementId } = JSON.parse(mail.props) as { engagementId: string }
  const [person] = await listLeaving(db, { engagementIds: [engagementId] }, today)
  if (!person) return { needless: 'gone' }
  if (person.onLeave) return { needless: 'onLeave' }
  if (!isMailAddress(person.mail)) return { needless: 'noMail' }
  const [asks] = await listAsks(context, [person], 'operator', today)
  if (!asks) return { needless: 'done' }
  const open = asks.open.map(({ kind, slug, dueOn }) => ({ title: targetTitle(library, kind, slug), dueOn }))
  return { to: person.mail, asked: new Set(), props: { ...letterHead(person, library.words), easy: await readsEasily(db, mail.recipient_id), engagementId, lastDay: person.lastDay, open, returns: asks.returns } }
}

/** To a 上長, or to the 所属長 in their place: the own people who leave, as it stands when the letter leaves. */
export async function composeLeavers(context: Context, mail: MailToCompose): Promise<Composed<'leavers'>> {
  const { db, library, now } = context
  const today = dayOf(now)
  const to = await findHolder(db, mail.recipient_id, today)
  if (!to) return { needless: 'gone' }
  if (!isMailAddress(to.mail)) return { needless: 'noMail' }
  const people = await listAsks(context, (await listLeaving(db, { managerAccountId: mail.recipient_id }, today)).filter(({ personId }) => personId !== to.personId), 'operator', today)
  if (people.length === 0) return { needless: 'done' }
  const head = letterHead({ ...to, relation: relationOf(to.kind) }, library.words)
  return { to: to.mail, asked: new Set(), props: { ...head, people: people.slice(0, MOST_NAMED).map((asks) => shown(context, asks)), more: Math.max(0, people.length - MOST_NAMED) } }
}

/** Who of the people of these companies leaves, as their employer reads it. */
export async function listLeavingOf(context: Context, companyIds: readonly string[], today: Day): Promise<LeavingOne[]> {
  return (await listAsks(context, await listLeaving(context.db, { companyIds }, today), 'employer', today)).slice(0, MOST_NAMED).map((asks) => shown(context, asks))
}
