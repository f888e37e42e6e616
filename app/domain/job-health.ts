import { HOUR_MS, MINUTE_MS, type Instant } from './calendar'

/** What is known of a job: when it last succeeded, since when it has tried in vain, and the class of what it last failed at. */
export interface JobState {
  succeededAt: Instant | null
  tryingSince: Instant | null
  failure: string
}

/** A failure may pass by itself: a job is down when it has failed for so long, or when nothing has come of it for longer. */
export const FAILING_MS = 10 * MINUTE_MS
const SILENT_MS = 2 * HOUR_MS

/**
 * Whether a job stands, judged by its successes: that it runs says nothing. One that nobody has started yet stands, since the
 * server has only just begun.
 */
export function jobStands({ everyMs }: { everyMs: number }, { succeededAt, tryingSince, failure }: JobState, now: Instant): boolean {
  if (tryingSince !== null && failure !== '' && now - tryingSince >= FAILING_MS) return false
  const last = succeededAt ?? tryingSince
  return last === null || now - last < everyMs + SILENT_MS
}

/** The class of an error and its code, and nothing else: a message may hold names, addresses or a password. */
export function failureClass(error: unknown): string {
  if (!(error instanceof Error)) return 'Error'
  const { code } = error as Error & { code?: unknown }
  return [error.constructor.name, typeof code === 'string' ? code : ''].map((word) => word.replace(/\W+/g, '')).filter((word) => word !== '').join(' ').slice(0, 64) || 'Error'
}
