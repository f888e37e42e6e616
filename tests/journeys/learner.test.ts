import { describe, expect, it } from 'vitest'
import { DEMO_PASSWORD, DEMO_SIGN_INS, demoPeople } from '../../app/demo/company'
import { dayOf } from '../../app/domain/calendar'
import { keyboard, pointer, type Hand } from '../support/answers'
import { accessibilityViolations, journeyScene, pagePattern, personAt } from '../support/site'
import { heading, passNotice, readModule, signPledge, takeTest } from '../support/steps'

/** A hand that looks at the page before it presses: the first pages of each kind must have no axe violation. */
function inspecting(hand: Hand) {
  const troubles: string[] = []
  const looked = new Map<string, number>()
  const press: Hand['press'] = async (page, role, name) => {
    const at = pagePattern(page.url())
    looked.set(at, (looked.get(at) ?? 0) + 1)
    if (looked.get(at)! <= 3) troubles.push(...(await accessibilityViolations(page)).map((one) => `${page.url()}: ${one}`))
    await hand.press(page, role, name)
  }
  return { hand: { ...hand, press }, troubles }
}

/** People at a real browser, from signed in to signed: with script, without script, and by keyboard alone. */
const scene = journeyScene()

const signIn = (role: string, options: { javaScript?: boolean; width?: number } = {}) => personAt(scene, { login: `${role}@demo.example`, password: DEMO_PASSWORD, ...options })

describe('髙橋さん, hired eleven days ago, on a phone', () => {
  it('finishes a module in at most sixty requests, then signs, and holds a copy', async () => {
    const { page, context } = await signIn('learner', { width: 360 })
    const { hand, troubles } = inspecting(pointer)
    await passNotice(page)
    await page.waitForURL((url) => url.pathname === '/')
    await heading(page, 'いま、やること')
    const requests: string[] = []
    page.on('request', (request) => void requests.push(request.url()))
    await page.reload()
    await readModule(page, '「通信の秘密」を守る仕事', hand)
    await takeTest(page, 'M01', true, hand)
    await heading(page, '合格しました')
    expect(requests.filter((url) => !url.startsWith(scene.site.url) && !url.startsWith('data:'))).toEqual([])
    expect(requests.length, requests.join('\n')).toBeLessThanOrEqual(60)

    await page.goto('/')
    await page.locator('.task', { hasText: '秘密保持誓約書' }).getByRole('link').click()
    await signPledge(page, '高橋 美咲', hand)
    await page.waitForURL(/\/receipt$/)
    await heading(page, '署名を記録しました')
    expect(await page.locator('main').innerText()).toContain('髙橋 美咲')
    expect([...troubles, ...(await accessibilityViolations(page))]).toEqual([])
    const paper = page.url().replace('/receipt', '/pdf')
    await expect.poll(async () => (await (await context.request.get(paper)).body()).subarray(0, 5).toString(), { timeout: 60_000 }).toBe('%PDF-')
    await context.close()
  })
})

describe('the pages of a learner', () => {
  it('load at most 110 KB of compressed script in all, reading and test together', async () => {
    const { page, context } = await signIn('learner', { width: 360 })
    const scripts = new Map<string, Promise<number>>()
    page.on('requestfinished', (request) => void (request.url().endsWith('.js') && scripts.set(request.url(), request.sizes().then(({ responseBodySize }) => responseBodySize))))
    await passNotice(page)
    await page.goto('/')
    await page.locator('.task').first().getByRole('link').first().click()
    await page.goto('/records')
    await page.waitForLoadState('networkidle')
    const sizes = await Promise.all(scripts.values())
    expect(sizes.length).toBeGreaterThan(5)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(110 * 1024)
    await context.close()
  })
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
    expect(await page.locator('main').innerText()).toContain('れいだいスタッフ株式会社')
    await signPledge(page, demoPeople(dayOf(Date.now())).find(({ number }) => number === DEMO_SIGN_INS.dispatched)!.name)
    await heading(page, '署名を記録しました')
    await context.close()
  })
})

describe('山﨑さん, who uses the keyboard alone', () => {
  it('reads, fails the test, is told what to re-read, and signs', async () => {
    const { page, context } = await signIn('manager')
    await passNotice(page)
    await readModule(page, '「通信の秘密」を守る仕事', keyboard)
    await takeTest(page, 'M01', false, keyboard)
    await heading(page, '合格まで、あと')
    expect(await accessibilityViolations(page)).toEqual([])
    await page.goto('/')
    await keyboard.follow(page, page.locator('.task', { hasText: '秘密保持誓約書' }).getByRole('link'))
    await signPledge(page, '山崎 健一', keyboard)
    await heading(page, '署名を記録しました')
    await context.close()
  })
})
