import { describe, expect, it } from 'vitest'
import { OPEN_DAY } from '../../app/domain/calendar'
import { badCellWords } from '../../app/domain/bad-cell-words'
import type { Role } from '../../app/domain/people'
import { decideRoster, type RosterDecision, type RosterInput } from '../../app/domain/roster-diff'
import { readRoster } from '../../app/domain/roster'
import { readCompanies } from '../../app/domain/roster-companies'
import { reportOf } from '../../app/domain/roster-report'
import type { Register, StoredCompany, StoredEngagement } from '../../app/domain/roster-state'
import { rosterText, type RosterCells } from '../support/roster'

const TODAY = '2026-11-20'
const company = (code: string, kind: 'own' | 'contractor'): StoredCompany => ({ id: `c${code}`, code, versions: [{ id: `v${code}`, from: '2020-04-01', to: OPEN_DAY, attrs: { name: `会社${code}`, kind, parentCode: '' } }], entrustments: [] })
const engagement = (number: string, name = '佐藤 健'): StoredEngagement => ({
  id: `e${number}`, personId: `p${number}`, number, sequence: 1, companyCode: '', scopes: new Map(), leaves: [],
  versions: [{ id: `v${number}`, from: '2024-04-01', to: OPEN_DAY, attrs: { kind: 'regular', name, kana: '', mail: '', unitCode: '', supervisor: '', under18Until: '' } }],
})
const register = (numbers: readonly string[], officeRoles: readonly (readonly [string, Role[]])[] = []): Register => ({
  engagements: new Map(numbers.map((number) => [number, [engagement(number)]])), companies: new Map([company('', 'own'), company('C01', 'contractor')].map((one) => [one.code, one])), units: new Map(), appointments: [], officeRoles: new Map(officeRoles),
})
const row = (number: string, more: RosterCells = {}): RosterCells => ({ 従事者番号: number, 氏名: '新 人', フリガナ: 'シン ジン', 雇用形態: '正社員', 在籍開始日: '2026-11-02', ...more })
const compare = (rows: readonly RosterCells[], known: readonly string[] = ['000412'], more: Partial<RosterInput> = {}, officeRoles: readonly (readonly [string, Role[]])[] = []) => {
  const read = readRoster(rosterText(rows))
  const decision = decideRoster({ roster: read.rows, companies: [], units: [], ending: [], scope: null, today: TODAY, ...more }, register(known, officeRoles))
  return { decision, bad: [...read.bad, ...decision.bad] }
}
const namedIn = (rows: readonly RosterCells[], ...rest: [known?: readonly string[], more?: Partial<RosterInput>, officeRoles?: readonly (readonly [string, Role[]])[]]) =>
  compare(rows, ...rest).bad.map(({ line, column, reason }) => `${line} ${column} ${reason}`).sort()
const reportOfDecision = (decision: RosterDecision, bad: Parameters<typeof reportOf>[0]['bad'], lines: number) =>
  reportOf({ decision, bad, planned: { created: [], reopened: [], withdrawn: [], ended: [], rescheduled: [] }, fileName: '', encoding: 'utf-8', lines, columns: 13, now: 0 })

