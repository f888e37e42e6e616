import { createDemoAppointments, openDemoAccounts } from '../../db/demo.server'
import { inTransaction } from '../../db/database.server'
import type { Context } from '../context'
import { addDays, dayOf } from '../domain/calendar'
import type { Role } from '../domain/people'
import { byAccount, hashPassword } from './credentials.server'
import { recordEvidence } from './evidence.server'
import { planWithin } from './plan-assignments.server'

/** Opens the demonstration's doors: one password for everybody, and the office roles. Only for fictional companies. */
export async function openDemo(context: Context, given: { password: string; shownNotice: readonly string[]; offices: readonly { engagementId: string; role: Role }[] }): Promise<void> {
  const passwordHash = await hashPassword(byAccount('demo'), given.password)
  await inTransaction(context.db, async (tx) => {
    await openDemoAccounts(tx, passwordHash, { version: context.library.notice.version, at: context.now, accountIds: given.shownNotice })
    const from = addDays(dayOf(context.now), -200)
    const changeSetId = context.newId()
    await createDemoAppointments(tx, { id: changeSetId, at: context.now }, given.offices.map(({ engagementId, role }) => ({ id: context.newId(), engagementId, role, from })))
    for (const office of given.offices) await recordEvidence(tx, context, { type: 'appointment.given', subjectEngagementId: office.engagementId, payload: { role: office.role, from } })
    if (given.offices.length > 0) await planWithin(tx, context, changeSetId, given.offices.map(({ engagementId }) => engagementId))
  })
}
