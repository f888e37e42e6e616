import type { Page } from 'playwright-core'
import { DEMO_PASSWORD, type DemoRole } from '../../app/demo/company'
import { accessibilityViolations, pagePattern, personAt, type Scene } from './site'
import { passNotice } from './steps'

/**
 * Every page that a role reaches by following links: no axe violation, no sideways scroll, no script error. A page of the same
 * address but for its ids is looked at by two roles of a file at most, narrow and wide by the first and narrow by the second;
 * the manual, alike for all, by one.
 */
const rolesToLook = (pattern: string) => (pattern.startsWith('/help') ? 1 : 2)
export const OPEN_PAGES = ['/sign-in', '/start', '/forgot', '/help', '/help/contact']
/** Where no link leads without something to search for. */
const SEARCHES: Partial<Record<DemoRole, readonly string[]>> = { hr: ['/people?q=タカハシ', '/people/slips?q=000412'] }
/** Pages that a later one must not be left without. */
const MUST_SEE: Partial<Record<DemoRole, readonly string[]>> = {
  learner: ['/', '/learn/:id/pages/:n', '/records', '/records/all', '/records/correction', '/sessions', '/password'],
  hr: ['/people', '/people/new', '/people/import', '/people/export', '/people/changes', '/people/changes/:id', '/people/without-template', '/people/slips', '/people/questions', '/people/:id/open', '/people/:id', '/people/:id/edit', '/people/:id/leave', '/people/:id/accommodation', '/people/:id/entries', '/people/class', '/approvals', '/approvals/:id', '/people/hiring', '/people/hiring/intake', '/people/dossiers', '/people/departures', '/people/:id/departure', '/people/:id/departure/list', '/people/:id/departure/letter'],
  'contractor-lead': ['/company', '/company/import', '/company/headcount', '/company/people/:id', '/approvals', '/company/certificate'],
  chief: ['/approvals/unit', '/people/appointments'],
  admin: ['/system'],
}

const lookedBy = new Map<string, number>()

/** What is seen of a page as wide as it is now. Runs in the page. */
function measures() {
  const sideways = document.documentElement.scrollWidth > window.innerWidth
  // figures and buttons of a wide table that stand on two lines
  const broken = [...document.querySelectorAll('.rows td.num:not(:has(br, .block)), .rows .ask')].flatMap((cell) => {
    const text = document.createRange()
    text.selectNodeContents(cell)
    // a line below another begins beneath the middle of it; what stands on one line may be of different heights
    const pieces = [...text.getClientRects()]
    const twoLines = pieces.some(({ top }) => pieces.some((other) => top > (other.top + other.bottom) / 2))
    return window.innerWidth >= 992 && twoLines ? [cell.textContent ?? ''] : []
  })
  // people counted in a table of the 統括管理者 without what they are counted among; 在籍 is what all others are
  const counts = location.pathname.startsWith('/program') && !location.pathname.startsWith('/program/library')
  const bare = [...document.querySelectorAll('.rows tr')].filter((row) => counts && !row.querySelector('th')?.textContent?.startsWith('在籍')).flatMap((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? '').filter((text) => /^[\d,]+人$/.test(text)))
  return { sideways, broken, bare, h1: document.querySelectorAll('h1').length, unnamed: document.querySelectorAll('.rows.stack :is(thead, tbody, tr, th, td):not([role])').length, words: document.body.innerText }
}

async function lookAt(page: Page, path: string, widths: readonly number[]): Promise<string[]> {
  const troubles: string[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const { sideways, broken, bare, h1, unnamed, words } = await page.evaluate(measures)
    if (sideways) troubles.push(`${path} scrolls sideways at ${width}`)
    troubles.push(...broken.map((figure) => `${path} breaks 「${figure}」 at ${width}`), ...bare.map((figure) => `${path} says 「${figure}」 of nobody`))
    troubles.push(...(await accessibilityViolations(page)).map((one) => `${path} at ${width}: ${one}`))
    if (h1 !== 1) troubles.push(`${path} has not one h1`)
    if (unnamed > 0) troubles.push(`${path} has a folding table without roles`)
    if (!words.includes('デモ')) troubles.push(`${path} does not say that it is the demonstration`)
  }
  return troubles
}

