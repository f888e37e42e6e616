import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { APPROVAL_KINDS, APPROVAL_REASONS, askerFor, daysThatCount, daysToPutOff, decideAsking, decideNewDue, entersARecord, type ApprovalKind, type AskedDuty, type Asking } from '../../app/domain/approval'
import { decideVerdict, dueAfterVoid, refusalToDecide, refusalToVoid } from '../../app/domain/approval-decision'
import { addDays, isBusinessDay, OPEN_DAY, OPEN_INSTANT, startOf, type WorkCalendar } from '../../app/domain/calendar'
import { isRefusal } from '../../app/domain/refusal'
import { scanOf } from '../../app/domain/scan'
import { words, type MessageCode } from '../../app/ui/messages'

const calendar: WorkCalendar = { holidays: new Set(['2026-11-23', '2027-01-11']), fiscalYearStart: 4 }
const TODAY = '2026-11-20'
const KINDS = Object.keys(APPROVAL_KINDS) as ApprovalKind[]
const kind = fc.constantFrom(...KINDS)
const relation = fc.constantFrom('own', 'dispatched', 'contract', 'sole' as const)
const standing = fc.record({ inLine: fc.boolean(), ofCompany: fc.boolean(), office: fc.boolean(), self: fc.boolean() })
const day = fc.integer({ min: -400, max: 400 }).map((count) => addDays(TODAY, count))
const duty: AskedDuty = { targetKind: 'module', period: 'entry', dueOn: '2026-11-30', settledAt: OPEN_INSTANT, settledAs: null, validFrom: '2024-04-01', validTo: OPEN_DAY, waiting: false }
const asked: Asking = { kind: 'defer', reasonCode: 'businessTrip', note: '', wishedDueOn: '2026-12-10', done: null, hasScan: false }
const done = { on: '2026-11-18', minutes: 40, version: '1.0', name: '' }
const ask = (change: Partial<Asking>, of: Partial<AskedDuty> = {}) => decideAsking({ ...asked, ...change }, { ...duty, ...of }, (version) => version === '1.0', TODAY, calendar)

describe('who may ask', () => {
  it('is nobody for oneself, a manager for the own line, a company for its own, and HR', () => {
    fc.assert(fc.property(kind, standing, relation, (what, stands, of) => {
      const as = askerFor(what, stands, of)
      if (stands.self || !(stands.inLine || stands.ofCompany || stands.office)) expect(as).toBeUndefined()
      if (as === 'manager') expect([stands.inLine, of !== 'contract', entersARecord(what)]).toEqual([true, true, false])
      if (as === 'company') expect([stands.ofCompany, what === 'equivalent' || !entersARecord(what)]).toEqual([true, true])
      if (as === 'hr') expect([stands.office, what !== 'equivalent', entersARecord(what) && of === 'contract']).toEqual([true, true, false])
    }))
  })
  it('has words for every reason of every kind', () => {
    for (const reasons of Object.values(APPROVAL_REASONS)) for (const text of Object.values(reasons)) expect(text.length).toBeGreaterThan(3)
  })
})

describe('asking', () => {
  it('gives a later 営業日 within a year, whatever is wished', () => {
    fc.assert(fc.property(day, day, (dueOn, wished) => {
      const answer = decideNewDue(dueOn, wished, TODAY, calendar)
      const { from, to } = daysToPutOff(dueOn, TODAY)
      if (isRefusal(answer)) expect(wished < from || wished > to).toBe(true)
      else expect(answer.dueOn > dueOn && answer.dueOn > TODAY && answer.dueOn >= wished && isBusinessDay(answer.dueOn, calendar)).toBe(true)
    }))
    expect(ask({ wishedDueOn: '2026-12-12' })).toEqual({ wishedDueOn: '2026-12-14' })
    expect(ask({}, { dueOn: OPEN_DAY })).toEqual({ refused: 'approvalNoDue' })
  })
  it.each([
    ['approvalReason', { reasonCode: 'made up' }, {}], ['approvalReason', { reasonCode: 'other', note: ' ' }, {}], ['approvalReason', { note: 'x'.repeat(501) }, {}],
    ['approvalWaiting', {}, { waiting: true }], ['approvalSettled', {}, { settledAt: 1, settledAs: 'completed' }], ['approvalSettled', {}, { targetKind: 'pledge', settledAt: 1, settledAs: 'declined' }], ['approvalEnded', {}, { validTo: TODAY }],
    ['approvalDay', { wishedDueOn: null }, {}], ['approvalDay', { wishedDueOn: '2026-13-01' }, {}],
    ['approvalOfAnother', { kind: 'paper', reasonCode: 'onPaper', done }, { targetKind: 'pledge' }], ['approvalOfAnother', { kind: 'paperPledge', reasonCode: 'inked', done }, { targetKind: 'certificate' }],
    ['scanMissing', { kind: 'paper', reasonCode: 'onPaper', done }, {}], ['heldVersion', { kind: 'paper', reasonCode: 'onPaper', done: { ...done, version: '' }, hasScan: true }, {}],
    ['heldMinutes', { kind: 'class', reasonCode: 'attended', done: { ...done, minutes: 0 }, hasScan: true }, {}], ['heldMinutes', { kind: 'class', reasonCode: 'attended', done: { ...done, minutes: 1.5 }, hasScan: true }, {}],
    ['heldOutside', { kind: 'class', reasonCode: 'attended', done: { ...done, on: '2026-11-21' }, hasScan: true }, {}], ['heldOutside', { kind: 'equivalent', reasonCode: 'ownTraining', done: { ...done, on: '2024-03-31' }, hasScan: true }, {}],
    ['nameOnPaper', { kind: 'paperPledge', reasonCode: 'legacy', done, hasScan: true }, { targetKind: 'pledge' }],
  ] as const)('is refused as %s, in words', (reason, change, of) => {
    const answer = ask(change as Partial<Asking>, of as Partial<AskedDuty>)
    expect(answer).toMatchObject({ refused: reason })
    if (isRefusal(answer)) expect(words(answer.refused as MessageCode, answer.facts).title).not.toBe('')
  })
  it('takes an old paper whose version nobody knows, and a pledge that was declined on screen', () => {
    expect(ask({ kind: 'paperPledge', reasonCode: 'legacy', done: { ...done, on: '2019-04-01', version: '', name: '髙橋 美咲' }, hasScan: true }, { targetKind: 'pledge', settledAs: 'declined', settledAt: 1 })).toEqual({ wishedDueOn: null })
    expect(daysThatCount({ targetKind: 'module', period: 'FY2026', validFrom: '2020-04-01', validTo: OPEN_DAY }, TODAY, calendar)).toEqual({ from: '2026-04-01', to: TODAY })
    expect(daysThatCount({ targetKind: 'pledge', period: 'FY2026', validFrom: '2026-09-01', validTo: OPEN_DAY }, TODAY, calendar)).toEqual({ from: '2026-09-01', to: TODAY })
  })
})

