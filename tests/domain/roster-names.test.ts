import { describe, expect, it } from 'vitest'
import { ENGAGEMENT_KINDS, type EngagementKind } from '../../app/domain/people'
import { HIDDEN_COLUMNS, isHidden, isHiddenColumn } from '../../app/domain/roster-names'

/** domain.md L25: of a contractor's worker under 氏名表示 不可 the operator sees the number, not who it is. */
describe('氏名表示 不可', () => {
  it('hides what names or reaches a person, and nothing else', () => {
    expect(HIDDEN_COLUMNS).toEqual(['氏名', 'フリガナ', 'メール'])
    expect(['氏名', 'メール', '従事者番号', '休職', '所属'].filter(isHiddenColumn)).toEqual(['氏名', 'メール'])
  })

  it('is about the workers of a contractor that does not show names', () => {
    const kinds = Object.keys(ENGAGEMENT_KINDS) as EngagementKind[]
    expect(kinds.filter((kind) => isHidden(kind, false))).toEqual(['contractorWorker'])
    expect(kinds.filter((kind) => isHidden(kind, true))).toEqual([])
  })
})
