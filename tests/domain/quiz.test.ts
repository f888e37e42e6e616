import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerOf, closesAt, drawQuestions, grade, isNearPass, isPassed, keyOf, MOST_TO_REREAD, neededToPass, nextAttempt, orderFromPlaces, sectionsToReread, topicsToReread, type QuizQuestion } from '../../app/domain/quiz'

const kinds = ['single', 'multiple', 'truefalse', 'order'] as const
const question = (id: string, topic: string, kind: QuizQuestion['kind']): QuizQuestion => ({
  id, topic, kind, options: ['a', 'b', 'c', 'd'].slice(0, kind === 'truefalse' ? 2 : 4).map((option, at) => ({ id: option, ...(kind !== 'order' && { correct: kind === 'multiple' ? at < 2 : at === 0 }) })),
})
const banks = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 8 }).map((sizes) =>
  sizes.flatMap((size, topic) => Array.from({ length: size }, (_, at) => question(`q${topic}-${at}`, `t${topic}`, kinds[(topic + at) % 4]!))))
const seeds = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 8, maxLength: 32 })
const draws = fc.record({ bank: banks, draw: fc.integer({ min: 1, max: 14 }), seed: seeds })

describe('drawing questions', () => {
  it('draws as many as asked, each once, and repeats itself from the seed', () => {
    fc.assert(fc.property(draws, ({ bank, draw, seed }) => {
      const drawn = drawQuestions(bank, draw, seed)
      expect(drawn).toHaveLength(Math.min(draw, bank.length))
      expect(new Set(drawn.map(({ questionId }) => questionId)).size).toBe(drawn.length)
      expect(drawQuestions(bank, draw, seed)).toEqual(drawn)
    }))
  })

  it('covers every topic', () => {
    fc.assert(fc.property(draws, ({ bank, draw, seed }) => {
      const topics = new Set(bank.map(({ topic }) => topic))
      const asked = new Set(drawQuestions(bank, draw, seed).map(({ questionId }) => bank.find(({ id }) => id === questionId)!.topic))
      expect(asked.size).toBe(Math.min(draw, topics.size))
    }))
  })

  it('brings a question of the last attempt back only where its topic has no others left', () => {
    fc.assert(fc.property(draws, seeds, ({ bank, draw, seed }, before) => {
      const previous = new Set(drawQuestions(bank, draw, before).map(({ questionId }) => questionId))
      const asked = new Set(drawQuestions(bank, draw, seed, previous).map(({ questionId }) => questionId))
      for (const { id, topic } of bank) {
        if (!asked.has(id) || !previous.has(id)) continue
        expect(bank.filter((other) => other.topic === topic && !previous.has(other.id) && !asked.has(other.id))).toEqual([])
      }
    }))
  })

  it('mixes options without losing one, and shows no steps in their right order', () => {
    fc.assert(fc.property(draws, ({ bank, draw, seed }) => {
      for (const { questionId, optionOrder } of drawQuestions(bank, draw, seed)) {
        const { kind, options } = bank.find(({ id }) => id === questionId)!
        const ids = options.map(({ id }) => id)
        expect([...optionOrder].sort()).toEqual(ids)
        if (kind === 'truefalse') expect(optionOrder).toEqual(ids)
        if (kind === 'order') expect(optionOrder).not.toEqual(ids)
      }
    }))
  })

  it('puts the right answer in every place about equally often', () => {
    const bank = [question('one', 't', 'single')]
    const places = [0, 0, 0, 0]
    for (let seed = 0; seed < 2000; seed++) places[drawQuestions(bank, 1, `${seed}`)[0]!.optionOrder.indexOf('a')]!++
    for (const count of places) expect(Math.abs(count - 500)).toBeLessThan(80)
  })
})

