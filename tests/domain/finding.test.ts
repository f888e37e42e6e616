import { describe, expect, it } from 'vitest'
import { startOf } from '../../app/domain/calendar'
import { faultOfReport, findingStanding, findingStateOf, mayReport, refusalToDecideFinding, refusalToReport, type FindingState } from '../../app/domain/finding'

const TODAY = '2026-11-20'
const raised = { raisedAt: startOf('2026-11-10') + 3_600_000, today: TODAY }
const STATES: readonly FindingState[] = ['open', 'reported', 'returned', 'accepted', 'followed', 'replaced']

describe('a report', () => {
  it('needs a day between the signed answer and today, and words', () => {
    const of = (mendedOn: string, words = '直した') => faultOfReport({ mendedOn, words }, raised)
    expect([of(''), of('2026-02-30'), of('2026-11-21'), of('2026-11-09')]).toEqual([{ mendedOn: 'missing' }, { mendedOn: 'missing' }, { mendedOn: 'future' }, { mendedOn: 'beforeFiling' }])
    expect([of('2026-11-10'), of(TODAY)]).toEqual([null, null])
    expect(of('2026-11-21', ' ')).toEqual({ mendedOn: 'future', words: 'missing' })
  })

  it('is made while it is the turn of the company or unit, and not while the filing is back', () => {
    expect(STATES.filter(mayReport)).toEqual(['open', 'returned'])
    expect(STATES.map((state) => refusalToReport({ state, filingReturned: false })?.refused)).toEqual([undefined, 'findingSettled', undefined, 'findingSettled', 'findingSettled', 'findingSettled'])
    expect(refusalToReport({ state: 'open', filingReturned: true })?.refused).toBe('filingCameBack')
    expect(refusalToReport({ state: 'accepted', filingReturned: true })?.refused).toBe('findingSettled')
  })

  it('is decided by another than made it, once, and sent back with words', () => {
    const decide = (change: object, verdict: Parameters<typeof refusalToDecideFinding>[1] = { is: 'accept' }) => refusalToDecideFinding({ state: 'reported', reportedBy: 'b', ...change }, verdict, { accountId: 'a' })?.refused
    expect(STATES.map((state) => decide({ state }))).toEqual(['findingNotWaiting', undefined, 'findingNotWaiting', 'findingNotWaiting', 'findingNotWaiting', 'findingNotWaiting'])
    expect(decide({ reportedBy: 'a' })).toBe('findingIsYours')
    expect([decide({}, { is: 'return', words: ' ' }), decide({}, { is: 'return', words: '写真を' })]).toEqual(['findingWords', undefined])
  })
})

it('a finding stands as mark and words', () => {
  const of = (state: FindingState, improveBy = '2026-12-31') => findingStanding({ state, improveBy }, TODAY)
  expect(findingStateOf(null)).toBe('open')
  expect([of('open'), of('open', '2026-11-27'), of('open', TODAY), of('open', '2026-11-17')].map(({ mark, words }) => `${mark} ${words}`)).toEqual(['todo これから直す', 'soon あと7日', 'soon 今日まで', 'late 予定を3日過ぎました'])
  expect(STATES.slice(1).map((state) => of(state, '2026-01-01').mark)).toEqual(['wait', 'fail', 'done', 'none', 'none'])
})
