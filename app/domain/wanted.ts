import { daysOfNewScope, kindOn, spansInAudience, type EngagementFacts, type Span } from './audience'
import { addDays, fiscalYearOf, fiscalYearStartDay, OPEN_DAY, type Day, type WorkCalendar } from './calendar'
import type { ExistingAssignment, PlannedRequirement, Targets, Wanted } from './planning'
import { isLawful } from './requirement'
import type { Workdays } from './workdays'

/** Business days that a person has from hearing of a duty late, or from coming back from leave (domain.md A01). */
export const GRACE_BUSINESS_DAYS = 10

/** Why a requirement asks nothing of somebody. `nextYear`: a requirement that is younger than this year's round begins with the next. `beforeRule`: what it follows from lies before it. `nothingToConfirm`: the pledge of the entry is of this year, or not there. */
export type NotWanted = 'notInAudience' | 'notLawful' | 'noEndYet' | 'endIsFar' | 'yearIsOver' | 'awayAllYear' | 'nextYear' | 'beforeRule' | 'nothingNew' | 'nothingToConfirm'

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
  calendar: WorkCalendar
  year: Year
  today: Day
}

/** The periods of what follows from an appointment or from new information to handle: the day of the event, so that each time is one of its own. */
const EVENT_PERIODS = { appointment: 'role-', scope: 'scope-' } as const
export const isEventPeriod = (period: string): boolean => Object.values(EVENT_PERIODS).some((begin) => period.startsWith(begin))

/** Whether an assignment still asks, or has been answered: neither taken back nor ended. */
export const stands = ({ settledAs }: Pick<ExistingAssignment, 'settledAs'>): boolean => settledAs !== 'withdrawn' && settledAs !== 'ended'

/**
 * What one requirement wants of an engagement that is not over, or why nothing. Planning and its explanation both ask here; the due
 * day is the rule's own, before grace, leave and days that were given.
 */
export function wantedBy({ requirement, since }: { requirement: PlannedRequirement; since: Day }, facts: EngagementFacts, term: Span, by: WantingRules, existing: readonly ExistingAssignment[]): Wanted | NotWanted {
  const { id, version, audience, target, when } = requirement
  const { targets, days, year, today } = by
  const span = spansInAudience(audience, facts).find(({ to }) => to > today)
  if (!span) return 'notInAudience'
  const kind = kindOn(facts, span.from > today ? span.from : today) ?? kindOn(facts, today)
  if (!kind || !isLawful(requirement, kind, targets)) return 'notLawful'
  const causes = [{ requirementId: id, version }]
  if (when.on === 'start') {
    const from = later(span.from, since)
    const want: Wanted = { ...target, period: 'entry', opens: from, due: days.after(from, when.businessDays), causes }
    if (!when.newOnly) return want
    return span.from < since ? 'beforeRule' : asAlreadyServed(want, span.from, existing, by)
  }
  if (when.on === 'appointment' || when.on === 'scope') {
    const all = when.on === 'appointment' ? [span.from] : daysOfNewScope(audience, facts, today)
    if (all.length === 0) return 'nothingNew'
    const events = when.newOnly ? all.filter((day) => day >= since) : all
    if (events.length === 0) return 'beforeRule'
    const day = events.find((one) => !servingOf(target, one, existing, by)) ?? events.at(-1)!
    const from = later(day, since)
    return asAlreadyServed({ ...target, period: `${EVENT_PERIODS[when.on]}${day}`, opens: from, due: days.after(from, when.businessDays), causes }, day, existing, by)
  }
  if (when.on === 'end') {
    if (term.to === OPEN_DAY || span.to < term.to) return 'noEndYet'
    const lastDay = addDays(term.to, -1)
    const opens = later(addDays(lastDay, -when.daysBefore), term.from)
    return opens > today ? 'endIsFar' : { ...target, period: 'exit', opens, due: later(days.before(lastDay), opens), causes }
  }
  const firstDay = dayOfYear(year, when.opens)
  const opens = later(firstDay, span.from)
  if (opens >= year.to) return 'yearIsOver'
  if (since > firstDay) return 'nextYear'
  if (when.confirmsEntry && !hasPledgedBefore(year.from, target.kind, existing)) return 'nothingToConfirm'
  if (facts.leaves.some((leave) => leave.from <= opens && leave.to >= year.to)) return 'awayAllYear'
  const due = days.after(dayOfYear(year, when.due), 0)
  return { ...target, period: year.period, opens, due: due < opens ? days.after(opens, GRACE_BUSINESS_DAYS) : due, causes }
}

/** Whether what is pledged at the entry was, all of it, before a day: it is confirmed by the year, and nobody signs twice in the year of entry. */
function hasPledgedBefore(day: Day, kind: PlannedRequirement['target']['kind'], existing: readonly ExistingAssignment[]): boolean {
  const entry = existing.filter((one) => one.kind === kind && one.period === 'entry' && stands(one))
  return entry.length > 0 && entry.every(({ settledAs, settledOn }) => settledAs === 'completed' && settledOn !== null && settledOn < day)
}

/**
 * What serves a requirement that follows from an event of a day: a training finished since the fiscal year of that day began, for it
 * still holds; of a pledge only what was answered since, for it names what is handled.
 */
function servingOf(target: PlannedRequirement['target'], day: Day, existing: readonly ExistingAssignment[], { calendar }: Pick<WantingRules, 'calendar'>): ExistingAssignment | undefined {
  const training = target.kind === 'module'
  const holdsSince = (one: ExistingAssignment) => (training && one.settledAs === 'completed' ? yearAt(day, calendar).from : day)
  return firstOf(existing.filter((one) => one.kind === target.kind && one.slug === target.slug && one.settledOn !== null && stands(one) && one.settledOn >= holdsSince(one)))
}

/** One of several, the same whatever their order. */
export const firstOf = (several: readonly ExistingAssignment[]): ExistingAssignment | undefined => [...several].sort((a, b) => (a.period < b.period ? -1 : 1))[0]

/** The same duty under the period in which it was done already; its own where it was not. */
function asAlreadyServed(want: Wanted, day: Day, existing: readonly ExistingAssignment[], by: WantingRules): Wanted {
  if (existing.some((one) => one.kind === want.kind && one.slug === want.slug && one.period === want.period && stands(one))) return want
  return under(want, servingOf(want, day, existing, by))
}

/** A duty as the one that serves it. */
export const under = (want: Wanted, serving: ExistingAssignment | undefined): Wanted => (serving ? { ...want, period: serving.period, opens: serving.opens } : want)

/** MM-DD in a fiscal year. */
export function dayOfYear({ from }: Pick<Year, 'from'>, monthDay: string): Day {
  const year = Number(from.slice(0, 4))
  return `${monthDay >= from.slice(5) ? year : year + 1}-${monthDay}`
}

/** The later of two days. */
export const later = (a: Day, b: Day): Day => (a > b ? a : b)
