import { expect, it } from 'vitest'
import { OPEN_DAY } from '../../app/domain/calendar'
import type { CoverageRow } from '../../app/domain/coverage'
import { trendOf } from '../../app/domain/coverage-trend'

const DAY = '2026-11-20'
const row = (given: Partial<CoverageRow>): CoverageRow => ({ kind: 'regular', beginsOn: '2020-04-01', endsOn: OPEN_DAY, awayFrom: OPEN_DAY, awayTo: OPEN_DAY, duty: 'open', dueOn: '2026-11-30', isPledged: false, hold: '', people: 1, ...given })

it('names the due days of those who are asked now: nobody on leave, before the start or after the end', () => {
  const rows = [row({ people: 4 }), row({ duty: 'begun', dueOn: '2026-12-07', people: 2 }), row({ awayFrom: '2026-11-01', awayTo: '2027-03-01', dueOn: '2027-03-12' }), row({ awayFrom: '2026-11-01', awayTo: DAY, dueOn: '2026-12-07' }),
    row({ beginsOn: '2026-12-01', dueOn: '2026-12-15' }), row({ endsOn: DAY }), row({ dueOn: '2026-11-19' }), row({ duty: 'inTime' })]
  expect(trendOf({ rows, done: [], doneBefore: [], opensOn: '2026-10-01', day: DAY }).dues).toEqual([{ day: '2026-11-30', left: 4 }, { day: '2026-12-07', left: 3 }])
})
