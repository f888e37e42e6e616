import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, OPEN_DAY, OPEN_INSTANT, type Day } from '../../app/domain/calendar'
import { askingOf, isOpenOn, placeOf } from '../../app/domain/line'
import { wayTo } from '../../app/domain/reminder'

const TODAY: Day = '2026-11-24'
const day = fc.integer({ min: -20, max: 20 }).map((days) => addDays(TODAY, days))
const duty = fc.record({
  id: fc.uuid(), kind: fc.constantFrom('module', 'pledge', 'certificate'), slug: fc.constant('M01'), opensOn: day, dueOn: day, settledAt: fc.constant(OPEN_INSTANT), settledAs: fc.constant(null), begun: fc.boolean(),
  asked: fc.boolean(), deferred: fc.boolean(), answered: fc.constantFrom(null, 'signed', 'declined', 'question', 'later'),
})
const person = fc.record({ engagementId: fc.uuid(), relation: fc.constantFrom('own', 'dispatched', 'sole'), onLeave: fc.boolean(), validFrom: day, validTo: fc.oneof(fc.constant(OPEN_DAY), day), closed: fc.boolean() })
const here = { engagementId: 'e', relation: 'dispatched', onLeave: false, validFrom: '2024-04-01', validTo: OPEN_DAY, closed: false } as const
const open = { id: 'a', kind: 'module', slug: 'M01', opensOn: '2026-11-01', dueOn: '2026-12-01', settledAt: OPEN_INSTANT, settledAs: null, begun: false, asked: false, deferred: false, answered: null } as const

describe('the button of a row', () => {
  it('asks whom the request will ask, of all that is open', () => {
    fc.assert(fc.property(person, fc.array(duty, { maxLength: 4 }), (one, duties) => {
      const asking = askingOf(placeOf(duties, one, TODAY), one, duties.filter((duty) => isOpenOn(duty, TODAY)), TODAY)
      const way = wayTo({ ...one, reached: true, exempted: false, duties: duties.map((duty) => ({ ...duty, assignmentId: duty.id, deferredTo: duty.deferred ? duty.dueOn : '', answer: duty.answered })) }, 'operator', TODAY)
      expect(asking.through).toBe(way.by === 'nobody' ? null : way.by === 'agency' ? 'agency' : 'person')
    }), { numRuns: 3_000 })
  })

  it.each([
    ['the 派遣元, when what the person does is put off and the certificate runs', [{ ...open, deferred: true }, { ...open, kind: 'certificate' as const }], { through: 'agency' }],
    ['nobody, when the pledge of a certificate was declined', [{ ...open, kind: 'certificate' as const, answered: 'declined' }], { through: null, why: 'declined' }],
    ['nobody, while everything is put off', [{ ...open, deferred: true }], { through: null, why: 'deferred' }],
    ['the person, whatever else waits', [open, { ...open, kind: 'certificate' as const, asked: true }], { through: 'person' }],
  ])('asks %s', (_, duties, asking) => {
    expect(askingOf(placeOf(duties, here, TODAY), here, duties, TODAY)).toEqual(asking)
  })
})
