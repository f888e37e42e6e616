import { OPEN_DAY, type Day } from './calendar'
import type { HeldCapacity } from './access'
import type { Category, CompanyKind, Role, UnitKind } from './people'
import type { VersionAttrs } from './roster-attributes'
import type { Segment, TimelineChange } from './timeline'

export interface StoredEngagement {
  id: string
  personId: string
  number: string
  sequence: number
  companyCode: string
  /** Facts in force as known now, sorted by day; none when the engagement was undone. */
  versions: Segment<VersionAttrs>[]
  scopes: ReadonlyMap<Category, Segment<null>[]>
  leaves: Segment<string>[]
}

export interface CompanyAttrs {
  name: string
  kind: CompanyKind
  parentCode: string
}
export interface EntrustmentAttrs {
  namesAllowed: boolean
  contactNumber: string
}
export interface StoredEntrustment {
  id: string
  contractNumber: string
  versions: Segment<EntrustmentAttrs>[]
}
export interface StoredCompany {
  id: string
  code: string
  versions: Segment<CompanyAttrs>[]
  entrustments: StoredEntrustment[]
}

export interface UnitAttrs {
  name: string
  /** 所属コード of the unit above; empty at the top. */
  parentCode: string
  headNumber: string
  /** 未配置 is the unit for those that are placed nowhere. */
  kind: UnitKind | 'unplaced'
}
export interface StoredUnit {
  id: string
  code: string
  versions: Segment<UnitAttrs>[]
}

/** An appointment that a file can give or end: the head of a unit, the contact of a company. */
export interface StoredAppointment {
  engagementId: string
  number: string
  role: 'unitHead' | 'companyContact'
  scopeId: string
  segment: Segment<null>
}

/** The part of the register that files are compared with. */
export interface Register {
  /** All engagements of each number that matters, by sequence. */
  engagements: ReadonlyMap<string, readonly StoredEngagement[]>
  companies: ReadonlyMap<string, StoredCompany>
  units: ReadonlyMap<string, StoredUnit>
  appointments: readonly StoredAppointment[]
  /** The office roles of each person who holds or will hold one. */
  officeRoles: ReadonlyMap<string, readonly Role[]>
  /** For a file of a 会社側担当者: what the people in it stand for, now or later, and the numbers in it to which somebody reports. */
  standing?: { capacities: ReadonlyMap<string, readonly HeldCapacity[]>; reportedTo: ReadonlySet<string> }
}

export const startOf = (engagement: { versions: readonly Segment<VersionAttrs>[] }): Day => engagement.versions[0]!.from
/** The first day on which the engagement no longer holds. */
export const endOf = (engagement: { versions: readonly Segment<VersionAttrs>[] }): Day => engagement.versions.at(-1)!.to
/** What holds today; before the start what will hold, after the end what held last. */
export const attrsOn = (engagement: { versions: readonly Segment<VersionAttrs>[] }, day: Day): VersionAttrs =>
  (engagement.versions.length === 1 ? engagement.versions[0]! : (engagement.versions.findLast((one) => one.from <= day) ?? engagement.versions[0]!)).attrs

/** The engagement of a number that counts: the last one that was not undone. */
export const lastOf = (engagements: readonly StoredEngagement[] | undefined): StoredEngagement | undefined => engagements?.findLast((one) => one.versions.length > 0)
/** Whether an engagement is in force on a day or will be later. */
export const notEnded = (engagement: StoredEngagement, today: Day): boolean => engagement.versions.length > 0 && (endOf(engagement) === OPEN_DAY || endOf(engagement) > today)

/** What will be written for one engagement. */
export interface EngagementPlan {
  /** null while the engagement is new. */
  id: string | null
  /** null when nothing of this person is known yet. */
  personId: string | null
  number: string
  sequence: number
  companyCode: string
  versions: TimelineChange<VersionAttrs>
  scopes: ReadonlyMap<Category, TimelineChange<null>>
  leaves: TimelineChange<string>
  /** How the engagement looks afterwards. */
  after: { versions: readonly Segment<VersionAttrs>[]; scopes: ReadonlyMap<Category, readonly Segment<null>[]>; leaves: readonly Segment<string>[] }
}

export const sameNothing = (): boolean => true
