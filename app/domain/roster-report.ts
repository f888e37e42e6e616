import type { EngagementFacts } from './audience'
import type { Day, Instant } from './calendar'
import type { BadCell } from './csv'
import type { FileEncoding } from './encoding'
import { isReached } from './mail'
import { foldName } from './name'
import { relationOf, type CompanyKind, type EngagementKind, type UnitKind } from './people'
import type { MissingPerson, RosterDecision } from './roster-diff'
import type { WrongRows } from './roster-files'
import { isMuch } from './roster-leaving'
import { isHidden, isHiddenColumn } from './roster-names'
import type { FieldChange, PersonChange } from './roster-person'
import { COMPANY_COLUMNS, ROSTER_COLUMNS, UNIT_COLUMNS } from './roster-columns'
import { unitCodesAbove } from './roster-units'
import type { EngagementPlan } from './roster-state'

export interface ReportedPerson {
  line: number
  number: string
  /** null where the operator sees the number only. */
  name: string | null
  kind: EngagementKind
  companyCode: string
  unitCode: string
  outcome: PersonChange['outcome']
  effectiveOn: Day
  fields: FieldChange[]
  /** For somebody added by hand: a number in use that differs by zeros in front only. */
  likeNumber?: string
  /** Whether the name changes in its glyphs only. */
  variantOnly: boolean
  ends: boolean
  hasMail: boolean
  /** What is assigned to the person, and taken away or ended: places in the report's `targets`. */
  gains: readonly number[]
  loses: readonly number[]
  /** What gets another due day. */
  moves: readonly number[]
}

/** What would go out or be assigned if the change were applied now. */
export interface RosterEffect {
  gained: number
  reopened: number
  /** Open assignments whose due day becomes another: leave, a changed start. */
  rescheduled: number
  withdrawn: number
  ended: number
  /** One invitation for each new person with a mail address whom the operator may write to. */
  mails: number
  /** New people without one: they need a printed slip. */
  slips: number
  /** New people of contractors: the 会社側担当者 brings them in. */
  throughCompany: number
  /** Assignments gained, by what is assigned. */
  byTarget: { kind: string; slug: string; count: number }[]
}

export interface RosterReport {
  fileName: string
  encoding: FileEncoding | null
  lines: number
  columns: number
  readAt: Instant
  scope: string[]
  /** Whether the file claims to be a part only: then nobody is missing in it. */
  part: boolean
  counts: { new: number; changed: number; rehired: number; moved: number; missing: number; unchanged: number; bad: number; badLines: number; registered: number }
  bad: BadCell[]
  /** New numbers whose zeros in front may be lost: how many, and the first of them. */
  shortNumbers?: { count: number; some: string[] }
  /** Rows of a file that is refused, as they were written, to be mended. */
  wrongRows?: WrongRows[]
  targets: { kind: string; slug: string }[]
  people: ReportedPerson[]
  missing: MissingPerson[]
  units: { code: string; isNew: boolean; fields: { column: string; was: string; is: string }[] }[]
  companies: { code: string; isNew: boolean; fields: { column: string; was: string; is: string }[] }[]
  appointments: { role: string; scopeCode: string; number: string | null; ended: string[]; on: Day }[]
  effect: RosterEffect
  /** People for whom the file sets an end; with the missing ones whom HR ends they must stay within the limit, or be confirmed. */
  endingInFile: number
  leaving: number
  needsConfirmation: boolean
}

/** How many leave, and whether that asks for an explicit yes. */
export function leavingOf(decision: Pick<RosterDecision, 'people' | 'registered'>): { leaving: number; share: number; needsConfirmation: boolean } {
  const leaving = decision.people.filter(({ ends }) => ends).length
  const share = decision.registered === 0 ? 0 : leaving / decision.registered
  return { leaving, share, needsConfirmation: isMuch(share) }
}

/** The key under which the effect on one person is counted before the engagement has an identifier. */
export const previewIdOf = (plan: Pick<EngagementPlan, 'id' | 'number' | 'sequence'>): string => plan.id ?? `${plan.number} ${plan.sequence}`

