/**
 * The roster import through the command line, as HR's nightly script runs it: `npm run shuhi -- roster import … --json`. Of each run
 * both the time the command itself says (from the bytes of the files to its answer) and that of the whole process.
 */
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { companyFiles } from './company.mjs'

/** New people who come to a company that is there. */
const MORE = 2_000
const FLAGS = JSON.parse(readFileSync('package.json', 'utf8')).scripts.shuhi.split(' ').filter((word) => word.startsWith('--'))

/** One run of the command line; answers what it said and used. */
async function run(environment, args) {
  const child = spawn(process.execPath, [...FLAGS, '--import', './tests/bench/usage.mjs', 'app/start.mjs', 'roster', 'import', ...args, '--json'], { env: environment, stdio: ['ignore', 'pipe', 'inherit', 'pipe'] })
  const read = (stream) => new Promise((resolve) => {
    const parts = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', () => resolve(JSON.parse(Buffer.concat(parts).toString())))
  })
  const [answer, used] = await Promise.all([read(child.stdout), read(child.stdio[3])])
  return { applied: answer.applied, counts: answer.report.counts, elapsedMs: answer.elapsedMs, ...used }
}

const write = (folder, name, text) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

async function measured(environment, args, [what, rows]) {
  const one = await run(environment, args)
  if (one.counts[what] !== rows) throw new Error(`roster import ${args.join(' ')}: ${JSON.stringify(one.counts)}`)
  return { rows, ...one, rowsPerSecond: Math.round((rows * 1000) / one.elapsedMs) }
}

/** Builds a company of `count` people on an empty database: previewed, applied, and given again when nothing has changed. */
export async function importCompany(environment, folder, count) {
  const { roster, companies, units } = companyFiles(count)
  const files = [write(folder, 'roster.csv', roster), '--companies', write(folder, 'companies.csv', companies), '--units', write(folder, 'units.csv', units)]
  return {
    preview: await measured(environment, files, ['new', count]),
    apply: await measured(environment, [...files, '--apply'], ['new', count]),
    unchanged: await measured(environment, [...files, '--apply'], ['unchanged', count]),
  }
}

/** People who join that company of `count`, in a file of their own. */
export async function importMore(environment, folder, count) {
  const [header, ...rows] = companyFiles(count, MORE).roster.trimEnd().split('\n')
  return { more: await measured(environment, [write(folder, 'more.csv', [header, ...rows.slice(count)].join('\n')), '--part', '--apply'], ['new', MORE]) }
}

const WORDS = { preview: '確認', apply: '反映', unchanged: '変化なし', more: '追加' }

/** What was measured, one line a run. */
export const importLines = (imported) =>
  Object.entries(imported).map(([name, { rows, rowsPerSecond, elapsedMs, wholeMs, cpuMs, peakMb }]) => {
    const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`
    return `  import     ${String(rowsPerSecond).padStart(8)} 行/s  ${WORDS[name]} ${rows} 行 ${seconds(elapsedMs)}(起動から終わりまで ${seconds(wholeMs)}、CPU ${seconds(cpuMs)}、最大 ${peakMb} MB)`
  })
