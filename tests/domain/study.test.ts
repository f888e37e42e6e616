import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, HOUR_MS, MINUTE_MS, startOf } from '../../app/domain/calendar'
import { doneMark, dueOf, inOrderOfUrgency } from '../../app/domain/progress'
import { begunVersion, CAP_WITHOUT_SCRIPT, CAP_WITH_SCRIPT, countTest, countTime, firstUnread, isMinorOn, minutesLeft, minutesOf, refusalToStudy, SITTING_GAP_MS, stepBegan, studyOpensAt } from '../../app/domain/study'

const step = fc.record({ elapsedMs: fc.integer({ min: -1000, max: 86_400_000 }), plannedMinutes: fc.integer({ min: 1, max: 10 }), activeSeconds: fc.option(fc.integer({ min: -5, max: 100_000 }), { nil: undefined }) })

describe('working time', () => {
  it('never counts more than passed, than the cap, or than the page reported', () => {
    fc.assert(fc.property(step, (given) => {
      const counted = countTime(given)
      const elapsed = Math.max(0, Math.floor(given.elapsedMs / 1000))
      expect(counted.countedSeconds + counted.idleSeconds).toBe(elapsed)
      expect(counted.countedSeconds).toBeGreaterThanOrEqual(0)
      expect(counted.countedSeconds).toBeLessThanOrEqual(Math.ceil(given.plannedMinutes * 60 * (given.activeSeconds === undefined ? CAP_WITHOUT_SCRIPT : CAP_WITH_SCRIPT)))
      if (given.activeSeconds !== undefined) expect(counted.countedSeconds).toBeLessThanOrEqual(Math.max(0, given.activeSeconds))
      expect(counted.measured).toBe(given.activeSeconds === undefined ? 'capped' : 'events')
    }))
  })

  it('without script counts 1.5 × the plan at most', () => {
    expect(countTime({ elapsedMs: 3 * 60_000, plannedMinutes: 4 })).toEqual({ countedSeconds: 180, idleSeconds: 0, measured: 'capped' })
    expect(countTime({ elapsedMs: 60 * 60_000, plannedMinutes: 4 })).toEqual({ countedSeconds: 360, idleSeconds: 3240, measured: 'capped' })
  })

  it('begins a step where its page was opened, never before the step before it ended', () => {
    expect(stepBegan(5_000, 3_000, 10_000)).toBe(5_000)
    expect(stepBegan(1_000, 3_000, 10_000)).toBe(3_000)
    expect(stepBegan(99_000, 3_000, 10_000)).toBe(10_000)
    const now = 50 * SITTING_GAP_MS
    expect(stepBegan(0, undefined, now)).toBe(now - SITTING_GAP_MS)
    expect(stepBegan(undefined, 7, now)).toBe(now - SITTING_GAP_MS)
  })

  it('counts a test between its events, an estimate only where a step was cut', () => {
    expect(countTest([0, 60_000, 150_000], 10, 10)).toEqual({ countedSeconds: 60 + 90, idleSeconds: 0, measured: 'events', startedAt: 0, endedAt: 150_000 })
    expect(countTest([0, 60_000, 600_000], 10, 10)).toEqual({ countedSeconds: 60 + 90, idleSeconds: 450, measured: 'capped', startedAt: 0, endedAt: 600_000 })
  })

  it('rounds in favour of the person', () => expect([0, 1, 60, 61].map(minutesOf)).toEqual([0, 1, 1, 2]))
})

describe('people under 18', () => {
  const night = startOf('2026-11-20') + 23 * 3_600_000
  it('are under 18 up to and on the last day of the flag (A27)', () => {
    expect(isMinorOn('', '2026-11-20')).toBe(false)
    expect(isMinorOn('2026-11-20', '2026-11-20')).toBe(true)
    expect(isMinorOn('2026-11-19', '2026-11-20')).toBe(false)
  })
  it('do not study from 22:00 to 05:00; others may', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => refusalToStudy({ under18Until: '9999-12-30' }, startOf('2026-11-20') + hour * 3_600_000) !== null)
    expect(hours.flatMap((refused, hour) => (refused ? [hour] : []))).toEqual([0, 1, 2, 3, 4, 22, 23])
    expect(refusalToStudy({ under18Until: '' }, night)).toBeNull()
    expect(refusalToStudy({ under18Until: '2026-11-19' }, night)).toBeNull()
  })
})

describe('going on', () => {
  it('finds the first page not shown, and nothing when all were', () => {
    expect(firstUnread(['a', 'b', 'c'], new Set())).toBe(1)
    expect(firstUnread(['a', 'b', 'c'], new Set(['a', 'c']))).toBe(2)
    expect(firstUnread(['a', 'b'], new Set(['a', 'b']))).toBeUndefined()
  })
  it('stays with the version begun (A19)', () => {
    expect(begunVersion([])).toBeUndefined()
    expect(begunVersion([{ version: '1.0', page: 'a', lastAt: 1 }, { version: '1.1', page: 'a', lastAt: 3 }, { version: '1.0', page: 'b', lastAt: 2 }])).toBe('1.1')
  })
  it('adds up what is left', () => {
    expect(minutesLeft([{ id: 'a', minutes: 4 }, { id: 'b', minutes: 3 }], 8, new Set(['a']))).toBe(11)
  })
})

describe('where an assignment stands', () => {
  it('is late the day after, soon within a week, stopped on leave', () => {
    const today = '2026-11-20'
    expect([-3, -1, 0, 7, 8].map((days) => dueOf(addDays(today, days), today).mark)).toEqual(['late', 'late', 'soon', 'soon', 'todo'])
    expect(dueOf('2026-11-17', today)).toEqual({ mark: 'late', days: 3 })
    expect(dueOf('2026-11-10', today, true).mark).toBe('stop')
  })
  it('was done in time on the due day, late after it for ever (A22)', () => {
    expect(doneMark(startOf('2026-11-20') + 86_399_999, '2026-11-20')).toBe('done')
    expect(doneMark(startOf('2026-11-21'), '2026-11-20')).toBe('donelate')
  })
  it('puts the nearest due day first, and what was begun before what was not', () => {
    const tasks = [['2026-11-30', true, 'module'], ['2026-11-24', false, 'pledge'], ['2026-11-24', false, 'module'], ['2026-11-24', true, 'module']].map(([dueOn, begun, kind], at) => ({ dueOn: dueOn as string, begun: begun as boolean, kind: kind as string, title: `${at}` }))
    expect(inOrderOfUrgency(tasks).map(({ title }) => title)).toEqual(['3', '2', '1', '0'])
  })
})

describe('when somebody under 18 may go on', () => {
  const at = (day: string, hour: number, minute = 0) => startOf(day) + hour * HOUR_MS + minute * MINUTE_MS
  const minor = { under18Until: '2027-03-31' as const }
  it('waits the night out until five', () => {
    expect(studyOpensAt(minor, at('2026-11-20', 22, 16))).toBe(at('2026-11-21', 5))
    expect(studyOpensAt(minor, at('2026-11-21', 0, 30))).toBe(at('2026-11-21', 5))
    expect(studyOpensAt(minor, at('2026-11-20', 21, 59))).toBe(at('2026-11-20', 21, 59))
    expect(studyOpensAt(minor, at('2026-11-21', 5))).toBe(at('2026-11-21', 5))
  })
  it('holds nobody else back', () => expect(studyOpensAt({ under18Until: '' }, at('2026-11-20', 22, 16))).toBe(at('2026-11-20', 22, 16)))
})
