import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, OPEN_INSTANT } from '../../app/domain/calendar'
import { decideContactTry, decideExitOutcome, departureOf, pledgeStateOf, remainingAtEnd, standardList, type ExitPledge, type ReturnItem } from '../../app/domain/departure'

const TODAY = '2026-11-20'
const pledge = (change: Partial<ExitPledge> = {}): ExitPledge => ({ assignmentId: 'a', settledAt: OPEN_INSTANT, settledAs: null, dueOn: '2026-11-30', begun: false, asked: false, answer: null, ...change })
const settled = (as: string, answer: ExitPledge['answer']) => pledge({ settledAt: 1, settledAs: as, answer })

describe('the list of returns', () => {
  it('has the standard items, and one permission for each system that is handled', () => {
    expect(standardList([{ kind: 'thing', words: '入館証' }], [{ system: '応対管理' }, { system: '' }, { system: '応対管理' }, { system: '網監視' }]).map(({ words }) => words)).toEqual(['入館証', '応対管理の権限の停止', '網監視の権限の停止'])
  })
})

describe('the pledge at the end', () => {
  const own = { relation: 'own' as const, lastDay: '2026-12-01' }
  it('is asked of no one whose employer is another', () => {
    for (const relation of ['dispatched', 'contract'] as const) expect(pledgeStateOf({ relation, lastDay: '2026-12-01' }, pledge(), TODAY)).toBe('elsewhere')
  })
  it('is not asked of who has died, whatever is open; a signature stays one', () => {
    for (const one of [null, pledge(), pledge({ asked: true, answer: 'question' }), settled('declined', 'declined')]) expect(pledgeStateOf({ ...own, died: true }, one, TODAY)).toBe('notAsked')
    expect(pledgeStateOf({ ...own, died: true }, settled('completed', 'signed'), TODAY)).toBe('signed')
  })
  it('has one of three ends, of which a signature stands above all', () => {
    expect(pledgeStateOf(own, settled('completed', 'signed'), TODAY)).toBe('signed')
    expect(pledgeStateOf(own, settled('declined', 'explainedDeclined'), TODAY)).toBe('explainedDeclined')
    expect(pledgeStateOf(own, settled('declined', 'unreachable'), TODAY)).toBe('unreachable')
    expect(pledgeStateOf(own, settled('declined', 'declined'), TODAY)).toBe('declined')
    expect(pledgeStateOf(own, pledge({ asked: true, answer: 'question' }), TODAY)).toBe('asked')
    expect(pledgeStateOf(own, null, TODAY)).toBe('none')
    expect(pledgeStateOf({ ...own, lastDay: '2026-12-15' }, null, TODAY)).toBe('later')
  })
  it('is 連絡不能 only after tries on two different days, and never instead of an answer', () => {
    expect(decideExitOutcome(pledge(), 'unreachable', [])).toMatchObject({ refused: 'triesNeeded' })
    expect(decideExitOutcome(pledge(), 'unreachable', ['2026-11-18', '2026-11-18'])).toMatchObject({ refused: 'triesNeeded', facts: { days: 1 } })
    expect(decideExitOutcome(pledge(), 'unreachable', ['2026-11-18', '2026-11-19'])).toEqual({ settles: true })
    expect(decideExitOutcome(settled('declined', 'declined'), 'unreachable', ['2026-11-18', '2026-11-19'])).toMatchObject({ refused: 'pledgeSettled' })
    expect(decideExitOutcome(settled('completed', 'signed'), 'explainedDeclined', [])).toMatchObject({ refused: 'pledgeSettled' })
    expect(decideExitOutcome(settled('declined', 'declined'), 'explainedDeclined', [])).toEqual({ settles: false })
    expect(decideExitOutcome(settled('declined', 'unreachable'), 'explainedDeclined', [])).toEqual({ settles: false })
    expect(decideExitOutcome(settled('declined', 'explainedDeclined'), 'explainedDeclined', [])).toMatchObject({ refused: 'outcomeNoted' })
  })
  it('takes a try on a day that has come, not before it was handed out', () => {
    expect(decideContactTry({ opensOn: '2026-11-10' }, '2026-11-20', TODAY)).toEqual({ onDay: '2026-11-20' })
    for (const day of ['2026-11-09', '2026-11-21']) expect(decideContactTry({ opensOn: '2026-11-10' }, day, TODAY)).toMatchObject({ refused: 'tryOutside' })
  })
})

describe('what is left open', () => {
  const duty = (dueOn: string, change: object = {}) => ({ kind: 'module' as const, slug: 'M01', period: 'FY2026', dueOn, settledAt: OPEN_INSTANT, settledAs: null as string | null, begun: false, ...change })
  it('is due by the last day or waived by leaving; after the end it has ended, and is never late', () => {
    const duties = [duty('2026-12-31'), duty('2026-11-10'), duty('2026-12-01'), duty('2026-06-30', { settledAt: 1, settledAs: 'completed' }), duty('2026-05-01', { settledAt: 1, settledAs: 'exempted' })]
    const before = remainingAtEnd(duties, '2026-12-01', TODAY)
    expect([before.due.map(({ dueOn }) => dueOn), before.waived.map(({ dueOn }) => dueOn), before.ended]).toEqual([['2026-11-10', '2026-12-01'], ['2026-12-31'], []])
    const after = remainingAtEnd([...duties, duty('2026-11-15', { settledAt: 2, settledAs: 'ended' })], '2026-11-19', TODAY)
    expect([after.due, after.waived, after.ended.map(({ dueOn }) => dueOn)]).toEqual([[], [], ['2026-11-15', '2026-11-10', '2026-12-01', '2026-12-31']])
  })
  it('comes through as the worst of what is due, and is counted apart', () => {
    const is = departureOf({ relation: 'own', lastDay: '2026-12-01', onLeave: false }, { duties: [], remaining: [duty('2026-11-10'), duty('2026-11-30'), duty('2027-02-01')], pledge: null, items: [] }, TODAY)
    expect([is.exit, is.remaining]).toMatchObject([{ mark: 'late', days: 10 }, { due: 2, waived: 1, ended: 0 }])
  })
})

describe('a departure', () => {
  const item = fc.record({ id: fc.uuid(), kind: fc.constantFrom('thing' as const, 'data' as const, 'access' as const), words: fc.constant('x'), doneOn: fc.constantFrom(null, '2026-11-10', '2026-11-15') })
  it('adds up: what is done and what is open are all there is, and what is left after the end comes first', () => {
    fc.assert(fc.property(fc.array(item, { maxLength: 8 }), fc.integer({ min: -30, max: 30 }), (items: ReturnItem[], days) => {
      const is = departureOf({ relation: 'own', lastDay: addDays(TODAY, days), onLeave: false }, { duties: [], pledge: settled('completed', 'signed'), items }, TODAY)
      expect(is.returns.all + is.access.all).toBe(items.length)
      expect(is.returns.open.length).toBe(is.returns.all - is.returns.done)
      expect(is.ended).toBe(days < 0)
      expect(is.access.stoppedOn === null).toBe(is.access.all === 0 || is.access.done < is.access.all)
      if (items.length === 0) expect(is.next).toBe('makeList')
      else if (is.ended && items.some(({ doneOn }) => doneOn === null)) expect(is.next).toMatch(/^check/)
      else if (is.ended) expect(is.next).toBe('nothing')
    }))
  })
})
