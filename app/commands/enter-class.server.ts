import { listModuleDuties, listNumbersKnown, lockDuties, type DutyOfPerson } from '../../db/approvals.server'
import { inTransaction, type Db } from '../../db/database.server'
import type { SignedInContext } from '../context'
import { may } from '../domain/access'
import { MOST_MINUTES, type Done } from '../domain/approval'
import { dayOf, isDay } from '../domain/calendar'
import { attendanceOf, MOST_IN_CLASS } from '../domain/class-entry'
import { isRefusal, refuse, type Refusal } from '../domain/refusal'
import type { Scan } from '../domain/scan'
import { enterApproval, keepScan } from './ask-approval.server'
import { recordEvidence } from './evidence.server'
import { tellApprovers } from './tell-of-approval.server'

export interface ClassHeld {
  slug: string
  done: Done
  numbers: readonly string[]
}

type Refused = Refusal<'notFound' | 'heldMinutes' | 'heldOutside' | 'heldVersion' | 'nobodyInClass' | 'tooManyInClass'>

/** Who of a class counts, and who does not and why; nothing is written. */
export async function previewClass(context: SignedInContext, { slug, done, numbers }: ClassHeld, db: Db = context.db) {
  const { viewer, library, now } = context
  const today = dayOf(now)
  if (!may(viewer, 'enterRecords') || !library.current('module', slug)) return refuse('notFound')
  if (!library.find('module', slug, done.version)) return refuse('heldVersion')
  if (!Number.isInteger(done.minutes) || done.minutes < 1 || done.minutes > MOST_MINUTES) return refuse('heldMinutes', { most: MOST_MINUTES })
  if (!isDay(done.on) || done.on > today) return refuse('heldOutside', { from: '研修の始まり', to: today })
  if (numbers.length === 0) return refuse('nobodyInClass')
  if (numbers.length > MOST_IN_CLASS) return refuse('tooManyInClass', { most: MOST_IN_CLASS })
  const duties = new Map((await listModuleDuties(db, slug, numbers, today)).map((duty) => [duty.number, duty]))
  const known = await listNumbersKnown(db, numbers, today)
  const people = known.map((one) => ({ ...one, self: viewer.engagements.some(({ number }) => number === one.number), duty: duties.get(one.number) }))
  return attendanceOf(numbers, people, done, today, library.calendar)
}

/**
 * Enters a 集合研修 for everybody on its sheet who counts: one request each, with the same scan, decided together by another. The
 * others are answered with why not, and nothing is entered for them.
 */
export async function enterClass(context: SignedInContext, given: ClassHeld & { scan: Scan }): Promise<{ requestId: string; count: number; left: number } | Refused> {
  return inTransaction(context.db, async (tx) => {
    const early = await previewClass(context, given, tx)
    if (isRefusal(early)) return early as Refused
    await lockDuties(tx, early.flatMap(({ person }) => person?.duty?.assignmentId ?? []))
    const people = await previewClass(context, given, tx)
    if (isRefusal(people)) return people as Refused
    const counted = people.flatMap(({ person, not }): DutyOfPerson[] => (not === null && person?.duty ? [person.duty] : []))
    const requests: string[] = []
    const keptScan = counted.length > 0 ? await keepScan(tx, given.scan) : undefined
    for (const duty of counted) {
      const entered = await enterApproval(tx, context, duty, { assignmentId: duty.assignmentId, kind: 'class', reasonCode: 'attended', note: '', wishedDueOn: null, done: given.done, keptScan, askedAs: 'hr' })
      if (isRefusal(entered)) throw new Error(`Refused under the lock: ${entered.refused}`)
      requests.push(entered.requestId)
    }
    const [requestId] = requests
    if (!requestId) return refuse('nobodyInClass')
    await tellApprovers(tx, context, counted[0]!)
    await recordEvidence(tx, context, { type: 'class.entered', payload: { module: given.slug, done: { on: given.done.on, minutes: given.done.minutes, version: given.done.version }, scan: keptScan!, requests } })
    return { requestId, count: requests.length, left: people.length - requests.length }
  })
}
