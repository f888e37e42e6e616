import { describe, expect, it } from 'vitest'
import { Turns, type TurnLimits } from '../../app/domain/turns'

/** Work that ends when it is told to, in the order in which it began. */
function bench(limits: TurnLimits) {
  const turns = new Turns(limits)
  const began: string[] = []
  const ends: (() => void)[] = []
  const away: string[] = []
  const ask = (key: string, name = key, known = false) => turns.take({ key, known }, () => new Promise<void>((end) => (began.push(name), ends.push(end)))).then((answer) => answer ?? away.push(name))
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const end = async () => (ends.shift()?.(), await settle())
  return { ask, began, away, end, settle }
}

describe('taking turns', () => {
  it('runs so many at once, then key by key', async () => {
    const { ask, began, end, settle } = bench({ atOnce: 2, perKey: 5, waiting: 20 })
    for (let at = 0; at < 5; at++) void ask('flood', `flood ${at}`)
    void ask('shop', 'shop')
    void ask('home', 'home')
    await settle()
    expect(began).toEqual(['flood 0', 'flood 1'])
    for (let at = 0; at < 7; at++) await end()
    expect(began.slice(2)).toEqual(['flood 2', 'shop', 'home', 'flood 3', 'flood 4'])
  })

  it('lets a key wait only so long, and a newcomer in by the longest line', async () => {
    const { ask, began, away, end, settle } = bench({ atOnce: 1, perKey: 3, waiting: 4 })
    for (let at = 0; at < 5; at++) void ask('flood', `flood ${at}`)
    await settle()
    expect(away).toEqual(['flood 4'])
    void ask('a')
    void ask('b')
    await settle()
    expect(away).toEqual(['flood 4', 'flood 3'])
    for (let at = 0; at < 9; at++) await end()
    expect(began).toEqual(['flood 0', 'flood 1', 'a', 'b', 'flood 2'])
  })

  it('keeps places free for other keys, and gives back what a key had', async () => {
    const { ask, began, end, settle } = bench({ atOnce: 3, atOnceOfKey: 2, perKey: 5, waiting: 20 })
    for (let at = 0; at < 4; at++) void ask('flood', `flood ${at}`)
    void ask('shop')
    await settle()
    expect(began).toEqual(['flood 0', 'flood 1', 'shop'])
    for (let at = 0; at < 5; at++) await end()
    expect(began.slice(3)).toEqual(['flood 2', 'flood 3'])
    for (const name of ['a', 'b', 'c']) void ask(name)
    await settle()
    expect(began.slice(5)).toEqual(['a', 'b', 'c'])
  })

  it('serves first whom we know, and never for want of a place', async () => {
    const { ask, began, away, end, settle } = bench({ atOnce: 1, perKey: 9, waiting: 2 })
    for (let at = 0; at < 3; at++) void ask('flood', `flood ${at}`)
    for (const name of ['signed in', 'also']) void ask(name, name, true)
    await settle()
    for (let at = 0; at < 6; at++) await end()
    expect([began, away]).toEqual([['flood 0', 'signed in', 'also', 'flood 1', 'flood 2'], []])
  })

  it('goes on after work that fails', async () => {
    const turns = new Turns({ atOnce: 1, perKey: 1, waiting: 1 })
    await expect(turns.take({ key: 'a', known: false }, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await turns.take({ key: 'a', known: false }, async () => 7)).toEqual({ done: 7 })
  })
})
