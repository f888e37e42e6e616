import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, OPEN_DAY } from '../../app/domain/calendar'
import type { BadReason } from '../../app/domain/csv'
import { companyKindsFor, COMPANY_KINDS, ENGAGEMENT_KINDS, UNDER_18_OPEN, type Category, type CompanyKind, type EngagementKind } from '../../app/domain/people'
import { readRoster, type RosterRow } from '../../app/domain/roster'
import { decideRoster, type RosterInput } from '../../app/domain/roster-diff'
import { readCompanies } from '../../app/domain/roster-companies'
import { decideLeave } from '../../app/domain/roster-leave'
import { readUnits } from '../../app/domain/roster-units'
import type { VersionAttrs } from '../../app/domain/roster-attributes'
import type { Register, StoredCompany, StoredEngagement } from '../../app/domain/roster-state'
import { rosterCells, rosterText } from '../support/roster'

const TODAY = '2026-11-20'
const attrs = (given: Partial<VersionAttrs> = {}): VersionAttrs => ({ kind: 'regular', name: '髙橋 美咲', kana: 'タカハシ ミサキ', mail: '', unitCode: '', supervisor: '', under18Until: '', ...given })
const engagement = (given: Partial<StoredEngagement> & { from?: string; to?: string; attrs?: Partial<VersionAttrs>; categories?: Category[] } = {}): StoredEngagement => {
  const [from, to] = [given.from ?? '2024-04-01', given.to ?? OPEN_DAY]
  return {
    id: 'e1', personId: 'p1', number: '000412', sequence: 1, companyCode: '', versions: [{ id: 'v1', from, to, attrs: attrs(given.attrs) }],
    scopes: new Map((given.categories ?? []).map((category) => [category, [{ id: `s-${category}`, from, to, attrs: null }]])), leaves: [], ...given,
  }
}
const company = (code: string, kind: CompanyKind, names = false): StoredCompany => ({ id: `c-${code}`, code, versions: [{ id: `cv-${code}`, from: '2020-04-01', to: OPEN_DAY, attrs: { name: `会社${code}`, kind, parentCode: '' } }], entrustments: kind === 'own' ? [] : [{ id: `en-${code}`, contractNumber: '', versions: [{ id: `ev-${code}`, from: '2020-04-01', to: OPEN_DAY, attrs: { namesAllowed: names, contactNumber: '' } }] }] })
const COMPANIES = [company('', 'own'), ...(['agency', 'contractor', 'subcontractor', 'salesAgency', 'sole'] as const).map((kind) => company(kind, kind))]
const register = (...engagements: StoredEngagement[]): Register => {
  const byNumber = new Map<string, StoredEngagement[]>()
  for (const one of engagements) byNumber.set(one.number, [...(byNumber.get(one.number) ?? []), one])
  return { engagements: byNumber, companies: new Map(COMPANIES.map((one) => [one.code, one])), units: new Map(), appointments: [], officeRoles: new Map() }
}
const decide = (rows: Partial<RosterRow>[], known: Register = register(engagement()), more: Partial<RosterInput> = {}) =>
  decideRoster({ roster: rows.map((row, at) => ({ line: at + 2, number: '000412', ...row })), companies: [], units: [], ending: [], scope: null, today: TODAY, ...more }, known)
const badOf = (decision: { bad: { column: string; reason: BadReason }[] }) => decision.bad.map(({ column, reason }) => `${column} ${reason}`)

