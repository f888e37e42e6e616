import { kindOn, spansInAudience, type EngagementFacts, type Span } from './audience'
import { addDays, fiscalYearOf, fiscalYearStartDay, OPEN_DAY, type Day, type WorkCalendar } from './calendar'
import type { PlannedRequirement, Targets, Wanted } from './planning'
import { isLawful } from './requirement'
import type { Workdays } from './workdays'

/** Business days that a person has from hearing of a duty late, or from coming back from leave (domain.md A01). */
export const GRACE_BUSINESS_DAYS = 10

/** Why a requirement asks nothing of somebody. */
export type NotWanted = 'notInAudience' | 'notLawful' | 'noEndYet' | 'endIsFar' | 'yearIsOver' | 'awayAllYear'

/** The fiscal year in which a day lies, half-open. */
export interface Year {
  period: string
  from: Day
  to: Day
}

export const yearAt = (day: Day, calendar: WorkCalendar): Year => yearOf(fiscalYearOf(day, calendar), calendar)

/** The days of a fiscal year by its name. */
export const yearOf = (period: string, calendar: WorkCalendar): Year => ({ period, from: fiscalYearStartDay(period, calendar), to: fiscalYearStartDay(`FY${Number(period.slice(2)) + 1}`, calendar) })

/** By what wanting is decided: the texts there are, the working days, the year and the day. */
export interface WantingRules {
  targets: Targets
  days: Workdays
  year: Year
  today: Day
}

/**
 * What one requirement wants of an engagement that is not over, or why nothing. Planning and its explanation both ask here; the due
 * day is the rule's own, before grace, leave and days that were given.
 */
export function wantedBy({ requirement, since }: { requirement: PlannedRequirement; since: Day }, facts: EngagementFacts, term: Span, { targets, days, year, today }: WantingRules): Wanted | NotWanted {
  const { id, version, audience, target, when } = requirement
  const span = spansInAudience(audience, facts).find(({ to }) => to > today)
  if (!span) return 'notInAudience'
  const kind = kindOn(facts, span.from > today ? span.from : today) ?? kindOn(facts, today)
  if (!kind || !isLawful(requirement, kind, targets)) return 'notLawful'
  const causes = [{ requirementId: id, version }]
  if (when.on === 'start') {
    const from = later(span.from, since)
    return { ...target, period: 'entry', opens: from, due: days.after(from, when.businessDays), causes }
  }
  if (when.on === 'end') {
    if (term.to === OPEN_DAY || span.to < term.to) return 'noEndYet'
    const lastDay = addDays(term.to, -1)
    const opens = later(addDays(lastDay, -when.daysBefore), term.from)
    return opens > today ? 'endIsFar' : { ...target, period: 'exit', opens, due: later(days.before(lastDay), opens), causes }
  }
  const opens = later(dayOfYear(year, when.opens), span.from)
  if (opens >= year.to) return 'yearIsOver'
  if (facts.leaves.some((leave) => leave.from <= opens && leave.to >= year.to)) return 'awayAllYear'
  const due = days.after(dayOfYear(year, when.due), 0)
  return { ...target, period: year.period, opens, due: due < opens ? days.after(opens, GRACE_BUSINESS_DAYS) : due, causes }
}

/** MM-DD in a fiscal year. */
export function dayOfYear({ from }: Pick<Year, 'from'>, monthDay: string): Day {
  const year = Number(from.slice(0, 4))
  return `${monthDay >= from.slice(5) ? year : year + 1}-${monthDay}`
}

/** The later of two days. */
export const later = (a: Day, b: Day): Day => (a > b ? a : b)
