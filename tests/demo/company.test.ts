import { expect, it } from 'vitest'
import { addDays } from '../../app/domain/calendar'
import { DEMO_PROTECTED, DEMO_SIGN_INS, demoLeave, demoPeople, demoReturned } from '../../app/demo/company'

it('has one person on leave today whose duties fell due within it, and one leaving', () => {
  for (const today of ['2026-11-20', '2027-02-28', '2028-02-29']) {
    const people = demoPeople(today)
    const { number, from, lastDay } = demoLeave(today)
    const away = people.filter((person) => person.number === number)
    expect(away).toHaveLength(1)
    expect(away[0]!.start < from && from < addDays(today, -75) && lastDay > addDays(today, 30)).toBe(true)
    expect(people.filter(({ end }) => end !== '').map(({ end }) => end < today)).toEqual([false, true])
    expect(people.filter(({ start }) => start > today).map(({ start }) => start)).toEqual(Array(3).fill(addDays(today, 7)))
  }
})

it('has an auditor who answers for no unit; whoever does, works there', () => {
  const people = new Map(demoPeople('2026-11-20').map((person) => [person.number, person]))
  expect(DEMO_PROTECTED.map(([, number]) => number)).not.toContain(DEMO_SIGN_INS.auditor)
  expect(DEMO_PROTECTED.filter(([unit, number]) => people.get(number)?.unit !== unit)).toEqual([])
  expect(DEMO_PROTECTED.map(([unit]) => unit)).toContain(people.get(DEMO_SIGN_INS.auditor)!.unit)
})

it('has somebody back from leave, and nobody to sign in to who was long there and does nothing', () => {
  const people = demoPeople('2026-11-20')
  const { number, from, lastDay } = demoReturned('2026-11-20')
  expect(number).toBe(DEMO_SIGN_INS.manager)
  expect(people.find((one) => one.number === number)!.start < from && lastDay < '2026-11-20').toBe(true)
  expect(people.find((one) => one.number === DEMO_SIGN_INS.dispatched)!.start).toBe('2026-11-09')
})