describe('reading a roster', () => {
  const bad = (cells: Partial<ReturnType<typeof rosterCells>>) => readRoster(rosterText([{ ...rosterCells(50), ...cells }])).bad.map(({ line, column, value, reason }) => [line, column, value, reason])

  it('names each wrong cell with line, column, value and reason', () => {
    expect(bad({})).toEqual([])
    for (const [column, value, reason] of [
      ['従事者番号', '', 'required'], ['雇用形態', '派遣', 'word'], ['雇用形態', '', 'required'], ['在籍開始日', '', 'required'], ['在籍開始日', '2026/2/30', 'day'], ['在籍終了日', '2026-1-1', 'day'], ['在籍終了日', '1999-01-01', 'endBeforeStart'],
      ['取扱区分', '通信の秘密・秘密', 'category'], ['フリガナ', '123456789012', 'notKana'], ['フリガナ', '髙橋', 'notKana'], ['フリガナ', 'ﾀｶﾊｼ2', 'notKana'], ['18歳未満', 'いいえ', 'word'], ['18歳未満', '2026-13-01', 'word'], ['メール', 'a b@c', 'badMail'], ['メール', 'ab', 'badMail'], ['上長番号', '000051', 'ownSupervisor'], ['所属コード', '未配置', 'reservedUnit'],
      ['従事者番号', '1'.repeat(65), 'tooLong'], ['従事者番号', 'chief@demo.example', 'numberLikeMail'], ['従事者番号', 'a＠b', 'numberLikeMail'], ['氏名', '長'.repeat(121), 'tooLong'], ['フリガナ', '〓\uFFFD', 'lostCharacter'],
    ] as const) expect(bad({ [column]: value }).map(([, at, , why]) => [at, why]), `${column} ${value}`).toContainEqual([column, reason])
    expect(bad({ 所属コード: '' })).toEqual([[2, '所属名', '第11部', 'unitNameWithoutCode']])
    for (const kind of ['委託先従業者', '個人受託者']) expect(bad({ 雇用形態: kind })).toEqual([[2, '上長番号', '000011', 'supervisorOnContractor']])
    expect(bad({ 氏名: '123456789018' })).toEqual([[2, '氏名', '', 'myNumber']])
  })

  it('names all of them at once, and both of two same numbers', () => {
    const rows = [rosterCells(0), { ...rosterCells(1), 雇用形態: '派遣' }, { ...rosterCells(2), 在籍終了日: '2026/2/30', 氏名: '=1' }, rosterCells(0)]
    expect(readRoster(rosterText(rows)).bad.map(({ line, column, hint }) => [line, column, hint.split('、').length > 3 ? '' : hint])).toEqual([[3, '雇用形態', '派遣社員'], [4, '氏名', ''], [4, '在籍終了日', ''], [2, '従事者番号', '5'], [5, '従事者番号', '2']])
  })

  it('takes columns in any order, both ways to write days, and every word', () => {
    const { rows, bad: none } = readRoster('18歳未満,在籍開始日,従事者番号,取扱区分,雇用形態\r\nはい,2026/4/1, 007 ,個人情報･通信の秘密,監査役\r\n2027-03-31,2026-04-01,008,,アルバイト\r\n')
    expect(none).toEqual([])
    expect(rows[0]).toMatchObject({ number: '007', start: '2026-04-01', kind: 'auditOfficer', under18Until: UNDER_18_OPEN, categories: ['communicationsSecrecy', 'personalInfo'], name: undefined, end: undefined, unitCode: undefined })
    expect(rows[1]).toMatchObject({ under18Until: '2027-03-31', categories: [] })
    for (const [kind, word] of Object.entries(ENGAGEMENT_KINDS)) expect(readRoster(`従事者番号,雇用形態\n1,${word}`).rows[0]?.kind).toBe(kind)
  })
})

describe('who may be employed by whom', () => {
  it('follows the kind of the company for every pair', () => {
    for (const kind of Object.keys(ENGAGEMENT_KINDS) as EngagementKind[])
      for (const companyKind of Object.keys(COMPANY_KINDS) as CompanyKind[]) {
        const code = companyKind === 'own' ? '' : companyKind
        const decision = decide([{ number: 'N1', name: '新 人', kind, start: TODAY, companyCode: code }], register())
        const expected = companyKindsFor(kind).includes(companyKind) ? [] : [`会社コード ${kind === 'soleContractor' && code === '' ? 'soleNeedsCompany' : 'kindCompany'}`]
        expect(badOf(decision), `${kind} at ${companyKind}`).toEqual(expected)
      }
    expect(badOf(decide([{ number: 'N1', name: '新 人', kind: 'dispatched', start: TODAY, companyCode: 'X' }]))).toEqual(['会社コード unknownCompany'])
  })
})

