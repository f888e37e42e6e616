import { termOf, type Audiences, type EngagementFacts, type Span } from './audience'
import { dayOf, OPEN_DAY, type Day, type Instant, type WorkCalendar } from './calendar'
import type { EngagementKind } from './people'
import { join, joinEvent, joinOpen, keyOf } from './joining'
import { PlanningGroups } from './planning-groups'
import { requirementsInForce, targetExists } from './requirement'
import { isRevisionPeriod, revisionWant, type Revision } from './revision'
import { GRACE_BUSINESS_DAYS, isEventPeriod, later, wantedBy, yearAt, type WantingRules, type Year } from './wanted'
import { Workdays } from './workdays'

export type TargetKind = 'module' | 'pledge' | 'certificate'

/** A requirement as planning sees it; one entry a version (content/requirements.yaml). */
export interface PlannedRequirement {
  id: string
  version: number
  validFrom: Day
  audience: Audiences
  target: { kind: TargetKind; slug: string }
  when: When
  /** Days on which another entry has stopped it. */
  stopped?: readonly Span[]
}

interface After {
  businessDays: number
  newOnly?: boolean
}

/**
 * start: once, from the day on which somebody comes into the audience. appointment, scope: each time that a role begins, or something
 * new is handled. `newOnly`: not where that day lies before the requirement; the yearly one reaches those (content/help/program.md).
 * `confirmsEntry`: what was pledged at the entry is confirmed, so not before the fiscal year after that (domain.md §2.5, PL5).
 */
export type When = ({ on: 'start' } & After) | ({ on: 'appointment' } & After) | ({ on: 'scope' } & After) | { on: 'fiscalYear'; opens: string; due: string; confirmsEntry?: true | undefined } | { on: 'end'; daysBefore: number }

/** What there is to assign. A pledge names the kinds it is lawful for; nobody gets one of another legal relation (domain.md §2.5). */
export interface Targets {
  hasModule(slug: string): boolean
  /** Kinds the pledge template is lawful for; undefined when there is no such template. Certificates name the template they certify. */
  lawfulKinds(slug: string): readonly EngagementKind[] | undefined
}

export interface Cause {
  requirementId: string
  version: number
}

/** An assignment that is there. */
export interface ExistingAssignment {
  id: string
  kind: TargetKind
  slug: string
  period: string
  opens: Day
  /** The due day in force. */
  due: Day
  /** The day that an event gave last (a question was answered); the rules alone never make it earlier. */
  dueGiven?: Day
  createdAt: Instant
  settledAs: 'completed' | 'declined' | 'ended' | 'exempted' | 'withdrawn' | null
  settledOn: Day | null
  /** The version that was finished; read only where a revision was announced. */
  version?: string
  /** Something was read, answered, signed or decided on it. */
  touched: boolean
  /** Causes that hold. */
  causes: readonly string[]
}

/** What ought to be assigned. */
export interface Wanted {
  kind: TargetKind
  slug: string
  period: string
  opens: Day
  due: Day
  causes: Cause[]
}

/** The step from what is assigned to what should be. */
export interface Plan {
  create: (Wanted & { engagementId: string })[]
  reopen: { assignmentId: string; engagementId: string; kind: TargetKind; slug: string; opens: Day; due: Day; causes: Cause[] }[]
  addCauses: { assignmentId: string; cause: Cause }[]
  endCauses: { assignmentId: string; requirementId: string }[]
  reschedule: { assignmentId: string; engagementId: string; kind: TargetKind; slug: string; opens: Day; due: Day }[]
  withdraw: { assignmentId: string; engagementId: string; kind: TargetKind; slug: string }[]
  end: { assignmentId: string; engagementId: string; kind: TargetKind; slug: string }[]
}

export const emptyPlan = (): Plan => ({ create: [], reopen: [], addCauses: [], endCauses: [], reschedule: [], withdraw: [], end: [] })

export interface Rules {
  requirements: readonly PlannedRequirement[]
  /** Revisions that were announced. */
  revisions?: readonly Revision[]
  targets: Targets
  calendar: WorkCalendar
  today: Day
}

/**
 * Plans the assignments of engagements. Pure: the same facts, assignments, rules and day give the same step, and a step that was
 * taken gives an empty one.
 */
export function planAssignments(engagements: readonly { facts: EngagementFacts; existing: readonly ExistingAssignment[] }[], rules: Rules): Plan {
  const plan = emptyPlan()
  if (!desks.has(rules)) desks.set(rules, new PlanningDesk(rules))
  for (const { facts, existing } of engagements) desks.get(rules)!.plan(facts, existing, plan)
  return plan
}

/** A company is planned in portions, and a change before and after it is written: what was found out for one holds for the next. */
const desks = new WeakMap<Rules, PlanningDesk>()

class PlanningDesk {
  readonly #workdays: Workdays
  /** Of each requirement the version in force today, with the day since which the requirement is known at all. */
  readonly #inForce: readonly { requirement: PlannedRequirement; since: Day }[]
  readonly #year: Year
  readonly #by: WantingRules
  readonly #beginning: PlanningGroups

  constructor(private readonly rules: Rules) {
    this.#workdays = new Workdays(rules.calendar)
    this.#inForce = requirementsInForce(rules.requirements, rules.today)
    this.#beginning = new PlanningGroups(rules.requirements)
    this.#year = yearAt(rules.today, rules.calendar)
    this.#by = { targets: rules.targets, days: this.#workdays, calendar: rules.calendar, year: this.#year, today: rules.today }
  }

