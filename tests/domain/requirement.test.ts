import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isStopped, requirementsInForce, stopsOf } from '../../app/domain/requirement'
import type { PlannedRequirement } from '../../app/domain/planning'

const rule = (id: string, version: number, validFrom: string, stopped?: PlannedRequirement['stopped']): PlannedRequirement => ({ id, version, validFrom, audience: { kinds: ['regular'] }, target: { kind: 'module', slug: 'M01' }, when: { on: 'start', businessDays: 0 }, ...(stopped && { stopped }) })

describe('an entry that stops requirements', () => {
  it('stops them from its first day to the day on which a later version of it begins', () => {
    const entries = [
      { id: 'x-a', version: 1, validFrom: '2026-04-01', stops: ['m', 'n'] }, { id: 'x-a', version: 2, validFrom: '2027-04-01', stops: ['n'] },
      { id: 'x-b', version: 1, validFrom: '2026-10-01', stops: ['m'] }, { id: 'm', version: 1, validFrom: '2020-04-01' },
    ]
    expect(Object.fromEntries(stopsOf(entries))).toEqual({
      m: [{ from: '2026-04-01', to: '2027-04-01' }, { from: '2026-10-01', to: '9999-12-31' }], n: [{ from: '2026-04-01', to: '2027-04-01' }, { from: '2027-04-01', to: '9999-12-31' }],
    })
    expect(Object.fromEntries(stopsOf([{ id: 'x-a', version: 1, validFrom: '2027-04-01', stops: ['m'] }, { id: 'x-a', version: 2, validFrom: '2026-04-01', stops: [] }]))).toEqual({})
  })

  it('takes all versions of them out of force on its days, and no other', () => {
    const stopped = [{ from: '2026-04-01', to: '2027-04-01' }]
    const rules = [rule('m', 1, '2020-04-01', stopped), rule('m', 2, '2026-06-01', stopped), rule('n', 1, '2020-04-01')]
    const inForce = (day: string) => requirementsInForce(rules, day).map(({ requirement: { id, version } }) => `${id} ${version}`)
    expect(['2026-03-31', '2026-04-01', '2026-07-01', '2027-04-01'].map(inForce)).toEqual([['m 1', 'n 1'], ['n 1'], ['n 1'], ['m 2', 'n 1']])
  })

  it('says of every day the same as its newest version then', () => {
    const days = fc.integer({ min: 10, max: 30 }).map((day) => `2026-04-${day}`)
    fc.assert(fc.property(fc.array(fc.record({ validFrom: days, stops: fc.constantFrom<string[]>([], ['m']) }), { maxLength: 4 }), days, (versions, day) => {
      const entries = versions.map((one, at) => ({ id: 'x', version: at + 1, ...one }))
      const newest = entries.findLast(({ validFrom }) => validFrom <= day)
      expect(isStopped({ stopped: stopsOf(entries).get('m') ?? [] }, day)).toBe(newest?.stops.includes('m') ?? false)
    }))
  })
})
