import { inTransaction, type Db, type Tx } from '../../db/database.server'
import { countEngagements, findExistingAssignments, findPlanningFacts, listEngagementIds, recordPlan, recordPlanChangeSet } from '../../db/assignments.server'
import { lockEngagements } from '../../db/engagements.server'
import { refreshLine } from '../../db/line-members.server'
import { listRevisionsThatGive } from '../../db/revisions.server'
import { advancePlanning, createPlanning, listOpenPlannings, lockPlanning } from '../../db/planning.server'
import { planningRules } from '../content/planning-rules'
import type { Context } from '../context'
import type { EngagementFacts } from '../domain/audience'
import { dayOf, type Instant } from '../domain/calendar'
import { emptyPlan, planAssignments as decidePlan, type Plan, type Rules } from '../domain/planning'
import type { PlannedEffect } from '../domain/roster-report'
import { recordEvidence } from './evidence.server'
import { breathe } from './paced.server'

/** Engagements handled at a time, and how many may stand in one transaction; above that the plan is made in portions afterwards. */
const PORTION = 1_000
/** A preview holds up nobody: so many are decided at a stretch. */
const PREVIEW_PORTION = 300
export const PLAN_IN_TRANSACTION_LIMIT = 20_000

export interface PlanCounts {
  created: number
  reopened: number
  joined: number
  rescheduled: number
  withdrawn: number
  ended: number
}

const countsOf = (plan: Plan): PlanCounts => ({
  created: plan.create.length, reopened: plan.reopen.length, joined: plan.addCauses.length, rescheduled: plan.reschedule.length, withdrawn: plan.withdraw.length, ended: plan.end.length,
})
const isEmpty = (plan: Plan) => Object.values(plan).every((list: unknown[]) => list.length === 0)

function add(to: PlanCounts, more: PlanCounts): void {
  for (const key of Object.keys(more) as (keyof PlanCounts)[]) to[key] += more[key]
}

async function decide(db: Db, rules: Rules, ids: readonly string[]): Promise<Plan> {
  return decideFrom(db, rules, await findPlanningFacts(db, ids, rules.today))
}

async function decideFrom(db: Db, rules: Rules, engagements: readonly EngagementFacts[]): Promise<Plan> {
  const existing = await findExistingAssignments(db, engagements.flatMap(({ engagementId, begins }) => (begins ? [] : engagementId)), rules.revisions !== undefined)
  return decidePlan(engagements.map((facts) => ({ facts, existing: existing.get(facts.engagementId) ?? [] })), rules)
}

/** What planning decides by: content, and the revisions of it that were announced. */
export async function rulesNow(db: Db, { library, now }: Pick<Context, 'library' | 'now'>): Promise<Rules> {
  const [rules, revisions] = [planningRules(library, dayOf(now)), await listRevisionsThatGive(db)]
  return revisions.length === 0 ? rules : { ...rules, revisions }
}

/**
 * Plans engagements inside a change's own transaction: what the change brings or takes is done with it, under its change set.
 * More than `atOnce` are left alone (`deferred`): that planning stands open then, and `continuePlanning` goes on with it.
 * The facts of those that have just `begun` are at hand and theirs alone; all others are locked and read.
 */
export async function planWithin(tx: Tx, context: Context, changeSetId: string, engagementIds: readonly string[], begun: readonly EngagementFacts[] = [], atOnce = PLAN_IN_TRANSACTION_LIMIT): Promise<PlanCounts & { deferred: boolean }> {
  const counts = { ...countsOf(emptyPlan()), deferred: false }
  const rules = await rulesNow(tx, context)
  const beginning = new Map(begun.map((facts) => [facts.engagementId, facts]))
  if (engagementIds.length > atOnce) {
    await createPlanning(tx, { id: context.newId(), change_set_id: changeSetId, at: context.now, total: await countEngagements(tx) })
    await refreshLine(tx, engagementIds, rules.today)
    return { ...counts, deferred: true }
  }
  for await (const ids of portions(tx, engagementIds)) {
    const known = ids.filter((id) => !beginning.has(id))
    if (known.length > 0) await lockEngagements(tx, known)
    const plans = [known.length > 0 ? await decide(tx, rules, known) : emptyPlan(), await decideFrom(tx, rules, ids.flatMap((id) => beginning.get(id) ?? []))]
    for (const plan of plans) {
      await recordPlan(tx, plan, { changeSetId, at: context.now, today: rules.today, newId: context.newId })
      add(counts, countsOf(plan))
    }
    await refreshLine(tx, ids, rules.today)
  }
  return counts
}