  plan(facts: EngagementFacts, existing: readonly ExistingAssignment[], plan: Plan): void {
    if (existing.length > 0) return this.#plan(facts, existing, plan)
    const first = emptyPlan()
    for (const want of this.#beginning.wantedOf(facts, () => (this.#plan(facts, existing, first), first.create))) plan.create.push({ ...want, engagementId: facts.engagementId })
  }

  #plan(facts: EngagementFacts, existing: readonly ExistingAssignment[], plan: Plan): void {
    const { today } = this.rules
    const term = termOf(facts)
    const over = !term || term.to <= today
    const wanted = over ? new Map<string, Wanted>() : this.#wanted(facts, term, existing)
    const there = new Set<string>()
    for (const one of existing) {
      const key = keyOf(one)
      there.add(key)
      const want = wanted.get(key)
      if (one.settledAs === null) this.#keep(one, want, { facts, over, undone: !term }, plan)
      else if (want && (one.settledAs === 'withdrawn' || one.settledAs === 'ended')) plan.reopen.push({ assignmentId: one.id, engagementId: facts.engagementId, kind: one.kind, slug: one.slug, opens: want.opens, due: this.#due(want, facts, today, one.dueGiven), causes: want.causes })
      else if (want && one.settledAs === 'completed') addCauses(one, want.causes, plan)
    }
    for (const [key, want] of wanted)
      if (!there.has(key)) plan.create.push({ ...want, engagementId: facts.engagementId, due: this.#due(want, facts, today) })
  }

  /** An open assignment: kept, joined, moved, withdrawn or ended. What somebody assigned by hand (no cause) is left alone until the end. */
  #keep(one: ExistingAssignment, want: Wanted | undefined, { facts, over, undone }: { facts: EngagementFacts; over: boolean; undone: boolean }, plan: Plan): void {
    const name = { assignmentId: one.id, engagementId: facts.engagementId, kind: one.kind, slug: one.slug }
    if (undone && !one.touched) plan.withdraw.push(name)
    else if (undone || (over && one.period !== 'exit')) plan.end.push(name)
    else if (one.causes.length === 0 || over || !targetExists(one, this.rules.targets)) return
    else if (want) {
      addCauses(one, want.causes, plan)
      endOtherCauses(one, want.causes, plan)
      const due = this.#due(want, facts, dayOf(one.createdAt), one.dueGiven)
      if (due !== one.due || want.opens !== one.opens) plan.reschedule.push({ ...name, opens: want.opens, due })
    } else if (one.period === 'entry' || one.period === 'exit' || one.period === this.#year.period || isEventPeriod(one.period) || isRevisionPeriod(one.period)) {
      if (one.touched) endOtherCauses(one, [], plan)
      else plan.withdraw.push(name)
    }
  }

  #wanted(facts: EngagementFacts, term: Span, existing: readonly ExistingAssignment[]): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>()
    const [events, yearly]: [Wanted[], Wanted[]] = [[], []]
    for (const held of this.#inForce) {
      const want = wantedBy(held, facts, term, this.#by, existing)
      if (typeof want === 'string') continue
      const { when } = held.requirement
      if (when.on === 'fiscalYear') yearly.push(want)
      else if (when.on === 'end' || (when.on === 'start' && !when.newOnly)) join(wanted, want)
      else events.push(want)
    }
    for (const want of events) {
      const left = joinOpen(want, wanted, { yearly, existing, year: this.#year })
      if (left) join(wanted, left)
    }
    for (const want of yearly) if (!joinEvent(want, wanted, { existing, year: this.#year })) join(wanted, want)
    for (const revision of this.rules.revisions ?? []) {
      const want = revisionWant(revision, facts, { ...this.#by, inForce: this.#inForce }, existing)
      if (want) join(wanted, want)
    }
    return wanted
  }

  /**
   * The one place that says which due day is in force. Nobody is late on the day they hear of a duty; a day given after a question
   * holds (L34); and the clock stands still on leave: 10 business days from then (A01).
   */
  #due(want: Wanted, facts: EngagementFacts, heardOn: Day, given?: Day): Day {
    let due = want.due < heardOn ? this.#workdays.after(heardOn, GRACE_BUSINESS_DAYS) : want.due
    if (given !== undefined) due = later(due, given)
    for (const leave of [...facts.leaves].sort((a, b) => (a.from < b.from ? -1 : 1))) {
      if (leave.from > due || leave.to <= want.opens) continue
      if (leave.to === OPEN_DAY) return OPEN_DAY
      due = later(due, this.#workdays.after(leave.to, GRACE_BUSINESS_DAYS))
    }
    return due
  }
}

function addCauses(one: ExistingAssignment, causes: readonly Cause[], plan: Plan): void {
  for (const cause of causes) if (!one.causes.includes(cause.requirementId)) plan.addCauses.push({ assignmentId: one.id, cause })
}

function endOtherCauses(one: ExistingAssignment, causes: readonly Cause[], plan: Plan): void {
  for (const requirementId of one.causes) if (!causes.some((cause) => cause.requirementId === requirementId)) plan.endCauses.push({ assignmentId: one.id, requirementId })
}
