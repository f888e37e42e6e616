import type { Viewer } from './access'
import { addDays, OPEN_DAY, type Day } from './calendar'
import type { BadCell } from './csv'
import type { EngagementKind } from './people'
import { companiesShownByName } from './roster-names'
import { decideLeave, type LeaveEdit } from './roster-leave'
import { decideCompanies, type CompanyPlan, type CompanyRow } from './roster-companies'
import { isNotTheirs, refusedReach } from './roster-reach'
import { refusedAgain, refusedMails, refusedRoles, refusedTerms } from './roster-roles'
import { decidePerson, type PersonChange } from './roster-person'
import { decideUnits, type UnitPlan, type UnitRow } from './roster-units'
import type { RosterRow } from './roster'
import { attrsOn, endOf, lastOf, notEnded, startOf, type CompanyAttrs, type Register, type StoredAppointment, type UnitAttrs } from './roster-state'
import { finished, ROWS_IN_STEP, type Steps } from './steps'

export interface MissingPerson {
  number: string
  name: string
  kind: EngagementKind
  companyCode: string
  unitCode: string
  /** Last day already registered, or empty. */
  end: Day | ''
}

/** Roles that follow from 所属長番号 and 責任者番号: which appointments end, and who gets one. */
export interface AppointmentPlan {
  role: 'unitHead' | 'companyContact'
  scopeCode: string
  close: StoredAppointment[]
  /** From which day the old ones no longer hold and the new one does. */
  on: Day
  open: string | null
}

export interface RosterInput {
  roster: readonly RosterRow[]
  companies: readonly CompanyRow[]
  units: readonly UnitRow[]
  /** People missing in the file for whom HR gives a last day. */
  ending: readonly { number: string; lastDay: Day }[]
  /** The 会社コード whose people the file claims to list; null for those that occur in it. */
  scope: string | null
  /** The file is a part only: nobody is missing in it. */
  part?: boolean
  today: Day
  effectiveOn?: Day
  /** A form that adds or that edits; undefined for a file, which may do both. */
  expect?: 'new' | 'known'
  leaves?: readonly LeaveEdit[]
  /** The 会社コード beyond which a 会社側担当者's file may not reach; undefined for the operator's own. */
  within?: readonly string[]
  /** Who applies the change: nobody gets a role by their own hand, nor an address that is not theirs to give. Null for the command line and jobs. */
  acting?: Pick<Viewer, 'personId' | 'roles'> | null
}

export interface RosterDecision {
  bad: BadCell[]
  people: PersonChange[]
  unchanged: number
  missing: MissingPerson[]
  units: UnitPlan[]
  companies: CompanyPlan[]
  appointments: AppointmentPlan[]
  scope: string[]
  /** New numbers, digits only, that are shorter than every number registered for the same company: their zeros may be lost. */
  shortNumbers: string[]
  /** How many in scope are registered and not ended. */
  registered: number
  companiesAfter: ReadonlyMap<string, CompanyAttrs>
  /** Units that stand today, after the change. */
  unitsAfter: ReadonlyMap<string, UnitAttrs>
  /** The 会社コード whose people the operator sees by name; own people and 派遣社員 always are. */
  namesShown: ReadonlySet<string>
}

/** The 会社コード that a file speaks for: the one asked for, else those of its rows. */
export function scopeOf(input: Pick<RosterInput, 'scope' | 'roster'>, companyOfNumber: (number: string) => string | undefined): string[] {
  if (input.scope !== null) return [input.scope]
  return [...new Set(input.roster.map((row) => row.companyCode ?? companyOfNumber(row.number) ?? ''))]
}

