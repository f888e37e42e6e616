import { describe, expect, it } from 'vitest'
import { startOf } from '../../app/domain/calendar'
import { declarationOf, extractOf, extractPaper, givenOf, MOST_LINES, refusalToCertify, type CertificateStatement } from '../../app/domain/certificate'

const text = { title: '秘密保持誓約書', version: '1.0' }

describe('what a company declares', () => {
  it('speaks of its own people only while there is no tier below', () => {
    const words = declarationOf('甲社', '操作者', text, [])
    expect(words).toContain('甲社は、この証明に記した方から、「秘密保持誓約書」第1.0版の内容の誓約を受け取り、保管していることを、操作者に証明します。')
    expect(words).not.toContain('報告')
  })
  it('never says of a lower tier’s pledges that it took them itself', () => {
    const words = declarationOf('甲社', '操作者', text, ['乙社', '丙社'])
    expect(words).toContain('甲社は、この証明に記した自社の方から')
    expect(words).toContain('乙社、丙社の方については、雇い主であるその会社が誓約を受け取り、保管していると、甲社が報告を受けたことを証明します。')
  })
})

it('says what of each person goes to the operator', () => {
  const one = (named: boolean, companyName: string) => ({ named, companyName })
  expect(givenOf([one(true, '甲社'), one(true, '乙社')])).toBe('渡すのは、氏名と従事者番号、受け取った日です。住所や生年月日は渡しません。')
  expect(givenOf([one(false, '甲社'), one(false, '乙社')])).toBe('渡すのは、従事者番号と受け取った日だけです。氏名は渡しません。')
  expect(givenOf([one(true, '甲社'), one(false, '乙社'), one(false, '乙社')])).toBe('渡すのは、氏名と従事者番号、受け取った日です。乙社の方は、契約により氏名を渡しません。')
})

it('refuses to certify a decliner, however many others stand beside', () => {
  const found = [{ engagementId: 'a', number: '1', declined: false, start: '2026-04-01' }, { engagementId: 'b', number: '2', declined: true, start: '2026-04-01' }]
  const asked = found.map(({ engagementId }) => ({ engagementId, takenOn: '2026-11-19' }))
  expect(refusalToCertify({ asked, found }, '2026-11-20')).toEqual({ refused: 'certifiedDecliner', facts: { number: '2' } })
  expect(refusalToCertify({ asked: asked.slice(0, 1), found: found.slice(0, 1) }, '2026-11-20')).toBeNull()
})

it('certifies whoever is still open, in reach, and has pledged between the first day of service and today', () => {
  const START = '2026-11-02'
  const people = (count: number) => Array.from({ length: count }, (_, at) => ({ engagementId: `e${at}`, number: `${at}`, declined: false, start: START }))
  const asked = (count: number, takenOn = '2026-11-19') => people(count).map(({ engagementId }) => ({ engagementId, takenOn }))
  const decide = (given: ReturnType<typeof asked>, found = people(given.length)) => refusalToCertify({ asked: given, found }, '2026-11-20')
  expect([decide([]), decide(asked(MOST_LINES)), decide(asked(MOST_LINES + 1))]).toEqual([{ refused: 'nobodyCertified' }, null, { refused: 'tooManyChosen', facts: { most: 100 } }])
  expect(decide(asked(3), people(1))).toEqual({ refused: 'certifiedMeanwhile', facts: { count: 2 } })
  const last = (takenOn: string) => decide([...asked(2), { engagementId: 'e2', takenOn }], people(3))
  expect([last('2026-11-20'), last(START), last('2026-11-21'), last('2026-11-01')]).toEqual([null, null, { refused: 'takenInFuture', facts: { number: '2' } }, { refused: 'takenBeforeStart', facts: { number: '2', start: START } }])
})

describe('the part of one person', () => {
  const line = (engagementId: string, name: string | null, receipt: string | null) => ({ engagementId, number: `N${engagementId}`, name, employer: { id: 'k', name: '甲社' }, takenOn: '2026-11-19', receipt })
  const statement: CertificateStatement = {
    format: 'shuhi-certificate-1', receipt: 'SH-2026-00000001', company: { id: 'k', name: '甲社' }, addressee: { name: '操作者' }, template: { slug: 'PL3', version: '1.0', title: '秘密保持誓約書', sha256: 't' }, declaration: '証明します。',
    lines: [line('a', '髙木 悠斗', 'SH-2026-00000002'), line('b', '早川 望', null)], declaredBy: { engagementId: 'c', number: 'C1', nameRegistered: '小野寺 仁', nameTyped: '小野寺仁' }, authentication: { method: 'password', reenteredAt: 1, credentialOrigin: 'initial' },
    at: startOf('2026-11-20'), atText: '', address: '', agent: '',
  }
  const bytes = new TextEncoder().encode(JSON.stringify(statement))
  const words = (id: string, named = true, demonstration = false) => extractPaper(extractOf(bytes, 'hash', id, named)!, demonstration)
  const of = (paper: ReturnType<typeof extractPaper>, label: string) => paper.record.find(([name]) => name === label)?.[1]

  it('holds that line and nobody else’s; it is null where nothing is kept or the person is not named', () => {
    expect(extractOf(bytes, 'hash', 'a', true)).toMatchObject({ receipt: 'SH-2026-00000001', statementSha256: 'hash', company: '甲社', line: { number: 'Na', name: '髙木 悠斗', receipt: 'SH-2026-00000002' } })
    expect(JSON.stringify(extractOf(bytes, 'hash', 'b', true))).not.toMatch(/髙木|Na|00000002/)
    expect([extractOf(bytes, 'hash', 'z', true), extractOf(null, 'hash', 'a', true)]).toEqual([null, null])
    expect(extractOf(bytes, 'hash', 'a', false)?.line).toMatchObject({ number: 'Na', name: null })
  })

  it('is a paper that says what was typed where it differs, and what was not signed here', () => {
    expect([of(words('a'), '対象の方'), of(words('a', false), '対象の方')]).toEqual(['髙木 悠斗　Na　甲社', 'Na　甲社'])
    expect([of(words('a'), '署名の記録番号'), of(words('b'), '署名の記録番号')]).toEqual(['SH-2026-00000002', '画面での署名はありません'])
    expect(of(words('a'), '届け出た人')).toBe('小野寺 仁　C1　(届出時の入力：小野寺仁)')
    const same = new TextEncoder().encode(JSON.stringify({ ...statement, declaredBy: { ...statement.declaredBy, nameTyped: '小野寺 仁' } }))
    expect(of(extractPaper(extractOf(same, 'hash', 'a', true)!, false), '届け出た人')).toBe('小野寺 仁　C1')
    expect([words('a').mark, words('a', true, true).mark]).toEqual([undefined, expect.stringContaining('デモ')])
  })
})
