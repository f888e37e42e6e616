import { randomBytes } from 'node:crypto'
import { Lucia, type Adapter, type DatabaseSession, type DatabaseUser } from 'lucia'
import { findSessionRows, type SessionRow } from '../../db/sessions.server'
import { touchSession } from '../commands/touch-session.server'
import type { App } from '../context'
import type { Viewer, ViewerEngagement, ViewerRole } from '../domain/access'
import { dayOf, MINUTE_MS, OPEN_INSTANT, type Instant } from '../domain/calendar'
import { sha256 } from '../domain/ledger/entry'
import { isWorkforce, relationOf } from '../domain/people'
import { sessionIsAlive } from '../domain/session'
import { sessionToken, TOKEN_BYTES } from '../domain/session-token'

/**
 * Sessions. The token is ours and lives only in the cookie; Lucia (deprecated, known to this file alone) is given its SHA-256
 * and looks the session up; the idle limit beside Lucia's absolute one is checked here.
 */
declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, { rows: SessionRow[] }>
    DatabaseUserAttributes: { rows: SessionRow[] }
  }
}

function luciaFor(app: App, now: Instant) {
  const unused = async () => {
    throw new Error('Sessions are written by commands, not by Lucia')
  }
  const adapter: Adapter = {
    getSessionAndUser: async (idHash: string): Promise<[DatabaseSession | null, DatabaseUser | null]> => {
      const rows = await findSessionRows(app.db, idHash, dayOf(now))
      const first = rows[0]
      if (!first) return [null, null]
      return [
        { id: first.id_hash, userId: first.account_id, expiresAt: new Date(OPEN_INSTANT), attributes: {} },
        { id: first.account_id, attributes: { rows } },
      ]
    },
    updateSessionExpiration: async () => undefined,
    deleteSession: async () => undefined,
    deleteExpiredSessions: unused,
    deleteUserSessions: unused,
    getUserSessions: unused,
    setSession: unused,
  }
  return new Lucia(adapter, { getUserAttributes: ({ rows }) => ({ rows }) })
}

/** A fresh token of 32 random bytes and the hash that the database keeps of it. */
export function newSessionToken(): { token: string; idHash: string } {
  return sessionToken(randomBytes(TOKEN_BYTES))
}

/** The cookie's name and attributes: `__Host-` and Secure exactly when the public address is https. */
function cookieOf(app: App) {
  const secure = app.settings.baseUrl.protocol === 'https:'
  return { name: secure ? '__Host-shuhi' : 'shuhi', tail: `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}` }
}

/** The Set-Cookie that hands the token out; it ends with the browser. */
export const sessionCookie = (app: App, token: string) => `${cookieOf(app).name}=${token}${cookieOf(app).tail}`
/** The Set-Cookie that takes the token back. */
export const clearedSessionCookie = (app: App) => `${cookieOf(app).name}=${cookieOf(app).tail}; Max-Age=0`

function tokenOf(app: App, request: Request): string | undefined {
  const { name } = cookieOf(app)
  for (const part of (request.headers.get('Cookie') ?? '').split(/;\s*/)) if (part.startsWith(`${name}=`)) return part.slice(name.length + 1) || undefined
  return undefined
}

/** Whether the browser still holds a token, good or not: at the sign-in page it tells that a session has ended. */
export const hasSessionCookie = (app: App, request: Request): boolean => tokenOf(app, request) !== undefined

/** Who is at the door, or null. Moves the idle clock at most once a minute. */
export async function findViewer(app: App, request: Request, now: Instant): Promise<Viewer | null> {
  const token = tokenOf(app, request)
  if (!token || token.length > 100) return null
  const { user } = await luciaFor(app, now).validateSession(sha256(token))
  const first = user?.rows[0]
  if (!first || first.disabled_at !== null) return null
  if (!sessionIsAlive({ lastSeenAt: first.last_seen_at, expiresAt: first.expires_at, shared: first.shared_terminal === 1 }, now)) return null
  const viewer = viewerOf(user.rows)
  // Who serves no more is signed out: the session ends with the last engagement.
  if (viewer.engagements.length === 0) return null
  if (now - first.last_seen_at >= MINUTE_MS) await touchSession(app, first.id_hash, now)
  return viewer
}

function viewerOf(rows: SessionRow[]): Viewer {
  const first = rows[0]!
  const engagements = new Map<string, ViewerEngagement>()
  const roles = new Map<string, ViewerRole>()
  for (const row of rows) {
    if (!row.engagement_id || !row.version_id || !row.kind) continue
    engagements.set(row.engagement_id, {
      id: row.engagement_id, number: row.number!, sequence: row.sequence!, name: row.display_name!, kind: row.kind, relation: relationOf(row.kind),
      companyId: row.employer_company_id!, companyName: row.company_name ?? '', unitId: row.unit_id, under18Until: row.under18_until!, validFrom: row.valid_from!, validTo: row.valid_to!,
    })
    // Only who is of the operator's organisation leads its people (domain.md L25).
    if (row.supervises && isWorkforce(row.kind)) roles.set(`${row.engagement_id} supervisor`, { role: 'supervisor', scopeKind: 'line', scopeId: row.engagement_id, engagementId: row.engagement_id })
    if (row.kind === 'soleContractor') roles.set(`${row.engagement_id} sole`, { role: 'soleContractor', scopeKind: 'company', scopeId: row.employer_company_id!, engagementId: row.engagement_id })
    if (row.role) roles.set(`${row.engagement_id} ${row.role} ${row.scope_kind} ${row.scope_id}`, { role: row.role, scopeKind: row.scope_kind!, scopeId: row.scope_id!, engagementId: row.engagement_id })
  }
  const held = [...engagements.values()]
  return {
    accountId: first.account_id, personId: first.person_id, sessionId: first.id_hash, signedInAt: first.created_at, sessionEndsAt: first.expires_at, name: held[0]?.name ?? '', engagements: held, roles: [...roles.values()],
    sharedTerminal: first.shared_terminal === 1, authMethod: first.auth_method, furigana: first.furigana === 1, track: first.track, mustChangePassword: first.must_change === 1, noticeVersion: first.notice_version,
  }
}
