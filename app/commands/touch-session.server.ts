import { inTransaction } from '../../db/database.server'
import { touchSession as storeTouch } from '../../db/sessions.server'
import type { App } from '../context'
import type { Instant } from '../domain/calendar'

/** Moves the idle clock of a session; beside the note that somebody was looked at (domain/record-access.ts) the only write that a GET may cause. */
export async function touchSession(app: App, idHash: string, now: Instant): Promise<void> {
  await inTransaction(app.db, (tx) => storeTouch(tx, idHash, now))
}