/** Where the links of a document lead to on this host, downloads aside. Runs in the page. */
const linksOf = (document: ParentNode) => [...document.querySelectorAll('a[href^="/"]:not([download])')].map((link) => link.getAttribute('href')!)

/** What a page of the manual answers to whoever has this page open, and where it leads: drawn it was before, and but for its links it is alike for all. */
const askedOf = (page: Page, path: string): Promise<{ status: number; links: string[] }> =>
  page.evaluate(`fetch(${JSON.stringify(path)}).then(async (answer) => ({ status: answer.status, links: (${linksOf})(new DOMParser().parseFromString(await answer.text(), 'text/html')) }))`)

/** What a page asks for before it leads on, done as a person would. */
async function passOn(page: Page) {
  if (pagePattern(page.url()) !== '/people/:id/open') return
  await page.getByLabel('開く理由').selectOption({ index: 1 })
  await page.getByRole('button', { name: '記録を開く' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith('/open'))
}

/** Follows every link from these pages; answers what was wrong, and which pages were seen. */
export async function walk(page: Page, from: readonly string[]) {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`${page.url()} ${error.message}`))
  page.on('console', (message) => message.type() === 'error' && troubles.push(`${page.url()} ${message.text()}`))
  const seen = new Set<string>()
  const waiting = [...from]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(pagePattern(path))) continue
    seen.add(pagePattern(path))
    if (path.startsWith('/help') && (lookedBy.get(pagePattern(path)) ?? 0) >= rolesToLook(path)) {
      const { status, links } = await askedOf(page, path)
      if (status !== 200) troubles.push(`${path} ${status}`)
      waiting.push(...links.filter((to) => !seen.has(pagePattern(to))))
      continue
    }
    const answer = await page.goto(path).catch((error: Error) => error)
    if (answer instanceof Error) {
      if (!/Download is starting|ERR_ABORTED/.test(answer.message)) throw answer
      continue
    }
    if (answer?.status() !== 200) troubles.push(`${path} ${answer?.status()}`)
    for (let at = pagePattern(page.url()); ; at = pagePattern(page.url())) {
      seen.add(at)
      const before = lookedBy.get(at) ?? 0
      // from the width at which the page was opened to the other
      const widths = page.viewportSize()!.width === 360 ? [360, 1280] : [1280, 360]
      if (before < rolesToLook(at)) troubles.push(...(await lookAt(page, page.url(), before === 0 ? widths : [360])))
      lookedBy.set(at, before + 1)
      waiting.push(...(await page.evaluate<string[]>(`(${linksOf})(document)`)).filter((to) => !seen.has(pagePattern(to))))
      await passOn(page)
      if (pagePattern(page.url()) === at) break
    }
  }
  return { troubles, seen }
}

/** Who only learns; the others look around in a file of their own, side by side with the learners' one. */
export const LEARNERS: readonly DemoRole[] = ['learner', 'parttimer', 'dispatched', 'manager', 'contractor']

/** A role signs in and looks at every page it comes to; answers what was wrong, and which pages it must come to and did not. */
export async function troublesOf(scene: Scene, role: DemoRole): Promise<string[]> {
  const { page, context } = await personAt(scene, { login: `${role}@demo.example`, password: DEMO_PASSWORD })
  await passNotice(page)
  const { troubles, seen } = await walk(page, ['/', ...(SEARCHES[role] ?? [])])
  await context.close()
  return [...troubles, ...(MUST_SEE[role] ?? []).filter((pattern) => !seen.has(pattern)).map((pattern) => `${pattern} was not come to`)]
}
