import { expect, it } from 'vitest'
import { summaryWords } from '../../app/ui/change-words'

it('says of a change set what it did to people, companies and units, and leaves out what is zero', () => {
  expect(summaryWords(JSON.stringify({ fileName: 'x.csv', new: 3, changed: 0, rehired: 0, moved: 1, ended: 2, units: 0, companies: 0 }))).toBe('新しい3人、会社が変わった1人、うち在籍の終わり2人')
  expect(summaryWords(JSON.stringify({ fileName: 'x.csv', new: 0, changed: 0, ended: 0, units: 12, companies: 1 }))).toBe('会社1社、所属12件')
  expect(summaryWords(JSON.stringify({ counts: { restored: 2, leftOut: 1 } }))).toBe('戻した2件、戻さなかった1件')
  expect(summaryWords('{}')).toBe('―')
})
