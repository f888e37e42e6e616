import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctedKeys, renderFor, renderingShown } from '../../app/content/in-use.server'
import { loadLibrary, variablesFor, type Library } from '../../app/content/library.server'
import { compileMarkdown } from '../../app/content/markdown.server'
import { countedBanks } from '../../app/http/understanding.server'
import { contentFolder, FILES } from '../support/content-fixture'

function load(changes: Parameters<typeof contentFolder>[0] = {}): Library {
  const loaded = loadLibrary(contentFolder(changes))
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  return loaded.library
}
const own = (library: Library) => variablesFor(library, { relation: 'own', companyName: 'サンプル通信株式会社' })

describe('pages', () => {
  it('are rendered with readings or without, filled and escaped, and hashed over exactly these bytes', () => {
    const library = load()
    const version = library.current('module', 'T01')!
    const variables = variablesFor(library, { relation: 'contract', companyName: '<b>みなみ & 工事' })
    const plain = library.renderPage(version, 'one', { track: 'ja', furigana: false, variables })!
    expect(plain).toMatchObject({ title: '一つめ', titleHtml: '一つめ' })
    expect(plain.html).toBe('<section class="goals"><h2>この教材で、できるようになること</h2><ul><li>分かる</li></ul></section><section class="case"><p class="case-label">事例</p><h2>夜の店</h2><p>&lt;b&gt;みなみ &amp; 工事の店です。</p></section>\n<section class="case"><p class="case-label">立ち止まって考える</p><p>どうしますか。</p></section>')
    expect(plain.sha256).toBe(createHash('sha256').update(plain.html, 'utf8').digest('hex'))
    const ruby = library.renderPage(version, 'one', { track: 'ja', furigana: true, variables })!
    expect(ruby.titleHtml).toBe('<ruby>一<rp>(</rp><rt>ひと</rt><rp>)</rp></ruby>つめ')
    expect(ruby.html).toContain('<h2><ruby>夜<rp>(</rp><rt>よる</rt><rp>)</rp></ruby>の<ruby>店')
    expect(library.renderPage(version, 'three', { track: 'ja', furigana: true, variables })).toBeUndefined()
    expect(library.renderPage(version, 'one', { track: 'en', furigana: true, variables })).toBeUndefined()
  })

  it('of the job aid is one page, with boxes to tick', () => {
    const library = load()
    const version = library.current('module', 'T01')!
    expect(library.renderAid(version, { track: 'ja', furigana: false, variables: own(library) })).toMatchObject({ title: '一枚', html: '<p>窓口に知らせます。</p>\n<ul>\n<li class="tick">見ました。</li>\n</ul>' })
    expect(library.renderAid(version, { track: 'en', furigana: false, variables: own(library) })).toBeUndefined()
  })

  it('never confuse what was filled in for one person with another', () => {
    const library = load()
    const version = library.current('pledge', 'PL1')!
    const page = (name: string) => library.renderPage(version, 'p1', { track: 'ja', furigana: false, variables: variablesFor(library, { relation: 'dispatched', companyName: name }) })!.html
    for (const name of ['あ', 'い', 'う', 'え', 'お', 'あ']) expect(page(name)).toContain(`<p>${name} あて</p>`)
  })

  it('of a pledge stand in articles, CL13 set apart', () => {
    const library = load()
    const version = library.current('pledge', 'PL1')!
    expect(library.renderPage(version, 'p2', { track: 'ja', furigana: false, variables: own(library) })!.html).toBe(
      '<section class="case"><p class="case-label">とくに大切な条です</p><h2 id="CL13">第2条</h2><p>妨げません。</p></section>\n<section><h2 id="CL04">第3条</h2><p>話しません。</p></section>')
  })
})

