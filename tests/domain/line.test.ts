import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, OPEN_DAY, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { BUCKETS, completionOf, isUnder, partsOf, placeOf, tabCounts, TABS, type Group, type LineDuty } from '../../app/domain/line'
import { percentOf } from '../../app/domain/percent'

const TODAY = '2026-11-20'
const here = { onLeave: false, validFrom: '2024-04-01' }
const duty = (over: Partial<LineDuty> = {}): LineDuty => ({ kind: 'module', slug: 'M01', opensOn: '2026-11-01', dueOn: '2026-11-24', settledAt: OPEN_INSTANT, settledAs: null, begun: false, asked: false, deferred: false, ...over })
const settled = (as: string, on = '2026-11-10', over: Partial<LineDuty> = {}) => duty({ settledAt: startOf(on), settledAs: as, ...over })
const where = (...duties: LineDuty[]) => placeOf(duties, here, TODAY)

const groups = fc.array(fc.record({
  bucket: fc.constantFrom(...BUCKETS), people: fc.integer({ min: 0, max: 500 }), nextDue: fc.oneof(fc.constant(OPEN_DAY), fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days))),
}), { maxLength: 40 }) as fc.Arbitrary<Group[]>

describe('where somebody stands', () => {
  it.each([
    ['nothing was ever asked', [], { bucket: 'none', nextDue: OPEN_DAY }],
    ['it opens later only', [duty({ opensOn: '2026-12-01' })], { bucket: 'none', nextDue: OPEN_DAY }],
    ['not begun', [duty(), duty({ slug: 'M05', dueOn: '2026-11-13' })], { bucket: 'todo', nextDue: '2026-11-13' }],
    ['one of two begun', [duty({ begun: true }), duty({ slug: 'M05', dueOn: '2026-11-13' })], { bucket: 'doing', nextDue: '2026-11-13' }],
    ['only the employer’s certificate is left', [settled('completed'), duty({ kind: 'certificate', slug: 'PL2' })], { bucket: 'doing', nextDue: '2026-11-24' }],
    ['the worker read the pledge, nothing else', [duty(), duty({ kind: 'certificate', slug: 'PL2', begun: true })], { bucket: 'todo', nextDue: '2026-11-24' }],
    ['all that is open waits for an answer', [duty({ kind: 'pledge', slug: 'PL1', asked: true }), settled('completed')], { bucket: 'held', nextDue: '2026-11-24' }],
    ['a question, and something else late', [duty({ kind: 'pledge', slug: 'PL1', asked: true, dueOn: '2026-11-01' }), duty({ dueOn: '2026-11-13' })], { bucket: 'todo', nextDue: '2026-11-13' }],
    ['all deferred', [duty({ deferred: true, begun: true }), duty({ slug: 'M05', deferred: true, dueOn: '2026-12-10' })], { bucket: 'deferred', nextDue: '2026-11-24' }],
    ['some deferred', [duty({ deferred: true }), duty({ slug: 'M05', dueOn: '2026-12-10' })], { bucket: 'todo', nextDue: '2026-11-24' }],
    ['done in time', [settled('completed'), settled('exempted', '2026-11-10', { slug: 'M05' })], { bucket: 'done', nextDue: OPEN_DAY }],
    ['done late', [settled('completed', '2026-11-25'), settled('completed', '2026-11-10', { slug: 'M05' })], { bucket: 'doneLate', nextDue: OPEN_DAY }],
    ['late last year, in time this year', [settled('completed', '2025-12-01', { dueOn: '2025-06-30' }), settled('completed')], { bucket: 'done', nextDue: OPEN_DAY }],
    ['all exempted', [settled('exempted')], { bucket: 'exempt', nextDue: OPEN_DAY }],
    ['did not sign', [settled('completed'), settled('declined', '2026-11-10', { kind: 'pledge', slug: 'PL1' })], { bucket: 'held', nextDue: OPEN_DAY }],
    ['ended ones and withdrawn ones count for nothing', [settled('ended'), settled('withdrawn', '2026-11-10', { slug: 'M05' })], { bucket: 'none', nextDue: OPEN_DAY }],
  ] as const)('%s', (_, duties, place) => expect(where(...duties)).toEqual(place))

  it('A01 is out of the count while on leave, and before the first day', () => {
    expect(placeOf([duty()], { ...here, onLeave: true }, TODAY)).toEqual({ bucket: 'leave', nextDue: OPEN_DAY })
    expect(placeOf([duty()], { onLeave: false, validFrom: addDays(TODAY, 1) }, TODAY)).toEqual({ bucket: 'before', nextDue: '2026-11-24' })
  })
})

describe('the tabs', () => {
  it('show everybody once among what is open, done and out of the count', () => {
    fc.assert(fc.property(groups, (given) => {
      const counts = tabCounts(given, TODAY)
      expect(counts.open + counts.done + counts.doneLate + counts.exempt + counts.leave + counts.before).toBe(counts.all)
      expect(counts.late + counts.soon).toBeLessThanOrEqual(counts.open)
      for (const group of given) for (const tab of TABS) expect(partsOf(tab, TODAY).filter(({ buckets, from = '', until = OPEN_DAY }) => buckets.includes(group.bucket) && group.nextDue >= from && group.nextDue <= until).length).toBe(isUnder(tab, group, TODAY) ? 1 : 0)
    }))
  })

  it('A22 a deferred person whose new day has passed is late and no longer held', () => {
    const place = { bucket: 'deferred', nextDue: addDays(TODAY, -1) } as const
    expect([isUnder('late', place, TODAY), isUnder('hold', place, TODAY), isUnder('hold', { ...place, nextDue: TODAY }, TODAY)]).toEqual([true, false, true])
  })
})

describe('the figures of §5.10', () => {
  it('add up for any line', () => {
    fc.assert(fc.property(groups, (given) => {
      const { whole, working, onLeave, before, counted, done, inTime, late } = completionOf(given)
      const counts = tabCounts(given, TODAY)
      expect(whole).toBe(working + onLeave + before)
      expect(whole).toBe(counts.all)
      expect(counted).toBe(working - counts.exempt)
      expect(done).toBe(inTime + late)
      expect(counted - done).toBe(counts.open)
    }))
  })

  it('say 100 % for all only and 0 % for none only', () => {
    expect(percentOf(28, 38)).toBe('73.7')
    expect(percentOf(0, 0)).toBeNull()
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (of, some) => {
      const done = Math.min(of, some)
      const percent = percentOf(done, of)!
      expect(percent === '100.0').toBe(done === of)
      expect(percent === '0.0').toBe(done === 0)
    }))
  })
})