describe('grading', () => {
  const single = question('s', 't', 'single')
  const multiple = question('m', 't', 'multiple')
  const order = question('o', 't', 'order')

  it('knows the key of every kind', () => {
    expect([single, multiple, question('f', 't', 'truefalse'), order].map(keyOf)).toEqual(['a', 'a,b', 'a', 'a,b,c,d'])
  })

  it('reads what was chosen, and nothing that is no answer', () => {
    expect(answerOf(single, ['b'])).toBe('b')
    expect(answerOf(single, ['a', 'b'])).toBeUndefined()
    expect(answerOf(single, ['z'])).toBeUndefined()
    expect(answerOf(multiple, ['b', 'a'])).toBe('a,b')
    expect(answerOf(multiple, [])).toBeUndefined()
    expect(answerOf(multiple, ['a', 'a'])).toBeUndefined()
    expect(answerOf(order, ['d', 'c', 'b', 'a'])).toBe('d,c,b,a')
    expect(answerOf(order, ['a', 'b', 'c'])).toBeUndefined()
  })

  it('reads the order of steps from numbers beside them', () => {
    fc.assert(fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (steps) => {
      const places = Object.fromEntries(steps.map((id, at) => [id, String(at + 1)]))
      expect(orderFromPlaces(Object.fromEntries(Object.entries(places).sort()))).toEqual(steps)
    }))
    expect(orderFromPlaces({ a: '2', b: '2', c: '1' })).toEqual({ refused: 'sameNumberTwice', facts: { number: '2', count: 3 } })
    expect(orderFromPlaces({ a: '2', b: '', c: '1' })).toEqual({ refused: 'numberMissing', facts: { count: 3 } })
    expect(orderFromPlaces({ a: '9', b: '1', c: '2' })).toMatchObject({ refused: 'numberMissing' })
    expect(orderFromPlaces({ a: undefined, b: undefined })).toMatchObject({ refused: 'numberMissing' })
  })

  it('takes all or nothing', () => {
    expect(grade(multiple, 'a,b')).toBe(true)
    expect(grade(multiple, 'a')).toBe(false)
    expect(grade(order, 'a,b,d,c')).toBe(false)
    expect(grade(single, null)).toBe(false)
  })

  it('lets a corrected key only help (A21)', () => {
    fc.assert(fc.property(fc.constantFrom(single, multiple, order), fc.constantFrom(null, 'a', 'b', 'a,b', 'b,c', 'a,b,c,d', 'd,c,b,a'), fc.array(fc.constantFrom('b', 'b,c', 'd,c,b,a')), (asked, answer, corrected) => {
      if (grade(asked, answer)) expect(grade(asked, answer, corrected)).toBe(true)
    }))
    expect(grade(single, 'b', ['b'])).toBe(true)
  })

  it('passes at the mark and not below', () => {
    expect(neededToPass(10, 80)).toBe(8)
    expect(neededToPass(8, 80)).toBe(7)
    expect([7, 8].map((score) => isPassed(score, 10, 80))).toEqual([false, true])
    expect(isPassed(0, 0, 80)).toBe(false)
  })
})

describe('the next attempt', () => {
  const minute = 60_000
  it('is open at once the first time, after the wait the next, not at all when they are used up', () => {
    const rules = { waitMinutes: 30, maxAttempts: 2 }
    expect(nextAttempt(rules, [], 0)).toEqual({ open: true })
    const failed = [{ ordinal: 1, finishedAt: 100 * minute }]
    expect(nextAttempt(rules, failed, 129 * minute)).toEqual({ open: false, at: 130 * minute })
    expect(nextAttempt(rules, failed, 130 * minute)).toEqual({ open: true })
    expect(nextAttempt(rules, [...failed, { ordinal: 2, finishedAt: 140 * minute }], 999 * minute)).toEqual({ open: false, exhausted: true })
    expect(nextAttempt({ ...rules, maxAttempts: 0 }, Array.from({ length: 50 }, (_, at) => ({ ordinal: at, finishedAt: at })), 99 * minute)).toEqual({ open: true })
  })

  it('closes only where the module sets a limit, later for whom more time was granted', () => {
    expect(closesAt(0, undefined, 15)).toBeNull()
    expect(closesAt(1000, 20, 15)).toBe(1000 + 35 * minute)
  })
})

it('names the topics to read again, the weakest first', () => {
  const topics = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
  const items = [['a', true], ['a', false], ['b', false], ['b', false], ['c', true]].map(([topic, correct]) => ({ topic: topic as string, correct: correct as boolean }))
  expect(topicsToReread(topics, items).map(({ topic, right, asked }) => [topic.id, right, asked])).toEqual([['b', 0, 2], ['a', 1, 2]])
})

it('names at most three sections to read again, none twice, and all wrong topics of a section together', () => {
  const topics = [['a', 's1'], ['b', 's2'], ['c', 's1'], ['d', 's3'], ['e', 's4']].map(([id, section]) => ({ id: id!, sections: [section!] }))
  const wrong = topics.map(({ id }) => ({ topic: id, correct: false }))
  expect(sectionsToReread(topics, wrong).map(({ section, topics: of }) => [section, of.map(({ id }) => id)])).toEqual([['s1', ['a', 'c']], ['s2', ['b']], ['s3', ['d']]])
  fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.boolean()), { maxLength: 20 }), (given) => {
    const named = sectionsToReread(topics, given.map(([topic, correct]) => ({ topic, correct })))
    expect(named.length).toBeLessThanOrEqual(MOST_TO_REREAD)
    expect(new Set(named.map(({ section }) => section)).size).toBe(named.length)
    expect(named.length > 0).toBe(given.some(([, correct]) => !correct))
  }))
})

it('calls an attempt near the mark within a fifth of the paper only', () => {
  expect([10, 8, 7, 6, 5, 1, 0].map((score) => isNearPass(score, 10, 80))).toEqual([true, true, true, true, false, false, false])
  expect([4, 3, 2].map((score) => isNearPass(score, 5, 80))).toEqual([true, true, false])
})