/** Plans engagements on its own, each portion in one transaction with its evidence; what is right already stays untouched, so it may stop and run again. */
export async function planAssignments(context: Context, engagementIds: readonly string[] | 'all'): Promise<PlanCounts> {
  const counts = countsOf(emptyPlan())
  const rules = await rulesNow(context.db, context)
  for await (const ids of portions(context.db, engagementIds)) {
    if (isEmpty(await decide(context.db, rules, ids))) continue
    add(counts, await inTransaction(context.db, async (tx) => {
      await lockEngagements(tx, ids)
      const plan = await decide(tx, rules, ids)
      const done = countsOf(plan)
      if (isEmpty(plan)) return done
      const changeSetId = context.newId()
      await recordPlanChangeSet(tx, { id: changeSetId, at: context.now, actorAccountId: context.viewer?.accountId ?? null, note: '', summary: JSON.stringify(done) })
      await recordPlan(tx, plan, { changeSetId, at: context.now, today: rules.today, newId: context.newId })
      await recordEvidence(tx, context, { type: 'assignments.planned', payload: { changeSet: changeSetId, ...done } })
      await refreshLine(tx, ids, rules.today)
      return done
    }))
  }
  return counts
}

/** How a planning that stands open is gone on with. */
export interface Pace {
  /** Engagements handled in one transaction. */
  portion?: number
  /** No further portion is begun from this instant on. */
  until?: Instant
  told?: (progress: { done: number; total: number }) => void
}

/**
 * Goes on with the plannings that changes left open, each portion in one transaction with its evidence and with how far it has
 * come: a process that ends in the middle loses one portion, and whoever calls this next takes it up there, also beside another.
 */
export async function continuePlanning(context: Context, { portion = PORTION, until = Infinity, told }: Pace = {}): Promise<{ planned: number }> {
  let planned = 0
  for (const id of await listOpenPlannings(context.db))
    for (let open = true; open; ) {
      if (context.clock() >= until) return { planned }
      const step = await inTransaction(context.db, (tx) => planNext(tx, context, id, portion))
      if (step) told?.(step)
      planned += step?.planned ?? 0
      open = step !== undefined && !step.finished
    }
  return { planned }
}

/** The next portion of a planning, or undefined when another has finished it meanwhile. */
async function planNext(tx: Tx, context: Context, id: string, portion: number): Promise<{ planned: number; done: number; total: number; finished: boolean } | undefined> {
  const planning = await lockPlanning(tx, id)
  if (!planning) return undefined
  const ids = await listEngagementIds(tx, planning.last_engagement_id, portion)
  const finished = ids.length < portion
  const counts = { ...countsOf(emptyPlan()), ...(JSON.parse(planning.counts) as Partial<PlanCounts>) }
  if (ids.length > 0) {
    const rules = await rulesNow(tx, context)
    await lockEngagements(tx, ids)
    const plan = await decide(tx, rules, ids)
    if (!isEmpty(plan)) {
      await recordPlan(tx, plan, { changeSetId: planning.change_set_id, at: context.now, today: rules.today, newId: context.newId })
      await recordEvidence(tx, context, { type: 'assignments.planned', payload: { changeSet: planning.change_set_id, ...countsOf(plan) } })
      add(counts, countsOf(plan))
      await refreshLine(tx, ids, rules.today)
    }
  }
  const done = planning.done + ids.length
  await advancePlanning(tx, id, { done, last_engagement_id: ids.at(-1) ?? planning.last_engagement_id, counts: JSON.stringify(counts), finished_at: finished ? context.now : null })
  return { planned: ids.length, done, total: Math.max(planning.total, done), finished }
}

/** What a plan would do for engagements with these facts, as they would be after a change; nothing is written. */
export async function previewPlan(db: Db, context: Pick<Context, 'library' | 'now'>, engagements: readonly EngagementFacts[]): Promise<Omit<PlannedEffect, 'created'> & { created: Plan['create']; counts: PlanCounts }> {
  const rules = await rulesNow(db, context)
  const whole = emptyPlan()
  for (let at = 0; at < engagements.length; at += PREVIEW_PORTION) {
    await breathe()
    const part = engagements.slice(at, at + PREVIEW_PORTION)
    const plan = await decideFrom(db, rules, part)
    for (const key of Object.keys(plan) as (keyof Plan)[]) for (const one of plan[key]) (whole[key] as unknown[]).push(one)
  }
  return { created: whole.create, reopened: whole.reopen, withdrawn: whole.withdraw, ended: whole.end, rescheduled: whole.reschedule, counts: countsOf(whole) }
}

async function* portions(db: Db, ids: readonly string[] | 'all'): AsyncGenerator<readonly string[]> {
  if (ids !== 'all') {
    const sorted = [...ids].sort()
    for (let at = 0; at < sorted.length; at += PORTION) yield sorted.slice(at, at + PORTION)
    return
  }
  for (let after = ''; ; ) {
    const portion = await listEngagementIds(db, after, PORTION)
    if (portion.length === 0) return
    yield portion
    after = portion.at(-1)!
  }
}
