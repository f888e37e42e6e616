import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answeredUnder, FEW_ANSWERS, hiddenGroups, isSuspicious, itemStats, weakestFirst, type AnswerCell } from '../../app/domain/understanding'
import { questionsCsv, type QuestionLine } from '../../app/domain/understanding-csv'
import { pageAfter } from '../../app/http/understanding.server'

const OTHERS = 9
const KEY = 'a'
interface One { answer: string; rest: number }
const person = fc.record({ answer: fc.constantFrom('a', 'b', 'c', 'd'), rest: fc.integer({ min: 0, max: OTHERS }) })

/** People counted as the database counts them. */
function cellsOf(people: readonly One[]): AnswerCell[] {
  const cells = new Map<string, AnswerCell>()
  for (const { answer, rest } of people) {
    const key = `${answer} ${rest}`
    cells.set(key, { answer, right: answer === KEY, rest, others: OTHERS, people: (cells.get(key)?.people ?? 0) + 1 })
  }
  return [...cells.values()]
}

/** Pearson's correlation person by person, as in a textbook. */
function naiveCorrelation(people: readonly One[]): number | null {
  const n = people.length
  const x = people.map(({ answer }) => (answer === KEY ? 1 : 0))
  const y = people.map(({ rest }) => rest / OTHERS)
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / n
  const [mx, my] = [mean(x), mean(y)]
  const cov = mean(x.map((value, at) => (value - mx) * (y[at]! - my)))
  const spread = Math.sqrt(mean(x.map((value) => (value - mx) ** 2)) * mean(y.map((value) => (value - my) ** 2)))
  return spread < 1e-9 ? null : cov / spread
}

/** Upper less lower 27 %: everybody a hundred times, so that the tails have whole people, those equal at the edge mixed evenly. */
function naiveUpperLower(people: readonly One[]): number {
  const many = people.map((one) => ({ rest: one.rest, right: one.answer === KEY ? 1 : 0 }))
  const rightAmong = (sorted: { rest: number; right: number }[]) => {
    let left = people.length * 0.27
    let right = 0
    for (const rest of new Set(sorted.map((one) => one.rest))) {
      const equal = sorted.filter((one) => one.rest === rest)
      const part = Math.min(1, Math.max(0, left) / equal.length)
      right += equal.reduce((all, one) => all + one.right, 0) * part
      left -= equal.length
    }
    return right / (people.length * 0.27)
  }
  return rightAmong([...many].sort((a, b) => b.rest - a.rest)) - rightAmong([...many].sort((a, b) => a.rest - b.rest))
}

describe('how a question works', () => {
  it('says the same as counting person by person', () => {
    fc.assert(fc.property(fc.array(person, { minLength: 1, maxLength: 60 }), (people) => {
      const stats = itemStats(cellsOf(people))
      expect(stats.people).toBe(people.length)
      expect(stats.right).toBe(people.filter(({ answer }) => answer === KEY).length)
      const naive = naiveCorrelation(people)
      if (naive === null) expect(stats.discrimination).toBeNull()
      else expect(stats.discrimination).toBeCloseTo(naive, 9)
      expect(stats.upperLower).toBeCloseTo(naiveUpperLower(people), 9)
      const wrong = (option: string) => people.filter(({ answer }) => answer === option).length
      const most = Math.max(wrong('b'), wrong('c'), wrong('d'))
      expect(stats.attracts?.people ?? 0).toBe(most)
      if (stats.attracts) expect(wrong(stats.attracts.answer)).toBe(most)
    }))
  })

  it('does not depend on how people are counted together, and stays between -1 and 1', () => {
    fc.assert(fc.property(fc.array(person, { minLength: 1, maxLength: 40 }), (people) => {
      const alone = people.map((one): AnswerCell => ({ answer: one.answer, right: one.answer === KEY, rest: one.rest, others: OTHERS, people: 1 }))
      const [a, b] = [itemStats(alone), itemStats(cellsOf(people).reverse())]
      expect(b.doubts).toEqual(a.doubts)
      expect(b.upperLower).toBeCloseTo(a.upperLower!, 9)
      for (const value of [a.discrimination ?? 0, a.upperLower!]) expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-9)
    }))
  })

  const many = (answer: string, rest: number, people: number): AnswerCell => ({ answer, right: answer === KEY, rest, others: OTHERS, people })
  it.each<[string, AnswerCell[], string[]]>([
    ['a sound question', [many('a', 9, 30), many('a', 7, 20), many('b', 4, 12), many('c', 3, 4)], []],
    ['a key that the able miss', [many('b', 9, 12), many('a', 8, 10), many('a', 4, 20)], ['reversed', 'distractor']],
    ['a wrong answer that the able prefer', [many('b', 9, 9), many('a', 9, 4), many('a', 5, 10), many('c', 1, 30)], ['distractor', 'hard']],
    ['a question that tells nobody apart', [many('a', 9, 20), many('b', 9, 10), many('a', 5, 20), many('b', 5, 10)], ['flat']],
    ['a question that most miss', [many('a', 9, 15), many('b', 5, 15), many('c', 4, 10), many('d', 3, 10)], ['hard']],
    ['a key that the able miss by chance', [many('b', 9, 4), many('a', 8, 18), many('a', 7, 4), many('b', 6, 2)], ['flat']],
    ['a question that half of them miss', [many('a', 9, 15), many('b', 5, 10), many('c', 3, 5)], []],
    ['a question that nearly all have right, whoever they are', [many('a', 9, 20), many('b', 9, 1), many('a', 5, 20)], []],
    ['few answers', [many('b', 9, 10), many('a', 1, FEW_ANSWERS - 11)], []],
  ])('of %s', (_, cells, doubts) => {
    const stats = itemStats(cells)
    expect(stats.doubts).toEqual(doubts)
    expect(isSuspicious(stats)).toBe(doubts.includes('reversed') || doubts.includes('distractor'))
  })

  it('takes nineteen answers for a hint, and twenty for a finding', () => {
    expect([19, 20].map((people) => itemStats([many('b', 9, people)])).map(({ isFew, doubts }) => [isFew, doubts])).toEqual([[true, []], [false, ['distractor', 'hard']]])
  })

  it('says nothing of nobody', () => {
    expect(itemStats([])).toEqual({ people: 0, right: 0, discrimination: null, upperLower: null, attracts: null, rival: null, upper: { people: 0, right: 0 }, isFew: true, doubts: [] })
  })

  it('counts an answer that was not given as wrong, and as no temptation', () => {
    expect(itemStats([{ answer: null, right: false, rest: 3, others: 9, people: 2 }])).toMatchObject({ people: 2, right: 0, attracts: null })
  })
})