/** Compares the files with the register: every wrong row, and else everything that would change. Pure. */
export function* decideRosterSteps(input: RosterInput, register: Register): Steps<RosterDecision> {
  const whole = input.roster.filter(({ refused }) => refused === undefined)
  const inFile = new Map(input.roster.map((row) => [row.number, row]))
  const lastByNumber = (number: string) => lastOf(register.engagements.get(number))
  const personKnown = (number: string) => inFile.has(number) || lastByNumber(number) !== undefined
  const companyOfPerson = (number: string) => inFile.get(number)?.companyCode ?? lastByNumber(number)?.companyCode ?? (inFile.has(number) ? '' : undefined)
  const companies = decideCompanies({ rows: input.companies, people: whole, stored: register.companies, today: input.today, companyOfPerson })
  const units = decideUnits({ rows: input.units, people: input.roster, stored: register.units, today: input.today, personKnown })
  const bad = [...companies.bad, ...units.bad]
  const outside = input.within ? refusedReach(input.roster, register, input.within, input.today) : []
  bad.push(...outside)
  const notTheirs = new Set(linesOf(outside.filter(isNotTheirs)))
  // A company sees its own people by name.
  const namesShown = new Set([...companiesShownByName(register, companies.plans, input.today), ...(input.within ?? [])])
  const doubtful = new Set(input.companies.flatMap(({ code, kindRefused }) => (kindRefused ? [code] : [])))
  const context = { today: input.today, effectiveOn: input.effectiveOn, companyKind: (code: string) => companies.after.get(code)?.kind, kindDoubtful: (code: string) => doubtful.has(code), personKnown, likeNumber: numbersLike(register, input.roster), namesShown: (code: string) => namesShown.has(code), expect: input.expect }
  const scope = scopeOf({ scope: input.scope, roster: whole }, (number) => lastByNumber(number)?.companyCode).filter((code) => !input.within || input.within.includes(code))
  const inScope = new Set(scope)
  const missing: MissingPerson[] = []
  let registered = 0
  for (const [number, engagements] of register.engagements) {
    const last = lastOf(engagements)
    if (!last || !notEnded(last, input.today) || !inScope.has(last.companyCode)) continue
    registered++
    if (input.part || inFile.has(number)) continue
    const { name, kind, unitCode } = attrsOn(last, input.today)
    missing.push({ number, name, kind, companyCode: last.companyCode, unitCode, end: endOf(last) === OPEN_DAY ? '' : addDays(endOf(last), -1) })
  }
  const missingNumbers = new Set(missing.map(({ number }) => number))
  let people: PersonChange[] = []
  let unchanged = 0
  const conflicting = new Set(linesOf(bad))
  const consider = (row: RosterRow) => {
    const decided = decidePerson(row, register.engagements.get(row.number), context)
    if (decided === null) unchanged += conflicting.has(row.line) ? 0 : 1
    else if (Array.isArray(decided)) bad.push(...decided)
    else people.push(decided)
  }
  for (const [at, row] of input.roster.entries()) {
    if (at % ROWS_IN_STEP === 0) yield
    if (!notTheirs.has(row.line)) consider(row)
  }
  for (const { number, lastDay } of input.ending) {
    if (missingNumbers.has(number)) consider({ line: 0, number, end: lastDay })
    else bad.push({ file: 'roster', line: 0, column: '従事者番号', value: number, reason: 'notMissing', hint: '' })
  }
  for (const leave of input.leaves ?? []) {
    const decided = decideLeave(leave, lastByNumber(leave.number), input.today)
    if (decided === null) unchanged++
    else if (Array.isArray(decided)) bad.push(...decided)
    else people.push(decided)
  }
  const appointments = decideAppointments(register, people, units.plans, companies.plans, input)
  bad.push(...refusedRoles(appointments, register, input), ...refusedAgain(people, appointments, register, input), ...refusedTerms(people, register, input), ...refusedMails(input.roster, register, input))
  if (bad.length > 0) {
    const wrong = new Set(linesOf(bad))
    people = people.filter(({ line }) => !wrong.has(line))
  }
  return { bad, people, unchanged, missing, units: units.plans, companies: companies.plans, appointments, shortNumbers: shortNumbersOf(people, register), scope, registered, companiesAfter: companies.after, unitsAfter: units.today, namesShown }
}

/** The lines of the roster that are named as wrong; those in them are counted there and nowhere else. */
const linesOf = (bad: readonly BadCell[]) => bad.flatMap(({ file, line }) => (file === 'roster' && line > 0 ? [line] : []))

const withoutZeros = (number: string) => number.replace(/^0+(?=.)/, '')

function shortNumbersOf(people: readonly PersonChange[], register: Register): string[] {
  const fresh = people.filter(({ outcome, number }) => outcome === 'new' && /^\d+$/.test(number))
  if (fresh.length === 0) return []
  const shortest = new Map<string, number>()
  for (const [number, engagements] of register.engagements) {
    const code = lastOf(engagements)?.companyCode
    if (code !== undefined && number.length < (shortest.get(code) ?? Infinity)) shortest.set(code, number.length)
  }
  return fresh.flatMap(({ number, plans }) => (number.length < (shortest.get(plans.at(-1)!.companyCode) ?? 0) ? [number] : []))
}

