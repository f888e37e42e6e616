import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, HOUR_MS, isNightForMinors, MINUTE_MS, OPEN_DAY, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { decideGrant, LONGEST_SLOT_MS, slotOf } from '../../app/domain/grant'
import { isRefusal } from '../../app/domain/refusal'

const NOW = startOf('2026-11-20') + 10 * HOUR_MS
const time = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const person = { under18Until: '', validFrom: '2024-04-01', validTo: OPEN_DAY, leaves: [] }
const duty = { id: 'a', kind: 'module', opensOn: '2026-11-01', dueOn: '2026-11-24', settledAt: OPEN_INSTANT, asked: false } as const
const slot = (day: string, from: string, to: string) => {
  const made = slotOf({ day, from, to }, NOW)
  if (isRefusal(made)) throw new Error(made.refused)
  return made
}

describe('a slot', () => {
  it.each([
    ['slotUnreadable', '2026-11-31', '09:00', '10:00'], ['slotUnreadable', '2026-11-24', '9:00', '10:00'], ['slotUnreadable', '2026-11-24', '09:00', '24:00'], ['slotUnreadable', '', '', ''],
    ['slotPast', '2026-11-20', '09:59', '11:00'], ['slotPast', '2026-11-19', '17:00', '18:00'], ['slotBackwards', '2026-11-24', '18:00', '17:00'], ['slotBackwards', '2026-11-24', '17:00', '17:00'],
    ['slotTooLong', '2026-11-24', '09:00', '17:01'], ['slotTooFar', '2027-11-24', '09:00', '10:00'],
  ])('%s: %s %s–%s', (refused, day, from, to) => expect(slotOf({ day, from, to }, NOW)).toMatchObject({ refused }))

  it('is in Japanese time, begins now or later and lasts up to eight hours', () => {
    expect(slot('2026-11-24', '17:00', '18:00')).toEqual({ startsAt: startOf('2026-11-24') + 17 * HOUR_MS, endsAt: startOf('2026-11-24') + 18 * HOUR_MS })
    expect(slot('2026-11-20', '10:00', '18:00').endsAt - NOW).toBe(LONGEST_SLOT_MS)
    fc.assert(fc.property(fc.integer({ min: -3, max: 200 }), fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }), (days, from, to) => {
      const made = slotOf({ day: addDays('2026-11-20', days), from: time(from), to: time(to) }, NOW)
      if (!isRefusal(made)) expect(made.startsAt >= NOW && made.endsAt > made.startsAt && made.endsAt - made.startsAt <= LONGEST_SLOT_MS).toBe(true)
    }))
  })
})

describe('who is given it', () => {
  const at = slot('2026-11-24', '17:00', '18:00')
  it.each([
    ['nothingOpen', person, []],
    ['nothingOpen', person, [{ ...duty, settledAt: NOW }]],
    ['nothingOpen', person, [{ ...duty, kind: 'certificate' as const }]],
    ['nothingOpen', person, [{ ...duty, asked: true }]],
    ['nothingOpen', person, [{ ...duty, opensOn: '2026-11-25' }]],
    ['ended', { ...person, validTo: '2026-11-24' }, [duty]],
    ['notStarted', { ...person, validFrom: '2026-11-25' }, [duty]],
    ['onLeave', { ...person, leaves: [{ from: '2026-11-20', to: '2026-11-25' }] }, [duty]],
  ])('nobody: %s', (why, who, duties) => expect(decideGrant(who, duties, at)).toEqual({ why }))

  it('is given for what falls due first, on the day before leave and on the last day too', () => {
    expect(decideGrant({ ...person, validTo: '2026-11-25', leaves: [{ from: '2026-11-25', to: OPEN_DAY }] }, [duty, { ...duty, id: 'b', dueOn: '2026-11-13' }], at)).toEqual({ assignmentId: 'b' })
  })

  it('L27 never reaches into the night of somebody under 18', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 480 }), (from, minutes) => {
      fc.pre(from + minutes < 1440)
      const made = slot('2026-11-24', time(from), time(from + minutes))
      let night = false
      for (let minute = made.startsAt; minute < made.endsAt; minute += MINUTE_MS) night ||= isNightForMinors(minute)
      expect(decideGrant({ ...person, under18Until: '2026-11-24' }, [duty], made)).toEqual(night ? { why: 'minorNight' } : { assignmentId: 'a' })
      expect(decideGrant({ ...person, under18Until: '2026-11-23' }, [duty], made)).toEqual({ assignmentId: 'a' })
    }))
  })
})
