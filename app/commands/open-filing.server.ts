import { inTransaction } from '../../db/database.server'
import { createFiling, findFilingOf } from '../../db/filings.server'
import { findSubject, type SubjectReach } from '../../db/filing-subjects.server'
import { listCompaniesAbove } from '../../db/hearing.server'
import { listCompaniesBelow } from '../../db/slips.server'
import { listFormsInForce } from '../content/filing-forms.server'
import type { ChecklistMeta } from '../content/schema'
import type { SignedInContext } from '../context'
import type { Viewer } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { answererOf } from '../domain/filing'
import { boundsOf, periodsBack, termOf } from '../domain/filing-period'
import { refuse, type Refusal } from '../domain/refusal'

/** So many periods back something that was missed may still be answered. */
export const PERIODS_BACK = 12

const companiesHeld = ({ roles }: Pick<Viewer, 'roles'>) => roles.filter(({ role }) => role === 'companyContact' || role === 'soleContractor').map(({ scopeId }) => scopeId)
const unitsHeld = ({ roles }: Pick<Viewer, 'roles'>) => roles.filter(({ role, scopeKind }) => role === 'protectionManager' && scopeKind === 'unit').map(({ scopeId }) => scopeId)

/** What somebody may read of the filings: the own companies with their lower tiers, the own units; the office and the auditor all. */
export async function filingReachOf({ db, viewer, now }: Pick<SignedInContext, 'db' | 'viewer' | 'now'>): Promise<SubjectReach> {
  if (viewer.roles.some(({ role }) => role === 'hr' || role === 'chief' || role === 'auditLead')) return { companyIds: null, unitIds: null }
  return ownReachOf({ db, viewer, now })
}

/** What somebody answers for as 会社側担当者, 個人受託者 or 保護管理者, whatever else they may read. */
export async function ownReachOf({ db, viewer, now }: Pick<SignedInContext, 'db' | 'viewer' | 'now'>): Promise<{ companyIds: readonly string[]; unitIds: readonly string[] }> {
  return { companyIds: await listCompaniesBelow(db, companiesHeld(viewer), dayOf(now)), unitIds: unitsHeld(viewer) }
}

/** As what a viewer answers a form for a subject; undefined for whoever does not. */
export async function answererFor(context: SignedInContext, meta: Pick<ChecklistMeta, 'answeredBy'>, subject: { companyId: string | null; unitId: string | null }) {
  const tiers = meta.answeredBy === 'company' && subject.companyId !== null ? await listCompaniesAbove(context.db, subject.companyId, dayOf(context.now)) : []
  return answererOf(meta.answeredBy, context.viewer.roles, subject, tiers)
}

/** As what a viewer reports findings as mended: for the company or unit, and of a form that the office answers also as the office; undefined for whoever does not. */
export async function menderFor(context: SignedInContext, finding: { slug: string; version: string; companyId: string | null; unitId: string | null }) {
  const form = context.library.find('checklist', finding.slug, finding.version)
  return (await answererFor(context, { answeredBy: finding.unitId === null ? 'company' : 'protectionManager' }, finding)) ?? (form?.meta.answeredBy === 'operator' ? answererFor(context, form.meta, finding) : undefined)
}

/** Begins the filing of a form for a subject and a period that is open; a second start finds the first. The form's version stays the one it began with. */
export async function openFiling(context: SignedInContext, given: { slug: string; subjectId: string; period: string }): Promise<{ filingId: string } | Refusal<'notFound'>> {
  const { db, library, viewer, now } = context
  const form = library.current('checklist', given.slug)
  const bounds = form && boundsOf(form.meta.period, given.period, library.calendar)
  const today = dayOf(now)
  if (!form || !bounds || !periodsBack(form.meta.period, today, PERIODS_BACK, library.calendar).includes(given.period)) return refuse('notFound')
  const subject = await findSubject(db, form.meta, await filingReachOf(context), { day: today, from: bounds.since, before: bounds.until }, given.subjectId)
  const term = subject && termOf(form.meta.period, given.period, { ...subject, inForce: (await listFormsInForce(context))(form.meta.slug, form.meta) }, library.calendar)
  if (!subject || !term || term.opensOn > today || !(await answererFor(context, form.meta, subject))) return refuse('notFound')
  return inTransaction(db, async (tx) => {
    await createFiling(tx, {
      id: context.newId(), slug: form.meta.slug, version: form.meta.version, subject_kind: subject.kind, subject_id: subject.id, company_id: subject.companyId, unit_id: subject.unitId,
      period: term.period, opens_on: term.opensOn, due_on: term.dueOn, opened_by: viewer.accountId, opened_at: now,
    })
    return { filingId: (await findFilingOf(tx, given))!.id }
  })
}
