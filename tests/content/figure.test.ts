import { describe, expect, it } from 'vitest'
import { withoutReadings } from '../../app/content/inline'
import { compileMarkdown } from '../../app/content/markdown.server'

const figure = (kind: string, lines: string) => `:::figure[｜図《ず》の｜題《だい》]{kind=${kind}}\n｜説明《せつめい》です。\n\n${lines}\n:::`

describe('figures', () => {
  it.each(['flow', 'terms', 'chain'])('of kind %s draw every word, once, with its reading', (kind) => {
    const { html, problems, bare } = compileMarkdown(figure(kind, '- ｜気《き》づく | すぐに\n- ｜知《し》らせる | ｜窓口《まどぐち》へ\n- おわり'))
    expect([problems, bare]).toEqual([[], []])
    expect(html).toMatch(/^<figure class="fig"><figcaption><p><ruby>図.*<\/figcaption><svg viewBox="0 0 360 \d+" role="img" aria-label="図の題: 気づく: すぐに; 知らせる: 窓口へ; おわり" class="drawing">.*<\/svg><p><ruby>説明/)
    for (const words of ['気づく', 'すぐに', '知らせる', '窓口へ', 'おわり']) expect(html.split(`>${words}</text>`)).toHaveLength(2)
    expect(html.match(/<text class="rt"[^>]*>[^<]*<\/text>/g)!.map((reading) => reading.replace(/<[^>]*>/g, ''))).toEqual(['き', 'し', 'まどぐち'])
  })

  it('without readings keep the same places', () => {
    const { html } = compileMarkdown(figure('inside', '- ｜中《なか》\n- ｜時《とき》\n\n1. ｜外《そと》'))
    const plain = withoutReadings(html)
    expect(plain).not.toMatch(/<rt>|class="rt"/)
    expect(plain.match(/<text class="d-[^>]*>/g)).toEqual(html.match(/<text class="d-[^>]*>/g))
    expect(plain).toContain('class="d-outside"')
  })

  it('break long words between signs, never before a comma', () => {
    const { html } = compileMarkdown(figure('flow', `- ${'あ'.repeat(18)}、${'い'.repeat(30)}`))
    const lines = [...html.matchAll(/class="d-term[^>]*>([^<]*)</g)].map(([, line]) => line!)
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.join('')).toBe(`${'あ'.repeat(18)}、${'い'.repeat(30)}`)
    for (const line of lines) expect(line).not.toMatch(/^、/)
  })

  it('leave no bracket open at the end of a line', () => {
    const { html } = compileMarkdown(figure('terms', '- Learn it (知得) | 知る'))
    expect([...html.matchAll(/class="d-term[^>]*>([^<]*)</g)].map(([, line]) => line!.trim())).toEqual(['Learn it', '(知得)'])
  })

  it.each<[string, string, RegExp]>([
    ['another kind', figure('pie', '- あ'), /figure\[題\]\{kind=flow/],
    ['no words', ':::figure[だい]{kind=flow}\nせつめい\n:::', /の形で/],
    ['nothing told below', ':::figure[だい]{kind=flow}\n- あ\n:::', /図の説明の段落/],
    ['a variable inside', figure('flow', '- {{reportTo}}へ'), /図の中に差し込みは書けません/],
    ['broken readings', figure('flow', '- ｜気《き づく'), /ふりがなの書き方/],
  ])('refuse %s', (_, body, told) => {
    expect(compileMarkdown(body).problems.map(({ message }) => message).join()).toMatch(told)
  })

  it('ask for readings in their words', () => {
    expect(compileMarkdown(figure('terms', '- 気づく | ｜窓口《まどぐち》')).bare.map(({ kanji }) => kanji)).toEqual(['気'])
  })

  it('let nothing but their own drawing through', () => {
    const { html, problems } = compileMarkdown(figure('flow', '- <script>x</script> | <svg onload=x>'))
    expect(problems.length).toBeGreaterThan(0)
    // What stands quoted in an attribute is read aloud, not run.
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<script|<svg on|<[^>]* onload/)
  })
})
