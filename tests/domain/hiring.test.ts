import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays } from '../../app/domain/calendar'
import { intakesOf, isReady, missingOf, type IntakeFacts } from '../../app/domain/hiring'

const TODAY = '2026-11-20'
const whole: IntakeFacts = { relation: 'own', told: true, started: true, trainingAsked: true, trainingOpen: false, pledgeAsked: true, pledgeOpen: false, hasUnit: true, hasSupervisor: true }
const facts = fc.record({
  relation: fc.constantFrom('own' as const, 'dispatched' as const, 'contract' as const, 'sole' as const), told: fc.boolean(), started: fc.boolean(), trainingAsked: fc.boolean(), trainingOpen: fc.boolean(),
  pledgeAsked: fc.boolean(), pledgeOpen: fc.boolean(), hasUnit: fc.boolean(), hasSupervisor: fc.boolean(),
})

it('says what is missing, in the order in which it is seen to', () => {
  expect(missingOf(whole, TODAY, TODAY)).toEqual([])
  const nothing = { ...whole, told: false, started: false, trainingOpen: true, pledgeOpen: true, hasUnit: false, hasSupervisor: false }
  expect(missingOf(nothing, TODAY, TODAY)).toEqual(['unit', 'supervisor', 'told', 'training', 'pledge'])
  expect(missingOf({ ...nothing, told: true }, TODAY, TODAY)).toEqual(['unit', 'supervisor', 'started', 'training', 'pledge'])
  expect(missingOf(nothing, '2026-12-01', TODAY)).toEqual(['unit', 'supervisor', 'told'])
  expect(missingOf(nothing, '2027-01-10', TODAY)).toEqual(['unit', 'supervisor'])
  expect(missingOf({ ...nothing, relation: 'contract', pledgeAsked: false }, TODAY, TODAY)).toEqual(['template', 'told', 'training'])
})

it('asks nobody before the first day for what only they can do', () => {
  fc.assert(fc.property(facts, fc.integer({ min: 1, max: 60 }), (one, days) => {
    expect(missingOf(one, addDays(TODAY, days), TODAY).filter((missing) => ['started', 'training', 'pledge'].includes(missing))).toEqual([])
  }))
})

it('counts each person once, however the rows are cut', () => {
  fc.assert(fc.property(fc.array(fc.record({ facts, people: fc.integer({ min: 1, max: 5 }), days: fc.integer({ min: -3, max: 3 }), kind: fc.constantFrom('regular', 'casual') }), { maxLength: 20 }), (rows) => {
    const given = rows.map(({ days, ...row }) => ({ ...row, firstDay: addDays(TODAY, days), companyId: 'c', companyName: 'c' }))
    const intakes = intakesOf(given, TODAY)
    expect(intakes.reduce((sum, { people }) => sum + people, 0)).toBe(rows.reduce((sum, { people }) => sum + people, 0))
    expect(intakes.reduce((sum, { ready }) => sum + ready, 0)).toBe(given.filter((row) => isReady(row.facts, row.firstDay, TODAY)).reduce((sum, { people }) => sum + people, 0))
    for (const intake of intakes) expect(Math.max(0, ...Object.values(intake.missing))).toBeLessThanOrEqual(intake.people - intake.ready)
  }))
})
