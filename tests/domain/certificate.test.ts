import { describe, expect, it } from 'vitest'
import { declarationOf, givenOf, refusalToCertify } from '../../app/domain/certificate'

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
  expect(givenOf([one(true, '甲社')])).toMatch(/^渡すのは、氏名と従事者番号、受け取った日です。/)
  expect(givenOf([one(false, '甲社'), one(false, '乙社')])).toBe('渡すのは、従事者番号と受け取った日だけです。氏名は渡しません。')
  expect(givenOf([one(true, '甲社'), one(false, '乙社'), one(false, '乙社')])).toBe('渡すのは、氏名と従事者番号、受け取った日です。乙社の方は、契約により氏名を渡しません。')
})

it('refuses to certify a decliner, however many others stand beside', () => {
  const found = [{ engagementId: 'a', number: '1', declined: false, start: '2026-04-01' }, { engagementId: 'b', number: '2', declined: true, start: '2026-04-01' }]
  const asked = found.map(({ engagementId }) => ({ engagementId, takenOn: '2026-11-19' }))
  expect(refusalToCertify({ asked, found }, '2026-11-20')).toEqual({ refused: 'certifiedDecliner', facts: { number: '2' } })
  expect(refusalToCertify({ asked: asked.slice(0, 1), found: found.slice(0, 1) }, '2026-11-20')).toBeNull()
})
