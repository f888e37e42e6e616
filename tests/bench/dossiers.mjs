import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'

/** 記録一式: one person's, and many streamed while the memory of the server is watched. */

/** Somebody of HR with a session, straight in the tables; and the records of these people opened to them for today. */
export async function openHrDoor(connection, uuidv7, notice, engagements) {
  const [[person]] = await connection.query("select a.id as account, e.id as engagement from account a join engagement e on e.person_id = a.person_id join engagement_current c on c.engagement_id = e.id where c.kind = 'regular' order by e.number desc limit 1")
  const [[change]] = await connection.query('select id from change_set limit 1')
  const token = randomBytes(32).toString('base64url')
  const now = Date.now()
  await connection.query('insert into appointment (id, engagement_id, role, scope_kind, scope_id, delegated_from, valid_from, valid_to, recorded_at, superseded_at, recorded_by, superseded_by) values (?)', [[uuidv7(), person.engagement, 'hr', 'all', '', null, '2020-01-01', '9999-12-31', 1, 253402300799999, change.id, null]])
  await connection.query('insert into session (id_hash, account_id, created_at, last_seen_at, expires_at, shared_terminal, address, agent, auth_method) values (?)', [[createHash('sha256').update(token).digest('hex'), person.account, now, now, now + 11 * 3_600_000, 0, '127.0.0.1', 'bench', 'password']])
  await connection.query('update account set notice_version = ?, notice_at = ? where id = ?', [notice, now, person.account])
  for (let at = 0; at < engagements.length; at += 500) await connection.query('insert into access_log (id, at, actor_account_id, actor_system, act, subject_kind, subject_id, reason, sha256) values ?', [engagements.slice(at, at + 500).map((id) => [uuidv7(), now, person.account, '', 'view', 'person', id, 'bench', null])])
  return `shuhi=${token}`
}

/** Posts a form and takes the answer to its end without keeping it; answers size and time. */
export function takeFile(port, cookie, path, form, each = () => undefined) {
  const body = new URLSearchParams(form).toString()
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const out = request({ host: 'localhost', port, path, method: 'POST', headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body), Origin: `http://localhost:${port}` } }, (answer) => {
      let bytes = 0
      answer.on('data', (part) => each((bytes += part.length)))
      answer.on('error', reject)
      answer.on('end', () => (answer.statusCode === 200 ? resolve({ bytes, ms: performance.now() - began }) : reject(new Error(`POST ${path}: ${answer.statusCode} ${answer.headers.location ?? ''}`))))
    })
    out.on('error', reject)
    out.end(body)
  })
}

const why = { purpose: 'audit', words: '測定' }
export const dossierWay = (port, cookie, engagements) => ({ limit: engagements.length, seconds: 20, once: (turn) => takeFile(port, cookie, `/people/${engagements[turn % engagements.length]}/dossier`, why) })

const MOST = 1_000

/** Streams the dossiers of an intake of 1,000 (as on April 1st); answers how long, how large, and the memory before, at most and after. */
export async function measureDossiers(port, cookie, connection, pid) {
  const day = '2024-04-01'
  await connection.query("update engagement_current set valid_from = ? where kind = 'regular' order by number limit ?", [day, MOST])
  const [[intake]] = await connection.query("select company_id as company, kind, count(*) as people from engagement_current where valid_from = ? and kind = 'regular' group by company_id, kind", [day])
  const rssMb = () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024)
  const before = rssMb()
  let most = before
  const watch = setInterval(() => (most = Math.max(most, rssMb())), 250)
  try {
    const { bytes, ms } = await takeFile(port, cookie, '/people/dossiers/file', { ...why, day, company: intake.company, kind: intake.kind, after: '' })
    return { people: Math.min(MOST, Number(intake.people)), megabytes: Number((bytes / 1024 / 1024).toFixed(1)), seconds: Number((ms / 1000).toFixed(1)), rssBeforeMb: before, rssMostMb: most, rssAfterMb: rssMb() }
  } finally {
    clearInterval(watch)
  }
}
