import { uuidv7 } from 'uuidv7'
import { addDays, OPEN_DAY, OPEN_INSTANT, startOf, type Day, type Instant } from '../../app/domain/calendar'
import type { EngagementKind } from '../../app/domain/people'
import { inTransaction, insertRows } from '../../db/database.server'
import type { World } from './world'

/** Somebody as the test knows them, apart from the database. */
export interface Somebody {
  kind: EngagementKind
  from: Day
  to: Day
  unit: string | null
  leave: { from: Day; to: Day } | null
  handles: boolean
  duty: {
    period: 'entry' | 'FY2026'
    created: Instant
    due: Day
    begunAt: Instant | null
    settledAt: Instant
    settledAs: 'completed' | 'exempted' | 'declined' | 'withdrawn' | 'ended' | null
    deferredAt: Instant | null
    askedAt: Instant | null
    answeredAt: Instant | null
  } | null
  pledgedAt: Instant | null
}

/** A sequence of numbers from 0 to below 1, the same for the same seed. */
export function chances(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 1 | state) + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 7), 61 | state)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const KINDS: readonly EngagementKind[] = ['regular', 'regular', 'regular', 'partTime', 'officer', 'dispatched', 'contractorWorker', 'soleContractor']

/** Puts so many people of all sorts in the database: beginning, ended, away, done, late, excused, asked, deferred. */
export async function addRandomPeople(world: World, units: readonly string[], count: number, seed: number, today: Day): Promise<Somebody[]> {
  const chance = chances(seed)
  const upTo = (most: number) => Math.floor(chance() * most)
  const one = <T>(list: readonly T[]): T => list[upTo(list.length)]!
  const at = (day: Day) => startOf(day) + upTo(86_400_000)
  const people: Somebody[] = []
  for (let turn = 0; turn < count; turn++) {
    const kind = one(KINDS)
    const from = addDays(today, 15 - upTo(300))
    const to = chance() < 0.15 ? addDays(from, 10 + upTo(320)) : OPEN_DAY
    const leave = chance() < 0.2 ? { from: addDays(today, 40 - upTo(90)), to: OPEN_DAY as Day } : null
    if (leave) leave.to = addDays(leave.from, 1 + upTo(60))
    const began = from < today ? from : addDays(today, -1)
    const assigned = addDays(began, upTo(5))
    const created = at(assigned < today ? assigned : addDays(today, -1))
    const due = addDays(today, 30 - upTo(120))
    const settled = one([null, null, 'completed', 'completed', 'completed', 'exempted', 'declined', 'withdrawn', 'ended'] as const)
    const later = (from: Instant) => Math.min(from + upTo(60 * 86_400_000), startOf(today) + 1)
    const duty = chance() < 0.85 ? {
      period: one(['entry', 'FY2026'] as const), created, due, begunAt: chance() < 0.5 ? later(created) : null, settledAt: settled ? later(created) : OPEN_INSTANT, settledAs: settled,
      deferredAt: chance() < 0.15 ? later(created) : null, askedAt: chance() < 0.15 ? later(created) : null, answeredAt: null as Instant | null,
    } : null
    if (duty?.askedAt && chance() < 0.5) duty.answeredAt = duty.askedAt + 1_000
    people.push({ kind, from, to, unit: ['contractorWorker', 'soleContractor'].includes(kind) ? null : one([...units, null]), leave, handles: chance() < 0.7, duty, pledgedAt: chance() < 0.5 ? created : null })
  }
  for (const person of people) await enter(world, person)
  return people
}

async function enter(world: World, { kind, from, to, unit, leave, handles, duty, pledgedAt }: Somebody): Promise<void> {
  const company = { dispatched: 'A1', contractorWorker: 'C1', soleContractor: 'S1' }[kind as string] ?? ''
  const { engagementId } = await world.addPerson({ kind, company, from, to, ...(unit && { unit }) })
  await inTransaction(world.db, async (tx) => {
    if (leave) await insertRows(tx, 'leave_period', [{ ...world.fact(leave.from, leave.to), engagement_id: engagementId, reason_code: 'leave' }])
    if (handles) await insertRows(tx, 'handling_scope', [{ ...world.fact(from, to), engagement_id: engagementId, category: 'personalInfo', system: '', purpose: '', access_level: '' }])
    const assignment = async (row: { target_kind: 'module' | 'pledge'; target_slug: string; period: string; due_on: Day; created_at: Instant; settled_at: Instant; settled_as: NonNullable<Somebody['duty']>['settledAs'] }) => {
      const id = uuidv7()
      await insertRows(tx, 'assignment', [{ id, engagement_id: engagementId, opens_on: from, created_by: world.changeSetId, settled_version: null, settled_route: null, ...row }])
      return id
    }
    if (pledgedAt) await assignment({ target_kind: 'pledge', target_slug: 'PL1', period: 'entry', due_on: from, created_at: pledgedAt, settled_at: pledgedAt, settled_as: 'completed' })
    if (!duty) return
    const id = await assignment({ target_kind: 'module', target_slug: 'M01', period: duty.period, due_on: duty.due, created_at: duty.created, settled_at: duty.settledAt, settled_as: duty.settledAs })
    if (duty.begunAt) await insertRows(tx, 'page_shown', [{ assignment_id: id, version: '1.0', track: 'ja', page: 'a', rendered_sha256: 'a'.repeat(64), first_at: duty.begunAt, last_at: duty.begunAt, seconds: 1 }])
    const event = (what: 'defer' | 'suspend' | 'resume', when: Instant) => insertRows(tx, 'assignment_event', [{ id: uuidv7(), assignment_id: id, kind: what, new_due_on: what === 'defer' ? duty.due : null, reason_code: 'x', note: '', requested_by: null, approved_by: null, at: when, refs: '{}' }])
    if (duty.deferredAt) await event('defer', duty.deferredAt)
    if (duty.askedAt) await event('suspend', duty.askedAt)
    if (duty.answeredAt) await event('resume', duty.answeredAt)
  })
}
