import { describe, expect, it } from 'vitest'
import { badCellValue, badCellWords } from '../../app/domain/bad-cell-words'
import { OPEN_DAY, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { storyOf, type TouchedVersion } from '../../app/domain/change-story'
import { answerOf, pledgeStageOf, standingOf, worstOf, type Duty } from '../../app/domain/standing'

const TODAY = '2026-11-20'
const here = { onLeave: false, ended: false }
const duty = (more: Partial<Duty> = {}): Duty => ({ kind: 'module', dueOn: '2026-11-24', settledAt: OPEN_INSTANT, settledAs: null, begun: false, ...more })
const mark = (more: Partial<Duty>, person = here) => standingOf(duty(more), person, TODAY).mark

describe('where an assignment stands', () => {
  it('follows the due day while it is open', () => {
    expect(standingOf(duty({ dueOn: '2026-11-13' }), here, TODAY)).toMatchObject({ mark: 'late', days: 7 })
    expect(standingOf(duty(), here, TODAY)).toMatchObject({ mark: 'soon', days: 4 })
    expect(mark({ dueOn: '2026-12-30' })).toBe('todo')
    expect(mark({ dueOn: '2026-12-30', begun: true })).toBe('doing')
  })
  it('stops for leave, with and without an end, and after the engagement', () => {
    expect(mark({ dueOn: '2026-11-01' }, { onLeave: true, ended: false })).toBe('stop')
    expect(mark({ dueOn: OPEN_DAY })).toBe('stop')
    expect(standingOf(duty({ dueOn: '2026-11-01' }), { onLeave: false, ended: true }, TODAY)).toMatchObject({ mark: 'none', ended: true })
  })
  it('stops for a question until it is answered, late or not', () => {
    expect([mark({ dueOn: '2026-11-01', asked: true }), mark({ kind: 'certificate', asked: true }), mark({ dueOn: OPEN_DAY, asked: true })]).toEqual(['ask', 'ask', 'ask'])
    expect(mark({ asked: true, settledAt: startOf('2026-11-24'), settledAs: 'completed' })).toBe('done')
  })
  it('stays what it became', () => {
    expect(mark({ settledAt: startOf('2026-11-24'), settledAs: 'completed' })).toBe('done')
    expect(mark({ settledAt: startOf('2026-11-25'), settledAs: 'completed' }, { onLeave: true, ended: true })).toBe('donelate')
    expect(mark({ settledAt: startOf('2026-11-01'), settledAs: 'declined', kind: 'pledge' })).toBe('declined')
    expect(mark({ settledAt: startOf('2026-11-01'), settledAs: 'exempted' })).toBe('none')
  })
  it('waits for the employer while a certificate is not late', () => {
    expect(mark({ kind: 'certificate' })).toBe('wait')
    expect(mark({ kind: 'certificate', dueOn: '2026-11-19' })).toBe('late')
  })
  it('shows the one that asks most', () => {
    const of = (list: Duty[]) => worstOf(list.map((one) => standingOf(one, here, TODAY)))
    expect(of([duty({ dueOn: '2026-12-30' }), duty({ dueOn: '2026-11-19' }), duty({ dueOn: '2026-11-10' })])).toMatchObject({ mark: 'late', days: 10 })
    expect(of([duty({ dueOn: '2026-11-25' }), duty({ dueOn: '2026-11-22' })])).toMatchObject({ mark: 'soon', days: 2 })
    expect(of([])).toBeUndefined()
  })
})

describe('what a change set did', () => {
  const version = (side: 'was' | 'is', more: Partial<TouchedVersion> = {}): TouchedVersion => ({ side, from: '2026-04-01', to: OPEN_DAY, kind: 'regular', name: '斎藤 千尋', kana: '', mail: '', unit: '本社', supervisor: '', under18Until: '', ...more })
  it('names begin, change and taking back', () => {
    expect(storyOf([version('is')], [], String).outcome).toBe('begun')
    expect(storyOf([version('was')], [], String).outcome).toBe('takenBack')
    expect(storyOf([version('was'), version('is', { to: '2026-11-20' }), version('is', { from: '2026-11-20', name: '三浦 千尋' })], [], String)).toEqual({ outcome: 'changed', fields: [{ label: '氏名', was: '斎藤 千尋', is: '三浦 千尋' }] })
  })
  it('tells the last day, not the day after', () => {
    expect(storyOf([version('was'), version('is', { to: '2027-04-01' })], [], String).fields).toEqual([{ label: '在籍終了日', was: '', is: '2027-03-31' }])
    expect(storyOf([], [{ side: 'is', what: 'leave', code: 'x', from: '2026-11-01', to: '2026-11-04' }], () => '休職').fields).toEqual([{ label: '休職', was: '', is: '休職 2026-11-01 から 2026-11-03 まで' }])
  })
})

it('never repeats what may be a 個人番号', () => {
  const cell = { reason: 'myNumber', column: '氏名', value: '123456789018', hint: '123456789018' } as const
  expect(JSON.stringify([badCellWords(cell), badCellValue(cell)])).not.toContain('123456789018')
})

describe('a pledge towards an employer', () => {
  const certificate = (more: Partial<Duty>) => standingOf(duty({ kind: 'certificate', dueOn: '2026-12-30', ...more }), here, TODAY)
  it('stands alike wherever the answer is known: to sign, asked, declined, signed', () => {
    expect([null, 'later', 'question', 'declined', 'signed'].map((answer) => certificate({ answer }).mark)).toEqual(['todo', 'todo', 'todo', 'declined', 'wait'])
    expect(certificate({ answer: 'question', asked: true }).mark).toBe('ask')
    expect(certificate({ answer: 'declined', asked: true, dueOn: '2026-11-01' }).mark).toBe('declined')
    expect(certificate({ answer: 'signed' })).toMatchObject({ mark: 'wait', signed: true })
    expect(certificate({ answer: null, dueOn: '2026-11-01' }).mark).toBe('late')
  })
  it('is the employer’s certificate to the operator, who is not told the answer', () => {
    expect(certificate({})).toMatchObject({ mark: 'wait', signed: false })
    expect(certificate({ asked: true }).mark).toBe('ask')
    expect(certificate({ dueOn: '2026-11-01' }).mark).toBe('late')
  })
  it('takes the signature before every answer, and of answers the last', () => {
    expect(answerOf([])).toBeNull()
    expect(answerOf([{ outcome: 'declined', at: 2 }, { outcome: 'question', at: 1 }])).toBe('declined')
    expect(answerOf([{ outcome: 'signed', at: 1 }, { outcome: 'declined', at: 2 }])).toBe('signed')
    expect(pledgeStageOf({ answer: 'signed', asked: true })).toBe('signed')
  })
})
