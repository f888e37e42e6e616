import type { Day, Instant } from './calendar'
import { ROLES, type EngagementKind, type Relation, type Role } from './people'
import type { TrackName } from './tracks'

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
  readChanges: '名簿の変更の履歴',
  readPeople: '人をさがす',
  giveLineRoles: `${ROLE_WORDS.line}の任命`,
  giveOfficeRoles: `${ROLE_WORDS.office}の任命`,
  readRoles: '役割の一覧',
  issueSlips: '利用票の発行',
  decideAccommodations: 'テストの時間の延長などの配慮',
  answerLearners: '質問・訂正の申し出への回答',
  runCompany: '自社と下位の会社の名簿と誓約取得証明',
  leadTeam: '受け持つ人の状況の確認、受講の依頼、受講の時間の用意、猶予・免除の申請',
  readApprovals: '申請の一覧と、自分の申請の取下げ',
  deferUnits: '災害・障害などのときに、部署の期限をまとめて延ばすこと',
  decideApprovals: '猶予・免除の申請、紙・集合研修・同等の研修の記録の承認',
  enterRecords: '紙と集合研修の記録、退職・終了の手続の記録',
  takeDossiers: '記録一式の受け取り',
  readProgram: '全体の状況、受講の決まり、様式なしの人の一覧',
  answerChecks: '点検への回答と署名(会社側担当者は自社、個人受託者は自分、保護管理者は担当の部署、人事と統括管理者は委託先の点検)',
  readChecks: '点検の記録の確認',
  decideChecks: '届いた点検の受理と差し戻し',
  editContent: '教材の公開、文章の確認の記録、教材への指摘への回答',
  readAudit: '記録・取込・受け取り・閲覧・設定の確認(監査)',
  readOutbox: 'メールの送信のようす',
  runSystem: 'しくみの状態、定期の処理、設定、サインインの状況',
} as const
export type Act = keyof typeof ACTS

/**
 * What somebody acts as: an appointed role, 上長 of those in whose register the person's number stands as 上長番号, or 個人受託者, who is
 * person and company in one (R-004-fn5). The latter two nobody gives or takes; they follow from the register.
 */
export type Capacity = Role | 'supervisor' | 'soleContractor'
const UNAPPOINTED: Readonly<Record<Exclude<Capacity, Role>, string>> = { supervisor: '上長', soleContractor: '個人受託者' }
const isAppointed = (capacity: Capacity): capacity is Role => !(capacity in UNAPPOINTED)
/** Capacities as words, each once: 所属長・上長. */
export const capacityWords = (held: readonly Capacity[]): string => [...new Set(held)].map((one) => (isAppointed(one) ? ROLES[one] : UNAPPOINTED[one as keyof typeof UNAPPOINTED])).join('・')

const ROLE_ACTS: Record<Capacity, readonly Act[]> = {
  supervisor: ['leadTeam', 'readApprovals'],
  soleContractor: ['answerChecks', 'readChecks'],
  unitHead: ['leadTeam', 'readApprovals'],
  protectionManager: ['leadTeam', 'readApprovals', 'answerChecks', 'readChecks'],
  protectionDeputy: ['leadTeam', 'readApprovals'],
  companyContact: ['runCompany', 'issueSlips', 'readApprovals', 'answerChecks', 'readChecks'],
  hr: ['manageRoster', 'readChanges', 'readPeople', 'giveLineRoles', 'readRoles', 'issueSlips', 'answerLearners', 'decideAccommodations', 'readProgram', 'readApprovals', 'decideApprovals', 'enterRecords', 'takeDossiers', 'readOutbox', 'answerChecks', 'readChecks', 'decideChecks'],
  chief: ['giveLineRoles', 'readRoles', 'readProgram', 'editContent', 'readPeople', 'readApprovals', 'decideApprovals', 'deferUnits', 'takeDossiers', 'answerChecks', 'readChecks', 'decideChecks'],
  auditLead: ['readProgram', 'readChanges', 'readPeople', 'readRoles', 'takeDossiers', 'readAudit', 'readApprovals', 'readChecks'],
  systemAdministrator: ['giveOfficeRoles', 'readRoles', 'runSystem', 'readOutbox'],
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
  role: Capacity
  /** 'line' for a 上長, whose scope is the engagement under whose number people report. */
  scopeKind: 'all' | 'unit' | 'company' | 'line'
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
  track: TrackName
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
  if (granting.some(({ role }) => role !== 'companyContact' && role !== 'soleContractor')) return { all: true }
  return { all: false, companyIds: granting.filter(({ scopeKind }) => scopeKind === 'company').map(({ scopeId }) => scopeId) }
}

/** Whom a manager answers for: the people of these units and below, and those who report to these engagements (house.md §3). */
export interface LineScope {
  unitIds: readonly string[]
  supervisorIds: readonly string[]
  /** Nobody is in one's own line. */
  notPersonId: string
}

/** The line of a viewer; every query about a team takes it. */
export function lineOf(viewer: Pick<Viewer, 'roles' | 'personId'>): LineScope {
  const granting = viewer.roles.filter(({ role }) => ROLE_ACTS[role].includes('leadTeam'))
  const scoped = (kind: ViewerRole['scopeKind']) => [...new Set(granting.filter(({ scopeKind }) => scopeKind === kind).map(({ scopeId }) => scopeId))]
  return { unitIds: scoped('unit'), supervisorIds: scoped('line'), notPersonId: viewer.personId }
}

/** Who may do an act, in words: 人事か統括管理者. */
export const rolesThatMay = (act: Act): string => wordsOf((Object.keys(ROLES) as Role[]).filter((role) => ROLE_ACTS[role].includes(act)), 'か')

/** Why a viewer may not give a role to an engagement, or null. Nobody gives a role to oneself (house rule, R-003-23). */
export function refusalToAppoint(viewer: Viewer, role: Role, to: { personId: string }): 'notYourRoleToGive' | 'notToOneself' | null {
  if (!may(viewer, SIDE[role] === 'office' ? 'giveOfficeRoles' : 'giveLineRoles')) return 'notYourRoleToGive'
  return to.personId === viewer.personId ? 'notToOneself' : null
}

const isOfficeRole = (role: Capacity): boolean => isAppointed(role) && SIDE[role] === 'office'

type Acting = Pick<Viewer, 'personId' | 'roles'>

/** What somebody stands for; the scope is empty for a 上長. */
export interface HeldCapacity {
  role: Capacity
  scopeId: string
}

/**
 * Whether a viewer may hand somebody the means to sign in: never to oneself, to the holder of an office role only who may give
 * that role, and to the holder of a line role or a 上長 only who may give line roles. A 会社側担当者 may for another one, if that one
 * answers for no company beyond those named: the own and its lower tiers; null stands for all.
 */
export function mayVouchFor(viewer: Acting, other: { personId: string; roles: readonly HeldCapacity[] }, companyIds: readonly string[] | null): boolean {
  if (other.personId === viewer.personId) return false
  return other.roles.every(({ role, scopeId }) =>
    isOfficeRole(role) ? may(viewer, 'giveOfficeRoles') : may(viewer, 'giveLineRoles') || (role === 'companyContact' && (companyIds === null || companyIds.includes(scopeId))))
}

/** Whether a viewer may change the address to which somebody's new password is sent: with an office role that is as good as handing the role over. */
export function mayChangeMailOf(viewer: Acting, other: { personId: string; roles: readonly Role[] }): boolean {
  return !other.roles.some(isOfficeRole) || (other.personId !== viewer.personId && may(viewer, 'giveOfficeRoles'))
}
