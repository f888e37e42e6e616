import { expect, it } from 'vitest'
import { COMMANDS } from '../../app/commands/catalog'
import { LEDGER_TYPES, payloadLines, subjectWords } from '../../app/ui/ledger-words'
import { evidenceKeys } from '../support/evidence-types'

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

/** Of a test what is the person's own, and what the entry itself says: never on a page (ui/ledger-words). */
const UNSHOWN = new Set(['entry', 'type', 'at', 'subject', 'actor', 'score', 'total', 'answers', 'seed', 'ordinal', 'opened', 'passed'])
/** What goes with a file that is taken: written at the door, not in a command. */
const OF_FILES = { rows: [], people: [], side: ['workforce', 'company'], tab: ['open', 'late', 'hold', 'all'], encoding: ['utf-8', 'cp932'], companies: [], engagement: [], engagements: [], knownAt: [], file: [], first: [], last: [], scope: ['chosen', 'intake', 'endedIn'], firstDay: [], company: [], kind: ['regular', 'dispatched', 'roster', 'importErrors', 'pledge', 'scan', 'ownRecord', 'completions', 'team'], month: [] }

it('has words for every key and every code that a command enters as evidence, as the compiler sees them', { timeout: 240_000 }, () => {
  const keys = evidenceKeys()
  expect(keys.size).toBeGreaterThan(100)
  for (const [key, values] of Object.entries(OF_FILES)) keys.set(key, { types: keys.get(key)?.types ?? new Set(['record.taken']), values: new Set([...(keys.get(key)?.values ?? []), ...values]) })
  const raw: string[] = []
  for (const [key, { types, values }] of keys) {
    if (UNSHOWN.has(key)) continue
    const [line] = payloadLines({ [key]: 1 })
    if (line?.label === key) raw.push(`key ${key} of ${[...types].join()}`)
    for (const value of values) if (/^[\x20-\x7e]+$/.test(value) && payloadLines({ [key]: value })[0]?.value === value) raw.push(`${key}: ${value} of ${[...types].join()}`)
  }
  expect(raw).toEqual([])
})
