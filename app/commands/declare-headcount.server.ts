import { inTransaction } from '../../db/database.server'
import { listHeadcounts, lockCompany, recordHeadcount } from '../../db/company-register.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { MOST_PEOPLE } from '../domain/headcount'
import { refuse, type Refusal } from '../domain/refusal'
import { companiesOf } from './ask-approval.server'
import { recordEvidence } from './evidence.server'

/**
 * A company says how many of its people work for the operator, for itself and the tiers below. The number stands beside the register
 * and changes nothing in it. Said again the same day, it is said once.
 */
export async function declareHeadcount(context: SignedInContext, given: { companyId: string; people: number }): Promise<{ declared: boolean } | Refusal<'notFound' | 'headcountOutside'>> {
  const { viewer, now } = context
  if (!(await companiesOf(context)).includes(given.companyId)) return refuse('notFound')
  if (!Number.isInteger(given.people) || given.people < 0 || given.people > MOST_PEOPLE) return refuse('headcountOutside', { most: MOST_PEOPLE })
  return inTransaction(context.db, async (tx) => {
    if (!(await lockCompany(tx, given.companyId))) return refuse('notFound')
    const last = (await listHeadcounts(tx, [given.companyId])).get(given.companyId)
    if (last?.people === given.people && dayOf(last.at) === dayOf(now)) return { declared: false }
    const id = context.newId()
    await recordHeadcount(tx, { id, company_id: given.companyId, people: given.people, on_day: dayOf(now), declared_by: viewer.accountId, at: Math.max(now, (last?.at ?? 0) + 1) })
    await recordEvidence(tx, context, { type: 'headcount.declared', payload: { headcount: id, company: given.companyId, people: given.people } })
    return { declared: true }
  })
}
