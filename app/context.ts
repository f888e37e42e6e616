import type { Db } from '../db/database.server'
import type { Library } from './content/library.server'
import type { Viewer } from './domain/access'
import type { Instant } from './domain/calendar'
import type { Settings } from './settings.server'

/** What lives as long as the process: made once at start, given to web, jobs and command line. */
export interface App {
  db: Db
  library: Library
  settings: Settings
  /** The clock, read only at the doors. */
  clock: () => Instant
  /** A new time-ordered identifier (UUIDv7). */
  newId: () => string
  log: (level: 'error' | 'warn' | 'info' | 'debug', message: string, facts?: object) => void
}

/** What every command receives. `now` was read once at the door (house.md §4.5). */
export interface Context extends App {
  now: Instant
  /** Who acts: a signed-in account, or null for jobs, the command line and people who are not signed in. */
  viewer: Viewer | null
  from: { address: string; agent: string }
  /** At the command line: the user of the operating system, whom evidence then names in place of an account. */
  systemUser?: string
}

/** A context in which somebody is signed in. */
export interface SignedInContext extends Context {
  viewer: Viewer
}
