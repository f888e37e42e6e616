import { addDays, dayOf, HOUR_MS, isNightForMinors, startOf, type Day, type Instant } from './calendar'
import type { EngagementKind } from './people'
import { refuse, type Refusal } from './refusal'

/** Reading and its working time (domain.md L26, C35): what is read at work is working time, and the person sees what was counted. */

/** Without script nobody can tell a slow reader from an absent one: up to this many times the planned minutes count. */
export const CAP_WITHOUT_SCRIPT = 1.5
/** With script the page reports its active seconds; beyond this many times the plan the person asks for a correction instead. */
export const CAP_WITH_SCRIPT = 4
/** A longer gap begins a new sitting. */
export const SITTING_GAP_MS = HOUR_MS

export interface CountedTime {
  countedSeconds: number
  idleSeconds: number
  measured: 'events' | 'capped'
}

/** The working time of one step. What the page reports is believed only up to the time that really passed and up to the cap. */
export function countTime(step: { elapsedMs: number; plannedMinutes: number; activeSeconds?: number | undefined }): CountedTime {
  const elapsed = Math.max(0, Math.floor(step.elapsedMs / 1000))
  const byScript = step.activeSeconds !== undefined
  const cap = Math.ceil(step.plannedMinutes * 60 * (byScript ? CAP_WITH_SCRIPT : CAP_WITHOUT_SCRIPT))
  const countedSeconds = Math.max(0, Math.min(elapsed, cap, byScript ? Math.floor(step.activeSeconds!) : elapsed))
  return { countedSeconds, idleSeconds: elapsed - countedSeconds, measured: byScript ? 'events' : 'capped' }
}

/** When a step began: when its page was opened, as the browser says; never before what the server itself last saw (the step before it, of whatever is studied, or signing in), never more than a sitting ago. */
export function stepBegan(openedAt: Instant | undefined, lastEventAt: Instant | undefined, now: Instant): Instant {
  const earliest = Math.max(now - SITTING_GAP_MS, lastEventAt ?? 0)
  return Math.min(now, Math.max(earliest, openedAt ?? earliest))
}

/**
 * The working time of a test: between its events, each step up to 1.5 × its planned share, so that answering costs no extra request.
 * It is an estimate only where a step was cut at its share: what lies between two saved answers is known, not guessed.
 */
export function countTest(events: readonly Instant[], plannedMinutes: number, steps: number): CountedTime & { startedAt: Instant; endedAt: Instant } {
  const times = [...events].sort((a, b) => a - b)
  const parts = times.slice(1).map((at, before) => countTime({ elapsedMs: at - times[before]!, plannedMinutes: plannedMinutes / Math.max(1, steps) }))
  return {
    countedSeconds: parts.reduce((sum, part) => sum + part.countedSeconds, 0),
    idleSeconds: parts.reduce((sum, part) => sum + part.idleSeconds, 0),
    measured: parts.some(({ idleSeconds }) => idleSeconds > 0) ? 'capped' : 'events', startedAt: times[0]!, endedAt: times.at(-1)!,
  }
}

/**
 * Whether reading a pledge is working time: it is part of what the employer asks of whoever is employed, wherever (L26, CL09).
 * Officers hold a mandate and 個人受託者 their own time.
 */
export const readingIsWork = (kind: EngagementKind): boolean => !['officer', 'executive', 'auditOfficer', 'soleContractor'].includes(kind)

/** Whole minutes of work, begun minutes in full: rounding never takes from the person. */
export const minutesOf = (seconds: number): number => Math.ceil(seconds / 60)

/** Under 18 on a day: the flag holds up to and on its last day, and no birth date is kept (A27). */
export const isMinorOn = (under18Until: Day | '', day: Day): boolean => under18Until !== '' && day <= under18Until

/** Nobody under 18 opens module, test or pledge from 22:00 to 05:00 (労基法61条, domain.md L27). `kept`: answers of the test are kept, which is then said. */
export function refusalToStudy(engagement: { under18Until: Day | '' }, now: Instant, test?: { kept: boolean }): Refusal<'nightForMinors'> | null {
  if (!isMinorOn(engagement.under18Until, dayOf(now)) || !isNightForMinors(now)) return null
  return test?.kept ? refuse('nightForMinors', { kept: 1 }) : refuse('nightForMinors')
}

/** When a person may study at or after an instant: for a minor a night is waited out until 5:00 (L27). */
export function studyOpensAt(engagement: { under18Until: Day | '' }, at: Instant): Instant {
  if (!refusalToStudy(engagement, at)) return at
  const five = startOf(dayOf(at)) + 5 * HOUR_MS
  return at < five ? five : startOf(addDays(dayOf(at), 1)) + 5 * HOUR_MS
}

export interface ShownPage {
  version: string
  page: string
  lastAt: Instant
}

/** The version a person reads: the one begun, so that who is under way finishes it (A19); nothing when nothing was begun. */
export function begunVersion(shown: readonly ShownPage[]): string | undefined {
  let newest: ShownPage | undefined
  for (const page of shown) if (!newest || page.lastAt > newest.lastAt) newest = page
  return newest?.version
}

/** Where to go on: the number (from 1) of the first page not shown yet, or undefined when all pages were shown. */
export function firstUnread(pages: readonly string[], shown: ReadonlySet<string>): number | undefined {
  const at = pages.findIndex((page) => !shown.has(page))
  return at < 0 ? undefined : at + 1
}

/** Minutes that remain: the pages not shown yet and the test. */
export function minutesLeft(sections: readonly { id: string; minutes: number }[], quizMinutes: number, shown: ReadonlySet<string>): number {
  return sections.reduce((sum, { id, minutes }) => sum + (shown.has(id) ? 0 : minutes), quizMinutes)
}

