import { expect, it } from 'vitest'
import { completedBy } from '../../app/http/sources.server'

it('counts what finished a row among what its modules are assigned, each module once, contractors apart', () => {
  const taught = [{ slug: 'A', version: '2' }, { slug: 'A', version: '2' }, { slug: 'B', version: '1' }] as Parameters<typeof completedBy>[0]['taught']
  const completions = [{ slug: 'A', version: '1', workforce: 50, company: 5 }, { slug: 'A', version: '2', workforce: 3, company: 1 }, { slug: 'B', version: '1', workforce: 2, company: 0 }, { slug: 'C', version: '1', workforce: 9, company: 9 }]
  const assigned = new Map([['A', { workforce: 60, company: 6 }], ['B', { workforce: 4, company: 2 }], ['C', { workforce: 9, company: 9 }]])
  expect(completedBy({ taught }, completions, assigned)).toEqual({ workforce: 5, company: 1, ofWorkforce: 64, ofCompany: 8 })
  expect(completedBy({ taught: [] }, completions, assigned)).toEqual({ workforce: 0, company: 0, ofWorkforce: 0, ofCompany: 0 })
})
