import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBusinessDays, businessDaysBetween, OPEN_DAY } from '../../app/domain/calendar'

const calendar = { holidays: new Set(['2026-11-23', '2026-11-03']), fiscalYearStart: 4 }

describe('営業日', () => {
  it('between two days are as many as lead from the one to the other', () => {
    expect([businessDaysBetween('2026-11-20', '2026-11-24', calendar), businessDaysBetween('2026-11-20', '2026-11-20', calendar), businessDaysBetween('2026-11-20', '2026-11-23', calendar), businessDaysBetween('2026-11-20', OPEN_DAY, calendar)]).toEqual([1, 0, 0, 0])
    fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
      expect(businessDaysBetween('2026-10-31', addBusinessDays('2026-10-31', count, calendar), calendar)).toBe(count)
    }))
  })
})
