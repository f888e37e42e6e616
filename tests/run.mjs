/**
 * `npm test`: brings what the tests need, then runs everything and closes with `N passed, N failed`.
 * On Debian as root missing system packages are installed; elsewhere it says how, and fails rather than skips.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { build, install } from '../app/start.mjs'
import { serverBinary } from './support/mariadb.mjs'

const NEEDED = [
  { what: 'MariaDB', there: () => serverBinary() !== undefined, debian: ['mariadb-server'] },
  { what: 'Chromium', there: () => ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(existsSync), debian: ['chromium'] },
  { what: 'pdftotext (poppler)', there: () => ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext', '/opt/homebrew/bin/pdftotext'].some(existsSync), debian: ['poppler-utils'] },
  { what: '日本語の字体', there: () => existsSync('/usr/share/fonts/opentype/noto') || process.platform !== 'linux', debian: ['fonts-noto-cjk'] },
]

function bringSystemParts() {
  const missing = NEEDED.filter(({ there }) => !there())
  if (missing.length === 0) return
  const packages = missing.flatMap(({ debian }) => debian)
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.error(`試験には ${missing.map(({ what }) => what).join('、')} が必要です。Debian では管理者として次を実行してください:\n  apt-get update && apt-get install --no-install-recommends ${packages.join(' ')}`)
    console.log('0 passed, 1 failed')
    process.exit(1)
  }
  console.log(`試験に必要なものを入れています: ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { stdio: ['ignore', 'ignore', 'inherit'], env })
}

/** Runs a tool of node_modules; answers whether it was content. */
const run = (name, script, args) =>
  new Promise((resolve) => {
    const started = Date.now()
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
    child.once('exit', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
      resolve(code === 0)
    })
  })

bringSystemParts()
install()
build()
const only = process.argv.slice(2)
const report = 'node_modules/.cache/shuhi-tests.json'
mkdirSync('node_modules/.cache', { recursive: true })
rmSync(report, { force: true })
const vitest = ['run', '--config', 'remix.config.js', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...only]
// Side by side: the tests wait much of their time for databases and browsers.
const [tests, ...checks] = await Promise.all([
  run('tests', 'node_modules/vitest/vitest.mjs', vitest),
  ...(only.length ? [] : [run('types', 'node_modules/typescript/bin/tsc', ['--noEmit']), run('lint', 'node_modules/eslint/bin/eslint.js', ['--config', '.eslint.config.mjs', '.'])]),
])
const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 1 }
const failedSuites = tests || counted.numFailedTests > 0 ? 0 : 1
const passed = counted.numPassedTests + checks.filter(Boolean).length
const failed = counted.numFailedTests + failedSuites + checks.filter((ok) => !ok).length
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
