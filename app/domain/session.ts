import { HOUR_MS, MINUTE_MS, type Instant } from './calendar'

/** How long a session lives: without use, and in all. A shared terminal signs out after five idle minutes (look.md 01, A10). */
export const SESSION_LIMITS = {
  own: { idleMs: 60 * MINUTE_MS, absoluteMs: 12 * HOUR_MS },
  shared: { idleMs: 5 * MINUTE_MS, absoluteMs: 8 * HOUR_MS },
} as const

/** How long before its end a session on a shared terminal says so. */
export const IDLE_WARNING_MS = 2 * MINUTE_MS

/** Whether a session is still good. */
export function sessionIsAlive(session: { lastSeenAt: Instant; expiresAt: Instant; shared: boolean }, now: Instant): boolean {
  return now < session.expiresAt && now - session.lastSeenAt < SESSION_LIMITS[session.shared ? 'shared' : 'own'].idleMs
}

/** When a session that starts now ends at the latest. */
export const sessionEnd = (now: Instant, shared: boolean): Instant => now + SESSION_LIMITS[shared ? 'shared' : 'own'].absoluteMs
