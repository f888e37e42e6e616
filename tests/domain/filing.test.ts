import { describe, expect, it } from 'vitest'
import type { ViewerRole } from '../../app/domain/access'
import { startOf } from '../../app/domain/calendar'
import { answererOf, applicable, attachmentName, changeOf, countAnswers, faultOf, faultsOf, filingStateOf, mayEdit, NOT_ANSWERED, refusalToDecideFiling, type Answered, type AnsweredBy } from '../../app/domain/filing'
import { boundsOf, filingPeriodWords, isAsked, periodBefore, periodOf, periodsBack, termOf, termsAskedOn, type PeriodRule } from '../../app/domain/filing-period'
import { filingStanding } from '../../app/domain/filing-standing'

const TODAY = '2026-11-20'
const item = { id: 'a', always: false }
const given = (change: Partial<Answered>): Answered => ({ ...NOT_ANSWERED, ...change })

describe('an answer', () => {
  it('needs words unless it is 実施, and a day to come where something is to mend', () => {
    expect(faultOf(item, NOT_ANSWERED, TODAY)).toBe('unanswered')
    expect(faultOf(item, given({ answer: 'done' }), TODAY)).toBeNull()
    expect(faultOf(item, given({ answer: 'none' }), TODAY)).toBe('remarkMissing')
    expect(faultOf(item, given({ answer: 'none', remark: 'サーバーを持ちません' }), TODAY)).toBeNull()
    expect(faultOf({ id: 'a', always: true }, given({ answer: 'none', remark: 'ありません' }), TODAY)).toBe('alwaysApplies')
    expect(faultOf({ id: 'a', always: true }, given({ answer: 'done' }), TODAY)).toBeNull()
    for (const answer of ['partly', 'notDone'] as const) {
      expect(faultOf(item, given({ answer, remark: ' ' }), TODAY)).toBe('remarkMissing')
      expect(faultOf(item, given({ answer, remark: '予定' }), TODAY)).toBe('dayMissing')
      expect(faultOf(item, given({ answer, remark: '予定', improveBy: '2026-11-19' }), TODAY)).toBe('dayPast')
      expect(faultOf(item, given({ answer, remark: '予定', improveBy: TODAY }), TODAY)).toBeNull()
    }
  })

  it('is counted; what does not apply is not part of N', () => {
    const items = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, always: false }))
    const answers = new Map([['a', given({ answer: 'done' })], ['b', given({ answer: 'partly' })], ['c', given({ answer: 'none', remark: 'x' })], ['z', given({ answer: 'done' })]])
    expect(countAnswers(items, answers)).toEqual({ done: 1, partly: 1, notDone: 0, none: 1 })
    expect(applicable(countAnswers(items, answers))).toBe(2)
    expect(applicable({ done: 1, partly: 2, notDone: 4, none: 8 })).toBe(7)
    expect(faultsOf(items, answers, TODAY)).toEqual([{ itemId: 'b', fault: 'remarkMissing' }, { itemId: 'd', fault: 'unanswered' }, { itemId: 'e', fault: 'unanswered' }])
  })

  it('is compared with the one before, better or worse only where both can be', () => {
    expect([changeOf(null, 'done'), changeOf('done', 'done'), changeOf('partly', 'done'), changeOf('notDone', 'partly'), changeOf('done', 'notDone'), changeOf('none', 'done'), changeOf('done', 'none')]).toEqual(['new', 'same', 'better', 'better', 'worse', 'other', 'other'])
  })
})

