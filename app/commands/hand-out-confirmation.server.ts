import { findAgreement, listWithoutConfirmation } from '../../db/agreements.server'
import { recordPlan } from '../../db/assignments.server'
import { createChangeSet } from '../../db/change-sets.server'
import { lockCompany } from '../../db/company-register.server'
import { inTransaction } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import type { SignedInContext } from '../context'
import { dayOf } from '../domain/calendar'
import { emptyPlan } from '../domain/planning'
import { needsAgreement } from '../domain/pledge-clauses'
import { refuse, type Refusal } from '../domain/refusal'
import { GRACE_BUSINESS_DAYS } from '../domain/wanted'
import { Workdays } from '../domain/workdays'
import { recordEvidence } from './evidence.server'

const MOST = 1000

/**
 * Hands the 確認書 towards the operator to the 派遣社員 of a company who do not have it yet, or from whom it was taken back with an
 * agreement that ended. Planning never does: it is lawful only where the 派遣元 has agreed in writing, and somebody at the operator
 * wants it (PL2 mode B, domain.md §2.5).
 */
export async function handOutConfirmation(context: SignedInContext, companyId: string): Promise<{ people: number } | Refusal<'notFound' | 'agreementMissing'>> {
  const { viewer, now, library } = context
  const today = dayOf(now)
  const text = library.list('pledge').find(({ meta }) => needsAgreement(meta))
  if (!text) return refuse('notFound')
  const { slug } = text.meta
  return inTransaction(context.db, async (tx) => {
    if (!(await lockCompany(tx, companyId))) return refuse('notFound')
    const agreement = await findAgreement(tx, companyId)
    if (!agreement || agreement.agreed_on > today) return refuse('agreementMissing')
    const people = await listWithoutConfirmation(tx, companyId, slug, today, MOST)
    if (people.length === 0) return { people: 0 }
    const changeSetId = context.newId()
    const due = new Workdays(library.calendar).after(today, GRACE_BUSINESS_DAYS)
    await createChangeSet(tx, { id: changeSetId, kind: 'plan', actor_account_id: viewer.accountId, at: now, source_sha256: null, undoes: null, note: '受入時の確認書', summary: JSON.stringify({ create: people.length }) })
    const handed = people.map(({ engagementId, takenBack }) => ({ engagementId, assignmentId: takenBack, kind: 'pledge' as const, slug, period: 'entry', opens: today, due, causes: [] }))
    await recordPlan(tx, { ...emptyPlan(), create: handed.filter(({ assignmentId }) => assignmentId === null), reopen: handed.flatMap(({ assignmentId, ...one }) => (assignmentId === null ? [] : [{ ...one, assignmentId }])) }, { changeSetId, at: now, today, newId: () => context.newId() })
    await recordEvidence(tx, context, { type: 'confirmation.handedOut', payload: { company: companyId, agreement: agreement.id, template: slug, people: people.length, changeSet: changeSetId } })
    await refreshLine(tx, people.map(({ engagementId }) => engagementId), today)
    return { people: people.length }
  })
}
