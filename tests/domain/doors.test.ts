import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../app/domain/calendar'
import { cleanLogin, foldLogin, ownPath } from '../../app/domain/login'
import { sessionIsAlive, SESSION_LIMITS } from '../../app/domain/session'
import { cleanCode, CODE_ALPHABET, codeOf, printedCode } from '../../app/domain/sign-in-code'
import { ADDRESS_LIMITS, addressKey, bucketsOf, countFailure, delayMs, EVERYWHERE_LIMITS, failuresLeft, LOGIN_LIMITS, loginWaitMs, type Bucket } from '../../app/domain/throttle'

describe('the way on after the door', () => {
  it.each(['/', '/records', '/learn/x/pages/1?furigana=1', '/people?q=%E9%AB%98', '/help#top'])('%s is ours', (path) => expect(ownPath(path)).toBe(path))

  it.each([
    '//evil.example', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/\t/evil.example', '/\n/evil.example', ' //evil.example', '/x\\y', '', 'records', '/a b',
    '/.//evil.example', '/..//evil.example', '/x/..//evil.example', '/sign-out', '/sign-in?next=/x', '/start', `/${'a'.repeat(1001)}`, null, undefined,
  ])('%s is not', (path) => expect(ownPath(path)).toBe('/'))

  it('never leaves the site, whatever is asked for', () => {
    const nasty = fc.string({ unit: fc.constantFrom('/', '\\', '.', ':', '@', 'a', '%', '2', 'f', '5', 'c', '\t', '\n', '#', '?', 'evil.example', 'http:', '\u3002', '／') })
    fc.assert(fc.property(nasty, (asked) => new URL(ownPath(asked), 'https://shuhi.example/x/y').origin === 'https://shuhi.example' && ownPath(asked).startsWith('/') && !ownPath(asked).startsWith('//')), { numRuns: 3000 })
  })

  it('reads a login whatever its width and case', () => {
    expect(cleanLogin(' ０００４１２ ')).toBe('000412')
    expect(foldLogin('Misaki@Sample.Example')).toBe('misaki@sample.example')
  })
})

describe('waiting after failures', () => {
  const now = 1_800_000_000_000

  it('lets five tries through, then slows, at most a minute', () => {
    let bucket: Bucket = { failures: 0, at: 0 }
    const waits: number[] = []
    for (let time = now, tries = 0; tries < 20; tries++) {
      expect(loginWaitMs(bucket, time)).toBe(0)
      bucket = countFailure(bucket, time, LOGIN_LIMITS.forgetMs)
      waits.push(loginWaitMs(bucket, time) / 1000)
      time += loginWaitMs(bucket, time)
    }
    expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 5, 10, 20, 40])
    expect(Math.max(...waits)).toBe(60)
    expect(waits.at(-1)).toBe(60)
  })

  it('forgets with time, and never owes a wait in the past', () => {
    fc.assert(fc.property(fc.nat(50), fc.nat(1_000_000_000), (failures, later) => {
      const bucket = { failures, at: now }
      const wait = loginWaitMs(bucket, now + later)
      return wait >= 0 && wait <= LOGIN_LIMITS.longestWaitMs && failuresLeft(bucket, now + later, LOGIN_LIMITS.forgetMs) <= failures
    }))
    expect(failuresLeft({ failures: 9, at: now }, now + 60 * MINUTE_MS, LOGIN_LIMITS.forgetMs)).toBe(3)
  })

  it('only ever delays an address by two seconds, and a login tried from everywhere by four', () => {
    const delays = (limits: Parameters<typeof delayMs>[1], ...over: number[]) => over.map((more) => delayMs({ failures: limits.free + more, at: now }, limits, now))
    expect(delays(ADDRESS_LIMITS, 0, 10, 100_000)).toEqual([0, 200, 2_000])
    expect(delays(EVERYWHERE_LIMITS, 0, 2, 100_000)).toEqual([0, 400, 4_000])
  })

  it('counts one customer of IPv6 as one', () => {
    expect(addressKey('2001:db8:1:2:3:4:5:6')).toBe(addressKey('2001:db8:1:2:9:9:9:9'))
    expect(addressKey('2001:db8:1:2:3:4:5:6')).not.toBe(addressKey('2001:db8:1:3:3:4:5:6'))
    expect(addressKey('::ffff:10.0.0.1')).not.toBe(addressKey('::ffff:10.0.0.2'))
    expect(addressKey('10.0.0.1')).toBe('10.0.0.1')
  })

  it('counts a login here and everywhere, and what is nobody\'s among few', () => {
    const of = (accountId: string | undefined, sha256: string, address: string) => bucketsOf('login', { accountId, sha256 }, address)
    expect(of('a', 'f00d1', '10.0.0.1')).toEqual({ here: 'login:a:10.0.0.1', everywhere: 'login:a', address: 'address:10.0.0.1' })
    expect(of('a', 'beef1', '10.0.0.2').everywhere).toBe('login:a')
    expect(of(undefined, 'f00d1', '10.0.0.1')).toEqual(of(undefined, 'f00d2', '10.0.0.1'))
  })
})

describe('a session', () => {
  const of = (idle: number, left: number, shared: boolean) => sessionIsAlive({ lastSeenAt: 1_000_000_000 - idle, expiresAt: 1_000_000_000 + left, shared }, 1_000_000_000)
  it('ends after its idle and its absolute limit, sooner on a shared terminal', () => {
    expect([of(59 * MINUTE_MS, 1, false), of(60 * MINUTE_MS, 1, false), of(0, 0, false)]).toEqual([true, false, false])
    expect([of(5 * MINUTE_MS - 1, 1, true), of(5 * MINUTE_MS, 1, true)]).toEqual([true, false])
    expect(SESSION_LIMITS.shared.absoluteMs).toBeLessThan(SESSION_LIMITS.own.absoluteMs)
  })
})

describe('a sign-in code', () => {
  it('has no characters that look alike', () => expect([...CODE_ALPHABET].filter((one) => '0O1IL'.includes(one))).toEqual([]))

  it('is read however it is typed', () => {
    expect(cleanCode('7kx4-m2pa')).toBe('7KX4M2PA')
    expect(cleanCode('７ＫＸ４ーＭ２ＰＡ ｗｘｙｚ')).toBe('7KX4M2PAWXYZ')
    for (const not of ['', '7KX4', '7KX4-M2P0', '7KX4-M2PAA', '7KX4M2PAWXYZ2', '７kx4;m2pa']) expect(cleanCode(not)).toBeUndefined()
  })

  it('comes back from paper as it was made', () => {
    fc.assert(fc.property(fc.array(fc.nat(CODE_ALPHABET.length - 1), { minLength: 12, maxLength: 12 }), (numbers) => cleanCode(printedCode(codeOf(numbers))) === codeOf(numbers)))
  })
})
