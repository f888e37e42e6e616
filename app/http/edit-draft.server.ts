import { findDraft, findDraftFiles } from '../../db/drafts.server'
import { listCompanyChoices, listUnitChoices } from '../../db/roster-choices.server'
import type { PersonEdit } from '../commands/edit-person.server'
import type { SignedInContext } from '../context'
import { badCellWords } from '../domain/bad-cell-words'
import { dayOf } from '../domain/calendar'
import type { BadCell } from '../domain/csv'
import { KEY } from '../domain/roster-columns'
import type { RosterReport } from '../domain/roster-report'
import { gone } from './guard.server'
import { targetTitles } from '../content/target-titles'

/** The kept preview of an edit, as its page shows it; not there and not one's own are one answer. */
export async function readEditDraft({ db, library, now, viewer }: SignedInContext, draftId: string) {
  const draft = await findDraft(db, draftId, viewer.accountId, now)
  if (!draft || draft.kind !== 'edit') throw gone('editGone')
  const today = dayOf(now)
  const [companies, units] = await Promise.all([listCompanyChoices(db, today), listUnitChoices(db, today)])
  const report = JSON.parse(draft.report) as RosterReport
  return {
    draftId, today, person: report.people[0]!, effect: report.effect, shortNumbers: report.shortNumbers, structure: { units: report.units, companies: report.companies, appointments: report.appointments },
    companyNames: Object.fromEntries(companies.map(({ code, name }) => [code, name])), unitNames: Object.fromEntries(units.map(({ code, name }) => [code, name])), targets: report.targets, titles: targetTitles(library, [...report.targets, ...report.effect.byTarget]),
  }
}

/** What was typed into the form whose preview is kept; null when it is gone, or was about somebody else. */
export async function readTyped({ db, now, viewer }: SignedInContext, draftId: string | null, about: { expect: PersonEdit['expect']; number?: string }): Promise<PersonEdit | null> {
  const draft = draftId === null ? undefined : await findDraftFiles(db, draftId, viewer.accountId, now)
  if (draft?.kind !== 'edit') return null
  const edit = JSON.parse(new TextDecoder().decode(draft.roster)) as PersonEdit
  return edit.expect === about.expect && (about.number === undefined || edit.cells.従事者番号 === about.number) ? edit : null
}

/** What is wrong with a form of one person, at the field of each column. */
export function troubleOf(bad: readonly BadCell[], fieldOf: (column: string) => string): Record<string, string[]> {
  const errors: Record<string, string[]> = {}
  for (const cell of bad) {
    // A form has no columns that could be left out.
    const { reason, mend } = badCellWords(cell.reason === 'required' ? { ...cell, hint: KEY } : cell)
    ;(errors[fieldOf(cell.column)] ??= []).push(`${reason}。${mend}`)
  }
  return errors
}