describe('a filing', () => {
  it('may be changed until it is signed, and again when it has come back', () => {
    expect(filingStateOf(false, null)).toBe('none')
    expect(filingStateOf(true, null)).toBe('draft')
    expect((['none', 'draft', 'submitted', 'returned', 'accepted'] as const).map(mayEdit)).toEqual([true, true, false, true, false])
  })

  it('is decided by another than signed it, and sent back with reasons only', () => {
    const decide = (change: object, verdict: Parameters<typeof refusalToDecideFiling>[1] = { is: 'accept' }) => refusalToDecideFiling({ state: 'submitted', handedTo: 'operator', signedBy: 'b', ...change }, verdict, { accountId: 'a' })?.refused
    expect(decide({})).toBeUndefined()
    for (const state of ['none', 'draft', 'returned', 'accepted']) expect(decide({ state })).toBe('filingNotWaiting')
    expect(decide({ signedBy: 'a' })).toBe('filingIsYours')
    expect(decide({}, { is: 'return', reasons: [] })).toBe('filingReasons')
    expect(decide({}, { is: 'return', reasons: [{ itemId: 'a', words: ' ' }] })).toBe('filingReasons')
    expect(decide({ handedTo: 'file' })).toBe('filingNotWaiting')
    expect(decide({ handedTo: 'file' }, { is: 'return', reasons: [{ itemId: 'a', words: '写真が違います' }] })).toBeUndefined()
  })

  it('has files whose names are one line and compute nothing', () => {
    expect(attachmentName('か\u3099く\u3099\u795e\ufa19.pdf')).toBe('がぐ\u795e\ufa19.pdf')
    expect([attachmentName('C:\\docs\\台帳.pdf'), attachmentName('../../x.pdf'), attachmentName('=cmd|"x".pdf'), attachmentName('\u0000\n'), attachmentName('-+@SUM(A1).png'), attachmentName('a'.repeat(300)).length, attachmentName('台帳.pdf ')]).toEqual(['台帳.pdf', 'x.pdf', 'cmd|x.pdf', '添付', 'SUM(A1).png', 100, '台帳.pdf'])
  })

  it('of a unit is answered by its 保護管理者, and one of the office by the office', () => {
    const held = (role: ViewerRole['role'], scopeKind: ViewerRole['scopeKind'], scopeId: string, engagementId = `${role} ${scopeId}`) => ({ role, scopeKind, scopeId, engagementId }) as ViewerRole
    const answers = (answeredBy: AnsweredBy, roles: readonly ViewerRole[], subject: { companyId: string | null; unitId: string | null }, tiers: readonly string[] = []) => {
      const by = answererOf(answeredBy, roles, subject, tiers)
      return by && `${by.capacity}: ${by.engagementId}`
    }
    const [unit, company] = [{ companyId: null, unitId: 'S' }, { companyId: 'A', unitId: null }]
    expect(answers('protectionManager', [held('protectionManager', 'unit', 'T'), held('protectionManager', 'unit', 'S')], unit)).toBe('protectionManager: protectionManager S')
    for (const role of [held('protectionManager', 'unit', 'T'), held('protectionManager', 'company', 'S'), held('unitHead', 'unit', 'S'), held('chief', 'all', ''), held('hr', 'all', '')]) expect(answers('protectionManager', [role], unit), `${role.role} ${role.scopeId}`).toBeUndefined()
    const [hr, chief] = [held('hr', 'all', ''), held('chief', 'all', '')]
    expect([[chief, hr], [hr], [chief], [held('auditLead', 'all', '')], [held('companyContact', 'company', 'A')]].map((roles) => answers('operator', roles, company))).toEqual(['hr: hr ', 'hr: hr ', 'chief: chief ', undefined, undefined])
  })

  it('of a company is answered by a 個人受託者 in person, by its own 会社側担当者, or for a lower tier in reach by that of the company above', () => {
    const held = (role: ViewerRole['role'], scopeId: string) => ({ role, scopeKind: 'company', scopeId, engagementId: `${role} ${scopeId}` }) as ViewerRole
    const answers = (roles: readonly ViewerRole[], companyId: string | null, tiers: readonly string[]) => answererOf('company', roles, { companyId, unitId: null }, tiers)?.engagementId
    const [a, b, sole] = [held('companyContact', 'A'), held('companyContact', 'B'), held('soleContractor', 'I')]
    expect([answers([sole], 'I', ['I']), answers([a, sole], 'I', ['I', 'A']), answers([a, b], 'B', ['B', 'A'])]).toEqual(['soleContractor I', 'soleContractor I', 'companyContact B'])
    expect(answererOf('company', [sole], { companyId: 'I', unitId: null }, ['I'])?.capacity).toBe('soleContractor')
    // of two companies: in the name of the one above, the nearest first
    expect([answers([a, b], 'below', ['below', 'B']), answers([b, a], 'below', ['below', 'A']), answers([a, b], 'below', ['below', 'B', 'A']), answers([a, b], 'below', ['below', 'A', 'B'])]).toEqual(['companyContact B', 'companyContact A', 'companyContact B', 'companyContact A'])
    // what lies below: by the contact, not by whoever else holds a role
    expect([answers([sole, a], 'below', ['below', 'A']), answers([sole], 'below', ['below', 'I']), answers([held('protectionManager', 'A')], 'A', ['A'])]).toEqual(['companyContact A', undefined, undefined])
    expect([answers([a], 'C', ['C']), answers([sole], 'A', ['A']), answers([a], null, []), answers([], 'A', ['A'])]).toEqual([undefined, undefined, undefined, undefined])
  })
})

