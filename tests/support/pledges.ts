import { inTransaction, insertRows } from '../../db/database.server'
import { findOwnPledge } from '../../db/pledges.server'
import { dayOf } from '../../app/domain/calendar'
import { showPledgePage } from '../../app/commands/show-pledge-page.server'
import { signPledge, type Signature } from '../../app/commands/sign-pledge.server'
import { readablePledge } from '../../app/content/readable-pledge.server'
import type { SignedInContext } from '../../app/context'
import { isRefusal } from '../../app/domain/refusal'
import { PASSWORD, type World } from './world'

/** Reads every page of a pledge to its end, as the person's browser does; answers with the ids of its key clauses. */
export async function readPledge(world: World, context: SignedInContext, assignmentId: string, furigana = false): Promise<string[]> {
  const [held] = context.viewer.engagements
  const { target_slug: slug } = await world.db.selectFrom('assignment').select('target_slug').where('id', '=', assignmentId).executeTakeFirstOrThrow()
  const handled = (await findOwnPledge(world.db, assignmentId, context.viewer.personId, dayOf(context.now)))?.handled ?? []
  const pledge = readablePledge(context.library, slug, { kind: held!.kind, employerName: held!.companyName, handled })!
  for (const [at, page] of pledge.pages.entries()) {
    const answer = await showPledgePage(context, { assignmentId, page: at + 1, sha256: furigana ? page.withReadings.sha256 : page.plain.sha256 })
    if (isRefusal(answer)) throw new Error(answer.refused)
  }
  return pledge.version.meta.keyClauses.map(({ clause }) => clause)
}

/** Signs what was read, with everything right unless told otherwise. */
export const signRead = async (context: SignedInContext, assignmentId: string, ticked: string[], change: Partial<Signature> = {}) =>
  signPledge(context, { assignmentId, ticked, nameTyped: context.viewer.name, password: PASSWORD, memo: '', guardian: '', ...change })

/** A suspended or other event, for tests that begin in the middle. */
export async function addEvent(world: World, assignmentId: string, kind: 'suspend' | 'resume', reasonCode: string): Promise<void> {
  await inTransaction(world.db, (tx) => insertRows(tx, 'assignment_event', [{ id: world.app.newId(), assignment_id: assignmentId, kind, new_due_on: null, reason_code: reasonCode, note: '', requested_by: null, approved_by: null, at: world.now, refs: '{}' }]))
}
