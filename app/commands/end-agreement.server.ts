import { findAgreement, voidAgreement } from '../../db/agreements.server'
import { lockCompany } from '../../db/company-register.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Ends the written agreement of a 派遣元: from now on nobody reads or signs the 確認書 towards the operator. What was signed stays. */
export async function endAgreement(context: SignedInContext, companyId: string): Promise<{ ended: true } | Refusal<'notFound'>> {
  return inTransaction(context.db, async (tx) => {
    const held = (await lockCompany(tx, companyId)) ? await findAgreement(tx, companyId) : undefined
    if (!held || !(await voidAgreement(tx, held.id, context.viewer.accountId, context.now))) return refuse('notFound')
    await recordEvidence(tx, context, { type: 'agreement.ended', payload: { agreement: held.id, company: companyId } })
    return { ended: true }
  })
}
