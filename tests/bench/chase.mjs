import { spawn } from 'node:child_process'

/** Asking: a manager asks 200 people at once, and a job plans the requests of everybody on the day before a due day. */

const PEOPLE = 200

/** The head of the whole company asks 200 people; each turn is a form of its own. */
export async function chaseWay({ port, connection, head, Client }) {
  await connection.query("update engagement_version set mail = concat(engagement_id, '@bench.internal')")
  const [people] = await connection.query("select distinct ec.engagement_id as id from engagement_current ec join assignment a on a.engagement_id = ec.engagement_id where a.settled_as is null and a.target_kind <> 'certificate' and ec.relation <> 'contract' and ec.unit_id is not null and ec.person_id <> (select person_id from engagement where id = ?) limit ?", [head.engagement, PEOPLE])
  const client = new Client(port, head.token)
  return {
    seconds: 20, limit: 12,
    once: async (turn) => {
      const led = await client.post('/team/chase', [...people.map(({ id }) => ['e', id]), ['key', `bench-${process.pid}-${turn}`], ['note', '測っています。'], ['send', '1']])
      if (!/sent=\d{2,}/.test(led)) throw new Error(`asked: ${led}`)
    },
  }
}

/** Everybody's requests of one day, planned by the command line on a Tuesday morning; digests beside them. */
export async function measureRequests(environment, connection) {
  await connection.query("update assignment set opens_on = '2026-01-01', due_on = '2026-11-25' where settled_as is null and target_kind <> 'certificate'")
  const child = spawn(process.execPath, ['--max-semi-space-size=16', '--max-old-space-size=768', 'app/start.mjs', 'shuhi', 'requests', 'plan', '--at', '2026-11-24T05:00:00+09:00', '--json'], { env: { ...environment, SHUHI_BENCH: '1', SHUHI_DEMO: '0', LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (data) => (text += data))
  await new Promise((resolve, reject) => child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`requests plan: ${code}`)))))
  const { requests, digests, elapsedMs } = JSON.parse(text.slice(text.indexOf('{')))
  return { requests, digests, elapsedMs, msOf2000: Math.round((elapsedMs / requests) * 2000) }
}