/** The facts of engagements as they are after the change, for planning: in today's tree of units. `rolesOf` is left out where the change gives none of them a role. */
export function factsAfter(engagements: readonly { id: string; plan: EngagementPlan }[], { companiesAfter, unitsAfter }: Pick<RosterDecision, 'companiesAfter' | 'unitsAfter'>, rolesOf?: (plan: EngagementPlan) => EngagementFacts['roles']): EngagementFacts[] {
  const above = new Map<string, { unitCodes: readonly string[]; unitKinds: UnitKind[] }>()
  const placeOf = (unitCode: string) => {
    let place = above.get(unitCode)
    if (!place) {
      const unitCodes = unitCodesAbove(unitCode, unitsAfter)
      above.set(unitCode, (place = { unitCodes, unitKinds: unitCodes.map((code) => unitsAfter.get(code)?.kind).filter((kind) => kind !== undefined && kind !== 'unplaced') }))
    }
    return place
  }
  return engagements.map(({ id, plan }): EngagementFacts => ({
    engagementId: id,
    begins: plan.id === null,
    companyKind: (companiesAfter.get(plan.companyCode)?.kind ?? 'own') as CompanyKind,
    versions: plan.after.versions.map(({ from, to, attrs }) => ({ from, to, kind: attrs.kind, ...placeOf(attrs.unitCode) })),
    scopes: scopesOf(plan),
    roles: rolesOf?.(plan) ?? [],
    leaves: plan.after.leaves.map(({ from, to }) => ({ from, to })),
  }))
}

type Assigned = { engagementId: string; kind: string; slug: string }

function scopesOf({ after }: EngagementPlan): EngagementFacts['scopes'] {
  const scopes: EngagementFacts['scopes'][number][] = []
  for (const [category, segments] of after.scopes) for (const { from, to } of segments) scopes.push({ from, to, category })
  return scopes
}

/** What planning would do to these engagements. */
export interface PlannedEffect {
  created: readonly Assigned[]
  reopened: readonly Assigned[]
  withdrawn: readonly Assigned[]
  ended: readonly Assigned[]
  rescheduled: readonly Assigned[]
}

const NONE: readonly number[] = []

/** Which targets each engagement is concerned by; people of one kind share one list. */
function targetsBy(rows: readonly (readonly Assigned[])[], targets: RosterReport['targets']): (engagementIds: readonly string[]) => readonly number[] {
  const places = new Map(targets.map(({ kind, slug }, at) => [`${kind} ${slug}`, at]))
  const shared = new Map<string, readonly number[]>()
  const byEngagement = new Map<string, number[]>()
  for (const { engagementId, kind, slug } of rows.flat()) {
    const key = `${kind} ${slug}`
    const place = places.get(key) ?? targets.push({ kind, slug }) - 1
    places.set(key, place)
    const held = byEngagement.get(engagementId)
    if (!held) byEngagement.set(engagementId, [place])
    else if (!held.includes(place)) held.push(place)
  }
  return (engagementIds) => {
    const found = engagementIds.flatMap((id) => byEngagement.get(id) ?? NONE)
    if (found.length === 0) return NONE
    const key = found.join()
    return shared.get(key) ?? (shared.set(key, found), found)
  }
}

/** A cell that was refused counts as empty afterwards: that it must not be empty need not be said as well. */
function withoutEchoes(bad: readonly BadCell[]): readonly BadCell[] {
  const isEcho = ({ reason }: BadCell) => reason === 'required' || reason === 'requiredForNew'
  const cellOf = ({ file, line, column }: BadCell) => `${file} ${line} ${column}`
  const refused = new Set(bad.flatMap((cell) => (isEcho(cell) ? [] : [cellOf(cell)])))
  return bad.filter((cell) => !isEcho(cell) || !refused.has(cellOf(cell)))
}

/** Cells of one row are told in the order of the columns. */
const COLUMNS: Record<BadCell['file'], readonly string[]> = { roster: ROSTER_COLUMNS, companies: COMPANY_COLUMNS, units: UNIT_COLUMNS }
const placeOf = ({ file, column }: BadCell) => COLUMNS[file].indexOf(column)

