/**
 * `npm run bench [-- --people N --json]`: builds a company of N people on a private MariaDB through the command line, runs the
 * production build and measures it from outside, beside an empty route of the same app in the same run; then again at 4N.
 */
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, install } from '../../app/start.mjs'
import { startMariaDb } from '../support/mariadb.mjs'
import { chaseWay, measureRequests } from './chase.mjs'
import { dossierWay, measureDossiers, openHrDoor } from './dossiers.mjs'
import { importCompany, importLines, importMore } from './import.mjs'
import { Client, measure, waitForRest } from './load.mjs'
import { flows } from './flows.mjs'
import { managerFlows } from './manager.mjs'
import { finishDuties, measureCsv, overviewWays } from './oversight.mjs'

const { values } = parseArgs({ options: { people: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false }, growth: { type: 'string', default: '4' }, seconds: { type: 'string', default: '6' } } })
const people = Number(values.people)
const seconds = Number(values.seconds)
const CONCURRENCY = 8
const PASSWORD = 'つばめの-7-とけい'
const say = (line) => process.stderr.write(`${line}\n`)

install()
build()
const mysql = (await import('mysql2/promise')).default
const { hash } = await import('@node-rs/argon2')
const { uuidv7 } = await import('uuidv7')

/** Opens sessions for the first `count` learners of the line and gives them a password, straight in the tables. */
async function openDoors(connection, count) {
  const [accounts] = await connection.query(
    `select a.id as account, e.id as engagement, e.number from account a join engagement e on e.person_id = a.person_id
     join engagement_current c on c.engagement_id = e.id where c.kind in ('regular', 'contractEmployee') order by e.number limit ?`, [count])
  const notice = readdirSync('content/notices/purpose').sort().at(-1)
  const passwordHash = await hash(PASSWORD)
  const now = Date.now()
  const doors = accounts.map((row) => ({ ...row, token: randomBytes(32).toString('base64url') }))
  for (let at = 0; at < doors.length; at += 500) {
    const part = doors.slice(at, at + 500)
    await connection.query('insert into session (id_hash, account_id, created_at, last_seen_at, expires_at, shared_terminal, address, agent, auth_method) values ?', [
      part.map(({ token, account }) => [createHash('sha256').update(token).digest('hex'), account, now, now, now + 11 * 3_600_000, 0, '127.0.0.1', 'bench', 'password'])])
    await connection.query('update account set password_hash = ?, notice_version = ?, notice_at = ? where id in (?)', [passwordHash, notice, now, part.map(({ account }) => account)])
  }
  return doors
}

async function startSite(environment) {
  const port = 21_000 + Math.floor(Math.random() * 20_000)
  const child = spawn(process.execPath, ['--max-semi-space-size=16', '--max-old-space-size=512', 'app/start.mjs'], { env: { ...environment, PORT: String(port), SHUHI_BENCH: '1', SHUHI_DEMO: '0', LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (data) => data.toString().includes('守秘を始めました') && resolve())
    child.once('exit', () => reject(new Error('the site did not start')))
  })
  return { port, child, rssMb: () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024) }
}

/** Puts each result to the name of its way, and says it. */
function named(ways, results) {
  return Object.fromEntries(Object.keys(ways).map((name, at) => {
    const { rps, medianMs, p95Ms, errors } = results[at]
    say(`  ${name.padEnd(10)} ${rps.toFixed(1).padStart(8)} /s  中央 ${medianMs.toFixed(1)} ms  p95 ${p95Ms.toFixed(1)} ms${errors ? `  誤り ${errors}` : ''}`)
    return [name, { name, ...results[at] }]
  }))
}

