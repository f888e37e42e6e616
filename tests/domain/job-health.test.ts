import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../app/domain/calendar'
import { failureClass, jobStands } from '../../app/domain/job-health'

const now = 1_800_000_000_000
const fresh = { succeededAt: null, tryingSince: null, failure: '' }

describe('a job', () => {
  it.each([
    ['stands before it was ever tried', fresh, true],
    ['stands while its first run lasts', { ...fresh, tryingSince: now - HOUR_MS }, true],
    ['stands after one failure', { ...fresh, tryingSince: now - MINUTE_MS, failure: 'Error' }, true],
    ['is down after ten minutes of failures', { ...fresh, tryingSince: now - 10 * MINUTE_MS, failure: 'Error' }, false],
    ['is down after failures, whenever it last succeeded', { succeededAt: now - 10 * MINUTE_MS, tryingSince: now - 10 * MINUTE_MS, failure: 'Error' }, false],
    ['stands on its last success', { ...fresh, succeededAt: now - DAY_MS }, true],
    ['is down when the day after it nothing came', { ...fresh, succeededAt: now - DAY_MS - 2 * HOUR_MS }, false],
    ['is down when each run ends with the process', { ...fresh, tryingSince: now - DAY_MS - 2 * HOUR_MS }, false],
  ])('%s', (_what, state, stands) => expect(jobStands({ everyMs: DAY_MS }, state, now)).toBe(stands))

  it('says of a failure its class and code, and no word of it', () => {
    class Refused extends TypeError {}
    expect(failureClass(Object.assign(new Refused('smtp://misaki:secret@host'), { code: 'E CONN\nREFUSED' }))).toBe('Refused ECONNREFUSED')
    expect(failureClass('secret')).toBe('Error')
    expect(failureClass(new Error('secret'))).toBe('Error')
  })
})
