import { expect, it } from 'vitest'
import { addDays } from '../../app/domain/calendar'
import { demoLeave, demoPeople } from '../../app/demo/company'

it('has one person on leave today whose duties fell due within it, and one leaving', () => {
  for (const today of ['2026-11-20', '2027-02-28', '2028-02-29']) {
    const people = demoPeople(today)
    const { number, from, lastDay } = demoLeave(today)
    const away = people.filter((person) => person.number === number)
    expect(away).toHaveLength(1)
    expect(away[0]!.start < from && from < addDays(today, -75) && lastDay > addDays(today, 30)).toBe(true)
    expect(people.filter(({ end }) => end !== '')).toHaveLength(1)
    expect(people.every(({ start }) => start <= today)).toBe(true)
  }
})
