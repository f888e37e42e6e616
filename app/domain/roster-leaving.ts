import type { Day } from './calendar'
import type { RosterEffect, RosterReport } from './roster-report'

/** Above so many percent of the registered people leaving, an explicit yes is asked for. */
const LIMIT = 5

/** The limit as every text names it. */
export const LEAVING_LIMIT = `${LIMIT}%`

/** Whether a share of the registered people is above the limit. */
export const isMuch = (share: number): boolean => share > LIMIT / 100

/** Who of the people missing in a file leaves, with the last day, and what that does to assignments: kept with the preview. */
export interface DraftLeaving {
  people: { number: string; lastDay: Day }[]
  /** How many of them had no end before. */
  ends: number
  effect: Pick<RosterEffect, 'gained' | 'reopened' | 'rescheduled' | 'withdrawn' | 'ended' | 'byTarget'>
}

const NOBODY: DraftLeaving = { people: [], ends: 0, effect: { gained: 0, reopened: 0, rescheduled: 0, withdrawn: 0, ended: 0, byTarget: [] } }

/** Reads what is kept with a preview; nothing yet is nobody. */
export const leavingOfDraft = (kept: string): DraftLeaving => (kept === '' ? NOBODY : (JSON.parse(kept) as DraftLeaving))

/** Last days as they stand after some were set ('' takes one back). Only people who are missing can be given one; in their order. */
export function withLastDays(report: Pick<RosterReport, 'missing'>, before: DraftLeaving['people'], set: ReadonlyMap<string, Day | ''>): DraftLeaving['people'] {
  const days = new Map(before.map(({ number, lastDay }) => [number, lastDay as Day | '']))
  for (const [number, lastDay] of set) days.set(number, lastDay)
  return report.missing.flatMap(({ number }) => {
    const lastDay = days.get(number)
    return lastDay ? [{ number, lastDay }] : []
  })
}

/** How many leave by the file and by the days given, and whether that asks for an explicit yes. */
export function leavingWith(report: Pick<RosterReport, 'leaving' | 'counts'>, kept: DraftLeaving): { byHand: number; leaving: number; needed: boolean } {
  const leaving = report.leaving + kept.ends
  return { byHand: kept.people.length, leaving, needed: report.counts.registered > 0 && isMuch(leaving / report.counts.registered) }
}

/** What the file does to assignments together with what the days given do. */
export function effectWith(effect: RosterEffect, { effect: more }: DraftLeaving): RosterEffect {
  const byTarget = effect.byTarget.map((one) => ({ ...one }))
  for (const { kind, slug, count } of more.byTarget) {
    const same = byTarget.find((one) => one.kind === kind && one.slug === slug)
    if (same) same.count += count
    else byTarget.push({ kind, slug, count })
  }
  return { ...effect, gained: effect.gained + more.gained, reopened: effect.reopened + more.reopened, rescheduled: effect.rescheduled + more.rescheduled, withdrawn: effect.withdrawn + more.withdrawn, ended: effect.ended + more.ended, byTarget }
}
