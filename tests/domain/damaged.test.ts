import fc from 'fast-check'
import { expect, it } from 'vitest'
import { damaged } from '../../app/domain/name'

/** The rule as it was first written: short to read, but it tries every way, which takes for ever on long names. */
function byTryingEveryWay(stored: string, given: string): boolean {
  const marks = /[?？〓\uFFFD]+/u
  if (stored === given || !marks.test(given)) return false
  const pattern = given.split(/([?？〓\uFFFD]+)/u).map((part) => (marks.test(part) ? `[^]{1,${[...part].length * 2}}` : part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))).join('')
  return new RegExp(`^${pattern}$`, 'u').test(stored)
}

it('finds lost characters as the rule says', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '𠮷', '葛󠄀', '.', '?', '〓', '\uFFFD'), maxLength: 9 })
  fc.assert(fc.property(letters, letters, (stored, given) => damaged(stored, given) === byTryingEveryWay(stored, given)), { numRuns: 4000 })
  const lost = fc.tuple(letters, fc.nat(8)).map(([name, at]) => [name, [...name].map((one, index) => (index === at ? '?' : one)).join('')] as const)
  fc.assert(fc.property(lost, ([stored, given]) => damaged(stored, given) === byTryingEveryWay(stored, given)), { numRuns: 2000 })
  expect([damaged('髙橋 美咲', '?橋 美咲'), damaged('髙橋 美咲', '?田 美咲'), damaged('𠮷田', '??田'), damaged('吉田', '吉田')]).toEqual([true, false, true, false])
})

it('takes no time on the longest names, whatever they are', () => {
  const began = performance.now()
  expect(damaged(`${'a'.repeat(119)}b`, '?a'.repeat(60))).toBe(false)
  expect(damaged('a'.repeat(120), '?'.repeat(120))).toBe(true)
  expect(performance.now() - began).toBeLessThan(200)
})
