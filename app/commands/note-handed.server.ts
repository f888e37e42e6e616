import { inTransaction } from '../../db/database.server'
import { recordHanded } from '../../db/papers.server'
import { listCompaniesBelow } from '../../db/slips.server'
import type { AskableScope } from '../../db/askables.server'
import type { SignedInContext } from '../context'
import { lineOf, may, reachOf } from '../domain/access'
import { addDays, dayOf, type Day } from '../domain/calendar'
import { refuse, type Refusal } from '../domain/refusal'
import type { AskedFrom } from '../domain/reminder'
import { recordEvidence } from './evidence.server'

/** So long ago a paper may have been handed over. */
const FARTHEST_BACK = 31

/** Whose papers the viewer hands over: the people of the own line, or of the own company and lower tiers. */
export async function paperScope({ viewer, db, now }: SignedInContext, from: AskedFrom): Promise<AskableScope | null> {
  if (from === 'operator') return may(viewer, 'leadTeam') ? { line: lineOf(viewer) } : null
  const reach = reachOf(viewer, 'runCompany')
  return reach.all ? null : { companyIds: await listCompaniesBelow(db, reach.companyIds, dayOf(now)) }
}

/** Notes that the お知らせの紙 was handed over, and on which day (A09): the 督促記録 of the person says so from then on. */
export async function noteHanded(context: SignedInContext, given: { engagementId: string; day: Day; from: AskedFrom }): Promise<{ reminders: number } | Refusal<'notFound' | 'handedWhen'>> {
  const today = dayOf(context.now)
  if (given.day > today || given.day < addDays(today, -FARTHEST_BACK)) return refuse('handedWhen', { days: FARTHEST_BACK })
  const scope = await paperScope(context, given.from)
  if (!scope) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const reminders = await recordHanded(tx, given.engagementId, scope, given.day, context.now)
    if (reminders.length === 0) return refuse('notFound')
    await recordEvidence(tx, context, { type: 'reminder.handed', subjectEngagementId: given.engagementId, payload: { day: given.day, reminders } })
    return { reminders: reminders.length }
  })
}
