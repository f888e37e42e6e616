import { describe, expect, it } from 'vitest'
import { scopeLines, type HandledScope } from '../../app/domain/handled-scope'
import { textBlocksOf } from '../../app/domain/pledge-text'

const scopes: HandledScope[] = [
  { category: 'personalInfo', system: '', purpose: '', since: '2026-04-01' },
  { category: 'communicationsSecrecy', system: '課金システム', purpose: '障害の調べ', since: '2026-11-01' },
  { category: 'communicationsSecrecy', system: '', purpose: '問合せへの回答', since: '2026-10-01' },
]

describe('what somebody handles, as a pledge names it', () => {
  it('stands a line each, in one order whatever order it is found in', () => {
    const words = scopeLines(scopes, 'ja')
    expect(words).toBe('・通信の秘密　目的：問合せへの回答、2026年10月1日から\n・通信の秘密　システム：課金システム、目的：障害の調べ、2026年11月1日から\n・個人情報　2026年4月1日から')
    expect(scopeLines([...scopes].reverse(), 'ja')).toBe(words)
    expect(scopeLines(scopes, 'en').split('\n')[1]).toBe('・通信の秘密 (secrecy of communications) — system: 課金システム; purpose: 障害の調べ; since 2026-11-01')
  })

  it('is read line by line on the paper', () => {
    expect(textBlocksOf('', '<p>・あ<br>・い</p>').slice(1)).toEqual([{ kind: 'paragraph', text: '・あ' }, { kind: 'paragraph', text: '・い' }])
  })
})
