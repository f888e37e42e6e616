import { Agent, request } from 'node:http'

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

/** Runs `way.once(turn)` from several sides for some seconds, or until `limit` turns: rate, median and p95 in milliseconds. */
export async function measure(way, { concurrency, seconds, limit = Infinity }) {
  const times = []
  let turn = 0
  let errors = 0
  for (let warm = 0; warm < Math.min(20, limit / 10); warm++) await way.once(turn++)
  const start = performance.now()
  const until = start + seconds * 1000
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (performance.now() < until && turn < limit) {
      const mine = turn++
      const began = performance.now()
      try {
        await way.once(mine)
        times.push(performance.now() - began)
      } catch (error) {
        if (errors++ === 0) process.stderr.write(`    ${error.message}\n`)
        if (errors > 50) throw error
      }
    }
  }))
  const elapsed = (performance.now() - start) / 1000
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { rps: Number((times.length / elapsed).toFixed(1)), medianMs: Number(at(0.5).toFixed(2)), p95Ms: Number(at(0.95).toFixed(2)), runs: times.length, errors }
}
