/**
 * The front door of web, jobs and command line: installs what is missing, builds what changed, then hands over to the bundle.
 * Plain JavaScript on Node alone, because nothing else may be there yet.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
process.chdir(root)

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node.js 20.19 以上が必要です(いまは ${process.versions.node})。新しい版を入れてから、もう一度実行してください。`)
  process.exit(1)
}

/** SHA-256 over names and bytes of files and folders. */
function fingerprint(paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    if (!existsSync(path)) return
    const entries = tryList(path)
    if (entries) for (const name of entries.sort()) add(join(path, name))
    else hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
  }
  paths.forEach(add)
  return hash.digest('hex')
}

function tryList(path) {
  try {
    return readdirSync(path)
  } catch {
    return undefined
  }
}

const noted = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '')
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const say = (text) => process.stderr.write(`${text}\n`)

/** Installs what the lock file says when it differs from what was installed last. */
export function install() {
  const lock = fingerprint(['package-lock.json'])
  const note = 'node_modules/.shuhi-lock'
  if (noted(note) === lock) return
  say('必要な部品を入れています(初回は1分ほどかかります)…')
  execFileSync(npm, ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', process.stderr, 'inherit'], shell: process.platform === 'win32' })
  writeFileSync(note, lock)
}

/** Builds the bundle when a source changed since the last build. */
export function build() {
  const sources = fingerprint(['app', 'db', 'emails', 'remix.config.js', 'package-lock.json', 'tsconfig.json'])
  const note = 'build/.sources'
  if (noted(note) === sources) return
  say('画面を組み立てています…')
  execFileSync(process.execPath, ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build', '--config', 'remix.config.js', '--logLevel', 'warn'], {
    stdio: ['ignore', process.stderr, 'inherit'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  mkdirSync('build', { recursive: true })
  writeFileSync(note, sources)
}

/** npm passes a signal on to its shell only, which ends: whoever started the product by npm would leave it behind, so it follows. */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500).unref()
}

if (process.argv[1] && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  endWithNpm()
  install()
  build()
  process.env.NODE_ENV = 'production'
  const bundle = await import(pathToFileURL(join(root, 'build/server/index.js')).href)
  const code = await bundle.entry.module.main(process.argv.slice(2), bundle)
  if (typeof code === 'number') process.exitCode = code
}
