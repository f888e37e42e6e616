import { expect, it } from 'vitest'
import type { ReportedPerson } from '../../app/domain/roster-report'
import { consequences, titlesIn } from '../../app/ui/import-preview'

const person: ReportedPerson = { line: 2, number: '1', name: '佐藤 健', kind: 'regular', companyCode: '', unitCode: '', outcome: 'changed', effectiveOn: '2026-11-20', fields: [], variantOnly: false, ends: false, hasMail: true, gains: [], loses: [], moves: [] }
const told = (more: Partial<ReportedPerson>) => consequences({ ...person, ...more }, '2026-11-20', titlesIn([{ kind: 'module', slug: 'M01' }, { kind: 'pledge', slug: 'PL1' }], (_kind, slug) => slug))

it('says by name what a person gets, loses and has moved', () => {
  expect(told({})).toEqual([])
  expect(told({ gains: [0, 1], loses: [1] })).toEqual(['割り当てるもの　M01、PL1', '対象から外れるもの　PL1'])
  expect(told({ effectiveOn: '2026-12-01', moves: [0] })).toEqual(['2026/12/1から変わります。', '期限が変わるもの　M01'])
  expect(told({ outcome: 'new', effectiveOn: '2026-12-01', gains: [0] })).toEqual(['割り当てるもの　M01'])
  expect(told({ outcome: 'moved', effectiveOn: '2026-12-01' })).toEqual(['2026/12/1から、新しい在籍として登録します。'])
})

it('says that an end is taken back', () => {
  const end = (was: string, is: string, more: Partial<ReportedPerson> = {}) => told({ fields: [{ column: '在籍終了日', was, is }], ...more })
  expect(end('2026-12-31', '')).toEqual(['在籍の終わりを取り消します。在籍が続きます。'])
  expect(end('', '2026-12-31', { ends: true })).toEqual(['在籍の終わりを登録します。'])
  expect(end('2026-03-31', '', { outcome: 'rehired' })).toEqual(['新しい在籍として登録します。'])
})

it('names the kind of a leave, and what becomes of due days until the return and after it', () => {
  const leave = (is: string) => told({ effectiveOn: '2026-11-24', fields: [{ column: '休職', was: '', is }], moves: [0] })
  expect(leave('2026-11-24〜2027-03-31〜parental')).toEqual(['2026/11/24 から 2027/3/31 までの休みのあいだ、期限が止まり、お知らせも送りません。', '期限が止まるもの　M01', '戻った日から10営業日後が、新しい期限です。'])
  expect(leave('2026-11-24〜〜parental').at(-1)).toBe('戻る日が決まったら、最後の日を入れてください。戻った日から10営業日後が、新しい期限です。')
  expect(leave('')).toEqual(['休みの記録がなくなり、期限を計算し直します。', '期限が変わるもの　M01'])
})
