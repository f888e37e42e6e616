import { findAgreement, listOpenConfirmations, voidAgreement } from '../../db/agreements.server'
import { recordPlan, recordPlanChangeSet } from '../../db/assignments.server'
import { lockCompany } from '../../db/company-register.server'
import { inTransaction } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { emptyPlan } from '../domain/planning'
import { needsAgreement } from '../domain/pledge-clauses'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/**
 * Ends the written agreement of a 派遣元: from now on nobody reads or signs the 確認書 towards the operator, and so it is no longer
 * asked of those who have not. What was signed stays.
 */
export async function endAgreement(context: SignedInContext, companyId: string): Promise<{ ended: true } | Refusal<'notFound'>> {
  const { viewer, now, library } = context
  const today = dayOf(now)
  const text = library.list('pledge').find(({ meta }) => needsAgreement(meta))
  return inTransaction(context.db, async (tx) => {
    const held = (await lockCompany(tx, companyId)) ? await findAgreement(tx, companyId) : undefined
    if (!held || !(await voidAgreement(tx, held.id, viewer.accountId, now))) return refuse('notFound')
    const open = text ? await listOpenConfirmations(tx, companyId, text.meta.slug) : []
    if (text && open.length > 0) {
      const changeSetId = context.newId()
      await recordPlanChangeSet(tx, { id: changeSetId, at: now, actorAccountId: viewer.accountId, note: '派遣元の合意の終わり', summary: JSON.stringify({ withdraw: open.length }) })
      await recordPlan(tx, { ...emptyPlan(), withdraw: open.map((one) => ({ ...one, kind: 'pledge', slug: text.meta.slug })) }, { changeSetId, at: now, today, newId: () => context.newId() })
      await refreshLine(tx, open.map(({ engagementId }) => engagementId), today)
    }
    await recordEvidence(tx, context, { type: 'agreement.ended', payload: { agreement: held.id, company: companyId, people: open.length } })
    return { ended: true }
  })
}
