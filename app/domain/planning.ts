import { kindOn, spansInAudience, termOf, type Audience, type EngagementFacts, type Span } from './audience'
import { addDays, dayOf, fiscalYearOf, fiscalYearStartDay, OPEN_DAY, type Day, type Instant, type WorkCalendar } from './calendar'
import type { EngagementKind } from './people'
import { PlanningGroups } from './planning-groups'
import { isLawful, requirementsInForce, targetExists } from './requirement'
import { Workdays } from './workdays'

export type TargetKind = 'module' | 'pledge' | 'checklist' | 'certificate'

/** A requirement as planning sees it; one entry a version (content/requirements.yaml). */
export interface PlannedRequirement {
  id: string
  version: number
  validFrom: Day
  audience: Audience
  target: { kind: TargetKind; slug: string }
  when: { on: 'start'; businessDays: number } | { on: 'fiscalYear'; opens: string; due: string } | { on: 'end'; daysBefore: number }
}

/** What there is to assign. A pledge names the kinds it is lawful for; nobody gets one of another legal relation (domain.md §2.5). */
export interface Targets {
  exists(kind: 'module' | 'checklist', slug: string): boolean
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

/** Business days that a person has from hearing of a duty late, or from coming back from leave (domain.md A01). */
export const GRACE_BUSINESS_DAYS = 10

export interface Rules {
  requirements: readonly PlannedRequirement[]
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

const keyOf = ({ kind, slug, period }: Pick<Wanted, 'kind' | 'slug' | 'period'>) => `${kind} ${slug} ${period}`

class PlanningDesk {
  readonly #workdays: Workdays
  /** Of each requirement the version in force today, with the day since which the requirement is known at all. */
  readonly #inForce: readonly { requirement: PlannedRequirement; since: Day }[]
  readonly #year: { period: string; from: Day; to: Day }
  readonly #beginning: PlanningGroups

  constructor(private readonly rules: Rules) {
    this.#workdays = new Workdays(rules.calendar)
    this.#inForce = requirementsInForce(rules.requirements, rules.today)
    this.#beginning = new PlanningGroups(this.#inForce.some(({ requirement }) => requirement.audience.units))
    const period = fiscalYearOf(rules.today, rules.calendar)
    this.#year = { period, from: fiscalYearStartDay(period, rules.calendar), to: fiscalYearStartDay(`FY${Number(period.slice(2)) + 1}`, rules.calendar) }
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
    } else if (one.period === 'entry' || one.period === 'exit' || one.period === this.#year.period) {
      if (one.touched) endOtherCauses(one, [], plan)
      else plan.withdraw.push(name)
    }
  }

  #wanted(facts: EngagementFacts, term: Span, existing: readonly ExistingAssignment[]): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>()
    const yearly: Wanted[] = []
    const kind = kindOn(facts, this.rules.today)
    for (const { requirement, since } of this.#inForce) {
      const span = spansInAudience(requirement.audience, facts).find(({ to }) => to > this.rules.today)
      if (!span || !kind || !isLawful(requirement, kindOn(facts, span.from > this.rules.today ? span.from : this.rules.today) ?? kind, this.rules.targets)) continue
      const want = this.#wantedOf(requirement, since, span, term, facts)
      if (!want) continue
      if (requirement.when.on === 'fiscalYear') yearly.push(want)
      else join(wanted, want)
    }
    for (const want of yearly) if (!this.#joinEntry(want, wanted, existing)) join(wanted, want)
    return wanted
  }

  #wantedOf({ id, version, target, when }: PlannedRequirement, since: Day, span: Span, term: Span, facts: EngagementFacts): Wanted | undefined {
    const cause: Cause = { requirementId: id, version }
    const days = this.#workdays
    if (when.on === 'start') {
      const from = later(span.from, since)
      return { ...target, period: 'entry', opens: from, due: days.after(from, when.businessDays), causes: [cause] }
    }
    if (when.on === 'end') {
      if (term.to === OPEN_DAY || span.to < term.to) return undefined
      const lastDay = addDays(term.to, -1)
      const opens = later(addDays(lastDay, -when.daysBefore), term.from)
      return opens > this.rules.today ? undefined : { ...target, period: 'exit', opens, due: later(days.before(lastDay), opens), causes: [cause] }
    }
    const year = this.#year
    const opens = later(this.#dayOfYear(when.opens), span.from)
    if (opens >= year.to || facts.leaves.some((leave) => leave.from <= opens && leave.to >= year.to)) return undefined
    const due = days.after(this.#dayOfYear(when.due), 0)
    return { ...target, period: year.period, opens, due: due < opens ? days.after(opens, GRACE_BUSINESS_DAYS) : due, causes: [cause] }
  }

  /** MM-DD in the present fiscal year. */
  #dayOfYear(monthDay: string): Day {
    const { from } = this.#year
    const year = Number(from.slice(0, 4))
    return `${monthDay >= from.slice(5) ? year : year + 1}-${monthDay}`
  }

  /**
   * The yearly duty joins that of the entry for the same target while that one is open or when it was settled within this year (so
   * always in the year of entry): the same thing is not asked for twice. Otherwise each year is a row of its own (A23).
   */
  #joinEntry(want: Wanted, wanted: Map<string, Wanted>, existing: readonly ExistingAssignment[]): boolean {
    const entry = wanted.get(keyOf({ ...want, period: 'entry' }))
    if (!entry || existing.some((one) => keyOf(one) === keyOf(want) && one.settledAs !== 'withdrawn' && one.settledAs !== 'ended')) return false
    const before = existing.find((one) => keyOf(one) === keyOf(entry))
    const open = !before || before.settledAs === null || before.settledAs === 'withdrawn' || before.settledAs === 'ended'
    if (!open && (before.settledOn ?? '') < this.#year.from) return false
    entry.causes.push(...want.causes)
    if (want.due < entry.due && want.due >= entry.opens) entry.due = want.due
    return true
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

const later = (a: Day, b: Day): Day => (a > b ? a : b)

function join(wanted: Map<string, Wanted>, want: Wanted): void {
  const there = wanted.get(keyOf(want))
  if (!there) return void wanted.set(keyOf(want), want)
  there.causes.push(...want.causes)
  if (want.due < there.due) there.due = want.due
  if (want.opens < there.opens) there.opens = want.opens
}

function addCauses(one: ExistingAssignment, causes: readonly Cause[], plan: Plan): void {
  for (const cause of causes) if (!one.causes.includes(cause.requirementId)) plan.addCauses.push({ assignmentId: one.id, cause })
}

function endOtherCauses(one: ExistingAssignment, causes: readonly Cause[], plan: Plan): void {
  for (const requirementId of one.causes) if (!causes.some((cause) => cause.requirementId === requirementId)) plan.endCauses.push({ assignmentId: one.id, requirementId })
}
