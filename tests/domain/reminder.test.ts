import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBusinessDays, addDays, dayOf, hourOf, HOUR_MS, isBusinessDay, MINUTE_MS, OPEN_DAY, startOf, type Day } from '../../app/domain/calendar'
import { isFirstOfWeek, stepsOn, wayTo, type Askable, type OpenDuty } from '../../app/domain/reminder'
import { leavesAt, mayLeave, parseRequestHours, placeRequest, type DayMail } from '../../app/domain/request-hours'
import { testLibrary } from '../support/world'

const { calendar } = testLibrary()
const TODAY: Day = '2026-11-24'
const day = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days))
const duty: fc.Arbitrary<OpenDuty> = fc.record({
  assignmentId: fc.uuid(), kind: fc.constantFrom('module', 'pledge', 'certificate'), slug: fc.constant('M01'), opensOn: day, dueOn: day, deferredTo: fc.oneof(fc.constant('' as const), day),
  asked: fc.boolean(), answer: fc.constantFrom(null, 'signed', 'declined', 'question', 'later'),
})
const person: fc.Arbitrary<Askable> = fc.record({
  engagementId: fc.uuid(), relation: fc.constantFrom('own', 'dispatched', 'contract', 'sole'), reached: fc.boolean(), onLeave: fc.boolean(), validFrom: day, validTo: fc.oneof(fc.constant(OPEN_DAY), day), closed: fc.boolean(), exempted: fc.boolean(),
  duties: fc.array(fc.tuple(duty, fc.boolean()).map(([one, standing]) => (standing && one.deferredTo !== '' ? { ...one, deferredTo: one.dueOn } : one)), { maxLength: 4 }),
})

describe('who is asked, through which channel', () => {
  it('is nobody who is done, exempt, deferred, on leave, gone, not begun, asking or refusing, and never a contractor’s worker by the operator', () => {
    fc.assert(fc.property(person, fc.constantFrom('operator' as const, 'employer' as const), (one, from) => {
      const way = wayTo(one, from, TODAY)
      if (way.by === 'nobody') return
      expect(one.onLeave || one.closed || one.validFrom > TODAY || one.validTo <= TODAY).toBe(false)
      expect(one.relation === 'contract' && from === 'operator').toBe(false)
      expect(way.by === 'mail').toBe(way.by !== 'agency' && one.reached)
      expect(way.duties.length).toBeGreaterThan(0)
      for (const open of way.duties) {
        expect(one.duties).toContain(open)
        expect(open.opensOn <= TODAY && !(open.deferredTo === open.dueOn && TODAY <= open.dueOn)).toBe(true)
        if (open.kind !== 'module') expect(open.answer === 'declined').toBe(false)
        if (open.kind === 'module' || open.answer !== 'signed') expect(open.asked && way.by !== 'agency').toBe(false)
        expect(open.kind === 'certificate' && from === 'operator' && way.by !== 'agency').toBe(false)
        if (way.by === 'agency') expect([one.relation, from, open.kind]).toEqual(['dispatched', 'operator', 'certificate'])
      }
    }), { numRuns: 3_000 })
  })

  it('leaves out nobody whose turn it is', () => {
    fc.assert(fc.property(person, (one) => {
      const mine = one.duties.some(({ kind, opensOn, deferredTo, dueOn, asked, answer }) => kind === 'module' && opensOn <= TODAY && !asked && (deferredTo !== dueOn || dueOn < TODAY) && answer !== undefined)
      const here = !one.onLeave && !one.closed && one.validFrom <= TODAY && one.validTo > TODAY && one.relation !== 'contract'
      if (mine && here) expect(wayTo(one, 'operator', TODAY).by).toBe(one.reached ? 'mail' : 'paper')
    }), { numRuns: 3_000 })
  })
})

describe('when a request leaves', () => {
  const hours = parseRequestHours('9-18')!
  const instant = fc.integer({ min: 0, max: 400 * 24 * 60 }).map((minutes) => startOf('2026-04-01') + minutes * MINUTE_MS)

  it('is always within the hours of a working day, soon, and never earlier than entered', () => {
    fc.assert(fc.property(instant, (at) => {
      const leaves = leavesAt(at, hours, calendar)
      expect(leaves).toBeGreaterThanOrEqual(at)
      expect(mayLeave(leaves, hours, calendar)).toBe(true)
      expect(isBusinessDay(dayOf(leaves), calendar) && hourOf(leaves) >= 9 && hourOf(leaves) < 18).toBe(true)
      if (mayLeave(at, hours, calendar)) expect(leaves - at).toBeLessThanOrEqual(15 * MINUTE_MS)
    }))
  })

  it('gives a person one mail a day at most, and loses no request', () => {
    fc.assert(fc.property(fc.array(fc.record({ wait: fc.integer({ min: 0, max: 30 }), about: fc.constantFrom('request a', 'request b', 'companyRequest '), sends: fc.boolean() }), { minLength: 1, maxLength: 25 }), instant, (asks, start) => {
      const mails: DayMail[] = []
      let now = start
      for (const { wait, about, sends } of asks) {
        now += wait * HOUR_MS
        for (const mail of mails) if (sends && mail.state === 'waiting' && mail.leavesAt <= now) mail.state = 'sent'
        const place = placeRequest(mails, about, now, hours, calendar)
        if ('join' in place) expect(place.join).toMatchObject({ about, state: 'waiting' })
        else mails.push({ id: String(mails.length), day: dayOf(place.leavesAt), state: 'waiting', leavesAt: place.leavesAt, about })
      }
      expect(new Set(mails.map((mail) => mail.day)).size).toBe(mails.length)
      expect(mails.every((mail) => mayLeave(mail.leavesAt, hours, calendar))).toBe(true)
    }))
  })

  it('takes hours by day only', () => {
    expect([parseRequestHours('9-18'), parseRequestHours('8-20')]).toEqual([{ from: 9, to: 18 }, { from: 8, to: 20 }])
    for (const bad of ['', '9', '18-9', '9-9', '7-18', '9-21', '0-24', '9-18時']) expect(parseRequestHours(bad)).toBeUndefined()
  })
})

describe('the days on which a job asks', () => {
  it('are 14, 7 and 1 working days before each due day, 1 after and each fifth after that', () => {
    const steps = new Map<string, ReturnType<typeof stepsOn>>()
    const on = (today: Day) => steps.get(today) ?? (steps.set(today, stepsOn(today, calendar)), steps.get(today)!)
    for (let due = '2026-04-01'; due < '2026-09-30'; due = addDays(due, 1)) {
      if (!isBusinessDay(due, calendar)) continue
      const asked: string[] = []
      for (let today = addDays(due, -40), step; today < addDays(due, 40); today = addDays(today, 1)) if ((step = on(today).get(due))) asked.push(`${step} ${today}`)
      const after = (count: number) => addBusinessDays(due, count, calendar)
      expect(asked.slice(3, 6)).toEqual([`after1 ${after(1)}`, `weekly ${after(6)}`, `weekly ${after(11)}`])
      expect(asked.slice(0, 3).map((one, at) => [one.split(' ')[0], addBusinessDays(one.split(' ')[1]!, [14, 7, 1][at]!, calendar)])).toEqual([['before14', due], ['before7', due], ['before1', due]])
    }
  })

  it('begin a week on its first working day, holidays or not', () => {
    const firsts = Array.from({ length: 30 }, (_, at) => addDays('2026-11-01', at)).filter((one) => isFirstOfWeek(one, calendar))
    expect(firsts).toEqual(['2026-11-02', '2026-11-09', '2026-11-16', '2026-11-24', '2026-11-30'])
  })
})
