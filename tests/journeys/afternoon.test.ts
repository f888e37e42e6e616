import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { DEMO_PASSWORD, demoPeople, type DemoRole } from '../../app/demo/company'
import { addDays, dayOf } from '../../app/domain/calendar'
import { sha256 } from '../../app/domain/ledger/entry'
import { accessibilityViolations, journeyScene, personAt } from '../support/site'
import { heading, passNotice, readModule, signPledge, takeTest } from '../support/steps'

/** One afternoon: from a late learner to a dossier in HR's hands, each role at its own screen, half of them without JavaScript. */
const scene = journeyScene()
const LATE = '001088'
const person = () => demoPeople(dayOf(Date.now())).find(({ number }) => number === LATE)!
const WORDS = '水曜の朝に30分の枠を取ります。声をかけてください。'

async function at(login: string, javaScript = true, width = 1280) {
  const { page, context } = await personAt(scene, { login, password: DEMO_PASSWORD, javaScript, width })
  await passNotice(page)
  return { page, leave: () => context.close() }
}
const as = (role: DemoRole, javaScript?: boolean) => at(`${role}@demo.example`, javaScript)

async function sound(page: Page) {
  expect(await accessibilityViolations(page), page.url()).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0)
}

const rowOf = (page: Page, words: string) => page.locator('tbody tr', { hasText: words }).first()

it('goes from a late learner to a dossier in HR’s hands', async () => {
  const { name } = person()

  // the manager sees who is late, asks through the lawful channel, and applies for more time
  const manager = await at('manager@demo.example', true, 360)
  await manager.page.goto('/team?tab=late')
  await heading(manager.page, 'わたしのチーム')
  await sound(manager.page)
  await rowOf(manager.page, LATE).getByRole('checkbox').check()
  await manager.page.getByRole('button', { name: '選んだ人への依頼を確かめる' }).click()
  await heading(manager.page, 'だれに、何が届くかを確かめる')
  await sound(manager.page)
  await manager.page.getByLabel('依頼の理由').fill(WORDS)
  await manager.page.getByRole('button', { name: 'この内容で依頼する' }).click()
  await manager.page.waitForURL(/sent=/)
  await manager.page.goto(`/team?q=${LATE}&tab=all`)
  await rowOf(manager.page, LATE).getByRole('link', { name }).click()
  await heading(manager.page, name)
  await sound(manager.page)
  expect(await manager.page.locator('main').innerText()).toContain(WORDS)
  expect(await manager.page.locator('main').innerText()).not.toMatch(/\d+\/\d+問/)
  await manager.page.getByText('猶予を申請する').first().click()
  const form = manager.page.locator('form', { has: manager.page.getByLabel('希望する期限') })
  await form.getByLabel('理由').selectOption({ label: '長期の出張' })
  await form.getByLabel('希望する期限').fill(addDays(dayOf(Date.now()), 30))
  await form.getByRole('button', { name: '猶予を申請する' }).click()
  await manager.page.waitForURL((url) => url.search !== '' || url.pathname.startsWith('/approvals'))
  await manager.leave()

  // HR decides, as another person than who asked
  const hr = await as('hr', false)
  await hr.page.goto('/approvals')
  await heading(hr.page, '申請')
  await rowOf(hr.page, LATE).getByRole('link', { name }).click()
  await hr.page.getByRole('button', { name: '承認する' }).click()
  await hr.page.getByText('承認しました').waitFor()

  // the learner does it: reads, is examined, signs
  const learner = await at(person().mail)
  expect(await learner.page.locator('main').innerText()).toMatch(/まで|期限/)
  await readModule(learner.page, '第一報と初動')
  await takeTest(learner.page, 'M05')
  await learner.page.goto('/')
  await learner.page.locator('.task', { hasText: '秘密保持誓約書' }).getByRole('link').first().click()
  await signPledge(learner.page, name)
  await heading(learner.page, '署名を記録しました')
  await learner.page.goto('/records')
  await heading(learner.page, 'わたしの記録')
  expect(await learner.page.locator('main').innerText()).toContain(WORDS)
  expect(await learner.page.locator('main').innerText()).toContain('猶予の申請(承認)')

  // the company's contact asks its own people in its own name
  const contact = await at('contractor-lead@demo.example', false, 360)
  await contact.page.goto('/company')
  await heading(contact.page, '自社の名簿')
  await rowOf(contact.page, 'M-0013').getByRole('checkbox').check()
  await contact.page.getByRole('button', { name: '選んだ方への依頼を確かめる' }).click()
  await heading(contact.page, 'だれに、何が届くかを確かめる')
  await contact.page.getByLabel('依頼の理由').fill('今週中に、勤務の時間の中で受けてください。')
  await contact.page.getByRole('button', { name: 'この内容で依頼する' }).click()
  await contact.page.waitForURL(/asked=|sent=/)
  await contact.leave()

  // HR hands over one person's record
  await hr.page.goto(`/people?q=${LATE}`)
  await rowOf(hr.page, LATE).getByRole('link', { name }).click()
  await hr.page.getByLabel('開く理由').selectOption({ index: 1 })
  await hr.page.getByRole('button', { name: '理由を残して、記録を開く' }).click()
  await heading(hr.page, name)
  expect(await hr.page.locator('main').innerText()).toContain(WORDS)
  const dossier = hr.page.locator('form', { has: hr.page.getByRole('button', { name: 'ZIPを受け取る' }) })
  await dossier.getByLabel('目的').selectOption({ label: '監査・検査への対応' })
  await dossier.getByLabel('くわしい理由').fill('監査の準備のため')
  const taking = hr.page.waitForEvent('download')
  await dossier.getByRole('button', { name: 'ZIPを受け取る' }).click()
  const download = await taking
  expect(download.suggestedFilename()).toMatch(new RegExp(`^${LATE}_.+_\\d{8}\\.zip$`))
  const zip = readFileSync((await download.path())!)
  const entries = Object.keys(unzipSync(zip))
  expect(entries.filter((entry) => entry.endsWith('.pdf')).length).toBeGreaterThanOrEqual(2)
  expect(entries.some((entry) => entry.endsWith('record.json'))).toBe(true)
  await hr.leave()

  // the auditor finds that it was taken, by whom and which file; the learner too
  const auditor = await as('auditor')
  await auditor.page.goto('/audit/exports')
  await sound(auditor.page)
  expect(await auditor.page.locator('main').innerText()).toContain(sha256(zip))
  await auditor.leave()
  await learner.page.goto('/records/looks')
  expect(await learner.page.locator('main').innerText()).toContain('監査の準備のため')
  await learner.leave()

  // the chief reads the whole, the administrator the post, and no name in it
  const chief = await as('chief')
  await chief.page.goto('/program')
  await heading(chief.page, '全体の状況')
  await sound(chief.page)
  await chief.page.getByRole('link', { name: /期限超過/ }).first().click()
  await sound(chief.page)
  await chief.leave()
  const admin = await as('admin')
  await admin.page.goto('/system/outbox')
  await sound(admin.page)
  expect(await admin.page.content()).not.toContain(name)
  expect(await admin.page.content()).not.toContain(person().mail)
  await admin.leave()
})
