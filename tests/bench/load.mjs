import { Agent, request } from 'node:http'

/** A job begins within so long after the start of a site, and at rest none has run for so long. */
const FIRST_JOB_MS = 9_000
const AT_REST_MS = 2_000
const REST_WITHIN_MS = 300_000

/** Waits until the site runs no job: what is compared is compared at rest. `started`: the site has only just begun. */
export async function waitForRest(connection, { started = false } = {}) {
  const until = Date.now() + REST_WITHIN_MS
  let restsSince = Date.now() + (started ? FIRST_JOB_MS : 0)
  while (Date.now() - restsSince < AT_REST_MS) {
    if (Date.now() > until) throw new Error('the jobs of the site do not come to rest')
    await new Promise((resolve) => setTimeout(resolve, 50))
    const [[{ held }]] = await connection.query("select count(*) as held from job_lease where leased_until > ? and name <> 'send-mail'", [Date.now()])
    if (held > 0) restsSince = Math.max(restsSince, Date.now())
  }
}

/** A learner's browser without a screen: keeps its cookie and its connection. */
export class Client {
  static agent = new Agent({ keepAlive: true, maxSockets: 64 })
  constructor(port, token) {
    this.port = port
    this.cookie = token ? `shuhi=${token}` : ''
  }

  /** One request; a form is posted from our own page. Follows no redirect. */
  send(path, form) {
    const body = form ? new URLSearchParams(form).toString() : undefined
    return new Promise((resolve, reject) => {
      const out = request({
        host: 'localhost', port: this.port, path, method: form ? 'POST' : 'GET', agent: Client.agent,
        headers: { Cookie: this.cookie, Accept: 'text/html', ...(body !== undefined && { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body), Origin: `http://localhost:${this.port}` }) },
      }, (answer) => {
        const parts = []
        answer.on('data', (part) => parts.push(part))
        answer.on('end', () => {
          const cookie = answer.headers['set-cookie']?.find((one) => one.startsWith('shuhi='))
          if (cookie) this.cookie = cookie.split(';')[0]
          resolve({ status: answer.statusCode, location: answer.headers.location, text: Buffer.concat(parts).toString() })
        })
      })
      out.on('error', reject)
      out.end(body)
    })
  }

  /** A request whose answer must be a page. */
  async page(path) {
    const answer = await this.send(path)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.location ?? ''}`)
    return answer.text
  }

  /** A form whose answer must lead on. */
  async post(path, form) {
    const answer = await this.send(path, form)
    if (answer.status !== 302 && answer.status !== 303) throw new Error(`POST ${path}: ${answer.status} ${/<h1[^>]*>(.*?)<\/h1>/.exec(answer.text)?.[1] ?? ''}`)
    return answer.location
  }
}

/** So many times each way has its turn among those measured side by side: the machine's own speed changes within seconds. */
const ROUNDS = 12
/** What is compared is asked for so long beforehand: a server of a company has not just been started. */
export const WARM_MS = 2_000

/**
 * Runs each way from several sides for some seconds, or until its `limit` of turns: rate, median and p95 in milliseconds. Ways that
 * are compared with one another take turns, so that a machine that grows slower or faster meanwhile is so for all of them.
 */
export async function measure(ways, { concurrency, seconds, limit = Infinity }) {
  const rounds = ways.length > 1 ? ROUNDS : 1
  const all = ways.map((way) => ({ way, turn: 0, times: [], elapsed: 0, errors: 0 }))
  for (const one of all) for (let warm = 0; warm < Math.min(20, limit / 10); warm++) await one.way.once(one.turn++)
  if (rounds > 1) {
    for (const one of all) await run(one, { concurrency, limit, ms: WARM_MS })
    for (const one of all) Object.assign(one, { times: [], elapsed: 0 })
  }
  for (let round = 0; round < rounds; round++) for (const one of all) await run(one, { concurrency, limit, ms: (seconds * 1000) / rounds })
  return all.map(({ times, elapsed, errors }) => {
    times.sort((a, b) => a - b)
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
    return { rps: Number((times.length / elapsed).toFixed(1)), medianMs: Number(at(0.5).toFixed(2)), p95Ms: Number(at(0.95).toFixed(2)), runs: times.length, errors }
  })
}

async function run(one, { concurrency, limit, ms }) {
  const start = performance.now()
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (performance.now() < start + ms && one.turn < limit) {
      const mine = one.turn++
      const began = performance.now()
      try {
        await one.way.once(mine)
        one.times.push(performance.now() - began)
      } catch (error) {
        if (one.errors++ === 0) process.stderr.write(`    ${error.message}\n`)
        if (one.errors > 50) throw error
      }
    }
  }))
  one.elapsed += (performance.now() - start) / 1000
}
