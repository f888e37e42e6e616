import { expect, it } from 'vitest'
import { DEMO_PASSWORD } from '../../app/demo/company'
import { accessibilityViolations, journeyScene, personAt } from '../support/site'

/** The doors in a real browser and over real HTTP. */
const scene = journeyScene()

it('starts somebody from a printed slip without JavaScript and without mail, and signs in again', async () => {
  const { page: hr } = await personAt(scene, { login: 'hr@demo.example', password: DEMO_PASSWORD, javaScript: false })
  await hr.goto('/people/slips?who=all')
  if (new URL(hr.url()).pathname === '/notice') {
    await hr.getByRole('button', { name: '確かめました' }).click()
    expect(new URL(hr.url()).pathname).toBe('/people/slips')
  }
  await hr.getByRole('checkbox').nth(6).check()
  await hr.getByRole('button', { name: '選んだ人の利用票をつくる' }).click()
  const slip = hr.getByRole('article')
  expect(await slip.getByRole('img').count()).toBe(1)
  const [number, code] = [await slip.locator('dd b').first().innerText(), await slip.locator('dd b.hash').innerText()]
  expect(hr.url()).not.toContain(code)

  const { page } = await personAt(scene, { javaScript: false, width: 360 })
  await page.goto('/start')
  await page.getByLabel('従事者番号').fill(number)
  await page.getByLabel('コード').fill(code)
  await page.getByLabel('新しいパスワード').fill('かぜの-まちの-ねこ')
  await page.getByRole('button', { name: 'はじめる' }).click()
  await page.waitForURL((url) => url.pathname !== '/start')
  await page.getByRole('button', { name: 'サインアウト' }).click()
  await page.getByLabel('従事者番号 または メールアドレス').fill(number)
  await page.getByLabel('パスワード').fill('かぜの-まちの-ねこ')
  await page.getByRole('button', { name: 'サインイン' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
})

it('brings the code of a scanned slip in the fragment, takes it out of the address, and sends it in no request line', async () => {
  const { page } = await personAt(scene, { width: 360 })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''))
  await page.goto('/start#7KX4M2PAWXYZ')
  await expect.poll(() => page.getByLabel('コード').inputValue()).toBe('7KX4M2PAWXYZ')
  expect(page.url()).toBe(`${scene.site.url}/start`)
  await page.getByLabel('従事者番号').fill('000412')
  await page.getByLabel('新しいパスワード').fill('かぜの-まちの-ねこ')
  await page.getByRole('button', { name: 'はじめる' }).click()
  await page.getByRole('alert').waitFor()
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
