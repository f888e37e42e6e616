import { findAgreement, findAgency, recordAgreement } from '../../db/agreements.server'
import { lockCompany } from '../../db/company-register.server'
import { inTransaction } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { dayOf, type Day } from '../domain/calendar'
import { refuse, type Refusal } from '../domain/refusal'
import type { Scan } from '../domain/scan'
import { keepScan } from './ask-approval.server'
import { recordEvidence } from './evidence.server'

/**
 * Records that a 派遣元 agreed in writing that its people confirm the rules towards the operator (PL2 mode B, domain.md §2.5, L24).
 * Only from that day on may the text be read and signed; one agreement of a company holds at a time.
 */
export async function recordWrittenAgreement(context: SignedInContext, given: { companyId: string; agreedOn: Day; scan: Scan }): Promise<{ agreementId: string } | Refusal<'notFound' | 'agreedInFuture' | 'agreementHeld'>> {
  const { viewer, now } = context
  const today = dayOf(now)
  if (given.agreedOn > today) return refuse('agreedInFuture')
  return inTransaction(context.db, async (tx) => {
    if (!(await lockCompany(tx, given.companyId)) || !(await findAgency(tx, given.companyId, today))) return refuse('notFound')
    if (await findAgreement(tx, given.companyId)) return refuse('agreementHeld')
    const id = context.newId()
    const scan = await keepScan(tx, given.scan)
    await recordAgreement(tx, { id, companyId: given.companyId, agreedOn: given.agreedOn, scanSha256: scan, enteredBy: viewer.accountId, at: now })
    await recordEvidence(tx, context, { type: 'agreement.recorded', payload: { agreement: id, company: given.companyId, on: given.agreedOn, scan } })
    return { agreementId: id }
  })
}
