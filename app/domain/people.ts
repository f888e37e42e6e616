/** The words of the roster and what they mean in law (domain.md §4.1). */

import type { Day } from './calendar'

/** 「はい」: under 18 until somebody says otherwise; the last day that can be written. */
export const UNDER_18_OPEN: Day = '9999-12-30'

export const ENGAGEMENT_KINDS = {
  regular: '正社員',
  contractEmployee: '契約社員',
  commissioned: '嘱託社員',
  partTime: 'パート',
  casual: 'アルバイト',
  officer: '取締役',
  executive: '執行役',
  auditOfficer: '監査役',
  secondedIn: '出向受入',
  dispatched: '派遣社員',
  contractorWorker: '委託先従業者',
  soleContractor: '個人受託者',
} as const
export type EngagementKind = keyof typeof ENGAGEMENT_KINDS

export const COMPANY_KINDS = { own: '自社', agency: '派遣元', contractor: '委託先', subcontractor: '再委託先', salesAgency: '販売代理店', sole: '個人' } as const
export type CompanyKind = keyof typeof COMPANY_KINDS

export const CATEGORIES = { communicationsSecrecy: '通信の秘密', specifiedUserInfo: '特定利用者情報', personalInfo: '個人情報', myNumber: '個人番号' } as const
export type Category = keyof typeof CATEGORIES

export const ROLES = {
  unitHead: '所属長',
  protectionManager: '保護管理者',
  protectionDeputy: '保護担当者',
  companyContact: '会社側担当者',
  hr: '人事',
  chief: '統括管理者',
  auditLead: '監査責任者',
  systemAdministrator: 'システム管理者',
} as const
export type Role = keyof typeof ROLES

/** Who can be asked by what they are appointed to; 管理者 are 所属長 and 上長, as the register says. */
export const ASKED_ROLES = {
  manager: '管理者(所属長・上長)',
  protectionManager: ROLES.protectionManager,
  protectionDeputy: ROLES.protectionDeputy,
  companyContact: ROLES.companyContact,
  hr: ROLES.hr,
  chief: ROLES.chief,
  auditLead: ROLES.auditLead,
  systemAdministrator: ROLES.systemAdministrator,
} as const
export type AskedRole = keyof typeof ASKED_ROLES

/** What a unit is, where it makes a difference to what its people must know; any other is a 部署. */
export const UNIT_KINDS = { unit: '部署', shop: '店舗', callCenter: 'コールセンター', site: '現場', operations: 'システム運用', development: 'システム開発' } as const
export type UnitKind = keyof typeof UNIT_KINDS

/** 氏名(番号・雇用形態): a name stands alone in no sentence either (look.md §1.5). */
export const whoWords = ({ name, number, kind }: { name: string; number: string; kind: EngagementKind }): string => `${name}(${number}・${ENGAGEMENT_KINDS[kind]})`

/** The legal relation decides the channel, the pledge and what the operator may see (domain.md L23–L25). */
export type Relation = 'own' | 'dispatched' | 'contract' | 'sole'

/** Which legal relation an engagement is. */
export function relationOf(kind: EngagementKind): Relation {
  if (kind === 'dispatched') return 'dispatched'
  if (kind === 'contractorWorker') return 'contract'
  return kind === 'soleContractor' ? 'sole' : 'own'
}

/** Which company kinds may employ an engagement of this kind; empty 会社コード means the own company. */
export function companyKindsFor(kind: EngagementKind): readonly CompanyKind[] {
  if (kind === 'dispatched') return ['agency']
  // The 派遣元責任者 stands in the roster too: not dispatched, but of the 派遣元's own people.
  if (kind === 'contractorWorker') return ['contractor', 'subcontractor', 'salesAgency', 'agency']
  return kind === 'soleContractor' ? ['sole'] : ['own']
}

/** 従業者 (domain.md §4.1): inside the operator's organisation, dispatched people included, another company's and sole contractors not. */
export const isWorkforce = (kind: EngagementKind): boolean => ['own', 'dispatched'].includes(relationOf(kind))
