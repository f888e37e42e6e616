import { expect, it } from 'vitest'
import { COMMANDS } from '../../app/commands/catalog'
import { LEDGER_TYPES, payloadLines, subjectWords } from '../../app/ui/ledger-words'

it('has words for every kind of evidence that a command records', () => {
  expect(Object.values(COMMANDS).filter((type) => type !== null && !(type in LEDGER_TYPES))).toEqual([])
})

it('says a payload as label and value, and leaves out what the entry itself says', () => {
  const payload = { type: 'x', at: 1, entry: 'e', subject: null, actor: { account: 'a' }, dueOn: '2026-12-04', counts: { created: 3, ended: 0 }, engagements: ['a', 'b', 'c', 'd', 'e', 'f'], at2: 1_795_000_000_000, unit: '' }
  expect(payloadLines(payload)).toEqual([
    { label: '期限', value: '2026年12月4日' }, { label: '件数', value: '新しい割当 3、終わり 0' }, { label: '人', value: '6件' }, { label: 'at2', value: expect.stringMatching(/^2026年11月\d+日 \d+時\d+分$/) as string }, { label: '部署', value: '―' },
  ])
})

it('says codes in words, of a reason those of the kind that was asked', () => {
  const values = (payload: Record<string, unknown>) => payloadLines(payload).map(({ value }) => value)
  expect(values({ kind: 'exempt', reason: 'leave', askedAs: 'manager', outcome: 'accepted' })).toEqual(['免除', '休職・育休(年度内に戻らない)', '上長・所属の責任者', '承認'])
  expect(values({ kind: 'defer', reason: 'leave' })).toEqual(['猶予', '休職・育休'])
  expect(values({ reason: 'disaster', from: '2026-11-20', role: 'chief', act: 'takenBack' })).toEqual(['災害', '2026年11月20日', '統括管理者', '取り消した'])
  expect(values({ reason: '状況を確かめるため', people: [{ engagement: 'e', by: 'agency' }] })).toEqual(['状況を確かめるため', '人 e、方法 派遣元を通して'])
  expect(subjectWords('mail')).toBe('メールの本文')
})

it('has a label for what commands enter', () => {
  const keys = ['rows', 'side', 'tab', 'encoding', 'companies', 'headcount', 'grant', 'startsAt', 'endsAt', 'mail', 'duties', 'voids']
  expect(payloadLines(Object.fromEntries(keys.map((key) => [key, 1]))).filter(({ label }) => keys.includes(label))).toEqual([])
})
