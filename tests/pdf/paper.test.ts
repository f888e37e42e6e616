import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Paper } from '../../app/domain/pledge-statement'
import { drawPaper } from '../../app/pdf/draw.server'

const NAMES = ['髙橋 美咲', '﨑山 仁', '𠮷田 渚', '葛󠄀城 一', '葛城 二', '神谷 三', '神谷 四', '辻󠄀本 茜', '辻󠄁本 茜', '草彅 大地']

const paper = (signer: string): Paper => ({
  at: Date.parse('2026-11-20T02:04:37.218Z'), fileTitle: '秘密保持誓約書(入社時) SH-2026-0A1B2C3D', title: '秘密保持誓約書(入社時)', version: '1.0', receipt: 'SH-2026-0A1B2C3D', signer, addressee: 'サンプル通信株式会社',
  blocks: [
    { kind: 'heading', text: 'この書面の言葉' }, { kind: 'paragraph', text: NAMES.join('、') },
    ...Array.from({ length: 30 }, (_, at) => [
      { kind: 'article' as const, number: `第${at + 1}条`, text: '(話さない、渡さない)', following: ['私は、権限のない人に、秘密を話したり渡したりしません。'.repeat(3)] },
      { kind: 'clause' as const, text: '私は、権限のない人に、秘密を話したり渡したりしません。'.repeat(3) },
    ]).flat(),
  ],
  record: [['誓約した人', signer], ['書き添え', '長い書き添え。'.repeat(200)]],
  sha256: '9f'.repeat(32), footnote: 'これは電子的な署名(記録)の控えです。',
})

describe('the paper of a signature', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-pdf-'))
  const file = join(folder, 'paper.pdf')
  let bytes: Uint8Array
  const poppler = (program: string, ...options: string[]) => execFileSync(program, options, { encoding: 'utf8' })
  beforeAll(async () => {
    bytes = await drawPaper(paper('葛󠄀城 一'))
    writeFileSync(file, bytes)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('says on every page that it comes from the demonstration, and else nowhere', async () => {
    const mark = 'デモ — 架空の会社と人です。業務の記録ではありません。'
    const marked = join(folder, 'marked.pdf')
    writeFileSync(marked, await drawPaper({ ...paper('葛󠄀城 一'), mark }))
    const pages = (path: string) => poppler('pdftotext', '-raw', path, '-').split('\f').filter((page) => page.trim() !== '')
    expect(pages(marked).length).toBe(pages(file).length)
    expect(pages(marked).every((page) => page.includes(mark))).toBe(true)
    expect(pages(file).some((page) => page.includes('デモ'))).toBe(false)
  })

  it('gives every name back byte for byte, each spelling of one shape too', () => {
    const text = poppler('pdftotext', '-raw', file, '-').replace(/\s/g, '')
    for (const name of NAMES) expect(text).toContain(name.replace(' ', ''))
    expect(text).toContain(`誓約した人葛󠄀城一`)
    expect(text).not.toContain('守秘記録')
  })

  it('draws 葛󠄀 as its variant and 葛 as the common shape', async () => {
    const { createRequire } = await import('node:module')
    const PDFDocument = createRequire(import.meta.url)('pdfkit') as new (options: object) => { _font: { layout(text: string): { glyphs: { id: number }[] } }; font(name: string): void }
    const { registerFonts } = (await import('../../app/pdf/fonts.mjs')) as { registerFonts(document: unknown): void }
    const document = new PDFDocument({ font: null })
    registerFonts(document)
    document.font('regular')
    const glyphs = (text: string) => document._font.layout(text).glyphs.map(({ id }) => id)
    expect([...glyphs('葛󠄀'), ...glyphs('葛')]).toEqual([16220, 11120])
  })

  it('is the same bytes every time, whatever was drawn before', async () => {
    await drawPaper(paper('葛城 二'))
    const [again, and] = await Promise.all([drawPaper(paper('葛󠄀城 一')), drawPaper(paper('葛󠄀城 一'))])
    expect(Buffer.from(again).equals(bytes) && Buffer.from(and).equals(bytes)).toBe(true)
  })

  it('is A4, embeds both fonts as subsets, and numbers its pages', () => {
    const info = poppler('pdfinfo', file)
    expect(info).toMatch(/Page size:\s+595\.28 x 841\.89 pts \(A4\)/)
    const pages = Number(/Pages:\s+(\d+)/.exec(info)![1])
    expect(pages).toBeGreaterThan(2)
    const text = poppler('pdftotext', '-layout', file, '-')
    for (let page = 1; page <= pages; page++) expect(text).toContain(`${page}/${pages}ページ`)
    expect(text.match(/9f9f9f9f/g)?.length).toBeGreaterThanOrEqual(pages)
    for (const line of poppler('pdffonts', file).split('\n').slice(2, -1)) expect(line).toMatch(/NotoSansJP-(Regular|Bold).*yes yes yes/)
  })

  it('keeps an error in the worker from being lost', async () => {
    await expect(drawPaper({ ...paper('x'), blocks: null as never })).rejects.toThrow(/blocks|iterable/)
    expect(Buffer.from(await drawPaper(paper('葛󠄀城 一'))).equals(bytes)).toBe(true)
  })
})
