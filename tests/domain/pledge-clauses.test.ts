import { describe, expect, it } from 'vitest'
import { clausesOf, isFromOutside, needsAgreement, OCCASIONS, type PledgeNature } from '../../app/domain/pledge-clauses'

const own = (occasion: PledgeNature['occasion']): PledgeNature => ({ relation: 'employment', occasion, addressee: 'operator' })
const words = (nature: PledgeNature) => clausesOf(nature).map((clause) => clause.slice(2)).join(' ')

describe('the clauses of a pledge', () => {
  it.each<[string, PledgeNature, string]>([
    ['PL1', own('entry'), '01 02 03 04 05 06 07 08 09 10 11 12 13 14 16 17'],
    ['PL1-b', { ...own('entry'), relation: 'mandate' }, '01 02 03 04 05 06 07 08 09 10 11 12 13 14 16 17'],
    ['PL2', { relation: 'dispatched', occasion: 'entry', addressee: 'employer' }, '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17'],
    ['PL2-B', { relation: 'dispatched', occasion: 'entry', addressee: 'operator' }, '08 09 10 12 13 15 16'],
    ['PL3', { relation: 'contractor', occasion: 'entry', addressee: 'employer' }, '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17'],
    ['PL3-b', { relation: 'sole', occasion: 'entry', addressee: 'operator' }, '01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17'],
    ['PL4', own('scope'), '01 02 03 04 05 06 07 08 10 13 14 16'],
    ['PL4-C', { relation: 'contractor', occasion: 'scope', addressee: 'employer' }, '01 02 03 04 05 06 07 08 10 13 14 15 16'],
    ['PL5', own('yearly'), '01 02 03 04 05 06 07 08 09 10 12 13 14 16'],
    ['PL5-D', { relation: 'dispatched', occasion: 'yearly', addressee: 'employer' }, '01 02 03 04 05 06 07 08 09 10 12 13 14 15 16'],
    ['PL6', own('departure'), '01 02 04 10 12 13 14 16 17 18'],
    ['PL6-S', { relation: 'sole', occasion: 'departure', addressee: 'operator' }, '01 02 04 10 12 13 14 15 16 17 18'],
  ])('of %s are those of domain.md §2.5', (_, nature, clauses) => expect(words(nature)).toBe(clauses))

  it('always hold CL13, and CL15 for whoever comes from outside', () => {
    for (const occasion of OCCASIONS)
      for (const relation of ['employment', 'mandate', 'dispatched', 'contractor', 'sole'] as const)
        for (const addressee of ['operator', 'employer'] as const) {
          const clauses = clausesOf({ relation, occasion, addressee })
          expect(clauses).toContain('CL13')
          expect(clauses.includes('CL15')).toBe(isFromOutside({ relation }))
        }
  })

  it('to the host need the agency\'s agreement, nothing else does', () => {
    expect(needsAgreement({ relation: 'dispatched', occasion: 'entry', addressee: 'operator' })).toBe(true)
    expect(needsAgreement({ relation: 'dispatched', occasion: 'entry', addressee: 'employer' })).toBe(false)
    for (const occasion of ['scope', 'yearly', 'departure'] as const) expect(needsAgreement({ relation: 'dispatched', occasion, addressee: 'operator' }), occasion).toBe(false)
    expect(needsAgreement({ relation: 'sole', occasion: 'entry', addressee: 'operator' })).toBe(false)
  })
})