async function round(count) {
  const folder = mkdtempSync(join(tmpdir(), 'shuhi-bench-'))
  const database = await startMariaDb(['--innodb-flush-log-at-trx-commit=1', '--innodb-buffer-pool-size=1G'])
  const connection = await mysql.createConnection({ socketPath: database.socket, user: 'root', multipleStatements: true })
  await connection.query('create database bench character set utf8mb4 collate utf8mb4_bin')
  await connection.query('use bench')
  const environment = { ...process.env, DATABASE_URL: database.url('bench'), DATA_DIR: folder, NODE_ENV: 'production' }
  say(`${count} 人の会社を作っています…`)
  const imported = await importCompany(environment, folder, count)
  for (const line of importLines(imported)) say(line)
  const doors = await openDoors(connection, Math.min(2_000, Math.floor(count / 3)))
  const site = await startSite(environment)
  const stop = async () => {
    if (site.child.exitCode !== null) return
    site.child.kill('SIGTERM')
    await new Promise((resolve) => site.child.once('exit', resolve))
  }
  try {
    await waitForRest(connection, { started: true })
    const ways = await flows({ port: site.port, connection, doors, password: PASSWORD, uuidv7, Client })
    const { yardstick: empty, home, read, ...others } = ways
    const reading = { yardstick: empty, home, read, ...(await managerFlows({ port: site.port, connection, doors, Client, uuidv7 })) }
    const measured = named(reading, await measure(Object.values(reading), { concurrency: CONCURRENCY, seconds: 2 * seconds }))
    for (const [name, way] of Object.entries(others)) Object.assign(measured, named({ [name]: way }, await measure([way], { concurrency: CONCURRENCY, seconds: way.seconds ?? seconds, limit: way.limit })))
    const taken = doors.slice(0, 100).map(({ engagement }) => engagement)
    const hr = await openHrDoor(connection, uuidv7, readdirSync('content/notices/purpose').sort().at(-1), taken)
    const dossier = dossierWay(site.port, hr, taken)
    Object.assign(measured, named({ dossier }, await measure([dossier], { concurrency: 1, seconds: dossier.seconds, limit: dossier.limit })))
    const chase = await chaseWay({ port: site.port, connection, head: doors.at(-1), Client })
    Object.assign(measured, named({ chase }, await measure([chase], { concurrency: 1, seconds: chase.seconds, limit: chase.limit })))
    const office = new Client(site.port)
    office.cookie = hr
    const finished = await finishDuties(connection)
    await waitForRest(connection)
    for (const [name, way] of Object.entries(overviewWays(office))) Object.assign(measured, named({ [name]: way }, await measure([way], { concurrency: 1, seconds: way.seconds, limit: way.limit })))
    await waitForRest(connection)
    const csv = { rows: finished, ...(await measureCsv(site.port, hr, site.child.pid)) }
    say(`  csv        ${csv.rows} 行 ${csv.megabytes} MB ${csv.medianMs} ms  記憶 前 ${csv.rssBeforeMb} 最大 ${csv.rssMostMb} MB`)
    const dossiers = await measureDossiers(site.port, hr, connection, site.child.pid)
    say(`  dossiers   ${dossiers.people} 人分 ${dossiers.megabytes} MB ${dossiers.seconds} 秒  記憶 前 ${dossiers.rssBeforeMb} 最大 ${dossiers.rssMostMb} 後 ${dossiers.rssAfterMb} MB`)
    const { yardstick, ...rest } = measured
    const results = Object.values(rest).map((result) => ({ ...result, ratio: Number((result.rps / yardstick.rps).toFixed(3)) }))
    const rssMb = site.rssMb()
    await stop()
    const requests = await measureRequests(environment, connection)
    say(`  requests   ${requests.requests} 人分を ${requests.elapsedMs} ms で計画(2,000 人分 ${requests.msOf2000} ms)、週のまとめ ${requests.digests} 通`)
    const more = await importMore(environment, folder, count)
    for (const line of importLines(more)) say(line)
    results.push({ name: 'import', rps: more.more.rowsPerSecond, medianMs: more.more.elapsedMs, p95Ms: more.more.elapsedMs, ratio: null, ...imported, ...more })
    return { people: count, yardstick: { rps: yardstick.rps, p95Ms: yardstick.p95Ms }, results, dossiers, requests, csv, rssMb }
  } finally {
    await stop()
    await connection.end()
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const first = await round(people)
const factor = Number(values.growth)
const grown = factor > 1 ? await round(people * factor) : undefined
const growth = grown?.results.map(({ name, ratio, rps }) => {
  const before = first.results.find((one) => one.name === name)
  return { name, factor: Number((ratio === null ? rps / before.rps : ratio / before.ratio).toFixed(2)) }
})
if (values.json) process.stdout.write(`${JSON.stringify({ ...first, ...(grown && { grown, growth }) }, null, 2)}\n`)
else {
  say(`\n守秘 ${first.people} 人: 基準 ${first.yardstick.rps.toFixed(0)} /s、記憶 ${first.rssMb} MB${grown ? `。${grown.people} 人: 基準 ${grown.yardstick.rps.toFixed(0)} /s、記憶 ${grown.rssMb} MB` : ''}`)
  for (const one of first.results) say(`  ${one.name.padEnd(10)} ${one.rps.toFixed(1).padStart(8)} /s  ${one.ratio === null ? '' : `${one.ratio} ×`}  ${growth ? `${factor} 倍の人数で ${growth.find(({ name }) => name === one.name).factor} ×` : ''}`)
}