describe('a file with wrong rows', () => {
  it('has everything named in one round, also what only the register can tell of a row that is wrong already', () => {
    const rows = [
      row('A1', { 雇用形態: '派遣', 会社コード: 'Z99', 上長番号: '999999', 氏名: '' }),
      row('A2', { 在籍開始日: '2026/2/30', 会社コード: 'Z99' }),
      row('A3', { 取扱区分: '通信の秘密、個人情報', 所属コード: 'D1', 所属名: 'い部' }),
      row('A4', { 所属コード: 'D1', 所属名: 'ろ部' }),
      row('000412', { 氏名: '?藤 健', 在籍終了日: '2026-13-01' }),
      row('A6', { 上長番号: 'A1', フリガナ: '123456789012' }),
    ]
    expect(namedIn(rows)).toEqual([
      '2 上長番号 unknownSupervisor', '2 会社コード unknownCompany', '2 氏名 required', '2 雇用形態 word', '3 会社コード unknownCompany', '3 在籍開始日 day', '4 取扱区分 category', '5 所属名 unitNameConflict',
      '6 在籍終了日 day', '6 氏名 damagedName', '7 フリガナ notKana',
    ])
  })

  it('says nothing of what can not be judged: a wrong cell is named once, and a row with shifted columns as a whole', () => {
    expect(namedIn([row('A1', { 雇用形態: '派遣' })])).toEqual(['2 雇用形態 word'])
    expect(namedIn([row('A1', { 雇用形態: '派遣', 会社コード: 'C01' })])).toEqual(['2 雇用形態 word'])
    expect(namedIn([row('=1', { 氏名: '' })])).toEqual(['2 従事者番号 formula', '2 氏名 required'])
    expect(namedIn([row('A1', { 会社コード: 'Z99,' })])).toEqual(['2  columnCount'])
    expect(namedIn([row('A1'), row('A1', { 会社コード: 'Z99' })])).toEqual(['2 従事者番号 duplicateNumber', '3 会社コード unknownCompany', '3 従事者番号 duplicateNumber'])
  })

  it('says of a company whose kind can not be read nothing but that, and of its people nothing', () => {
    const companies = readCompanies('会社コード,会社名,種別,責任者番号\r\nH1,=派遣,派遺元,X\r\n')
    const people = readRoster(rosterText([row('A1', { 雇用形態: '派遣社員', 会社コード: 'H1' })]))
    const decision = decideRoster({ roster: people.rows, companies: companies.rows, units: [], ending: [], scope: null, today: TODAY }, register([]))
    const { bad, counts } = reportOfDecision(decision, [...companies.bad, ...people.bad, ...decision.bad], 1)
    expect(bad.map(({ file, line, column, reason }) => `${file} ${line} ${column} ${reason}`)).toEqual(['companies 2 会社名 formula', 'companies 2 種別 word', 'companies 2 責任者番号 unknownContact'])
    expect(counts).toMatchObject({ bad: 3, badLines: 1 })
  })

  it('names a refused address beside other faults', () => {
    const acting = { personId: 'hr', roles: [{ role: 'hr' as const, scopeKind: 'all' as const, scopeId: '' }] } as unknown as RosterInput['acting']
    expect(namedIn([row('000412', { メール: 'new@x.example', 上長番号: '999999' })], ['000412'], { acting }, [['p000412', ['systemAdministrator']]])).toEqual(['2 メール mailOfOffice', '2 上長番号 unknownSupervisor'])
  })

  it('counts nobody twice: who stands in a wrong row is neither new, changed nor unchanged', () => {
    const rows = [row('A1', { 所属コード: 'D1', 所属名: 'い部' }), row('A2', { 所属コード: 'D1', 所属名: 'ろ部' }), row('A3', { 上長番号: '999999' }), row('A4', { 雇用形態: '派遣' }), row('000412', { 氏名: '佐藤 健', フリガナ: '', 在籍開始日: '2024-04-01' }), row('A6')]
    const { decision, bad } = compare(rows)
    const { counts } = reportOfDecision(decision, bad, rows.length)
    expect(counts).toMatchObject({ new: 2, changed: 0, unchanged: 1, bad: 3, badLines: 3 })
    expect(counts.new + counts.changed + counts.unchanged + counts.badLines).toBe(rows.length)
    expect(decision.people.map(({ number }) => number)).toEqual(['A1', 'A6'])
  })
})

describe('a number that stands in several rows', () => {
  it('has every one of them named, and none of them is new', () => {
    const { decision, bad } = compare([row('A1'), row('A2'), row('A1'), row('A1')])
    expect(bad.map(({ line, reason, hint }) => `${line} ${reason} ${hint}`).sort()).toEqual(['2 duplicateNumber 4', '4 duplicateNumber 2', '5 duplicateNumber 2'])
    expect(decision.people.map(({ number }) => number)).toEqual(['A2'])
    expect(reportOfDecision(decision, bad, 4).counts).toMatchObject({ new: 1, bad: 3, badLines: 3 })
  })
})

