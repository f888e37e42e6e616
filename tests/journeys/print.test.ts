import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMO_PASSWORD, type DemoRole } from '../../app/demo/company'
import { journeyScene, personAt } from '../support/site'
import { passNotice } from '../support/steps'

/** Texts on paper, as an auditor is handed them: which text, which version, whose, as of when, and nothing to press. */
const scene = journeyScene()
let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'shuhi-print-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function at(role: DemoRole) {
  const { page, context } = await personAt(scene, { login: `${role}@demo.example`, password: DEMO_PASSWORD })
  await passNotice(page)
  return { page, context }
}

/** The words of every sheet of a page, without blanks, once its margins are set. */
async function sheets(page: Page, path: string): Promise<string[]> {
  await page.goto(path)
  await page.waitForFunction(() => document.documentElement.style.getPropertyValue('--printed-when') !== '')
  const file = join(folder, 'page.pdf')
  await page.pdf({ path: file, format: 'A4', preferCSSPageSize: true })
  return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).split('\f').slice(0, -1).map((words) => words.replace(/\s/g, ''))
}

const preview = (slug: string, version: string, page: string, more = '') => `/program/library/module/${slug}/${version}/preview?ruby=0&page=${page}${more}`

it('says on every sheet which text and version it is, and on the first whose and as of when', async () => {
  const { page, context } = await at('chief')
  const draft = await sheets(page, preview('M01', '2.0', 'justify'))
  expect(draft).toHaveLength(2)
  for (const [index, sheet] of draft.entries()) {
    expect(sheet).toContain('サンプル通信株式会社「守秘」')
    expect(sheet).toMatch(/「通信の秘密」を守る仕事\(M01\)第2\.0版下書き\(公開前\)5\/6節日本語/)
    expect(sheet).toMatch(/20\d\d年\d+月\d+日\d+時\d+分に開いた画面/)
    expect(sheet).toContain(`${index + 1}/2ページ`)
  }
  expect(draft.at(-1)).toMatch(/法令は20\d\d年\d+月\d+日時点です。根拠：.*条項：.*第2\.0版/)
  for (const pressed of ['サインアウト', 'この画面で見る', 'ページの一覧', '下見です', '次のページ', 'だれの画面か']) expect(draft.join('')).not.toContain(pressed)

  // the source line brings words of the text along to the sheet it stands on
  const last = (await sheets(page, preview('M05', '1.0', 'first-report'))).at(-1)!
  expect(last).toMatch(/第一報に、原因はいりません。法令は/)
  const asked = (await sheets(page, preview('M08', '1.0', 'questions'))).at(-1)!
  expect(asked).toMatch(/解説.*教える節：.*法令は20\d\d年\d+月\d+日時点です/)
  await context.close()
})

it('says of a list that is longer than its page that the sheet is a part of it', async () => {
  const { page, context } = await at('chief')
  expect((await sheets(page, '/program/sources')).at(-1)).toMatch(/この表は、一覧の一部です。続きがあります。/)
  expect((await sheets(page, '/program/sources?find=R-000-1.2')).join('')).not.toContain('一覧の一部')
  await context.close()
})

it('puts each job aid on one sheet, the longest and the one with readings too', async () => {
  const { page, context } = await at('chief')
  for (const path of [preview('M11', '1.0', 'aid'), preview('M11', '1.0', 'aid', '').replace('ruby=0', 'ruby=1'), preview('M05', '1.0', 'aid', '&track=ja-easy').replace('ruby=0', 'ruby=1')]) expect(await sheets(page, path), path).toHaveLength(1)
  await context.close()
})

it('gives a learner the section and the aid with their version, and a paper to sign that counts its sheets and says no more', async () => {
  const { page, context } = await at('learner')
  await page.locator('.task a[href^="/learn/"]').first().click()
  await page.waitForURL(/\/learn\//)
  const lesson = new URL(page.url()).pathname.replace(/\/pages\/.*/, '')
  const [section] = await sheets(page, `${lesson}/pages/1`)
  expect(section).toMatch(/第1\.0版1\/\d節/)
  expect(section).not.toMatch(/読み終えて|ここがおかしい|ふりがなを|節の一覧/)
  const aid = await sheets(page, `${lesson}/aid`)
  expect(aid).toHaveLength(1)
  expect(aid[0]).toMatch(/第1\.0版手元に置く1枚.*法令は20\d\d年\d+月\d+日時点です/)
  await page.goto('/')
  const pledge = await page.locator('.task a[href^="/pledges/"]').first().getAttribute('href')
  const paper = await sheets(page, pledge!.replace(/\/pages\/.*/, '/paper'))
  expect(paper.length).toBeGreaterThan(1)
  for (const [index, sheet] of paper.entries()) {
    expect(sheet).toMatch(/秘密保持誓約書\(入社時\)第1\.0版髙橋美咲000412/)
    expect(sheet).toContain(`${index + 1}/${paper.length}ページ`)
    expect(sheet).not.toContain('に開いた画面')
  }
  await context.close()
})
