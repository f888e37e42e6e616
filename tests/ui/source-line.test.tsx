import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { REVIEW_STATES, type ReviewState } from '../../app/domain/release'
import { SourceWords } from '../../app/ui/source-line'

const source = { asOf: '2026-11-20', laws: ['電気通信事業法 第4条', '同法 第179条(条文は要確認)'], version: '1.2', review: 'internal' as ReviewState, slug: 'M01', section: 'promises' }
const line = (of: Partial<typeof source>, kind: 'module' | 'pledge', track: 'ja' | 'ja-easy' | 'en') => renderToStaticMarkup(createElement(SourceWords, { source: { ...source, ...of }, kind, track }))
const wordsOf = (html: string) => html.replace(/<[^>]+>/g, '').trim()

it('says the day of the law, what it rests on, version and review', () => {
  for (const track of ['ja', 'ja-easy'] as const) expect(wordsOf(line({}, 'module', track))).toBe('この教材の法令は2026年11月20日時点です。根拠：電気通信事業法 第4条、同法 第179条(条文は要確認)。第1.2版(教材の文章：社内で確認済み)。')
  expect(wordsOf(line({ laws: [] }, 'pledge', 'ja'))).toBe('この書面の法令は2026年11月20日時点です。第1.2版(書面の文章：社内で確認済み)。')
})

it('says it in English beside an English text, with the laws by their Japanese names', () => {
  const html = line({}, 'module', 'en')
  expect(wordsOf(html)).toBe('The law is as of 20 November 2026. It rests on: 電気通信事業法 第4条、同法 第179条(条文は要確認). Version 1.2 (the words: reviewed inside the company).')
  expect(html).toContain('<span lang="en">')
  expect(html).toContain('<span lang="ja">電気通信事業法')
  const states = Object.keys(REVIEW_STATES).map((review) => wordsOf(line({ review: review as ReviewState, laws: [] }, 'module', 'en')))
  expect(new Set(states).size, 'every state has words of its own').toBe(states.length)
  expect(states.join('')).not.toMatch(/undefined|[ぁ-ん]/)
})
