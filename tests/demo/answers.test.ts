import { expect, it } from 'vitest'
import { demoAnswers } from '../../app/demo/answers'
import { keyOf, type QuizQuestion } from '../../app/domain/quiz'

const question = (at: number): QuizQuestion => ({ id: `M01-${String(at).padStart(3, '0')}`, topic: 't', kind: at % 5 === 0 ? 'multiple' : 'single', options: ['a', 'b', 'c', 'd'].map((id, place) => ({ id, correct: place === at % 4 || (at % 5 === 0 && place === (at + 1) % 4) })) })

it('lets everybody pass, some questions be harder than others, and the same answer tempt', () => {
  const missed = new Map<string, string[]>()
  for (let person = 0; person < 300; person++) {
    const asked = Array.from({ length: 10 }, (_, at) => question((person * 7 + at * 3) % 40))
    const answers = demoAnswers(asked, `person ${person}`, 1)
    const wrong = asked.filter((one) => answers.get(one.id)!.join() !== keyOf(one))
    expect(wrong.length).toBeLessThanOrEqual(4)
    expect([...demoAnswers(asked, `person ${person}`, 2)].every(([id, chosen]) => chosen.join() === keyOf(asked.find((one) => one.id === id)!))).toBe(true)
    for (const one of wrong) missed.set(one.id, [...(missed.get(one.id) ?? []), answers.get(one.id)!.join()])
  }
  const counts = [...missed.values()].map(({ length }) => length)
  expect(Math.max(...counts)).toBeGreaterThan(3 * Math.min(...counts))
  const [hardest] = [...missed.values()].sort((a, b) => b.length - a.length)
  const shares = [...new Set(hardest)].map((answer) => hardest!.filter((one) => one === answer).length).sort((a, b) => b - a)
  expect(shares[0]! / hardest!.length).toBeGreaterThan(0.6)
  
})