describe('comparing with the register', () => {
  it('keeps what has no column and clears what is empty', () => {
    const known = register(engagement({ attrs: { mail: 'a@b.jp', supervisor: '' }, categories: ['personalInfo'], to: '2027-04-01' }))
    expect(decide([{}], known)).toMatchObject({ people: [], unchanged: 1, bad: [] })
    const [change] = decide([{ mail: '', kana: '', categories: [], end: '' }], known).people
    expect(change!.fields).toEqual([{ column: 'フリガナ', was: 'タカハシ ミサキ', is: '' }, { column: 'メール', was: 'a@b.jp', is: '' }, { column: '在籍終了日', was: '2027-03-31', is: '' }, { column: '取扱区分', was: '個人情報', is: '' }])
    expect(change!.plans[0]!.versions.insert).toEqual([{ from: '2024-04-01', to: TODAY, attrs: attrs({ mail: 'a@b.jp' }) }, { from: TODAY, to: OPEN_DAY, attrs: attrs({ kana: '' }) }])
    expect(change!.plans[0]!.scopes.get('personalInfo')!.insert).toEqual([{ from: '2024-04-01', to: TODAY, attrs: null }])
  })

  it('changes from today, from the start before it, and corrects days without a new version', () => {
    const versions = (known: StoredEngagement, row: Partial<RosterRow>) => decide([row], register(known)).people[0]!.plans[0]!.versions.insert.map(({ from, to, attrs: { name } }) => [from, to, name])
    expect(versions(engagement(), { name: '三浦 美咲' })).toEqual([['2024-04-01', TODAY, '髙橋 美咲'], [TODAY, OPEN_DAY, '三浦 美咲']])
    expect(versions(engagement({ from: '2026-12-01' }), { name: '三浦 美咲' })).toEqual([['2026-12-01', OPEN_DAY, '三浦 美咲']])
    expect(versions(engagement({ from: TODAY }), { name: '三浦 美咲' })).toEqual([[TODAY, OPEN_DAY, '三浦 美咲']])
    expect(versions(engagement(), { start: '2024-05-01', end: '2026-12-31' })).toEqual([['2024-05-01', '2027-01-01', '髙橋 美咲']])
    expect(versions(engagement({ to: '2026-10-01' }), { name: '三浦 美咲' })).toEqual([['2024-04-01', '2026-10-01', '三浦 美咲']])
    expect(decide([{ kind: 'commissioned' }]).people[0]).toMatchObject({ outcome: 'changed', plans: [{ id: 'e1', sequence: 1 }] })
  })

  it('takes a start after the end as coming again, and another employer as a new engagement', () => {
    const left = engagement({ to: '2026-04-01' })
    expect(decide([{ start: '2026-04-01' }], register(left)).people[0]).toMatchObject({ outcome: 'rehired', plans: [{ id: null, personId: 'p1', sequence: 2, versions: { insert: [{ from: '2026-04-01', to: OPEN_DAY }] } }] })
    expect(decide([{ start: '2026-03-31', end: '2026-05-31' }], register(left)).people[0]).toMatchObject({ outcome: 'changed' })
    const moved = decide([{ companyCode: 'contractor', kind: 'contractorWorker', start: '2026-12-01' }], register(engagement({ categories: ['personalInfo'] })))
    expect(moved.people[0]).toMatchObject({ outcome: 'moved', plans: [{ id: 'e1', versions: { insert: [{ to: '2026-12-01' }] } }, { id: null, personId: 'p1', sequence: 2, companyCode: 'contractor', versions: { insert: [{ from: '2026-12-01' }] } }] })
    expect(moved.people[0]!.plans[0]!.scopes.get('personalInfo')!.insert).toEqual([{ from: '2024-04-01', to: '2026-12-01', attrs: null }])
    expect(badOf(decide([{ companyCode: 'contractor', kind: 'contractorWorker', start: '2024-04-01' }]))).toEqual(['在籍開始日 startOfNewCompany'])
    expect(badOf(decide([{ start: '2025-12-01' }], register(engagement({ to: '2026-01-01' }), engagement({ id: 'e2', sequence: 2, from: '2026-06-01' }))))).toEqual(['在籍開始日 startBeforeLastEnd'])
  })

  it('begins with somebody new where every registration of a number was undone, and uses an undone return again', () => {
    const row = { name: '髙橋 美咲', kind: 'regular' as const, start: TODAY }
    expect(decide([row], register(engagement({ versions: [] }))).people[0]).toMatchObject({ outcome: 'new', plans: [{ id: null, personId: null, sequence: 2 }] })
    const after = [engagement({ versions: [] }), engagement({ id: 'e2', personId: 'p2', sequence: 2, to: '2026-04-01' }), engagement({ id: 'e3', personId: 'p2', sequence: 3, versions: [] })] as const
    expect(decide([row], register(...after)).people[0]).toMatchObject({ outcome: 'rehired', plans: [{ id: 'e3', personId: 'p2', sequence: 3 }] })
    expect(decide([row], register(...after.slice(0, 2))).people[0]).toMatchObject({ outcome: 'rehired', plans: [{ id: null, personId: 'p2', sequence: 3 }] })
  })

  it('refuses what can not be', () => {
    expect(badOf(decide([{ number: 'N1' }]))).toEqual(['氏名 requiredForNew', '雇用形態 requiredForNew', '在籍開始日 requiredForNew'])
    expect(badOf(decide([{ name: '?橋 美咲' }]))).toEqual(['氏名 damagedName'])
    expect(badOf(decide([{ name: '' }]))).toEqual(['氏名 required'])
    expect(badOf(decide([{ supervisor: '999' }]))).toEqual(['上長番号 unknownSupervisor'])
    expect(badOf(decide([{ end: '2024-03-31' }]))).toEqual(['在籍終了日 endBeforeStart'])
    expect(badOf(decide([{ unitCode: 'D1', unitName: 'い部' }, { number: 'N1', name: '新 人', kind: 'regular', start: TODAY, unitCode: 'D1', unitName: 'ろ部' }]))).toEqual(['所属名 unitNameConflict'])
    expect(badOf(decide([], register(engagement()), { expect: 'new', ending: [{ number: 'X', lastDay: TODAY }] }))).toEqual(['従事者番号 notMissing'])
    expect(badOf(decide([{ name: '別 人' }], register(engagement()), { expect: 'new' }))).toEqual(['従事者番号 numberTaken'])
    expect(badOf(decide([{ number: 'N1', name: '別 人', kind: 'regular', start: TODAY }], register(engagement()), { expect: 'known' }))).toEqual(['従事者番号 unknownNumber'])
  })

  it('lists who is missing in scope without ending anybody, and ends whom HR names', () => {
    const known = register(engagement(), engagement({ id: 'e2', number: '2', to: '2026-11-20' }), engagement({ id: 'e3', number: '3', from: '2027-01-01' }), engagement({ id: 'e4', number: '4', companyCode: 'agency', attrs: { kind: 'dispatched' } }))
    const row = { number: 'N1', name: '新 人', kind: 'regular' as const, start: TODAY, companyCode: '' }
    expect(decide([row], known).missing.map(({ number }) => number)).toEqual(['000412', '3'])
    expect(decide([row], known, { scope: 'agency' }).missing.map(({ number }) => number)).toEqual(['4'])
    const ended = decide([row], known, { ending: [{ number: '000412', lastDay: '2026-11-30' }] })
    expect(ended.people.map(({ number, ends }) => [number, ends])).toEqual([['N1', false], ['000412', true]])
    expect(ended.people[1]!.plans[0]!.versions.insert).toMatchObject([{ to: '2026-12-01' }])
  })

  it('keeps what the operator does not see of people shown by number only', () => {
    const hidden = register(engagement({ companyCode: 'contractor', attrs: { kind: 'contractorWorker', mail: 'a@b.jp' } }))
    expect(decide([{ name: '', kana: '', mail: '', companyCode: 'contractor' }], hidden)).toMatchObject({ unchanged: 1, bad: [] })
    const open: Register = { ...hidden, companies: new Map([...hidden.companies, ['contractor', company('contractor', 'contractor', true)]]) }
    expect(badOf(decide([{ name: '', companyCode: 'contractor' }], open))).toEqual(['氏名 required'])
    for (const name of ['?橋 美咲', '渡? 修', '〓']) expect(badOf(decide([{ name, kana: undefined, mail: undefined, companyCode: 'contractor' }], hidden)), name).toEqual(['氏名 damagedName'])
  })

  it('finds nothing to change right after a change', () => {
    const day = fc.integer({ min: -900, max: 900 }).map((offset) => addDays(TODAY, offset))
    const row = fc.record({ name: fc.constantFrom('髙橋', '高橋', '𠮷田'), kind: fc.constantFrom('regular' as const, 'commissioned' as const), start: day, days: fc.integer({ min: 0, max: 800 }), open: fc.boolean(), categories: fc.subarray<Category>(['communicationsSecrecy', 'specifiedUserInfo', 'personalInfo']) })
    fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
      let known = register()
      for (const { open, days, ...given } of rows) {
        const wanted = { ...given, kana: '', mail: '', companyCode: '', unitCode: '', supervisor: '', under18Until: '' as const, end: open ? ('' as const) : addDays(given.start, days) }
        const decision = decide([wanted], known)
        if (decision.bad.length > 0) continue
        const change = decision.people[0]
        if (change) {
          const held = [...(known.engagements.get('000412') ?? [])]
          for (const plan of change.plans) {
            const at = held.findIndex(({ sequence }) => sequence === plan.sequence)
            const after: StoredEngagement = { id: `e${plan.sequence}`, personId: 'p1', number: plan.number, sequence: plan.sequence, companyCode: plan.companyCode, versions: plan.after.versions.map((one, n) => ({ ...one, id: `v${n}` })), scopes: new Map([...plan.after.scopes].map(([category, segments]) => [category, [...segments]])), leaves: [] }
            if (at >= 0) held[at] = after
            else held.push(after)
          }
          known = register(...held)
        }
        expect(decide([wanted], known)).toMatchObject({ bad: [], people: [], unchanged: 1 })
        for (const { versions } of known.engagements.get('000412')!) versions.forEach((one, at) => at > 0 && expect(versions[at - 1]!.to).toBe(one.from))
      }
    }))
  })
})

