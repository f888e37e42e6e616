import { inTransaction } from '../../db/database.server'
import { findDraft, lockDraft, updateDraftLeaving } from '../../db/drafts.server'
import type { SignedInContext } from '../context'
import { dayOf, type Day } from '../domain/calendar'
import type { BadCell } from '../domain/csv'
import { refuse, type Refusal } from '../domain/refusal'
import { leavingOfDraft, withLastDays, type DraftLeaving } from '../domain/roster-leaving'
import type { RosterReport } from '../domain/roster-report'
import { reportDecision } from './draft-import.server'
import { compareWithRegister, NO_SCOPE } from './roster-change.server'

export type LastDays = { given: ReadonlyMap<string, Day | ''> } | { everybody: Day | '' }

/**
 * Keeps, with the preview of a file, last days for people who are missing in it; '' takes one back. Every day is tried against the
 * register first: if one can not be, none is kept, and what is wrong comes back by 従事者番号.
 */
export async function setLastDays(context: SignedInContext, draftId: string, days: LastDays): Promise<{ leaving: number } | { bad: ReadonlyMap<string, BadCell> } | Refusal<'draftGone'>> {
  const { db, now, viewer } = context
  const draft = await findDraft(db, draftId, viewer.accountId, now)
  const report = draft && (JSON.parse(draft.report) as RosterReport)
  if (!draft || draft.kind !== 'roster' || !report || report.counts.bad > 0) return refuse('draftGone')
  const set = 'given' in days ? days.given : new Map(report.missing.map(({ number }) => [number, days.everybody]))
  const tried = await tryOut(context, withLastDays(report, leavingOfDraft(draft.leaving).people, set))
  if ('bad' in tried) return tried
  return inTransaction(db, async (tx) => {
    const held = await lockDraft(tx, draftId, viewer.accountId, now)
    if (!held) return refuse('draftGone')
    const people = withLastDays(report, leavingOfDraft(held.leaving).people, set)
    await updateDraftLeaving(tx, draftId, JSON.stringify({ people, ...tried } satisfies DraftLeaving))
    return { leaving: people.length }
  })
}

/** What ending these people would do, or which of the days can not be. */
async function tryOut(context: SignedInContext, people: DraftLeaving['people']): Promise<Pick<DraftLeaving, 'effect' | 'ends'> | { bad: ReadonlyMap<string, BadCell> }> {
  const roster = people.map(({ number, lastDay }, at) => ({ line: at + 1, number, end: lastDay }))
  const { decision } = await compareWithRegister(context.db, { roster, companies: [], units: [], ending: [], scope: NO_SCOPE, today: dayOf(context.now), expect: 'known' })
  if (decision.bad.length > 0) return { bad: new Map(decision.bad.map((cell) => [people[cell.line - 1]?.number ?? '', cell])) }
  const { effect: { gained, reopened, rescheduled, withdrawn, ended, byTarget } } = await reportDecision(context.db, context, decision, { bad: [], encoding: null, lines: 0, columns: 0, fileName: '' })
  return { ends: decision.people.filter(({ ends }) => ends).length, effect: { gained, reopened, rescheduled, withdrawn, ended, byTarget } }
}
