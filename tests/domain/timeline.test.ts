import { expect, it } from 'vitest'
import { changeTimeline, holdFrom, joined, segmentOn, within, type Segment } from '../../app/domain/timeline'

const same = (a: string, b: string) => a === b
const seg = (from: string, to: string, attrs: string, id?: string): Segment<string> => ({ ...(id && { id }), from, to, attrs })

it('joins neighbours that say the same, and leaves gaps open', () => {
  expect(joined([seg('2026-03-01', '2026-04-01', 'a'), seg('2026-01-01', '2026-02-01', 'a'), seg('2026-02-01', '2026-03-01', 'a')], same)).toEqual([seg('2026-01-01', '2026-04-01', 'a')])
  const apart = [seg('2026-01-01', '2026-02-01', 'a'), seg('2026-03-01', '2026-04-01', 'a')]
  expect(joined(apart, same)).toEqual(apart)
  expect(joined([seg('2026-01-01', '2026-02-01', 'a'), seg('2026-02-01', '2026-03-01', 'b')], same)).toHaveLength(2)
})

it('cuts, holds from a day, and finds what speaks on a day', () => {
  const line = [seg('2026-01-01', '2026-02-01', 'a'), seg('2026-02-01', '9999-12-31', 'b')]
  expect(within(line, '2026-01-15', '2026-02-01')).toEqual([seg('2026-01-15', '2026-02-01', 'a')])
  expect(holdFrom(line, '2026-01-15', '9999-12-31', 'c', same)).toEqual([seg('2026-01-01', '2026-01-15', 'a'), seg('2026-01-15', '9999-12-31', 'c')])
  expect(holdFrom(line, '2026-03-01', '9999-12-31', 'b', same)).toEqual(line)
  expect(['2025-01-01', '2026-01-31', '2026-02-01'].map((day) => segmentOn(line, day)?.attrs)).toEqual(['a', 'a', 'b'])
  expect(segmentOn([], '2026-01-01')).toBeUndefined()
})

it('touches only facts that do not stay as they are', () => {
  const stored = [seg('2026-01-01', '2026-02-01', 'a', 'f1'), seg('2026-02-01', '9999-12-31', 'b', 'f2')]
  expect(changeTimeline(stored, [seg('2026-01-01', '2026-02-01', 'a'), seg('2026-02-01', '2026-05-01', 'b')], same)).toEqual({ supersede: [stored[1]], insert: [seg('2026-02-01', '2026-05-01', 'b')] })
  expect(changeTimeline(stored, stored, same)).toEqual({ supersede: [], insert: [] })
})
