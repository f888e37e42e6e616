import type { Page } from 'playwright-core'
import { afterAll, afterEach, expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../app/demo/company'
import { addDays, dayOf, HOUR_MS, MINUTE_MS, startOf } from '../../app/domain/calendar'
import { startPostOffice } from '../support/post'
import { accessibilityViolations, journeyScene, personAt } from '../support/site'
import { heading, passNotice } from '../support/steps'

/** The doors in a real browser and over real HTTP. */
let post: Awaited<ReturnType<typeof startPostOffice>>
const scene = journeyScene(async () => {
  post = await startPostOffice()
  return { SMTP_URL: post.url }
})
afterEach(() => scene.site.setClock(Date.now()))
afterAll(() => post.stop())
const NEW_PASSWORD = 'かぜの-まちの-ねこ'

/** Number, code and new password, as they are typed at /start. */
async function startWith(page: Page, number: string, code: string, password = NEW_PASSWORD) {
  await page.goto('/start')
  await page.getByLabel('従事者番号').fill(number)
  await page.getByLabel('コード').fill(code)
  await page.getByLabel('新しいパスワード').fill(password)
  await page.getByRole('button', { name: 'はじめる' }).click()
}

it('starts somebody from a printed slip without JavaScript and without mail, and signs in again', async () => {
  const { page: hr } = await personAt(scene, { login: 'hr@demo.example', password: DEMO_PASSWORD, javaScript: false })
  await hr.goto('/people/slips?who=all')
  if (new URL(hr.url()).pathname === '/notice') {
    await hr.getByRole('button', { name: '確かめました' }).click()
    expect(new URL(hr.url()).pathname).toBe('/people/slips')
  }
  await hr.getByRole('checkbox').nth(6).check()
  await hr.getByRole('button', { name: '選んだ人の利用票を発行する' }).click()
  const slip = hr.getByRole('article')
  expect(await slip.getByRole('img').count()).toBe(1)
  const [number, code] = [await slip.locator('dd b').first().innerText(), await slip.locator('dd b.hash').innerText()]
  expect(hr.url()).not.toContain(code)

  const { page } = await personAt(scene, { javaScript: false, width: 360 })
  await startWith(page, number, code)
  await page.waitForURL((url) => url.pathname !== '/start')
  await passNotice(page)
  expect(new URL(page.url()).pathname).toBe('/')
  await page.getByRole('button', { name: 'サインアウト' }).click()
  await page.getByText('サインアウトしました').waitFor()
  await page.getByLabel('従事者番号 または メールアドレス').fill(number)
  await page.getByLabel('パスワード').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'サインイン' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
})

/** HR registers an address by a file of one row. */
async function giveAddress(number: string, mail: string) {
  const { page, context } = await personAt(scene, { login: 'hr@demo.example', password: DEMO_PASSWORD, javaScript: false })
  await passNotice(page)
  await page.goto('/people/import')
  await page.getByLabel('従事者の名簿(CSV)').setInputFiles({ name: 'mail.csv', mimeType: 'text/csv', buffer: Buffer.from(`従事者番号,メール\r\n${number},${mail}\r\n`) })
  await page.getByRole('button', { name: '読み込んで、変化を確かめる' }).click()
  await page.getByRole('button', { name: 'この内容で反映する' }).click()
  await page.getByText('取込を反映しました').waitFor()
  await context.close()
}

it('sets a forgotten password by the code of a mail, once; every other session ends, and 「わたしの記録」 tells', async () => {
  const { page: elsewhere } = await personAt(scene, { login: 'learner@demo.example', password: DEMO_PASSWORD })
  // The demonstration's addresses are fictional and never written to: HR registers one that the post office of this test takes.
  const login = 'misaki@mail.internal'
  await giveAddress('000412', login)
  const { page, context } = await personAt(scene, { javaScript: false, width: 360 })
  await page.goto('/forgot')
  await page.getByLabel('従事者番号 または メールアドレス').fill(login)
  await page.getByRole('button', { name: 'コードをメールで受け取る' }).click()
  await page.getByText('受け付けました').waitFor()
  const letter = () => post.letters.find(({ to, text }) => to === login && text.includes('パスワードを決め直す'))
  await expect.poll(letter, { timeout: 120_000 }).toBeDefined()
  const code = /\b([0-9A-Z]{4})-([0-9A-Z]{4})\b/.exec(letter()!.text)!
  expect(letter()!.text).not.toContain(`start#`)
  expect(post.letters.filter(({ to }) => to.endsWith('.example')), 'nobody fictional is written to').toEqual([])
  await startWith(page, '000412', code[0])
  await page.waitForURL((url) => url.pathname === '/notice')
  await passNotice(page)
  await heading(page, 'いま、やること')
  await page.goto('/records')
  expect(await page.locator('main').innerText()).toMatch(/パスワード/)
  await elsewhere.goto('/')
  await elsewhere.waitForURL((url) => url.pathname === '/sign-in')
  const { page: again } = await personAt(scene, { javaScript: false })
  await startWith(again, '000412', code[0], 'あたらしい-べつの-かぎ')
  await again.getByRole('alert').waitFor()
  await context.close()
})

it('warns on a shared terminal two minutes before it signs out, and goes on where it stood', async () => {
  const { page, context } = await personAt(scene)
  await page.clock.install()
  const signIn = async () => {
    await page.getByLabel('従事者番号 または メールアドレス').fill('parttimer@demo.example')
    await page.getByLabel('パスワード').fill(DEMO_PASSWORD)
    await page.getByRole('checkbox', { name: /共用端末/ }).check()
    await page.getByRole('button', { name: 'サインイン' }).click()
    await page.waitForURL((url) => url.pathname !== '/sign-in')
  }
  await page.goto('/sign-in')
  await signIn()
  await passNotice(page)
  await page.goto('/records')
  const warning = page.getByRole('alert').filter({ hasText: 'あと2分' })
  expect(await warning.count()).toBe(0)
  await page.clock.fastForward(3 * MINUTE_MS + 1_000)
  await warning.waitFor()
  await warning.getByRole('button', { name: '続ける' }).click()
  await warning.waitFor({ state: 'detached' })
  expect(await page.locator('.mast').innerText()).toContain('共用の端末')
  await scene.site.setClock(Date.now() + 6 * MINUTE_MS)
  await page.clock.fastForward(5 * MINUTE_MS + 10_000)
  await page.getByText('しばらく操作がなかったので').waitFor()
  expect(await page.locator('.mast-who').count(), 'no name stays in sight').toBe(0)
  await signIn()
  expect(new URL(page.url()).pathname).toBe('/records')
  await context.close()
})

it('lets nobody under 18 read between 22 and 5, says so without JavaScript, and goes on in the morning', async () => {
  const today = dayOf(Date.now())
  const at = (hours: number) => scene.site.setClock(startOf(today) + hours * HOUR_MS)
  await at(21.9)
  const signIn = () => personAt(scene, { login: 'parttimer@demo.example', password: DEMO_PASSWORD, javaScript: false, width: 360 })
  const { page, context } = await signIn()
  await passNotice(page)
  await page.locator('.task', { hasText: '通信の秘密' }).getByRole('link').first().click()
  const next = page.getByRole('button', { name: /読み終えて/ })
  await next.click()
  await page.waitForURL(/pages\/2$/)
  const second = page.url()
  await at(22)
  await next.click()
  await page.getByText('今の時間は受講できません').waitFor()
  await page.goto(second)
  await page.getByText('今の時間は受講できません').waitFor()
  expect(await next.count()).toBe(0)
  await context.close()
  await scene.site.setClock(startOf(addDays(today, 1)) + 5 * HOUR_MS)
  const morning = await signIn()
  await morning.page.goto(second)
  await morning.page.getByRole('button', { name: /読み終えて/ }).waitFor()
  await morning.context.close()
})

it('brings the code of a scanned slip in the fragment, takes it out of the address, and sends it in no request line', async () => {
  const { page } = await personAt(scene, { width: 360 })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''))
  await page.goto('/start#7KX4M2PAWXYZ')
  await expect.poll(() => page.getByLabel('コード').inputValue()).toBe('7KX4M2PAWXYZ')
  expect(page.url()).toBe(`${scene.site.url}/start`)
  await page.getByLabel('従事者番号').fill('000412')
  await page.getByLabel('新しいパスワード').fill(NEW_PASSWORD)
  await page.getByRole('button', { name: 'はじめる' }).click()
  await page.getByRole('alert').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role')), { message: 'the focus is on what is wrong' }).toBe('alert')
  expect(asked.filter((line) => line.replace(/#.*$/, '').includes('7KX4'))).toEqual([])
})

it('says in the frame of the site what is not on the map', async () => {
  const answer = await fetch(`${scene.site.url}/nothing/here`)
  expect(answer.status).toBe(404)
  const html = await answer.text()
  for (const words of ['ページが見つからないか、見る権限がありません', 'デモ — 架空の会社', 'class="mast"']) expect(html).toContain(words)
})

it('answers a form from another site with 403, in words', async () => {
  const post = (headers: Record<string, string>) => fetch(`${scene.site.url}/sign-in`, { method: 'POST', headers, body: new URLSearchParams({ loginId: 'hr@demo.example', password: DEMO_PASSWORD }), redirect: 'manual' })
  for (const origin of ['https://evil.example', 'null', 'not an address']) {
    const answer = await post({ Origin: origin })
    expect(answer.status, origin).toBe(403)
    expect(answer.headers.get('Set-Cookie')).toBeNull()
    expect(await answer.text()).toContain('この操作は受け付けませんでした')
  }
  expect((await post({})).status, 'a browser always tells').toBe(403)
  const own = await post({ Origin: scene.site.url })
  expect([own.status, own.headers.get('Location')]).toEqual([303, '/'])
})

it('shows no accessibility violation at the doors', async () => {
  const found: string[] = []
  const look = async (page: Awaited<ReturnType<typeof personAt>>['page'], paths: readonly string[]) => {
    for (const path of paths) {
      await page.goto(path)
      found.push(...(await accessibilityViolations(page)).map((words) => `${path} ${words}`))
    }
  }
  await look((await personAt(scene, { width: 360 })).page, ['/sign-in', '/start', '/forgot', '/notice'])
  const { page } = await personAt(scene, { login: 'admin@demo.example', password: DEMO_PASSWORD })
  await page.getByRole('button', { name: '確かめました' }).click()
  await page.waitForURL((url) => url.pathname !== '/notice')
  await look(page, ['/password', '/sessions', '/people/appointments'])
  expect(found).toEqual([])
})
