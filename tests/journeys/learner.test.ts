import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../app/demo/company'
import { answerQuestion } from '../support/answers'
import { accessibilityViolations, personAt, Site, startBrowser } from '../support/site'

/** People at a real browser, from signed in to signed: with script, without script, and by keyboard alone. */
let site: Site
let browser: Browser

beforeAll(async () => {
  ;[site, browser] = await Promise.all([Site.start(), startBrowser()])
}, 120_000)
afterAll(async () => {
  await browser?.close()
  expect(await site?.stop()).toBe(0)
})

const signIn = (role: string, options: { javaScript?: boolean; width?: number } = {}) => personAt(browser, site, { login: `${role}@demo.example`, password: DEMO_PASSWORD, ...options })

async function passNotice(page: Page) {
  if (new URL(page.url()).pathname === '/notice') await page.locator('main form button').first().click()
  await page.waitForURL((url) => url.pathname !== '/notice')
}

async function readModule(page: Page, title: string) {
  await page.getByRole('link', { name: new RegExp(title) }).or(page.locator('.task', { hasText: title }).getByRole('link')).first().click()
  await page.waitForURL(/\/learn\//)
  for (;;) {
    const label = await page.getByRole('button', { name: /読み終えて/ }).innerText()
    await page.getByRole('button', { name: label, exact: true }).click()
    await page.getByRole('button', { name: label, exact: true }).waitFor({ state: 'detached' })
    if (label.includes('確認テスト')) return
  }
}

const heading = (page: Page, words: string) => page.getByRole('heading', { level: 1, name: words }).waitFor()

async function takeTest(page: Page, slug: string, right: (position: number) => boolean = () => true) {
  for (;;) {
    await page.waitForURL(/\/(questions|review)/)
    const position = /questions\/(\d+)/.exec(page.url())?.[1]
    if (!position) break
    await page.getByText(`${position}問目`, { exact: false }).first().waitFor()
    await answerQuestion(page, slug, right(Number(position)))
    await page.waitForURL((url) => !url.pathname.endsWith(`/questions/${position}`))
  }
  await page.getByRole('button', { name: '提出する' }).click()
  await page.waitForURL(/\/attempts\/[^/]+$/)
}

describe('髙橋さん, hired eleven days ago, on a phone', () => {
  it('finishes a module in at most sixty requests, then signs, and holds a copy', async () => {
    const { page, context } = await signIn('learner', { width: 360 })
    await passNotice(page)
    await page.waitForURL((url) => url.pathname === '/')
    await heading(page, 'いま、やること')
    const requests: string[] = []
    page.on('request', (request) => void requests.push(request.url()))
    await page.reload()
    await readModule(page, '「通信の秘密」を守る仕事')
    await takeTest(page, 'M01')
    await heading(page, '合格しました')
    expect(requests.filter((url) => !url.startsWith(site.url) && !url.startsWith('data:'))).toEqual([])
    expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(60)

    await page.goto('/')
    await page.locator('.task', { hasText: '秘密保持誓約書' }).getByRole('link').click()
    for (;;) {
      await page.waitForURL(/\/(pages\/\d+|sign)$/)
      if (page.url().endsWith('/sign')) break
      const label = await page.getByRole('button', { name: /読みました/ }).innerText()
      await page.getByRole('button', { name: label, exact: true }).click()
      await page.getByRole('button', { name: label, exact: true }).waitFor({ state: 'detached' })
    }
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    await page.getByLabel('氏名').fill('高橋 美咲')
    await page.getByLabel('パスワード').fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: 'この内容で署名する' }).click()
    await page.waitForURL(/\/receipt$/)
    await heading(page, '署名を記録しました')
    expect(await page.locator('main').innerText()).toContain('髙橋 美咲')
    const paper = page.url().replace('/receipt', '/pdf')
    await expect.poll(async () => (await (await context.request.get(paper)).body()).subarray(0, 5).toString(), { timeout: 60_000 }).toBe('%PDF-')
    await context.close()
  }, 120_000)
})

describe('a dispatched worker without JavaScript', () => {
  it('reads, is examined, and signs towards the 派遣元', async () => {
    const { page, context } = await signIn('dispatched', { javaScript: false })
    await passNotice(page)
    await readModule(page, '派遣で働く方へ')
    await takeTest(page, 'U1')
    await heading(page, '合格しました')
    await page.goto('/')
    await page.locator('.task', { hasText: '秘密保持誓約書' }).getByRole('link').click()
    while (/\/pages\/\d+$/.test(page.url())) await page.getByRole('button', { name: /読みました/ }).click()
    expect(await page.locator('main').innerText()).toContain('れいだいスタッフ株式会社')
    for (const box of await page.getByRole('checkbox').all()) await box.check()
    const name = /登録された氏名：(.*?)。/.exec(await page.locator('main').innerText())![1]!
    await page.getByLabel('氏名').fill(name)
    await page.getByLabel('パスワード').fill(DEMO_PASSWORD)
    await page.getByRole('button', { name: 'この内容で署名する' }).click()
    await heading(page, '署名を記録しました')
    await context.close()
  }, 120_000)
})

describe('someone who uses the keyboard alone', () => {
  it('reads a section, answers wrongly, and is told what to re-read', async () => {
    const { page, context } = await signIn('manager')
    await passNotice(page)
    const press = async (name: RegExp) => {
      for (let steps = 0; steps < 80; steps++) {
        await page.keyboard.press('Tab')
        const label = await page.evaluate(() => (document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '').trim())
        if (name.test(label)) return page.keyboard.press('Enter')
      }
      throw new Error(`The keyboard did not reach ${name} on ${page.url()}`)
    }
    await press(/始める|続ける/)
    await page.waitForURL(/\/learn\//)
    for (;;) {
      const before = await page.getByRole('heading', { level: 1 }).innerText()
      await press(/読み終えて/)
      await page.waitForFunction((heading) => document.querySelector('h1')?.textContent !== heading, before)
      if (/questions/.test(page.url())) break
    }
    await takeTest(page, 'M01', () => false)
    await heading(page, 'もう少しです')
    expect(await accessibilityViolations(page)).toEqual([])
    await context.close()
  }, 120_000)
})
