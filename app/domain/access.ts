import type { Day, Instant } from './calendar'
import { ROLES, type EngagementKind, type Relation, type Role } from './people'

/** The office runs the whole: who holds one of its roles reads or decides for everybody, or watches those who do. The line answers for a unit or a company. */
const SIDE: Record<Role, 'line' | 'office'> = {
  unitHead: 'line', protectionManager: 'line', protectionDeputy: 'line', companyContact: 'line', hr: 'office', chief: 'office', auditLead: 'office', systemAdministrator: 'office',
}
const rolesOf = (side: 'line' | 'office'): readonly Role[] => (Object.keys(ROLES) as Role[]).filter((role) => SIDE[role] === side)
const wordsOf = (roles: readonly Role[], between: string): string => roles.map((role) => ROLES[role]).join(between)

export const OFFICE_ROLES: readonly Role[] = rolesOf('office')
/** The roles of either side as words: 人事・統括管理者・… */
export const ROLE_WORDS = { line: wordsOf(rolesOf('line'), '・'), office: wordsOf(OFFICE_ROLES, '・') }

/** What a signed-in account may do is decided here, and only here; lists repeat it in their WHERE (house.md §4.4). */
export const ACTS = {
  learn: '自分の研修・テスト・誓約・記録',
  manageRoster: '名簿の取込と取消し、人の登録・訂正・終了・休職',
  readPeople: '人をさがす',
  giveLineRoles: `${ROLE_WORDS.line}の任命`,
  giveOfficeRoles: `${ROLE_WORDS.office}の任命`,
  readRoles: '役割の一覧',
  issueSlips: '利用票の発行',
  decideAccommodations: 'テストの時間の延長などの配慮',
  answerLearners: '質問・訂正の申し出への回答',
  runCompany: '自社と下位の会社の名簿と誓約取得証明',
  readProgram: '様式なしの人の一覧',
  runSystem: 'しくみの状態',
} as const
export type Act = keyof typeof ACTS

const ROLE_ACTS: Record<Role, readonly Act[]> = {
  unitHead: [],
  protectionManager: [],
  protectionDeputy: [],
  companyContact: ['runCompany', 'issueSlips'],
  hr: ['manageRoster', 'readPeople', 'giveLineRoles', 'readRoles', 'issueSlips', 'answerLearners', 'decideAccommodations', 'readProgram'],
  chief: ['giveLineRoles', 'readRoles', 'readProgram', 'readPeople'],
  auditLead: ['readProgram', 'readPeople'],
  systemAdministrator: ['giveOfficeRoles', 'readRoles', 'runSystem'],
}

export interface ViewerEngagement {
  id: string
  number: string
  sequence: number
  name: string
  kind: EngagementKind
  relation: Relation
  companyId: string
  companyName: string
  unitId: string | null
  /** Last day (inclusive) on which the person is under 18, or ''. */
  under18Until: Day | ''
  validFrom: Day
  validTo: Day
}

export interface ViewerRole {
  role: Role
  scopeKind: 'all' | 'unit' | 'company'
  scopeId: string
  engagementId: string
}

/** Who is at the door: the account with its engagements and dated roles as of today. */
export interface Viewer {
  accountId: string
  personId: string
  sessionId: string
  signedInAt: Instant
  /** When this session ends at the latest. */
  sessionEndsAt: Instant
  name: string
  engagements: readonly ViewerEngagement[]
  roles: readonly ViewerRole[]
  sharedTerminal: boolean
  authMethod: string
  furigana: boolean
  mustChangePassword: boolean
  noticeVersion: string | null
}

/** Whether one of the viewer's roles allows the act; everybody may learn. */
export function may(viewer: Pick<Viewer, 'roles'>, act: Act): boolean {
  return act === 'learn' || viewer.roles.some(({ role }) => ROLE_ACTS[role].includes(act))
}

/** How far an act reaches: everything, or the named companies (with their lower tiers) only. */
export type Reach = { all: true } | { all: false; companyIds: readonly string[] }

/** The reach of an act for a viewer; 会社側担当者 never reach beyond their own company and lower tiers. */
export function reachOf(viewer: Pick<Viewer, 'roles'>, act: Act): Reach {
  const granting = viewer.roles.filter(({ role }) => ROLE_ACTS[role].includes(act))
  if (granting.some(({ role }) => role !== 'companyContact')) return { all: true }
  return { all: false, companyIds: granting.filter(({ scopeKind }) => scopeKind === 'company').map(({ scopeId }) => scopeId) }
}

/** Who may do an act, in words: 人事か統括管理者. */
export const rolesThatMay = (act: Act): string => wordsOf((Object.keys(ROLES) as Role[]).filter((role) => ROLE_ACTS[role].includes(act)), 'か')

/** Why a viewer may not give a role to an engagement, or null. Nobody gives a role to oneself (house rule, R-003-23). */
export function refusalToAppoint(viewer: Viewer, role: Role, to: { personId: string }): 'notYourRoleToGive' | 'notToOneself' | null {
  if (!may(viewer, SIDE[role] === 'office' ? 'giveOfficeRoles' : 'giveLineRoles')) return 'notYourRoleToGive'
  return to.personId === viewer.personId ? 'notToOneself' : null
}

const isOfficeRole = (role: Role): boolean => SIDE[role] === 'office'

type Acting = Pick<Viewer, 'personId' | 'roles'>

/**
 * Whether a viewer may hand somebody the means to sign in: never to oneself, to the holder of an office role only who may give
 * that role, and to nobody who may do more than the viewer.
 */
export function mayVouchFor(viewer: Acting, other: { personId: string; roles: readonly Role[] }): boolean {
  if (other.personId === viewer.personId) return false
  return other.roles.every((role) => (isOfficeRole(role) ? may(viewer, 'giveOfficeRoles') : role === 'companyContact' || ROLE_ACTS[role].every((act) => may(viewer, act))))
}

/** Whether a viewer may change the address to which somebody's new password is sent: with an office role that is as good as handing the role over. */
export function mayChangeMailOf(viewer: Acting, other: { personId: string; roles: readonly Role[] }): boolean {
  return !other.roles.some(isOfficeRole) || mayVouchFor(viewer, other)
}
