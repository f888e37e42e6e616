import { inTransaction, type Db, type Tx } from '../../db/database.server'
import { findExistingAssignments, findPlanningFacts, listEngagementIds, lockEngagements, recordPlan, recordPlanChangeSet } from '../../db/assignments.server'
import { planningRules } from '../content/planning-rules'
import type { Context } from '../context'
import type { EngagementFacts } from '../domain/audience'
import { dayOf } from '../domain/calendar'
import { emptyPlan, planAssignments as decidePlan, type Plan, type Rules } from '../domain/planning'
import type { PlannedEffect } from '../domain/roster-report'
import { recordEvidence } from './evidence.server'

/** Engagements handled at a time, and how many may stand in one transaction; above that the plan is made in portions afterwards. */
const PORTION = 1_000
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
  return decideFrom(db, rules, await findPlanningFacts(db, ids, rules.today, rules.requirements.some(({ audience }) => audience.units)))
}

async function decideFrom(db: Db, rules: Rules, engagements: readonly EngagementFacts[]): Promise<Plan> {
  const existing = await findExistingAssignments(db, engagements.flatMap(({ engagementId, begins }) => (begins ? [] : engagementId)))
  return decidePlan(engagements.map((facts) => ({ facts, existing: existing.get(facts.engagementId) ?? [] })), rules)
}

/**
 * Plans engagements inside a change's own transaction: what the change brings or takes is done with it, under its change set.
 * More than PLAN_IN_TRANSACTION_LIMIT are left alone (`deferred`): the caller then calls `planAssignments` after its commit.
 * The facts of those that have just `begun` are at hand and theirs alone; all others are locked and read.
 */
export async function planWithin(tx: Tx, context: Context, changeSetId: string, engagementIds: readonly string[] | 'all', begun: readonly EngagementFacts[] = []): Promise<PlanCounts & { deferred: boolean }> {
  const counts = { ...countsOf(emptyPlan()), deferred: false }
  const rules = planningRules(context.library, dayOf(context.now))
  const beginning = new Map(begun.map((facts) => [facts.engagementId, facts]))
  let seen = 0
  if (engagementIds.length > PLAN_IN_TRANSACTION_LIMIT) return { ...counts, deferred: true }
  for await (const ids of portions(tx, engagementIds)) {
    if ((seen += ids.length) > PLAN_IN_TRANSACTION_LIMIT) return { ...counts, deferred: true }
    const known = ids.filter((id) => !beginning.has(id))
    if (known.length > 0) await lockEngagements(tx, known)
    const plans = [known.length > 0 ? await decide(tx, rules, known) : emptyPlan(), await decideFrom(tx, rules, ids.flatMap((id) => beginning.get(id) ?? []))]
    for (const plan of plans) {
      await recordPlan(tx, plan, { changeSetId, at: context.now, today: rules.today, newId: context.newId })
      add(counts, countsOf(plan))
    }
  }
  return counts
}

/** Plans engagements on its own, each portion in one transaction with its evidence; what is right already stays untouched, so it may stop and run again. */
export async function planAssignments(context: Context, engagementIds: readonly string[] | 'all'): Promise<PlanCounts> {
  const counts = countsOf(emptyPlan())
  const rules = planningRules(context.library, dayOf(context.now))
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
      return done
    }))
  }
  return counts
}

/** What a plan would do for engagements with these facts, as they would be after a change; nothing is written. */
export async function previewPlan(db: Db, context: Pick<Context, 'library' | 'now'>, engagements: readonly EngagementFacts[]): Promise<Omit<PlannedEffect, 'created'> & { created: Plan['create']; counts: PlanCounts }> {
  const rules = planningRules(context.library, dayOf(context.now))
  const whole = emptyPlan()
  for (let at = 0; at < engagements.length; at += PORTION) {
    const part = engagements.slice(at, at + PORTION)
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