describe('markdown', () => {
  const html = (body: string) => compileMarkdown(body).html
  it('knows the forms of the house', () => {
    expect(html(':::three\n1. 一\n2. 二\n3. 三\n:::')).toMatch(/^<section class="three"><h2>.*<\/h2><ol>\s*<li><span>一<\/span><\/li>\s*<li><span>二/s)
    expect(html('| あ | い |\n|---|---|\n| 1 | 2 |')).toContain('<table class="rows">')
    expect(html('| あ | い | う |\n|---|---|---|\n| 1 | 2 | 3 |')).toContain('<td role="cell" data-l="い">2</td>')
    expect(html('は**｜守《まも》る**の')).toBe('<p>は<strong><ruby>守<rp>(</rp><rt>まも</rt><rp>)</rp></ruby>る</strong>の</p>')
    expect(html('10:30から3時:すぐ\n続き')).toBe('<p>10:30から3時:すぐ続き</p>')
    expect(html('聞きます。\n「どうしますか」\n答えます。')).toBe('<p>聞きます。<br>\n「どうしますか」<br>\n答えます。</p>')
  })

  it('shows files and commands in the manual as they are written, and only there', () => {
    const block = '```\na: 1\n  - <b> [x](y) **\n```'
    expect(compileMarkdown(block, 1, { rich: true })).toMatchObject({ html: '<pre><code>a: 1\n  - &#x3C;b> [x](y) **\n</code></pre>', problems: [] })
    expect(compileMarkdown(block).html).not.toContain('<pre>')
  })

  it('says what is not written as it should be, with its line', () => {
    const problems = (body: string) => compileMarkdown(body, 10).problems.map(({ line, message }) => `${line} ${message}`)
    expect(problems('よい\n\n｜漢字《かんじ')).toEqual([expect.stringMatching(/^12 ふりがなの書き方/)])
    expect(problems('**閉じない')).toEqual([expect.stringMatching(/^10 \*\* が閉じていません/)])
    expect(problems('<script>alert(1)</script>')).toEqual([expect.stringMatching(/^10 HTML は書けません/)])
    expect(problems('[押す](javascript:alert(1))')).toEqual([expect.stringMatching(/^10 リンクと画像は書けません/)])
    expect(problems('{{nobody}}')).toEqual([expect.stringMatching(/^10 差し込み \{\{nobody\}\} はありません。書けるのは operator・/)])
    expect(problems(':::danger\nx\n:::')).toEqual([expect.stringContaining(':::danger はありません')])
    expect(problems('｜守る《まもる》')).toEqual([expect.stringContaining('送りがな')])
    expect(problems(':::three\n- 一\n:::')).toEqual([expect.stringContaining('番号つき')])
    for (const body of ['｜漢字《かんじ', '**閉じない', '<b>', '[押す](/x)', '{{nobody}}', '{{operator', ':::danger\nx\n:::', '｜守る《まもる》', '｜守《mamo》る', ':::three\n- 一\n:::', '#### 四', '# 一', '::leaf', '***', ':::case\nx\n:::', ':::figure\nx\n:::', ':::figure[題]{kind=flow}\n説明\n\n- {{operator}}\n:::'])
      expect(problems(body).map((told) => /ください|書けるのは .*です$|書きます$/.test(told)), body).toContain(true)
    expect(compileMarkdown('[ここ](javascript:x)', 1, { rich: true }).problems.map(({ message }) => message)).toEqual([expect.stringMatching(/^リンク先「javascript:x」は書けません。.*を書いてください$/)])
  })

  it('leaves no way from content to script, whatever is written', () => {
    const pieces = fc.constantFrom('<script>', '</script>', '<img src=x onerror=alert(1)>', '[a](javascript:alert(1))', '![a](x)', '<a href="javascript:x">', '**', '｜', '《', '》', '\n\n', '\n', '# ', '## ', '- ', '| a | b |\n|---|---|\n', ':::case[x]\n', ':::', ':a[b]{onclick=x}', '::b{x}', '{#x" onclick="y}', '`', '"', '&lt;', '&#60;script>', '<!--', 'https://example.com', '[^1]', '[^1]: ', '~~', '文', '{{operator}}', '\\<')
    fc.assert(fc.property(fc.array(pieces, { maxLength: 14 }), fc.boolean(), (chosen, rich) => {
      const { html } = compileMarkdown(chosen.join(''), 1, { rich })
      expect(html.replace(/<\/?(p|h[23]|ul|ol|li|strong|ruby|rt|rp|br|span|section|table|thead|tbody|tr|th|td|code|pre)( (class|id|role|scope|data-l|start)="[^"<>]*")*>|<a href="(https:\/\/|\/(?!\/)|#)[^"<>]*">|<\/a>/g, '')).not.toContain('<')
    }), { numRuns: 1500 })
  })
})

describe('texts', () => {
  it('of questions are inline, or paragraphs when there are several', () => {
    const library = load()
    expect(library.renderText('｜守《まも》る & {{operator}}', { furigana: false })).toBe('守る &amp; サンプル通信株式会社')
    expect(library.renderText('一つ\n\n二つ', { furigana: true })).toBe('<p>一つ</p><p>二つ</p>')
    expect(library.renderText('{{employer}}', { furigana: true, variables: { ...own(library), employer: '<x>' } })).toBe('&lt;x&gt;')
    expect(library.plainText('｜守《まも》る**人**')).toBe('守る人')
  })

  it('show what is not verified', () => {
    expect(load().lawTitles(['law-1', 'law-2', 'none'], '2020-01-01')).toEqual(['法律 第1条', '法律 第2条(条文は要確認)'])
    expect(load().lawTitles(['law-1', 'law-2'], '2019-12-31')).toEqual(['法律 第1条(2020年1月1日から)', '法律 第2条(2020年1月1日から)(条文は要確認)'])
  })

  it('tell each relation whom to report to', () => {
    const library = load()
    const said = (['own', 'dispatched', 'contract', 'sole'] as const).map((relation) => variablesFor(library, { relation, companyName: '甲' }))
    expect(said.map(({ employer, reportTo, addressee }) => [employer, reportTo, addressee])).toEqual([
      ['サンプル通信株式会社', '窓口', 'サンプル通信株式会社'], ['甲', '窓口と、甲の担当者', '甲'], ['甲', '甲の責任者', '甲'], ['サンプル通信株式会社', '窓口', 'サンプル通信株式会社'],
    ])
  })
})

describe('corrections', () => {
  it('are keys in the form of answers: steps in their order, choices by their letters, every one that was ever right; numbers go by the last', () => {
    const library = load({ 'errata.yaml': [['T01-001', 'c, a'], ['T01-003', 'c, a, b'], ['T01-001', 'b'], ['T01-004', 'd, b']].map(([id, keys]) => `- { slug: T01, question: ${id}, on: "2026-12-01", correct: [${keys}], reason: 誤り }\n`).join('') })
    const { bank } = library.current('module', 'T01')!
    const keys = (id: string) => correctedKeys(library, 'T01', bank.questions.find((question) => question.id === id)!)
    expect(['T01-001', 'T01-002', 'T01-003', 'T01-004'].map(keys)).toEqual([['a,c', 'b'], [], ['c,a,b'], ['b,d']])
    expect(correctedKeys(library, 'T02', bank.questions[0]!)).toEqual([])
    expect(countedBanks(library, library.list('module')).corrected.map(({ slug, questionId, key }) => `${slug} ${questionId} ${key}`)).toEqual(['T01 T01-001 b', 'T01 T01-003 c,a,b', 'T01 T01-004 b,d'])
  })
})

describe('what was on the screen', () => {
  it('is told by its hash, in each track of the module with and without readings, and of that page alone', () => {
    const easy = FILES['modules/T01/1.0/ja.md']!.replace('track: ja', 'track: ja-easy').replace('どうしますか', 'どうする')
    const library = load({ 'modules/T01/1.0/ja-easy.md': easy, 'modules/T01/1.0/quiz.ja-easy.yaml': `slug: T01\nversion: "1.0"\ntrack: ja-easy\nquestions:\n${FILES['modules/T01/1.0/quiz.yaml']!.split('  - id: ').slice(1).map((question) => `  - id: ${question.slice(0, 7)}\n    text: やさしい\n    options:\n${question.match(/ {6}- \{ id: .*$/gm)!.map((option) => option.replace(/, correct: \w+/, '')).join('\n')}\n    explanation: りゆうです。\n`).join('')}` })
    const version = library.current('module', 'T01')!
    const who = { relation: 'own' as const, companyName: 'サンプル通信株式会社' }
    const shown = (sha256: string, page = 'one') => renderingShown(library, version, page, who, sha256)
    for (const track of ['ja', 'ja-easy'] as const)
      for (const furigana of [false, true]) {
        const rendered = renderFor(library, version, 'one', who, { furigana, track })!
        expect(shown(rendered.sha256), `${track} ${furigana}`).toEqual({ track, rendered })
        expect([shown(rendered.sha256, 'two'), shown(rendered.sha256, 'three'), renderingShown(library, version, 'one', { relation: 'contract', companyName: '甲' }, rendered.sha256)]).toEqual([undefined, undefined, undefined])
      }
    expect([shown('f'.repeat(64)), version.tracks]).toEqual([undefined, ['ja', 'ja-easy']])
  })
})

describe('loading', () => {
  it('names every error at once with file, line and field', () => {
    const loaded = loadLibrary(contentFolder({
      'operator.yaml': (text) => text.replace('窓口\n', '\n'),
      'laws.yaml': (text) => text.replace('2020-01-01', '2020-13-01'),
      'requirements.yaml': (text) => text.replace('regular', 'regula'),
      'calendar/holidays.yaml': 'fiscalYearStart: 4\nholidays: [',
    }))
    const errors = 'errors' in loaded ? loaded.errors.map(({ file, line, field }) => `${file.split('/').slice(3).join('/')}:${line} ${field}`) : []
    expect(errors.sort()).toEqual(['calendar/holidays.yaml:2 ', 'laws.yaml:1 0.validFrom', 'operator.yaml:2 reportDesk', 'requirements.yaml:5 0.audience.kinds.0'])
  })

  it('leaves out drafts with errors and says what is wrong with them', () => {
    const folder = contentFolder({ 'modules/T02/1.0/module.yaml': 'slug: T02\n', 'modules/T01/1.1/ja.md': FILES['modules/T01/1.0/ja.md']! })
    const loaded = loadLibrary(folder)
    if ('errors' in loaded) throw new Error('should load')
    expect(loaded.library.list('module').map(({ meta }) => `${meta.slug} ${meta.version}`)).toEqual(['T01 1.0'])
    expect(new Set(loaded.drafts.map(({ file }) => file.slice(folder.length + 1)))).toEqual(new Set(['modules/T01/1.1/module.yaml', 'modules/T01/1.1/quiz.yaml', 'modules/T02/1.0/module.yaml', 'modules/T02/1.0/quiz.yaml', 'modules/T02/1.0/ja.md']))
  })

  it('finds the broken question by its line', () => {
    const loaded = loadLibrary(contentFolder({ 'modules/T01/1.0/quiz.yaml': (text) => text.replace('topic: second', 'topic: third') }))
    expect('drafts' in loaded && loaded.drafts).toEqual([expect.objectContaining({ line: 20, field: 'T01-002 topic' })])
  })
})
