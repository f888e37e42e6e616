import { describe, expect, it } from 'vitest'
import { readabilityOf, sentencesOf, sentencesOfText } from '../../app/content/readability'

describe('sentences', () => {
  it('are those of paragraphs and lists, without readings, labels, headings and tables', () => {
    const html = '<h2>題</h2><section class="case"><p class="case-label">事例</p><p><ruby>夜<rp>(</rp><rt>よる</rt><rp>)</rp></ruby>です。店です。</p></section><ul><li>一つ</li></ul><table><tr><td>表。</td></tr></table><p class="x">A &#x26; B</p>'
    expect(sentencesOf(html)).toEqual(['夜です。', '店です。', '一つ', 'A & B'])
  })

  it('keep a short quotation and part speech', () => {
    expect(sentencesOfText('「見て」と言われました。「見てくれない?昨日の分。」と友人が言う。')).toEqual(['「見て」と言われました。', '「1」と友人が言う。', '見てくれない?昨日の分。'])
    expect(sentencesOfText('You close it. Then you tell {{reportTo}}!')).toEqual(['You close it.', 'Then you tell 研修の窓口!'])
  })
})

describe('readability', () => {
  it('counts characters, of English words, and names the long ones first', () => {
    expect(readabilityOf('ja', ['漢字とかな。', 'あ'.repeat(60), 'い'.repeat(61), 'う'.repeat(70)])).toMatchObject({ sentences: 4, longest: 70, limit: 60, over: 0.5, worst: ['う'.repeat(70), 'い'.repeat(61)] })
    expect(readabilityOf('ja-easy', ['わたしは 画面を 閉じます。'])).toMatchObject({ mean: 12, limit: 35, over: 0, kanji: 0.25 })
    expect(readabilityOf('en', ['You close it.', 'a '.repeat(21).trim()])).toMatchObject({ mean: 12, longest: 21, over: 0.5, kanji: 0, passives: 0 })
    expect(readabilityOf('ja', [])).toMatchObject({ sentences: 0, mean: 0, longest: 0, over: 0, kanji: 0, worst: [] })
  })

  it.each(['言わないことはありません。', '見なくはないです。', 'できないわけではありません。', '知らないとは言えないことはないです。'])('sees two negations in %s', (sentence) => {
    expect(readabilityOf('ja', [sentence]).doubleNegations).toBe(1)
  })
  it.each(['報告しなければなりません。', '見ません。', '知らない人に話しません。', '話してはいけません。'])('sees none in %s', (sentence) => {
    expect(readabilityOf('ja', [sentence]).doubleNegations).toBe(0)
  })
  it.each(['情報が盗まれました。', '画面が見られる。', '名前が使われています。'])('sees a passive in %s', (sentence) => {
    expect(readabilityOf('ja', [sentence]).passives).toBe(1)
  })
  it.each(['忘れました。', '画面に現れます。', '離れます。', '受け入れます。', 'これです。'])('sees none in %s', (sentence) => {
    expect(readabilityOf('ja', [sentence]).passives).toBe(0)
  })
})
