import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DAY_MS, dayOf, startOf } from '../../app/domain/calendar'
import { byDayWords } from '../../app/domain/day-words'

const written = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', year: 'numeric', month: '2-digit', day: '2-digit' })

it('tells the Japanese day of each instant, whichever was told before', () => {
  const instant = fc.integer({ min: Date.UTC(1970, 0, 2), max: Date.UTC(2100, 0, 1) })
  const near = instant.chain((at) => fc.tuple(fc.constant(at), fc.constant(startOf(written.format(at))), fc.constant(startOf(written.format(at)) - 1), fc.constant(at + DAY_MS)))
  fc.assert(fc.property(fc.array(near, { minLength: 1, maxLength: 8 }), (all) => {
    for (const at of all.flat()) expect(dayOf(at)).toBe(written.format(at))
  }))
})

it('tells of a day by which something is to be done only when it has passed', () => {
  expect(byDayWords('2026-11-19', '11月19日(木)', '2026-11-20')).toBe('11月19日(木)を過ぎています')
  for (const day of ['2026-11-20', '2026-11-21'] as const) expect(byDayWords(day, 'その日', '2026-11-20')).toBe('その日')
})