/** Everything a preview shows and a change set remembers, as plain data. */
export function reportOf(given: { decision: RosterDecision; bad: readonly BadCell[]; planned: PlannedEffect; fileName: string; part?: boolean; encoding: FileEncoding | null; lines: number; columns: number; now: Instant }): RosterReport {
  const { decision, planned } = given
  const bad = withoutEchoes(given.bad)
  const targets: RosterReport['targets'] = []
  const gains = targetsBy([planned.created, planned.reopened], targets)
  const loses = targetsBy([planned.withdrawn, planned.ended], targets)
  const moves = targetsBy([planned.rescheduled], targets)
  const people = decision.people.map((change) => {
    const ids = change.plans.map(previewIdOf)
    return reportPerson(change, { gains: gains(ids), loses: loses(ids), moves: moves(ids) }, decision.namesShown)
  })
  const byTarget = new Map<string, { kind: string; slug: string; count: number }>()
  for (const { kind, slug } of planned.created) {
    const one = byTarget.get(`${kind} ${slug}`) ?? { kind, slug, count: 0 }
    one.count++
    byTarget.set(`${kind} ${slug}`, one)
  }
  const { leaving, needsConfirmation } = leavingOf(decision)
  const of = (outcome: PersonChange['outcome']) => people.filter((one) => one.outcome === outcome).length
  return {
    fileName: given.fileName, encoding: given.encoding, lines: given.lines, columns: given.columns, readAt: given.now, scope: decision.scope, part: given.part ?? false,
    counts: {
      new: of('new'), changed: of('changed'), rehired: of('rehired'), moved: of('moved'), missing: decision.missing.length, unchanged: decision.unchanged,
      bad: bad.length, badLines: new Set(bad.map(({ file, line }) => `${file} ${line}`)).size, registered: decision.registered,
    },
    bad: [...bad].sort((a, b) => (a.file === b.file ? a.line - b.line || placeOf(a) - placeOf(b) : a.file < b.file ? -1 : 1)), targets, people, missing: decision.missing,
    shortNumbers: decision.shortNumbers.length > 0 ? { count: decision.shortNumbers.length, some: decision.shortNumbers.slice(0, 5) } : undefined,
    units: decision.units.map(({ id, code, fields }) => ({ code, isNew: id === null, fields })),
    companies: decision.companies.map(({ id, code, fields }) => ({ code, isNew: id === null, fields })),
    appointments: decision.appointments.map(({ role, scopeCode, open, close, on }) => ({ role, scopeCode, number: open, ended: close.map(({ number }) => number), on })),
    effect: {
      gained: planned.created.length, reopened: planned.reopened.length, rescheduled: planned.rescheduled.length, withdrawn: planned.withdrawn.length, ended: planned.ended.length,
      ...channelsOf(decision), byTarget: [...byTarget.values()],
    },
    endingInFile: decision.people.filter(({ ends, line }) => ends && line > 0).length, leaving, needsConfirmation,
  }
}

function reportPerson({ line, number, outcome, effectiveOn, fields, ends, likeNumber, plans }: PersonChange, assigned: Pick<ReportedPerson, 'gains' | 'loses' | 'moves'>, namesShown: ReadonlySet<string>): ReportedPerson {
  const plan = plans.at(-1)!
  const { name, kind, unitCode, mail } = plan.after.versions.at(-1)!.attrs
  const renamed = fields.find(({ column }) => column === '氏名')
  const hidden = isHidden(kind, namesShown.has(plan.companyCode))
  return {
    line, number, name: hidden ? null : name, kind, companyCode: plan.companyCode, unitCode, outcome, effectiveOn, fields: hidden ? fields.map((field) => (isHiddenColumn(field.column) ? { ...field, was: '', is: '' } : field)) : fields, variantOnly: renamed !== undefined && foldName(renamed.was) === foldName(renamed.is),
    ends, likeNumber, hasMail: isReached(mail), ...assigned,
  }
}

/** How new people learn of their account (domain.md L25): by mail, by slip, or, as a contractor's worker, through the company. */
export function channelOf(change: PersonChange, decision: Pick<RosterDecision, 'appointments'>): 'mail' | 'slip' | 'company' | null {
  if (change.outcome !== 'new') return null
  const { kind, mail } = change.plans.at(-1)!.after.versions[0]!.attrs
  const isContact = decision.appointments.some(({ role, open }) => role === 'companyContact' && open === change.number)
  if (relationOf(kind) === 'contract' && !isContact) return 'company'
  return isReached(mail) ? 'mail' : 'slip'
}

function channelsOf(decision: RosterDecision): Pick<RosterEffect, 'mails' | 'slips' | 'throughCompany'> {
  const counts = { mail: 0, slip: 0, company: 0 }
  for (const change of decision.people) {
    const channel = channelOf(change, decision)
    if (channel) counts[channel]++
  }
  return { mails: counts.mail, slips: counts.slip, throughCompany: counts.company }
}
