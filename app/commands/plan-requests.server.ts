import { listAskables } from '../../db/askables.server'
import { inTransaction } from '../../db/database.server'
import { listContacts, listManagers, listProtectors, type Holder } from '../../db/addressees.server'
import { createMails, type NewMail } from '../../db/mail.server'
import { listCompaniesWithOpen, listDueFor, type DueDays } from '../../db/request-planning.server'
import { listCompaniesBelow } from '../../db/slips.server'
import { listFilingDuties } from '../content/filing-duties.server'
import type { Context } from '../context'
import { addDays, dayOf, isBusinessDay, type Day } from '../domain/calendar'
import { groupedBy } from '../domain/grouped'
import { isFictional, isMailAddress } from '../domain/mail'
import { FARTHEST_BACK, isFirstOfWeek, stepsOn, wayTo, type Step } from '../domain/reminder'
import { leavesAt } from '../domain/request-hours'
import { askableIn, enterMails, requestHoursOf, type MailedRequest } from './enter-request.server'

const PART = 1000
/** Days on which no server ran are made up for, so far back. */
const MOST_MISSED = 10

/** The 営業日 since the last run up to today: what was missed while no server ran is asked for today. */
function daysSince(last: Day | undefined, { now, library: { calendar } }: Context): Day[] {
  const today = dayOf(now)
  const days: Day[] = []
  const first = last === undefined ? today : addDays(last, 1)
  for (let day = first < addDays(today, -MOST_MISSED) ? addDays(today, -MOST_MISSED) : first; day <= today; day = addDays(day, 1)) if (isBusinessDay(day, calendar)) days.push(day)
  return days
}

/**
 * Enters the day's requests that nobody asked for: 14, 7 and 1 営業日 before a due day, 1 after, then weekly (domain.md §5.4). In
 * portions, each its own transaction; run again, nothing is added. On a day off there is nothing to do.
 */
export async function planRequests(context: Context, last: Day | undefined): Promise<{ requests: number; withoutMail: number }> {
  const { db, now, library: { calendar } } = context
  const today = dayOf(now)
  const counts = { requests: 0, withoutMail: 0 }
  if (!isBusinessDay(today, calendar)) return counts
  const days = daysSince(last, context)
  const steps = new Map<Day, Step>(days.flatMap((day) => [...stepsOn(day, calendar)]))
  const farthest = addDays(today, -FARTHEST_BACK)
  const due: DueDays = { days: [...steps.keys()], before: days.some((day) => isFirstOfWeek(day, calendar)) ? farthest : null }
  const stepOf = (dueOn: Day) => steps.get(dueOn) ?? (due.before !== null && dueOn < due.before ? 'weekly' : undefined)
  const all = await listDueFor(db, due, today)
  for (let start = 0; start < all.length; start += PART) {
    const ids = all.slice(start, start + PART)
    const requests = (await listAskables(db, ids, 'anybody', today)).flatMap((one): MailedRequest[] => {
      const way = wayTo(askableIn(context, one), 'operator', today)
      if (way.by === 'paper') counts.withoutMail++
      const assignments = way.by === 'mail' ? way.duties.flatMap(({ assignmentId: id, dueOn }) => ((step) => (step ? [{ id, reasonCode: step }] : []))(stepOf(dueOn))) : []
      return assignments.length > 0 ? [{ to: one, template: 'request', engagementId: one.engagementId, recipientKind: 'person', assignments, note: '' }] : []
    })
    await inTransaction(db, (tx) => enterMails(tx, context, requests))
    counts.requests += requests.length
  }
  return counts
}

/** Enters the week's digests on its first 営業日: to whoever leads a line or answers for a unit as 保護管理者, and to each 会社側担当者, where something is open. */
export async function planDigests(context: Context, last: Day | undefined): Promise<{ digests: number }> {
  const { db, now, library: { calendar } } = context
  const today = dayOf(now)
  if (!isBusinessDay(today, calendar) || !daysSince(last, context).some((day) => isFirstOfWeek(day, calendar))) return { digests: 0 }
  const withOpen = await listCompaniesWithOpen(db, today)
  const at = leavesAt(now, requestHoursOf(context), calendar)
  const digest = (to: { accountId: string; personId: string; mail: string }, template: 'managerDigest' | 'companyDigest'): NewMail[] => (isMailAddress(to.mail) ? [{
    id: context.newId(), day: today, class: 'digest', template, recipient_id: to.accountId, dedupe_key: `${to.personId}|${today}|${template}`, to_address: to.mail, props: '{}', next_try_at: at, state: isFictional(to.mail) ? 'fictional' : 'waiting',
  }] : [])
  const protectors: Holder[] = []
  for (const held of groupedBy(await listProtectors(db, 'all', today), ({ accountId }) => accountId).values())
    if ((await listFilingDuties(context, { companyIds: [], unitIds: held.map(({ forUnitId }) => forUnitId) })).length > 0) protectors.push(held[0]!)
  const managers = [...new Map([...(await listManagers(db, today)), ...protectors].map((one) => [one.accountId, one])).values()]
  const mails = managers.flatMap((one) => digest(one, 'managerDigest'))
  for (const held of groupedBy(await listContacts(db, 'all', today), ({ accountId }) => accountId).values()) {
    const below = await listCompaniesBelow(db, held.map(({ forCompanyId }) => forCompanyId), today)
    if (below.some((id) => withOpen.has(id)) || (await listFilingDuties(context, { companyIds: below, unitIds: [] })).length > 0) mails.push(...digest(held[0]!, 'companyDigest'))
  }
  await inTransaction(db, (tx) => createMails(tx, mails))
  return { digests: mails.length }
}