describe('deciding', () => {
  const people = fc.constantFrom('a', 'b', 'c', 'd')
  it('takes four eyes: never who asked, never about oneself; taken back by neither who accepted nor whom it is about', () => {
    fc.assert(fc.property(people, people, people, people, (approver, askedBy, decidedBy, about) => {
      const eyes = { accountId: approver, personId: approver }
      expect(refusalToDecide(eyes, { askedBy, decidedBy: null, personId: about }) === null).toBe(approver !== askedBy && approver !== about)
      expect(refusalToVoid(eyes, { askedBy, decidedBy, personId: about }) === null).toBe(approver !== decidedBy && approver !== about)
    }))
  })
  it('accepts as wished, or with another day; and sends back with words only', () => {
    const request = { kind: 'defer' as const, wishedDueOn: '2026-12-10' }
    const verdict = (dueOn: string | null) => decideVerdict(request, { is: 'accept', dueOn }, duty, TODAY, calendar)
    expect(verdict(null)).toEqual({ outcome: 'accepted', dueOn: '2026-12-10' })
    expect(verdict('2026-12-04')).toEqual({ outcome: 'partly', dueOn: '2026-12-04' })
    expect(verdict('2026-11-30')).toMatchObject({ refused: 'approvalDay' })
    expect(decideVerdict(request, { is: 'return', words: ' ' }, duty, TODAY, calendar)).toEqual({ refused: 'approvalWords' })
    expect(decideVerdict(request, { is: 'return', words: '予定を確かめてください。' }, { ...duty, settledAt: 1 }, TODAY, calendar)).toEqual({ outcome: 'returned', dueOn: null })
    expect(decideVerdict({ kind: 'exempt', wishedDueOn: null }, { is: 'accept', dueOn: null }, { ...duty, settledAt: 1, settledAs: 'completed' }, TODAY, calendar)).toEqual({ refused: 'approvalSettled' })
  })
  it('leaves late what was late when an acceptance is taken back, and makes nobody late that day', () => {
    fc.assert(fc.property(day, fc.integer({ min: 0, max: 60 }), (before, ago) => {
      const decidedOn = addDays(TODAY, -ago)
      const due = dueAfterVoid(before, startOf(decidedOn), TODAY, calendar)
      if (before < decidedOn) expect(due).toBe(before)
      else expect(due >= TODAY && due >= before).toBe(true)
    }))
  })
})

describe('a scan', () => {
  it('is told by its first bytes, and by its size', () => {
    const of = (begin: readonly number[]) => scanOf(Uint8Array.from([...begin, 1, 2, 3]))
    expect(of([0x25, 0x50, 0x44, 0x46, 0x2d])).toMatchObject({ type: 'application/pdf' })
    expect(of([0xff, 0xd8, 0xff])).toMatchObject({ type: 'image/jpeg' })
    expect(of([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])).toMatchObject({ type: 'image/png' })
    expect(of([0x4d, 0x5a])).toEqual({ refused: 'scanOfAnotherKind' })
    expect(scanOf(new Uint8Array())).toEqual({ refused: 'scanMissing' })
    const large = new Uint8Array(10 * 1024 * 1024 + 1)
    large.set([0xff, 0xd8, 0xff])
    expect(scanOf(large)).toEqual({ refused: 'scanTooLarge', facts: { most: 10 } })
  })
})