const calendar = { fiscalYearStart: 4, holidays: new Set(['2026-11-23']) }
const month: PeriodRule = { every: 'month' }
const year: PeriodRule = { every: 'fiscalYear', opens: '05-01', due: '06-30' }
const end: PeriodRule = { every: 'end', opensDaysBefore: 20, dueBusinessDays: 10 }
const inForce = '2020-04-01'
const always = { since: '2020-04-01', until: '9999-12-31', inForce }

describe('a period', () => {
  it('has words, bounds and one before', () => {
    expect(['FY2026', '2026-01', 'end'].map(filingPeriodWords)).toEqual(['2026年度', '2026年1月', '終了時'])
    expect([periodOf(year, '2026-03-31', calendar), periodOf(month, TODAY, calendar), periodOf(end, TODAY, calendar)]).toEqual(['FY2025', '2026-11', 'end'])
    expect([periodBefore('FY2026'), periodBefore('2026-01'), periodBefore('2026-12'), periodBefore('end')]).toEqual(['FY2025', '2025-12', '2026-11', null])
    expect(boundsOf(month, '2026-12', calendar)).toEqual({ since: '2026-12-01', until: '2027-01-01' })
    expect([boundsOf(year, 'FY2026', calendar), boundsOf(end, 'end', calendar)]).toEqual([{ since: '2026-04-01', until: '2027-04-01' }, { since: '0001-01-01', until: '9999-12-31' }])
    for (const bad of ['FY26', '2026-13', 'FY2026', 'x', 'end']) expect(boundsOf(month, bad, calendar)).toBeUndefined()
    for (const bad of ['FY26', '2026-11', 'end']) expect(boundsOf(year, bad, calendar), bad).toBeUndefined()
    for (const bad of ['FY2026', '2026-11', '']) expect(boundsOf(end, bad, calendar), bad).toBeUndefined()
    expect(termOf(year, '2026-11', always, calendar)).toBeUndefined()
    expect([periodsBack(month, '2026-02-03', 3, calendar), periodsBack(end, TODAY, 3, calendar)]).toEqual([['2026-02', '2026-01', '2025-12'], ['end']])
  })

  it('is due on the last 営業日 of a month, or on a day of the year that rolls forward', () => {
    expect(termOf(month, '2026-11', always, calendar)).toEqual({ period: '2026-11', opensOn: '2026-11-01', dueOn: '2026-11-30' })
    expect(termOf(month, '2026-10', always, calendar)!.dueOn).toBe('2026-10-30')
    expect(termOf(year, 'FY2026', always, calendar)).toEqual({ period: 'FY2026', opensOn: '2026-05-01', dueOn: '2026-06-30' })
    expect(termOf({ ...year, opens: '01-10', due: '02-31' }, 'FY2026', always, calendar)).toEqual({ period: 'FY2026', opensOn: '2027-01-10', dueOn: '2027-03-01' })
  })

  it('gives whoever begins late ten 営業日, and asks nothing of whoever was not there', () => {
    expect(termOf(month, '2026-11', { since: '2026-11-20', until: '9999-12-31', inForce }, calendar)).toEqual({ period: '2026-11', opensOn: '2026-11-20', dueOn: '2026-12-07' })
    expect(termOf(year, 'FY2026', { since: '2026-09-01', until: '9999-12-31', inForce }, calendar)!.dueOn).toBe('2026-09-15')
    expect(termOf(year, 'FY2026', { since: '2026-05-07', until: '9999-12-31', inForce }, calendar)).toEqual({ period: 'FY2026', opensOn: '2026-05-07', dueOn: '2026-06-30' })
    const short = (since: string) => termOf({ ...year, due: '05-08' }, 'FY2026', { since, until: '9999-12-31', inForce }, calendar)!
    expect(['2026-04-01', '2026-04-28', '2026-05-01', '2026-05-02'].map((since) => `${short(since).opensOn} ${short(since).dueOn}`)).toEqual(['2026-05-01 2026-05-08', '2026-05-01 2026-05-12', '2026-05-01 2026-05-15', '2026-05-02 2026-05-15'])
    expect(termOf({ ...year, opens: '04-01', due: '04-07' }, 'FY2026', { since: '2026-04-01', until: '9999-12-31', inForce }, calendar)!.dueOn).toBe('2026-04-07')
    expect(termOf(month, '2026-11', { since: '2026-12-01', until: '9999-12-31', inForce }, calendar)).toBeUndefined()
    expect(termOf(month, '2026-11', { since: '2020-04-01', until: '2026-11-01', inForce }, calendar)).toBeUndefined()
  })

  it('opens before the end of a contract, and is due after it', () => {
    expect(termOf(end, 'end', always, calendar)).toBeUndefined()
    expect(termOf(end, 'end', { since: '2024-04-01', until: '2026-12-01', inForce }, calendar)).toEqual({ period: 'end', opensOn: '2026-11-10', dueOn: '2026-12-14' })
  })

  it('is nobody’s to do when it was due before the form was in force, and gives ten 営業日 to whoever gets it late', () => {
    const late = (day: string, life = {}) => ({ ...always, ...life, inForce: day })
    expect(termOf(year, 'FY2026', late('2026-07-01'), calendar)).toBeUndefined()
    expect(termOf(year, 'FY2026', late('2026-06-30'), calendar)).toEqual({ period: 'FY2026', opensOn: '2026-06-30', dueOn: '2026-07-14' })
    expect(termOf(year, 'FY2026', late('2026-05-01'), calendar)).toEqual({ period: 'FY2026', opensOn: '2026-05-01', dueOn: '2026-06-30' })
    expect(termOf(year, 'FY2026', late('2026-05-11'), calendar)).toEqual({ period: 'FY2026', opensOn: '2026-05-11', dueOn: '2026-06-30' })
    expect(termOf({ ...year, due: '05-08' }, 'FY2026', late('2026-05-01'), calendar)!.dueOn).toBe('2026-05-08')
    expect(termsAskedOn(month, late(TODAY), TODAY, calendar)).toEqual([{ period: '2026-11', opensOn: TODAY, dueOn: '2026-12-07' }])
    expect(termOf(year, 'FY2026', late(TODAY, { since: '2026-11-25' }), calendar)!.dueOn).toBe('2026-12-09')
    expect(termOf(end, 'end', late('2026-12-15', { until: '2026-12-01' }), calendar)).toBeUndefined()
    expect([isAsked(year, 'FY2026', TODAY, calendar), isAsked(year, 'FY2027', TODAY, calendar), isAsked(end, 'end', TODAY, calendar)]).toEqual([false, true, true])
  })

  it('is asked for while it runs; of months also the one before', () => {
    expect(termsAskedOn(month, always, TODAY, calendar).map(({ period }) => period)).toEqual(['2026-11', '2026-10'])
    expect(termsAskedOn(month, { since: '2026-11-05', until: '9999-12-31', inForce }, TODAY, calendar).map(({ period }) => period)).toEqual(['2026-11'])
    expect(termsAskedOn(year, always, TODAY, calendar).map(({ period }) => period)).toEqual(['FY2026'])
    expect(termsAskedOn(year, always, '2026-04-30', calendar)).toEqual([])
    expect(termsAskedOn(end, { since: '2024-04-01', until: '2026-12-20', inForce }, TODAY, calendar)).toEqual([])
    expect(termsAskedOn(end, { since: '2024-04-01', until: '2026-12-01', inForce }, TODAY, calendar)).toHaveLength(1)
  })
})

