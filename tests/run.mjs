/**
 * `npm test`: brings what the tests need, then runs everything and closes with `N passed, N failed`.
 * On Debian as root missing system packages are installed; elsewhere it says how, and fails rather than skips.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { build, install } from '../app/start.mjs'
import { browserBinary } from './support/chromium.mjs'
import { serverBinary } from './support/mariadb.mjs'

const NEEDED = [
  { what: 'MariaDB', there: () => serverBinary() !== undefined, debian: ['mariadb-server'] },
  { what: 'Chromium', there: () => browserBinary() !== undefined, debian: ['chromium-headless-shell'] },
  { what: 'pdftotext (poppler)', there: () => ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext', '/opt/homebrew/bin/pdftotext'].some(existsSync), debian: ['poppler-utils'] },
  { what: '日本語の字体', there: () => existsSync('/usr/share/fonts/opentype/noto') || process.platform !== 'linux', debian: ['fonts-noto-cjk'] },
]

/** Begins to bring what the system lacks, in a process of its own so that npm can work meanwhile; answers when it is there. */
function bringSystemParts() {
  const missing = NEEDED.filter(({ there }) => !there())
  if (missing.length === 0) return Promise.resolve()
  const packages = missing.flatMap(({ debian }) => debian)
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    console.error(`試験には ${missing.map(({ what }) => what).join('、')} が必要です。Debian では管理者として次を実行してください:\n  apt-get update && apt-get install --no-install-recommends ${packages.join(' ')}`)
    console.log('0 passed, 1 failed')
    process.exit(1)
  }
  console.log(`試験に必要なものを入れています: ${packages.join(' ')}`)
  const child = spawn('/bin/sh', ['-c', `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${packages.join(' ')}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return new Promise((resolve, reject) => child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`apt-get は ${code} で終わりました。`)))))
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

const systemParts = bringSystemParts()
install()
const only = process.argv.slice(2)
const report = 'node_modules/.cache/shuhi-tests.json'
mkdirSync('node_modules/.cache', { recursive: true })
rmSync(report, { force: true })
const vitest = ['run', '--config', 'remix.config.js', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...only]
// Side by side: the tests wait much of their time for databases and browsers.
const checking = only.length ? [] : [run('types', 'node_modules/typescript/bin/tsc', ['--noEmit']), run('lint', 'node_modules/eslint/bin/eslint.js', ['--config', '.eslint.config.mjs', '.'])]
build()
await systemParts
const [tests, ...checks] = await Promise.all([run('tests', 'node_modules/vitest/vitest.mjs', vitest), ...checking])
const counted = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 1 }
const failedSuites = tests || counted.numFailedTests > 0 ? 0 : 1
const passed = counted.numPassedTests + checks.filter(Boolean).length
const failed = counted.numFailedTests + failedSuites + checks.filter((ok) => !ok).length
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
