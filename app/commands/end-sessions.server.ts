import { inTransaction } from '../../db/database.server'
import { endSessions as deleteSessions } from '../../db/sessions.server'
import { findSessionsOf } from '../../db/sign-in-states.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { refuse, type Refusal } from '../domain/refusal'
import { recordEvidence } from './evidence.server'

/** Ends everything one 従事者番号 is signed in to: a lost phone, somebody who should be out. Whoever it is may sign in again. */
export async function endAllSessions(context: SignedInContext, accountId: string): Promise<{ number: string; ended: number } | Refusal<'notFound'>> {
  if (!may(context.viewer, 'runSystem')) return refuse('notFound')
  return inTransaction(context.db, async (tx) => {
    const state = await findSessionsOf(tx, accountId, context.now)
    if (!state) return refuse('notFound')
    await deleteSessions(tx, accountId)
    await recordEvidence(tx, context, { type: 'sessions.ended', subjectEngagementId: state.engagementId, payload: { account: accountId, sessions: state.sessions } })
    return { number: state.number, ended: state.sessions }
  })
}
