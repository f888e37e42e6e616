import { listFilingsFor, type ListedFiling } from '../../db/filing-lists.server'
import { listSubjects, type FilingSubject } from '../../db/filing-subjects.server'
import { answererFor, filingReachOf, ownReachOf } from '../commands/open-filing.server'
import { findSheet, type Sheet } from '../content/filing-sheet.server'
import type { ChecklistMeta } from '../content/schema'
import type { SignedInContext } from '../context'
import { addDays, dayOf, type Day } from '../domain/calendar'
import { filingStateOf, mayEdit, type FilingCapacity, type FilingState } from '../domain/filing'
import { periodsBack, termsAskedOn, type Term } from '../domain/filing-period'
import { notFound } from './guard.server'

/** The sheet that an address names, for whoever reaches it, and as what the viewer answers it; nobody else's is there. */
export async function openSheet(context: SignedInContext, filingId: string): Promise<{ sheet: Sheet; by: { capacity: FilingCapacity; engagementId: string } | undefined }> {
  const sheet = await findSheet(context, filingId, await filingReachOf(context))
  if (!sheet) throw notFound()
  return { sheet, by: await answererFor(context, sheet.form.meta, { companyId: sheet.filing.company_id, unitId: sheet.filing.unit_id }) }
}

/** The same for whoever answers it. */
export async function openOwnSheet(context: SignedInContext, filingId: string): Promise<{ sheet: Sheet; by: { capacity: FilingCapacity; engagementId: string } }> {
  const { sheet, by } = await openSheet(context, filingId)
  if (!by) throw notFound()
  return { sheet, by }
}

export interface FilingDuty {
  meta: ChecklistMeta
  subject: Pick<FilingSubject, 'id' | 'name' | 'code'>
  term: Term
  filing: ListedFiling | null
  state: FilingState
}

/** So many companies or units one person answers for on one screen. */
const MOST_SUBJECTS = 200
/** A contract that has ended is looked for so long. */
const LATELY_DAYS = 60

/** What a viewer is to answer as 会社側担当者 or 保護管理者: what is asked for today, and what was begun or came back; the first due first. */
export async function listFilingDuties(context: SignedInContext): Promise<FilingDuty[]> {
  const { db, library, now } = context
  const today = dayOf(now)
  const reach = await ownReachOf(context)
  if (reach.companyIds.length + reach.unitIds.length === 0) return []
  const duties: FilingDuty[] = []
  for (const { meta } of library.list('checklist')) {
    if (meta.answeredBy === 'operator' || (meta.answeredBy === 'company' ? reach.companyIds : reach.unitIds).length === 0) continue
    const subjects = await listSubjects(db, meta, reach, { day: today, from: addDays(today, -LATELY_DAYS), before: addDays(today, 1) }, MOST_SUBJECTS)
    const filings = await listFilingsFor(db, meta.slug, subjects.map(({ id }) => id), periodsBack(meta.period, today, 2, library.calendar), today)
    for (const subject of subjects) {
      const own = filings.filter(({ subjectId }) => subjectId === subject.id)
      const terms = termsAskedOn(meta.period, subject, today, library.calendar)
      const begun = own.filter(({ period }) => !terms.some((term) => term.period === period)).map(({ period, opensOn, dueOn }) => ({ period, opensOn, dueOn }))
      for (const term of [...terms, ...begun]) {
        const filing = own.find(({ period }) => period === term.period) ?? null
        const state = filingStateOf(filing !== null, filing?.last ?? null)
        if (mayEdit(state)) duties.push({ meta, subject, term: filing ? { ...term, opensOn: filing.opensOn, dueOn: filing.dueOn } : term, filing, state })
      }
    }
  }
  return duties.sort((a, b) => (a.term.dueOn < b.term.dueOn ? -1 : a.term.dueOn > b.term.dueOn ? 1 : 0))
}

/** How many of them, and the first due day. */
export async function countFilingDuties(context: SignedInContext): Promise<{ count: number; dueOn: Day | null; returned: number }> {
  const duties = await listFilingDuties(context)
  return { count: duties.length, dueOn: duties[0]?.term.dueOn ?? null, returned: duties.filter(({ state }) => state === 'returned').length }
}
