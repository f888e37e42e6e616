import { describe, expect, it } from 'vitest'
import { DEMO_PASSWORD, DEMO_SIGN_INS, type DemoRole } from '../../app/demo/company'
import { accessibilityViolations, journeyScene, personAt } from '../support/site'

/** Every page that a role reaches from its menu, looked at narrow and wide: no axe violation, no sideways scroll, no script error. */
const scene = journeyScene()

const OPEN_PAGES = ['/sign-in', '/start', '/forgot', '/help', '/help/contact']
/** Pages that look alike for everybody: looked at closely as two of the roles. */
const COMMON_PAGES = ['/sessions', '/password', '/notice']
const ALIKE = new Set(['/records', '/help', ...COMMON_PAGES])
const CLOSELY: readonly DemoRole[] = ['learner', 'contractor']
const OWN_PAGES: Partial<Record<DemoRole, readonly string[]>> = {
  hr: ['/people?q=タカハシ', '/people/new', '/people/export', '/people/changes', '/people/without-template', '/people/slips'],
  'contractor-lead': ['/company/certificate', '/people/slips'],
}

async function lookAt(login: string | undefined, paths: readonly string[], { followMenu, closely }: { followMenu: boolean; closely: boolean }) {
  const { page, context } = await personAt(scene, { ...(login && { login, password: DEMO_PASSWORD }) })
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`${page.url()} ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && troubles.push(`${page.url()} ${message.text()}`))
  if (new URL(page.url()).pathname === '/notice') {
    await page.locator('main form button').first().click()
    await page.waitForURL((url) => url.pathname === '/')
  }
  const menu = followMenu ? await page.locator('.nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!)) : []
  for (const path of [...new Set([...menu, ...paths])].filter((one) => closely || !ALIKE.has(one))) {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      const answer = await page.goto(path)
      if (answer?.status() !== 200) troubles.push(`${path} ${answer?.status()}`)
      if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) troubles.push(`${path} scrolls sideways at ${width}`)
      if ((await page.locator('h1').count()) !== 1) troubles.push(`${path} has not one h1`)
      if (await page.locator('.rows.stack :is(thead, tbody, tr, th, td):not([role])').count()) troubles.push(`${path} has a folding table without roles`)
      if (!(await page.locator('body').innerText()).includes('デモ')) troubles.push(`${path} does not say that it is the demonstration`)
      troubles.push(...(await accessibilityViolations(page)).map((one) => `${path} at ${width}: ${one}`))
    }
  }
  await context.close()
  return troubles
}

describe('pages as people see them', () => {
  it('are sound before signing in', async () => {
    expect(await lookAt(undefined, OPEN_PAGES, { followMenu: false, closely: true })).toEqual([])
  })

  it.each(Object.keys(DEMO_SIGN_INS) as DemoRole[])('are sound for %s', async (role) => {
    expect(await lookAt(`${role}@demo.example`, [...COMMON_PAGES, ...(OWN_PAGES[role] ?? [])], { followMenu: true, closely: CLOSELY.includes(role) })).toEqual([])
  })
})