/** Numbers that differ from one by zeros in front only, as long as companies make them. */
export const likeNumbers = (number: string): string[] => Array.from({ length: 12 }, (_, zeros) => '0'.repeat(zeros) + withoutZeros(number))

/** Finds numbers that differ by zeros in front only: a spreadsheet takes them away, and a known person would come in as somebody new. */
function numbersLike(register: Register, rows: readonly RosterRow[]): (number: string) => string | undefined {
  let found: Map<string, string[]> | undefined
  const all = () => {
    const byRest = new Map<string, string[]>()
    const add = (number: string) => void (byRest.get(withoutZeros(number))?.push(number) ?? byRest.set(withoutZeros(number), [number]))
    for (const [number, engagements] of register.engagements) if (lastOf(engagements)) add(number)
    for (const { number } of rows) if (number !== '') add(number)
    return byRest
  }
  return (number) => (found ??= all()).get(withoutZeros(number))?.find((one) => one !== number)
}

/** Compares as `decideRosterSteps` does, at once. */
export const decideRoster = (input: RosterInput, register: Register): RosterDecision => finished(decideRosterSteps(input, register))

/** Who becomes or ceases to be head of a unit and contact of a company. A role given by hand to somebody else is left alone. */
function decideAppointments(register: Register, people: readonly PersonChange[], units: readonly UnitPlan[], companies: readonly CompanyPlan[], input: RosterInput): AppointmentPlan[] {
  const anew = new Map(people.flatMap(({ number, outcome, effectiveOn }) => (outcome === 'changed' ? [] : [[number, effectiveOn] as const])))
  const startOfNumber = (number: string) => anew.get(number) ?? (lastOf(register.engagements.get(number)) ? startOf(lastOf(register.engagements.get(number))!) : input.today)
  const plans: AppointmentPlan[] = []
  const follow = (role: AppointmentPlan['role'], scopeId: string | null, scopeCode: string, was: string, is: string, from: Day) => {
    if (was === is && !anew.has(is)) return
    const close = register.appointments.filter((one) => one.role === role && one.scopeId === scopeId && (one.number === was || one.number === is) && one.segment.to > from)
    if (!is && close.length === 0) return
    const on = is && startOfNumber(is) > from ? startOfNumber(is) : from
    plans.push({ role, scopeCode, close, on, open: is || null })
  }
  const planned = new Map(units.map((plan) => [plan.code, plan]))
  for (const code of new Set([...register.units.keys(), ...planned.keys()])) {
    const stored = register.units.get(code)
    const plan = planned.get(code)
    const was = stored?.versions.at(-1)?.attrs.headNumber ?? ''
    const after = plan?.after.at(-1) ?? stored?.versions.at(-1)
    if (after) follow('unitHead', stored?.id ?? null, code, was, after.attrs.headNumber, stored ? (plan && plan.after.at(-1)!.from > input.today ? plan.after.at(-1)!.from : input.today) : after.from)
  }
  const plannedCompanies = new Map(companies.map((plan) => [plan.code, plan]))
  for (const code of new Set([...register.companies.keys(), ...plannedCompanies.keys()])) {
    const stored = register.companies.get(code)
    const numbers = new Map((stored?.entrustments ?? []).map(({ contractNumber, versions }) => [contractNumber, { was: versions.at(-1)?.attrs.contactNumber ?? '', is: versions.at(-1)?.attrs.contactNumber ?? '', from: input.today }]))
    for (const { contractNumber, after } of plannedCompanies.get(code)?.entrustments ?? []) numbers.set(contractNumber, { was: numbers.get(contractNumber)?.was ?? '', is: after.at(-1)?.attrs.contactNumber ?? '', from: numbers.has(contractNumber) ? input.today : (after[0]?.from ?? input.today) })
    const kept = new Set([...numbers.values()].map(({ is }) => is))
    const given = new Set<string>()
    for (const { was, is, from } of numbers.values()) {
      if (given.has(is) && (was === is || was === '' || kept.has(was))) continue
      given.add(is)
      follow('companyContact', stored?.id ?? null, code, kept.has(was) && was !== is ? '' : was, is, from)
    }
  }
  return plans
}
