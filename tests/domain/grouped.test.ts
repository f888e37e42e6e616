import fc from 'fast-check'
import { expect, it } from 'vitest'
import { groupedBy } from '../../app/domain/grouped'

it('keeps every row once, under its key, in the order in which it came', () => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat())), (rows) => {
    const groups = groupedBy(rows, ([key]) => key)
    expect([...groups.keys()]).toEqual([...new Set(rows.map(([key]) => key))])
    for (const [key, of] of groups) expect(of).toEqual(rows.filter(([one]) => one === key))
  }))
})
