import { inTransaction } from '../../db/database.server'
import { lockEngagements } from '../../db/engagements.server'
import { refreshLine } from '../../db/line-members.server'
import { countDutiesToPutOff, countPeopleToPutOff, findUnitByCode, listPeopleToPutOff, putOff } from '../../db/unit-deferral.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { dayOf, type Day } from '../domain/calendar'
import { canonicalBytes } from '../domain/ledger/canonical'
import { sha256 } from '../domain/ledger/entry'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import { decideUnitDeferral, type UnitReason } from '../domain/unit-deferral'
import { recordEvidence } from './evidence.server'

export interface UnitDeferral {
  unitCode: string
  from: Day
  dueOn: Day
  reason: UnitReason
  words: string
}

type Refused = Refusal<'notFound' | 'unitUnknown' | 'unitFrom' | 'unitWords' | 'approvalDay' | 'approvalNoDue' | 'nothingToPutOff'>

async function decide(context: SignedInContext, given: UnitDeferral) {
  const { viewer, now, library, db } = context
  const today = dayOf(now)
  if (!may(viewer, 'deferUnits')) return refuse('notFound')
  const decided = decideUnitDeferral(given, today, library.calendar)
  if (isRefusal(decided)) return decided as Refused
  const unit = await findUnitByCode(db, given.unitCode, today)
  return unit ? { unit, what: { unitId: unit.id, ...(decided as { from: Day; dueOn: Day }), notPersonId: viewer.personId, today } } : refuse('unitUnknown')
}

/** What putting off the duties of a unit would do; nothing is written. */
export async function previewUnitDeferral(context: SignedInContext, given: UnitDeferral) {
  const decided = await decide(context, given)
  if (isRefusal(decided)) return decided as Refused
  const duties = await countDutiesToPutOff(context.db, decided.what)
  return duties.length === 0 ? (refuse('nothingToPutOff') as Refused) : { unit: decided.unit.name, dueOn: decided.what.dueOn, from: decided.what.from, people: await countPeopleToPutOff(context.db, decided.what), duties }
}

/**
 * Puts off what falls due in a unit and below, by the 統括管理者 alone and at once, for a disaster or the like (domain.md A33). The day
 * holds against planning; one's own duties are left as they are. Done twice it finds nothing left to move.
 */
export async function deferUnit(context: SignedInContext, given: UnitDeferral): Promise<{ count: number; people: number; dueOn: Day } | Refused> {
  const { viewer, now } = context
  const decided = await decide(context, given)
  if (isRefusal(decided)) return decided as Refused
  const { what } = decided
  return inTransaction(context.db, async (tx) => {
    const people = await listPeopleToPutOff(tx, what)
    await lockEngagements(tx, people)
    const moved = await putOff(tx, what, { accountId: viewer.accountId, at: now, reasonCode: given.reason, words: given.words.trim(), newId: context.newId })
    if (moved.length === 0) return refuse('nothingToPutOff')
    await refreshLine(tx, people, what.today)
    await recordEvidence(tx, context, { type: 'duties.deferred', payload: { unit: what.unitId, from: what.from, dueOn: what.dueOn, reason: given.reason, count: moved.length, duties: sha256(canonicalBytes(moved)) } })
    return { count: moved.length, people: people.length, dueOn: what.dueOn }
  })
}
