import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { takeFile } from './dossiers.mjs'
import { WARM_MS } from './load.mjs'

/** 全体の状況, and the CSV of everybody's completions. */

const COMPLETIONS = 20_000
const COUNTED_WITHIN_MS = 180_000

/** So many duties as finished, in time and late, straight in the tables; then waits until the site has counted them. */
export async function finishDuties(connection) {
  const now = Date.now()
  const [duties] = await connection.query("select a.id from assignment a join engagement_current c on c.engagement_id = a.engagement_id where a.target_kind = 'module' and a.settled_as is null and c.relation in ('own', 'dispatched') order by a.id limit ?", [COMPLETIONS])
  for (let at = 0; at < duties.length; at += 2_000) {
    const part = duties.slice(at, at + 2_000).map(({ id }) => id)
    await connection.query("update assignment set settled_at = ?, settled_as = 'completed', settled_version = '1.0', settled_route = 'screen' where id in (?)", [now - (at / 2_000) * 86_400_000, part])
    await connection.query('insert into completion (id, assignment_id, attempt_id, content_version, bank_version, rendered_sha256, completed_at, minutes, route, scan_sha256, entered_by, approved_by, settle_slot) values ?', [part.map((id) => [randomUUID(), id, null, '1.0', '1.0', 'a'.repeat(64), now, 20, 'screen', null, null, null, 1])])
  }
  await connection.query('delete from coverage_build')
  for (const until = now + COUNTED_WITHIN_MS; Date.now() < until; ) {
    const [[built]] = await connection.query("select count(*) as scopes, (select count(*) from program_health where at >= ?) as health from coverage_build", [now - 1_000])
    if (built.scopes > 4 && built.health > 0) return duties.length
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error('全体の状況 was not counted')
}

/** The overview of today, from what was counted beforehand; and that of a past day, from the facts. */
export function overviewWays(client) {
  const yesterday = new Date(Date.now() + 9 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
  return { overview: { seconds: 8, once: () => client.page('/program') }, overviewPast: { seconds: 8, limit: 20, once: () => client.page(`/program?on=${yesterday}`) } }
}

/** Takes everybody’s completions a few times, after some more that are not counted; answers the median time, and the memory before and at most. */
export async function measureCsv(port, cookie, pid) {
  const rssMb = () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024)
  const rssBeforeMb = rssMb()
  let rssMostMb = rssBeforeMb
  const watch = setInterval(() => (rssMostMb = Math.max(rssMostMb, rssMb())), 50)
  try {
    const take = () => takeFile(port, cookie, '/program/csv/file', { side: 'workforce', reason: '測定' })
    for (const until = performance.now() + WARM_MS; performance.now() < until; ) await take()
    const runs = []
    for (let turn = 0; turn < 7; turn++) runs.push(await take())
    const times = runs.map(({ ms }) => ms).sort((a, b) => a - b)
    return { medianMs: Math.round(times[3]), megabytes: Number((runs[0].bytes / 1024 / 1024).toFixed(1)), rssBeforeMb, rssMostMb }
  } finally {
    clearInterval(watch)
  }
}
