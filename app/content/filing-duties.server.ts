import { listFilingsFor, type ListedFiling } from '../../db/filing-lists.server'
import { listSubjects, type FilingSubject } from '../../db/filing-subjects.server'
import type { Context } from '../context'
import { addDays, dayOf } from '../domain/calendar'
import { filingStateOf, mayEdit, type FilingState } from '../domain/filing'
import { periodsBack, termsAskedOn, type Term } from '../domain/filing-period'
import { listFormsInForce } from './filing-forms.server'
import type { ChecklistMeta } from './schema'

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

/** What is to be answered for these companies and units by their 会社側担当者 and 保護管理者: what is asked for today, and what was begun or came back; the first due first. */
export async function listFilingDuties(context: Pick<Context, 'db' | 'library' | 'now' | 'settings'>, reach: { companyIds: readonly string[]; unitIds: readonly string[] }): Promise<FilingDuty[]> {
  const { db, library, now } = context
  const today = dayOf(now)
  if (reach.companyIds.length + reach.unitIds.length === 0) return []
  const duties: FilingDuty[] = []
  const inForceOf = await listFormsInForce(context)
  for (const { meta } of library.list('checklist')) {
    if (meta.answeredBy === 'operator' || (meta.answeredBy === 'company' ? reach.companyIds : reach.unitIds).length === 0) continue
    const subjects = await listSubjects(db, meta, reach, { day: today, from: addDays(today, -LATELY_DAYS), before: addDays(today, 1) }, MOST_SUBJECTS)
    const filings = await listFilingsFor(db, meta.slug, subjects.map(({ id }) => id), periodsBack(meta.period, today, 2, library.calendar), today)
    for (const subject of subjects) {
      const own = filings.filter(({ subjectId }) => subjectId === subject.id)
      const terms = termsAskedOn(meta.period, { ...subject, inForce: inForceOf(meta.slug, meta) }, today, library.calendar)
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