describe('leave', () => {
  it('is recorded, corrected and taken back, within the engagement and without overlap', () => {
    const known = engagement({ leaves: [{ id: 'l1', from: '2026-10-01', to: '2026-12-01', attrs: 'leave' }] })
    const reasons = (edit: Parameters<typeof decideLeave>[0]) => { const answer = decideLeave(edit, known, TODAY); return Array.isArray(answer) ? answer.map(({ reason }) => reason) : answer?.plans[0]!.leaves }
    const is = (from: string, lastDay: string) => ({ from, lastDay, reason: 'leave' })
    expect(reasons({ number: '1', was: null, is: is('2026-12-01', '') })).toEqual({ supersede: [], insert: [{ from: '2026-12-01', to: OPEN_DAY, attrs: 'leave' }] })
    expect(reasons({ number: '1', was: '2026-10-01', is: is('2026-10-01', '2026-12-31') })).toMatchObject({ supersede: [{ id: 'l1' }], insert: [{ to: '2027-01-01' }] })
    expect(reasons({ number: '1', was: '2026-10-01', is: null })).toMatchObject({ supersede: [{ id: 'l1' }], insert: [] })
    expect(reasons({ number: '1', was: null, is: is('2026-11-30', '2027-01-01') })).toEqual(['leaveOverlap'])
    expect(reasons({ number: '1', was: null, is: is('2020-01-01', '2020-02-01') })).toEqual(['leaveOutside'])
    expect(reasons({ number: '1', was: null, is: is('2027-01-02', '2027-01-01') })).toEqual(['endBeforeStart'])
  })
})