it('stands as mark and words', () => {
  const standing = (change: object) => filingStanding({ state: 'none', handedTo: 'operator', opensOn: '2026-11-01', dueOn: '2026-11-30', submittedAt: null, ...change }, TODAY)
  expect(standing({})).toEqual({ mark: 'todo', words: '未着手' })
  expect([standing({ handedTo: 'file' }), standing({ opensOn: TODAY })]).toEqual([{ mark: 'todo', words: '未着手' }, { mark: 'todo', words: '未着手' }])
  expect(standing({ state: 'draft' })).toEqual({ mark: 'doing', words: '記入中' })
  expect(standing({ opensOn: '2026-12-01', dueOn: '2026-12-28' })).toEqual({ mark: 'todo', words: '予定' })
  expect(standing({ state: 'draft', dueOn: '2026-11-27' })).toEqual({ mark: 'soon', words: 'あと7日' })
  expect(standing({ dueOn: TODAY })).toEqual({ mark: 'soon', words: '今日まで' })
  expect(standing({ dueOn: '2026-11-18' })).toEqual({ mark: 'late', words: '期限超過 2日' })
  expect(standing({ state: 'returned', dueOn: '2026-11-18' })).toEqual({ mark: 'fail', words: '差し戻し' })
  expect(standing({ state: 'submitted', submittedAt: startOf('2026-11-19') })).toEqual({ mark: 'wait', words: '確認待ち' })
  expect(standing({ state: 'submitted', handedTo: 'file', submittedAt: startOf('2026-11-30') })).toEqual({ mark: 'done', words: '提出済み' })
  expect(standing({ state: 'accepted', submittedAt: startOf('2026-12-01') })).toEqual({ mark: 'donelate', words: '受理済み(期限後)' })
})
