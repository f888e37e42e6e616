import { describe, expect, it } from 'vitest'
import { OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { pledgeStateOf } from '../../app/domain/departure'
import { decideExitCertificate, isKeptOff, type ExitCertificate } from '../../app/domain/exit-certificate'

const TODAY = '2026-11-20'
const open = (given: Partial<ExitCertificate> = {}): ExitCertificate => ({ opensOn: '2026-11-01', settledAt: OPEN_INSTANT, settledAs: null, answer: null, ...given })
const noted = (answer: ExitCertificate['answer']) => open({ settledAt: startOf(TODAY), settledAs: 'declined', answer })
const explained = (explainedOn: string | null = TODAY) => ({ outcome: 'explainedDeclined', explainedOn }) as const
const unreachable = { outcome: 'unreachable', explainedOn: null } as const

describe('the end that an employer notes of a certificate', () => {
  it('is 説明済み with its day, from the day of the text to today', () => {
    for (const day of ['2026-11-01', '2026-11-12', TODAY]) expect(decideExitCertificate(open(), explained(day), [], TODAY)).toEqual({ settles: true })
    for (const day of [null, '2026-10-31', '2026-11-21']) expect(decideExitCertificate(open(), explained(day), [], TODAY)).toEqual({ refused: 'explainedOutside', facts: { from: '2026-11-01' } })
  })

  it('is 連絡不能 after tries on two days, which two tries of one day are not', () => {
    expect(decideExitCertificate(open(), unreachable, ['2026-11-10', '2026-11-10'], TODAY)).toEqual({ refused: 'triesNeeded', facts: { needed: 2, days: 1 } })
    expect(decideExitCertificate(open(), unreachable, ['2026-11-10', '2026-11-11'], TODAY)).toEqual({ settles: true })
  })

  it('is noted once; whoever was reached after all may still have it explained', () => {
    expect(decideExitCertificate(noted('explainedDeclined'), explained(), [], TODAY)).toEqual({ refused: 'outcomeNoted' })
    expect(decideExitCertificate(noted('unreachable'), unreachable, ['2026-11-10', '2026-11-11'], TODAY)).toEqual({ refused: 'outcomeNoted' })
    expect(decideExitCertificate(noted('explainedDeclined'), unreachable, ['2026-11-10', '2026-11-11'], TODAY)).toEqual({ refused: 'exitSettled' })
    expect(decideExitCertificate(noted('unreachable'), explained(), [], TODAY)).toEqual({ settles: false })
  })

  it('is never noted over a signature or a certificate', () => {
    expect(decideExitCertificate(open({ answer: 'signed' }), explained(), [], TODAY)).toEqual({ refused: 'exitSigned' })
    expect(decideExitCertificate(open({ answer: 'signed' }), unreachable, ['2026-11-10', '2026-11-11'], TODAY)).toEqual({ refused: 'exitSigned' })
    expect(decideExitCertificate({ ...noted('unreachable'), answer: 'signed' }, explained(), [], TODAY), 'signed after all').toEqual({ refused: 'exitSigned' })
    for (const answer of ['signed', null] as const) expect(decideExitCertificate(open({ settledAt: startOf(TODAY), settledAs: 'completed', answer }), explained(), [], TODAY)).toEqual({ refused: 'exitSettled' })
  })

  it('is told to the operator as that, and nothing that the worker answered', () => {
    const of = (relation: 'contract' | 'dispatched' | 'own', settledAs: string | null, end: 'explainedDeclined' | 'unreachable' | null = null) => pledgeStateOf({ relation, lastDay: '2026-11-01' }, null, TODAY, { settledAt: startOf(TODAY), settledAs, noted: end })
    expect(of('contract', 'declined', 'unreachable')).toBe('unreachable')
    expect(of('dispatched', 'declined', 'explainedDeclined')).toBe('explainedDeclined')
    expect([of('contract', 'completed'), of('contract', null), of('contract', 'declined')]).toEqual(['certified', 'elsewhere', 'elsewhere'])
    expect(of('own', 'declined', 'unreachable')).toBe('none')
  })
})

it('keeps whoever declined on screen off a certificate until they sign, or have left and it was explained', () => {
  const is = { signed: false, declined: true, noted: false, left: false }
  expect([isKeptOff(is), isKeptOff({ ...is, noted: true }), isKeptOff({ ...is, left: true })]).toEqual([true, true, true])
  expect([isKeptOff({ ...is, noted: true, left: true }), isKeptOff({ ...is, signed: true }), isKeptOff({ ...is, declined: false })]).toEqual([false, false, false])
})