describe('sums', () => {
  it('count a question once under each of its names', () => {
    const rows = [{ id: '1', people: 10, right: 5 }, { id: '2', people: 4, right: 4 }]
    const sums = answeredUnder(rows, ({ id }) => (id === '1' ? ['x', 'y', 'x'] : ['y']))
    expect([...sums]).toEqual([['x', { people: 10, right: 5 }], ['y', { people: 14, right: 9 }]])
  })

  it('put the least understood first, and what nobody was asked last', () => {
    expect(weakestFirst([{ key: 'b', people: 2, right: 1 }, { key: 'c', people: 0, right: 0 }, { key: 'a', people: 4, right: 2 }, { key: 'd', people: 3, right: 0 }]).map(({ key }) => key)).toEqual(['d', 'a', 'b', 'c'])
  })
})

describe('groups of few', () => {
  const groupsOf = (sizes: readonly number[]) => sizes.map((persons, at) => ({ group: `g${at}`, persons }))

  it('are hidden, and with a single small one the next smallest, which would give it away', () => {
    const hidden = (...sizes: number[]) => [...hiddenGroups(groupsOf(sizes), 5)].sort()
    expect(hidden(5, 6, 7)).toEqual([])
    expect(hidden(4, 9, 7)).toEqual(['g0', 'g2'])
    expect(hidden(2, 3, 9)).toEqual(['g0', 'g1'])
    expect(hidden(1, 1, 5, 5)).toEqual(['g0', 'g1', 'g2'])
    expect(hidden(3)).toEqual(['g0'])
    expect(hidden()).toEqual([])
  })

  it('never leave a number of few behind, and hide no more than that', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 12 }), (sizes) => {
      const groups = groupsOf(sizes)
      const hidden = hiddenGroups(groups, 5)
      const [away, shown] = [groups.filter(({ group }) => hidden.has(group)), groups.filter(({ group }) => !hidden.has(group))]
      const missing = away.reduce((all, { persons }) => all + persons, 0)
      expect(shown.every(({ persons }) => persons >= 5)).toBe(true)
      expect(missing === 0 || missing >= 5 || shown.length === 0).toBe(true)
      expect(away.filter(({ persons }) => persons >= 5).length).toBeLessThanOrEqual(1)
    }))
  })
})

it('a page begins after a key, and the last one says so', () => {
  const page = (after: string, limit: number) => pageAfter(['a', 'b', 'c', 'd'], (one) => one, after, limit)
  expect(page('', 2)).toEqual({ page: ['a', 'b'], next: 'b' })
  expect(page('b', 2)).toEqual({ page: ['c', 'd'], next: null })
  expect(page('b', 3)).toEqual({ page: ['c', 'd'], next: null })
  expect(page('', 4)).toEqual({ page: ['a', 'b', 'c', 'd'], next: null })
})

it('the file of questions holds no formula, and says how few they were', () => {
  const line: QuestionLine = { slug: 'M01', module: '研修', bank: '1.0', id: 'M01-001', topic: '=1+1', text: '一行め\n 二行め', key: 'はい', people: 3, right: 1, isFew: true, discrimination: -0.256, upperLower: null, attracts: '=2', attracted: 0, notes: '' }
  const [, row, other] = questionsCsv([line, { ...line, isFew: false }], '2026-11-20').split('\r\n').map((one) => one.split(','))
  expect([row![4], row![5], row![9], row![10], row![11], row![12], row![13], row![16]]).toEqual(["'=1+1", '一行め 二行め', '33.3%', '参考', '-0.26', '', "'=2", '2026-11-20'])
  expect(other![10]).toBe('')
})
