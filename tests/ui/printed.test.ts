import { expect, it } from 'vitest'
import { startOf } from '../../app/domain/calendar'
import { headIn, textOnPaper } from '../../app/ui/printed'

const AT = startOf('2026-11-20') + (10 * 60 + 12) * 60_000

it('heads a sheet in the language of its text, names as they are', () => {
  const text = { title: 'Protecting the secrecy of communications', version: '1.0', slug: 'M01' }
  expect(textOnPaper({ ...text, told: 'en' }, 'Section 1 of 6', 'English')).toBe('Protecting the secrecy of communications(M01) Version 1.0　Section 1 of 6　English')
  expect(textOnPaper({ ...text, told: 'ja-easy' })).toContain('第1.0版')
  const [en, ja] = [headIn('en'), headIn('ja-easy')]
  expect([en.site('サンプル通信株式会社'), en.opened(AT), en.pages]).toEqual(['サンプル通信株式会社 Shuhi', 'Opened 20 November 2026, 10:12 (Japan time)', ''])
  expect([ja.site('サンプル通信株式会社'), ja.opened(AT), ja.pages]).toEqual(['サンプル通信株式会社「守秘」', '2026年11月20日 10時12分に開いた画面', 'ページ'])
})
