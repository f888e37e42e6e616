import { expect, it } from 'vitest'
import { COMMANDS } from '../../app/commands/catalog'
import { LEDGER_TYPES, payloadLines } from '../../app/ui/ledger-words'

it('has words for every kind of evidence that a command records', () => {
  expect(Object.values(COMMANDS).filter((type) => type !== null && !(type in LEDGER_TYPES))).toEqual([])
})

it('says a payload as label and value, and leaves out what the entry itself says', () => {
  const payload = { type: 'x', at: 1, entry: 'e', subject: null, actor: { account: 'a' }, dueOn: '2026-12-04', counts: { created: 3, ended: 0 }, engagements: ['a', 'b', 'c', 'd', 'e', 'f'], at2: 1_795_000_000_000, unit: '' }
  expect(payloadLines(payload)).toEqual([
    { label: '期限', value: '2026年12月4日' }, { label: '件数', value: '新しい割当 3、終わり 0' }, { label: '人', value: '6件' }, { label: 'at2', value: expect.stringMatching(/^2026年11月\d+日 \d+時\d+分$/) as string }, { label: '部署', value: '―' },
  ])
})
