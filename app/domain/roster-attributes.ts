import type { Day } from './calendar'
import { ENGAGEMENT_KINDS, UNDER_18_OPEN, type EngagementKind } from './people'
import type { RosterColumn } from './roster-columns'

/** What the register holds of one engagement besides its days: exactly one roster row (schema.md). */
export interface VersionAttrs {
  kind: EngagementKind
  name: string
  kana: string
  mail: string
  /** 所属コード; empty when the person is in no unit. */
  unitCode: string
  supervisor: string
  under18Until: Day | ''
}
export type Attr = keyof VersionAttrs

/** Which columns of a roster are held as an attribute of the version; null is what is held elsewhere. A column that is new has to say. */
export const ATTR_OF = {
  従事者番号: null, 氏名: 'name', フリガナ: 'kana', メール: 'mail', 雇用形態: 'kind', 会社コード: null, 所属コード: 'unitCode', 所属名: null, 上長番号: 'supervisor', 在籍開始日: null, 在籍終了日: null, 取扱区分: null, '18歳未満': 'under18Until',
} as const satisfies Record<RosterColumn, Attr | null>

export const minorWord = (until: Day | ''): string => (until === UNDER_18_OPEN ? 'はい' : until)

const asHeld = (value: string): string => value
const CELL_OF: { readonly [A in Attr]: (value: VersionAttrs[A]) => string } = {
  name: asHeld, unitCode: asHeld, kind: (kind) => ENGAGEMENT_KINDS[kind], kana: asHeld, mail: asHeld, supervisor: asHeld, under18Until: minorWord,
}

/** An attribute as the cell of a roster writes it. */
export const cellOf = <A extends Attr>(attr: A, value: VersionAttrs[A]): string => CELL_OF[attr](value)

/** All attributes: those first that differ most often. */
const ATTRS = Object.keys(CELL_OF) as readonly Attr[]

/** Whether two versions say the same of an engagement. */
export function sameVersion(a: VersionAttrs, b: VersionAttrs): boolean {
  for (const attr of ATTRS) if (a[attr] !== b[attr]) return false
  return true
}
