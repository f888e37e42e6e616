import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, vi } from 'vitest'
import { browserBinary } from './chromium.mjs'

/** The product as it is started by `npm start`, in a process and a data folder of its own. */
export class Site {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly log: string[],
  ) {}

  static async start(environment: Record<string, string> = {}): Promise<Site> {
    const folder = mkdtempSync(join(tmpdir(), 'shuhi-site-'))
    cpSync(await loadedDemo(), folder, { recursive: true })
    return Site.open(folder, environment)
  }

  /** The product over a data folder, which is gone when the site stops. */
  static async open(folder: string, environment: Record<string, string>): Promise<Site> {
    const port = 20_000 + Math.floor(Math.random() * 20_000)
    const log: string[] = []
    const child = spawn(process.execPath, ['--import', './tests/support/clock.mjs', 'app/start.mjs'], {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', DATA_DIR: folder, PORT: String(port), LOG_LEVEL: 'warn', ...environment } as unknown as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child.stderr!.on('data', (data: Buffer) => log.push(data.toString()))
    await new Promise<void>((resolve, reject) => {
      child.stdout!.on('data', (data: Buffer) => {
        log.push(data.toString())
        if (data.toString().includes('守秘を始めました')) resolve()
      })
      child.once('exit', () => reject(new Error(`The site did not start:\n${log.join('')}`)))
    })
    return new Site(`http://localhost:${port}`, child, folder, log)
  }

  /** Moves the one clock of the product to this instant; it goes on from there. */
  async setClock(at: number): Promise<void> {
    const taken = new Promise<void>((resolve) => this.child.once('message', () => resolve()))
    this.child.send({ offsetMs: at - Date.now() })
    await taken
  }

  async stop(): Promise<number | null> {
    const code = await this.end()
    rmSync(this.folder, { recursive: true, force: true })
    return code
  }

  /** Ends the process and leaves its folder. */
  async end(): Promise<number | null> {
    const gone = new Promise<number | null>((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGTERM')
    return gone
  }
}

/** The data folder of a site that has loaded the demonstration: the first who asks in a run makes it, all others wait for it. */
async function loadedDemo(): Promise<string> {
  const [claimed, making, ready] = ['claimed', 'making', 'ready'].map((name) => join(inject('demo'), name)) as [string, string, string]
  try {
    mkdirSync(claimed)
  } catch {
    await vi.waitUntil(() => existsSync(ready), { timeout: PATIENCE_MS, interval: 200 })
    return ready
  }
  const site = await Site.open(making, {})
  await site.end()
  renameSync(making, ready)
  return ready
}

/** The system's Chromium, headless, that asks no other host for anything. */
async function startBrowser(): Promise<Browser> {
  const executablePath = browserBinary()
  if (!executablePath) throw new Error('Chromium が見つかりません。Debian では `apt-get install chromium-headless-shell` を実行してください。')
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--lang=ja'],
  })
}

/** Long enough for a journey on a busy machine: it only ends what hangs. */
const PATIENCE_MS = 300_000

/** The site and the browser of one file of journeys: started before its first test, and stopped in good order after its last. */
export interface Scene {
  site: Site
  browser: Browser
}

export function journeyScene(environment: () => Promise<Record<string, string>> | Record<string, string> = () => ({})): Scene {
  const scene = {} as Scene
  vi.setConfig({ testTimeout: PATIENCE_MS, hookTimeout: PATIENCE_MS })
  beforeAll(async () => {
    ;[scene.site, scene.browser] = await Promise.all([Site.start(await environment()), startBrowser()])
  })
  afterAll(async () => {
    await scene.browser?.close()
    expect(await scene.site?.stop()).toBe(0)
  })
  return scene
}

/** Somebody at a screen: a browser context of their own, signed in through the form when a login is given. */
export async function personAt({ browser, site }: Scene, options: { login?: string; password?: string; javaScript?: boolean; width?: number } = {}): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ locale: 'ja-JP', timezoneId: 'Asia/Tokyo', javaScriptEnabled: options.javaScript ?? true, viewport: { width: options.width ?? 1280, height: 900 }, baseURL: site.url })
  const page = await context.newPage()
  if (options.login) {
    await page.goto('/sign-in')
    await page.getByLabel('従事者番号 または メールアドレス').fill(options.login)
    await page.getByLabel('パスワード').fill(options.password ?? '')
    await page.getByRole('button', { name: 'サインイン' }).click()
    await page.waitForURL((url) => url.pathname !== '/sign-in')
  }
  return { page, context }
}

const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8')

/** The axe violations of WCAG 2.2 A and AA on the page as it stands, in words. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }> } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    // of what axe would fetch anew for each look, no rule of these reads the stylesheets
    return (await axe.run({ runOnly: tags, resultTypes: ['violations'], preload: { assets: ['media'] } })).violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 160) ?? ''}`)
  })
}

/** The address of a page without what differs from one person or page to the next: `/people/:id/edit`. */
export const pagePattern = (url: string): string =>
  new URL(url, 'http://localhost').pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id').replace(/\/\d+(?=\/|$)/g, '/:n').replace(/^(\/program\/library)\/[a-z]+\/[^/]+\/[\d.]+/, '$1/:text').replace(/^(\/program\/laws)\/[^/]+/, '$1/:law')