describe('an empty cell', () => {
  const mendOf = (cells: RosterCells, known: string[] = []) => badCellWords(compare([row('000412', cells)], known).bad.find(({ reason }) => reason === 'required')!).mend
  it('may be mended by leaving the column out only where that can be done', () => {
    expect(mendOf({ 従事者番号: '' })).toBe('値を書いてください。')
    expect(mendOf({ 氏名: '' })).toBe('値を書いてください。')
    expect(mendOf({ 氏名: '' }, ['000412'])).toContain('すべての行が登録済みのもので、変えないときだけ')
  })
})

describe('numbers that lost their zeros', () => {
  it('are no new people, whichever of the two is registered or in the file', () => {
    expect(namedIn([row('412')])).toEqual(['2 従事者番号 lostZeros'])
    expect(namedIn([row('00412')], ['412'])).toEqual(['2 従事者番号 lostZeros'])
    expect(namedIn([row('77'), row('077')])).toEqual(['2 従事者番号 lostZeros', '3 従事者番号 lostZeros'])
    expect(badCellWords(compare([row('412')]).bad[0]!).reason).toContain('000412')
    expect(namedIn([row('413'), row('4120'), row('0')])).toEqual([])
  })

  it('are told which of the two to mend: the shorter one', () => {
    expect(badCellWords(compare([row('412')]).bad[0]!).mend).toContain('番号を「000412」にそろえてください')
    const { mend } = badCellWords(compare([row('00412')], ['412']).bad[0]!)
    expect(mend).toContain('「412」のほうを直してください')
    expect(mend).toContain('その登録を元に戻してから')
    expect(mend).not.toContain('「412」にそろえ')
  })

  it('are asked about where new numbers are shorter than every number of their company', () => {
    const shortOf = (rows: RosterCells[], known?: string[]) => reportOfDecision(compare(rows, known).decision, [], rows.length).shortNumbers
    expect(shortOf([row('61'), row('62'), row('000063'), row('A1')])).toEqual({ count: 2, some: ['61', '62'] })
    expect(shortOf([row('61')], ['000412', '700'])).toEqual({ count: 1, some: ['61'] })
    expect(shortOf([row('61')], ['000412', '70'])).toBeUndefined()
    expect(shortOf([row('61')], [])).toBeUndefined()
    expect(shortOf([row('61', { 会社コード: 'C01', 雇用形態: '委託先従業者' })])).toBeUndefined()
    expect(shortOf(Array.from({ length: 7 }, (_, at) => row(String(50 + at))))).toEqual({ count: 7, some: ['50', '51', '52', '53', '54'] })
  })

  it('may belong to somebody else when HR adds that person by hand, and are then known', () => {
    const { decision, bad } = compare([row('412')], ['000412'], { expect: 'new' })
    expect([bad, decision.people[0]!.likeNumber]).toEqual([[], '000412'])
    expect(namedIn([row('412'), row('000412')], ['000412', '412'])).toEqual([])
  })
})

describe('marks of lost characters', () => {
  it('are in no name, new or changed; what is registered so already may stay', () => {
    for (const name of ['渡〓 修', '渡? 修', '渡？ 修']) {
      expect(namedIn([row('A1', { 氏名: name })]), name).toEqual(['2 氏名 lostMark'])
      expect(namedIn([row('000412', { 氏名: name })]), name).toEqual(['2 氏名 lostMark'])
    }
    expect(namedIn([row('A1', { フリガナ: 'シン?' })])).toEqual(['2 フリガナ lostMark'])
    expect(namedIn([row('000412', { 氏名: '佐藤 ?' })])).toEqual(['2 氏名 damagedName'])
    const known = register(['1'])
    const marked = { ...known, engagements: new Map([['1', [engagement('1', '渡? 修')]]]) }
    const { rows } = readRoster(rosterText([row('1', { 氏名: '渡? 修' })]))
    expect(decideRoster({ roster: rows, companies: [], units: [], ending: [], scope: null, today: TODAY }, marked).bad).toEqual([])
  })
})
