import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DEMO_PASSWORD, DEMO_SIGN_INS, demoPeople, type DemoRole } from '../../app/demo/company'
import { addDays, dayOf, startOf } from '../../app/domain/calendar'
import { journeyScene, personAt } from '../support/site'
import { heading, passNotice } from '../support/steps'

/** 委託先の自己点検 from the company to the office and back, without JavaScript for the company; what was left, mended; and the year after. */
const scene = journeyScene()
const today = dayOf(Date.now())
const contact = demoPeople(today).find(({ number }) => number === DEMO_SIGN_INS['contractor-lead'])!
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n')

let folder: string
/** Files as people bring them: one named in pieces, as some devices do; an empty one, one too large, and a program under another name. */
const file = (name: string, bytes: Buffer) => {
  writeFileSync(join(folder, name), bytes)
  return join(folder, name)
}
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'shuhi-checks-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function at(role: DemoRole, javaScript: boolean) {
  const { page, context } = await personAt(scene, { login: `${role}@demo.example`, password: DEMO_PASSWORD, javaScript })
  await passNotice(page)
  return { page, context }
}

/** Puts a file to an item of the page that is open, and keeps the page. */
async function attach(page: Page, item: string, path: string): Promise<string> {
  const field = page.locator(`input[type="file"][name="file.${item}"]`)
  if (!(await field.isVisible())) await page.locator(`#f-${item} summary`).click()
  await field.setInputFiles(path)
  await page.getByRole('button', { name: 'ここまでを保存する' }).click()
  await page.waitForLoadState()
  return page.locator('.note').first().innerText()
}

/** Goes to the page of signing, and signs. */
async function sign(page: Page): Promise<void> {
  await heading(page, '答えを見直して、署名する')
  await page.locator('#f-declare input').check()
  await page.getByLabel('氏名').fill(contact.name)
  await page.getByLabel('パスワード').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: '署名して提出する' }).click()
  expect(await page.locator('.note').first().innerText()).toContain('署名して提出しました')
}

it('goes to the office and back, is mended and accepted, and stands beside the next year', async () => {
  const { page, context } = await at('contractor-lead', false)
  await page.goto('/checks')
  await page.locator('.task', { hasText: '差し戻し' }).getByRole('link', { name: /直して出し直す/ }).click()
  const back = await page.locator('.note[data-k="warn"]').innerText()
  expect(back).toContain('差し戻されました')
  await page.locator('.note[data-k="warn"] a').first().click()
  const base = page.url().replace(/[?#].*$/, '')
  expect(await page.locator('#f-1-5').innerText()).toContain('差し戻しの理由')

  expect(await attach(page, '1-5', file('空.pdf', Buffer.alloc(0)))).toContain('中身がありません')
  expect(await attach(page, '1-5', file('請求書.pdf', Buffer.from('MZ\x90\x00program')))).toContain('PDF、JPEG、PNG')
  await page.locator('textarea[name="remark.1-5"]').fill('9月の2件が抜けていました。写しを添えます。')
  await page.locator('input[name="improve.1-5"]').fill(addDays(today, 30))
  expect(await attach(page, '1-5', file('大きい.pdf', Buffer.concat([PDF, Buffer.alloc(30 * 1024 * 1024)])))).toContain('大きすぎて')
  expect(await page.locator('textarea[name="remark.1-5"]').inputValue(), 'what was written is kept when a file is refused').toContain('9月の2件')
  expect(await attach(page, '1-5', file('持か\u3099出し記録.pdf', PDF))).toContain('保存しました')
  expect(await page.locator('#f-1-5').innerText()).toContain('添付 持が出し記録.pdf')
  await page.goto(`${base}/sign`)
  await sign(page)
  const recordUrl = page.url().replace(/\?.*$/, '')

  const { page: chief, context: office } = await at('chief', true)
  await chief.goto('/program/checks?form=CK1')
  await chief.getByRole('link', { name: 'みほんコールサービス株式会社の点検を確かめる' }).click()
  await chief.locator('#item-1-5 summary').click()
  await chief.getByLabel('1-5を差し戻す理由').fill('写しの2枚目が切れています。')
  await chief.getByRole('button', { name: '理由を付けて差し戻す' }).click()
  await chief.getByText('理由は、答える人の画面に、項目ごとに出ます。').waitFor()

  await page.goto(base)
  await page.locator('.note[data-k="warn"] a').first().click()
  expect(await page.locator('#f-1-5').innerText()).toContain('写しの2枚目が切れています。')
  expect(await attach(page, '1-5', file('2枚目.pdf', Buffer.concat([PDF, Buffer.from('2')])))).toContain('保存しました')
  await page.goto(`${base}/sign`)
  await sign(page)

  await chief.goto(recordUrl)
  await chief.getByRole('button', { name: '受理する' }).click()
  await chief.getByText('提出した人の画面にも、受理として出ます。').waitFor()
  expect(await chief.locator('#item-1-5').innerText()).toContain('これから直す')

  await page.goto('/checks/findings')
  await page.locator('tbody tr', { hasText: '1-5' }).getByRole('link', { name: /開く/ }).click()
  await page.getByRole('link', { name: '直したことを知らせる' }).click()
  await page.getByRole('button', { name: '直したことを知らせる' }).click()
  expect(await page.locator('.note').first().innerText()).toMatch(/直した日[\s\S]*直したこと/)
  await page.getByLabel('直した日').fill(today)
  await page.getByLabel('直したこと').fill('記録を毎週見ることにし、抜けを書き足しました。')
  await page.getByLabel('添付').setInputFiles(file('写真.pdf', PDF))
  await page.getByRole('button', { name: '直したことを知らせる' }).click()
  expect(await page.locator('.note').first().innerText()).toContain('直したことを知らせました')
  const findingUrl = page.url().replace(/\?.*$/, '')

  await chief.goto(findingUrl)
  await chief.getByRole('button', { name: '直ったことを認める' }).click()
  await chief.getByText('次の点検でも、この記録が並びます。').waitFor()
  expect(await chief.getByRole('button', { name: /認める|差し戻す/ }).count()).toBe(0)
  await office.close()

  const { page: auditor, context: audit } = await at('auditor', false)
  await auditor.goto(recordUrl)
  const seen = await auditor.locator('main').innerText()
  for (const words of ['受理済み', '2枚目.pdf', '持が出し記録.pdf', '差し戻し', '直しました', 'SH-']) expect(seen).toContain(words)
  expect((await auditor.pdf({ format: 'A4' })).byteLength, 'the record is printed').toBeGreaterThan(10_000)
  await auditor.goto(findingUrl)
  expect(await auditor.locator('main').innerText()).toMatch(/直したと知らせた[\s\S]*記録を毎週見る[\s\S]*写真\.pdf[\s\S]*直ったことを確かめた/)
  await audit.close()
  await context.close()

  await scene.site.setClock(startOf(`${Number(today.slice(0, 4)) + (today.slice(5) < '04-01' ? 0 : 1)}-05-11`) + 10 * 3_600_000)
  const { page: next, context: later } = await at('contractor-lead', false)
  await next.goto('/checks')
  await next.getByRole('button', { name: /委託先の自己点検 みほんコールサービス株式会社 .* 点検を始める/ }).first().click()
  await next.waitForURL(/\/checks\/[0-9a-f-]{36}$/)
  await next.goto(`${next.url()}?part=2`)
  expect(await next.locator('#before-1-5').innerText()).toMatch(/の答え：一部[\s\S]*9月の2件[\s\S]*直しました/)
  await later.close()
})
