import { inTransaction, type Db } from '../../db/database.server'
import { lockEngagements } from '../../db/engagements.server'
import { listLeavesFrom, recordGrants } from '../../db/grants.server'
import { listTeamDuties, listTeamPeople, type TeamPerson } from '../../db/team.server'
import type { SignedInContext } from '../context'
import { lineOf } from '../domain/access'
import { dayOf } from '../domain/calendar'
import { decideGrant, slotOf, type NoGrant, type Slot, type SlotRefusal } from '../domain/grant'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { enterRequest } from './enter-request.server'
import { recordEvidence } from './evidence.server'

/** At most so many at once. */
export const MOST_GRANTED = 200

export interface TypedSlot {
  day: string
  from: string
  to: string
}

export interface GrantPreview {
  slot: Slot
  granted: { person: TeamPerson; assignmentId: string }[]
  /** Whoever can not be given it, and why. */
  leftOut: { person: TeamPerson; why: NoGrant }[]
}

/** Who of the own line would be given a time, and who not and why; whoever is not in the line is not there. Nothing is written. */
export async function previewGrant(context: SignedInContext, engagementIds: readonly string[], typed: TypedSlot): Promise<GrantPreview | SlotRefusal | Refusal<'nobodyChosen' | 'tooManyAtOnce'>> {
  if (engagementIds.length === 0) return refuse('nobodyChosen')
  if (engagementIds.length > MOST_GRANTED) return refuse('tooManyAtOnce', { most: MOST_GRANTED })
  const slot = slotOf(typed, context.now)
  return isRefusal(slot) ? slot : decideAll(context.db, context, engagementIds, slot)
}

async function decideAll(db: Db, { viewer, now }: SignedInContext, engagementIds: readonly string[], slot: Slot): Promise<GrantPreview> {
  const today = dayOf(now)
  const people = await listTeamPeople(db, lineOf(viewer), engagementIds, today)
  const ids = engagementIds.filter((id) => people.has(id))
  const [leaves, duties] = [await listLeavesFrom(db, ids, today), await listTeamDuties(db, ids, 'open')]
  const preview: GrantPreview = { slot, granted: [], leftOut: [] }
  for (const id of ids) {
    const person = people.get(id)!
    const decided = decideGrant({ ...person, leaves: leaves.filter(({ engagementId }) => engagementId === id) }, duties.filter(({ engagementId }) => engagementId === id), slot)
    if ('why' in decided) preview.leftOut.push({ person, why: decided.why })
    else preview.granted.push({ person, ...decided })
  }
  return preview
}

/**
 * Sets aside time to learn for people of the own line: recorded as 受講機会の付与 with its evidence, and told to each of them. Given
 * again with the same hours it is one. Whoever can not be given it is left out, and the preview says why.
 */
export async function grantOpportunity(context: SignedInContext, engagementIds: readonly string[], typed: TypedSlot): Promise<{ granted: number; slot: Slot; leftOut: GrantPreview['leftOut'] } | SlotRefusal | Refusal<'nobodyChosen' | 'tooManyAtOnce' | 'nobodyToGrant'>> {
  const early = await previewGrant(context, engagementIds, typed)
  if (isRefusal(early)) return early
  const { slot } = early
  return inTransaction(context.db, async (tx) => {
    await lockEngagements(tx, engagementIds)
    const { granted, leftOut } = await decideAll(tx, context, engagementIds, slot)
    if (granted.length === 0) return refuse('nobodyToGrant')
    const rows = granted.map(({ assignmentId }) => ({ id: context.newId(), assignment_id: assignmentId, granted_by: context.viewer.accountId, starts_at: slot.startsAt, ends_at: slot.endsAt, at: context.now }))
    const fresh = new Set((await recordGrants(tx, rows)).map(({ id }) => id))
    for (const [at, { person, assignmentId }] of granted.entries()) {
      const { id } = rows[at]!
      if (!fresh.has(id)) continue
      await recordEvidence(tx, context, { type: 'opportunity.granted', subjectEngagementId: person.engagementId, payload: { grant: id, assignment: assignmentId, startsAt: slot.startsAt, endsAt: slot.endsAt } })
      await enterRequest(tx, context, { engagementId: person.engagementId, assignmentIds: [assignmentId], reasonCode: 'granted' })
    }
    return { granted: granted.length, slot, leftOut }
  })
}