describe('companies and units', () => {
  const files = (companies: string, units = '', people: Partial<RosterRow>[] = [], known = register()) => {
    const [read, readUnit] = [readCompanies(`会社コード,会社名,種別,親会社コード,契約番号,契約開始日,契約終了日,責任者番号,氏名表示\n${companies}`), readUnits(`所属コード,所属名,上位所属コード,所属長番号,有効開始日\n${units}`)]
    const decision = decide(people, known, { companies: companies ? read.rows : [], units: units ? readUnit.rows : [] })
    return { ...decision, bad: [...(companies ? read.bad : []), ...(units ? readUnit.bad : []), ...decision.bad] }
  }
  it('refuse what can not be', () => {
    for (const [companies, reason] of [
      ['K1,会社,委託,,,,,,', '種別 word'], ['K1,,委託先,,,,,,', '会社名 required'], ['K1,会社,再委託先,,,,,,', '親会社コード needsParent'], ['K1,会社,再委託先,K9,,,,,', '親会社コード unknownParent'], ['K1,会社,委託先,K1,,,,,', '親会社コード ownParent'],
      ['K1,甲,委託先,K2,,,,,\nK2,乙,委託先,K1,,,,,', '親会社コード loop'], ['K1,甲,委託先,,A,,,,\nK1,乙,委託先,,B,,,,', '会社名 companyConflict'], ['K1,甲,委託先,,A,,,,\nK1,甲,委託先,,A,,,,', '契約番号 duplicateContract'],
      ['K1,甲,委託先,,A,2026-04-01,2026-03-31,,', '契約終了日 endBeforeStart'], ['K1,甲,委託先,,A,2026-4-31,,,', '契約開始日 day'], ['K1,甲,委託先,,A,,,X,', '責任者番号 unknownContact'], ['K1,甲,委託先,,A,,,000412,', '責任者番号 contactElsewhere'],
      ['K1,甲,委託先,,A,,,,はい', '氏名表示 word'], ['agency,甲,委託先,,A,,,,', '種別 kindChange'],
    ] as const) expect(badOf(files(companies, '', [], register(engagement()))), companies).toContain(reason)
    for (const [units, reason] of [['U1,,,,', '所属名 required'], ['U1,部,U9,,', '上位所属コード unknownParent'], ['U1,い,U2,,\nU2,ろ,U1,,', '上位所属コード loop'], ['U1,部,,X,', '所属長番号 unknownHead'], ['U1,い,,,2026-04-01\nU1,ろ,,,2026-04-01', '有効開始日 duplicateUnit'], ['未配置,部,,,', '所属コード reservedUnit'], ['U1,部,,,2026-02-30', '有効開始日 day']] as const)
      expect(badOf(files('', units)), units).toContain(reason)
  })
  it('bring contracts, contacts, heads and units under 未配置', () => {
    const people = [{ number: 'M1', name: '委託 責任者', kind: 'contractorWorker' as const, companyCode: 'K1', start: '2025-04-01', unitCode: '' }, { number: '1', name: '部 長', kind: 'regular' as const, companyCode: '', start: '2020-04-01', unitCode: 'U1' }, { number: '2', name: '部 員', kind: 'regular' as const, companyCode: '', start: '2020-04-01', unitCode: 'U9', unitName: '名だけの部' }]
    const decision = files('K1,甲,委託先,,A,2024-04-01,2027-03-31,M1,可', 'U1,部,,1,2015-04-01', people)
    expect(decision.bad).toEqual([])
    expect(decision.companies[0]!.entrustments[0]!.versions.insert).toEqual([{ from: '2024-04-01', to: '2027-04-01', attrs: { namesAllowed: true, contactNumber: 'M1' } }])
    expect(decision.appointments.map(({ role, scopeCode, open, on }) => [role, scopeCode, open, on])).toEqual([['unitHead', 'U1', '1', '2020-04-01'], ['companyContact', 'K1', 'M1', '2025-04-01']])
    expect(decision.units.map(({ code, versions }) => [code, versions.insert[0]!.from, versions.insert[0]!.attrs.parentCode])).toEqual([['U1', '2015-04-01', ''], ['未配置', '1900-01-01', ''], ['U9', '2020-04-01', '未配置']])
  })
})
