import type { Page } from 'playwright-core'
import { DEMO_PASSWORD } from '../../app/demo/company'
import { answerQuestion, pointer, type Hand } from './answers'

/** Confirms the notice of purposes where it stands in the way. */
export async function passNotice(page: Page) {
  if (new URL(page.url()).pathname === '/notice') await page.getByRole('button', { name: '確かめました' }).click()
  await page.waitForURL((url) => url.pathname !== '/notice')
}

/** Reads a module from the home page to the button that opens its test. */
export async function readModule(page: Page, title: string, hand: Hand = pointer) {
  await hand.follow(page, page.locator('.task', { hasText: title }).getByRole('link').first())
  await page.waitForURL(/\/learn\//)
  for (;;) {
    const label = await page.getByRole('button', { name: /読み終えて/ }).innerText()
    await hand.press(page, 'button', label)
    await page.getByRole('button', { name: label, exact: true }).waitFor({ state: 'detached' })
    if (label.includes('確認テスト')) return
  }
}

/** Reads the pages of a pledge, ticks its key clauses, types name and password, and signs. */
export async function signPledge(page: Page, name: string, hand: Hand = pointer) {
  for (;;) {
    await page.waitForURL(/\/(pages\/\d+|sign)$/)
    if (page.url().endsWith('/sign')) break
    const label = await page.getByRole('button', { name: /読みました/ }).innerText()
    await hand.press(page, 'button', label)
    await page.getByRole('button', { name: label, exact: true }).waitFor({ state: 'detached' })
  }
  await page.getByRole('button', { name: 'この内容で署名する' }).waitFor()
  for (const row of await page.locator('label.pick').all()) await hand.tick(page, await row.innerText().then((text) => text.replace(/\s+/g, ' ').trim()), true)
  await hand.type(page, '氏名', name)
  await hand.type(page, 'パスワード', DEMO_PASSWORD)
  await hand.press(page, 'button', 'この内容で署名する')
}

/** Waits until the page says this on top. */
export const heading = (page: Page, words: string) => page.getByRole('heading', { level: 1, name: words }).waitFor()

/** Answers every question and hands in. */
export async function takeTest(page: Page, slug: string, right = true, hand: Hand = pointer) {
  for (;;) {
    await page.waitForURL(/\/(questions|review)/)
    const position = /questions\/(\d+)/.exec(page.url())?.[1]
    if (!position) break
    await page.getByText(`${position}問目`, { exact: false }).first().waitFor()
    await answerQuestion(page, slug, right, hand)
    await page.waitForURL((url) => !url.pathname.endsWith(`/questions/${position}`))
  }
  await hand.press(page, 'button', '提出する')
  await page.waitForURL(/\/attempts\/[^/]+$/)
}
