/** What is measured: each way does one whole thing a person does, through the same pages and forms, without script. */

const hidden = (html) => Object.fromEntries([...html.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [/name="([^"]*)"/.exec(tag)?.[1], /value="([^"]*)"/.exec(tag)?.[1] ?? '']))

/** Reads every section of a module from its first page; answers where the last form led: the first question, or the test's page. */
async function readAll(client, assignmentId) {
  let at = `/learn/${assignmentId}/pages/1`
  while (at.startsWith(`/learn/${assignmentId}/pages/`)) {
    const html = await client.page(at)
    const { sha256, openedAt } = hidden(html)
    at = await client.post(at, { sha256, ...(openedAt && { openedAt }) })
  }
  return at
}

/** Reads but does not begin the test: the last page's form is left for the measured part. */
async function readToLastForm(client, assignmentId) {
  let at = `/learn/${assignmentId}/pages/1`
  for (;;) {
    const html = await client.page(at)
    const { sha256, openedAt } = hidden(html)
    const post = { path: at, form: { sha256, ...(openedAt && { openedAt }) } }
    if (/読み終えて、確認テストを始める/.test(html)) return post
    at = await client.post(post.path, post.form)
  }
}

/** Answers every question with the first thing that is an answer, and hands the test in. */
async function sitTest(client, first) {
  let at = first
  while (/\/questions\//.test(at)) {
    const html = await client.page(at)
    const last = hidden(html).last === '1' ? { last: '1' } : {}
    const places = [...html.matchAll(/<select[^>]*name="(place\.[^"]+)"/g)].map(([, name]) => name)
    const answer = /name="answer"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="answer"/.exec(html)
    const form = places.length > 0 ? Object.fromEntries(places.map((name, index) => [name, String(index + 1)])) : { answer: answer[1] ?? answer[2] }
    at = await client.post(at, { ...form, go: 'next', ...last })
  }
  const done = await client.post(at, {})
  await client.page(done)
}

export async function flows({ port, connection, doors, password, Client }) {
  const [rows] = await connection.query(
    "select id, engagement_id as engagement, target_kind as kind, target_slug as slug from assignment where target_slug in ('M01', 'PL1') and period = 'entry' and engagement_id in (?)", [doors.map(({ engagement }) => engagement)])
  const duties = new Map()
  for (const row of rows) duties.set(row.engagement, { ...duties.get(row.engagement), [row.slug]: row.id })
  const able = doors.filter(({ engagement }) => duties.get(engagement)?.M01 && duties.get(engagement)?.PL1).map((door) => ({ ...door, client: new Client(port, door.token), ...duties.get(door.engagement) }))
  const share = Math.floor(able.length / 4)
  const [readers, testers, signers, travellers] = [0, 1, 2, 3].map((part) => able.slice(part * share, (part + 1) * share))
  const ready = []
  const inBatches = async (people, work) => {
    for (let at = 0; at < people.length; at += 8) await Promise.all(people.slice(at, at + 8).map(work))
  }
  const testCount = Math.min(testers.length, 250)
  await inBatches(testers.slice(0, testCount), async (person) => ready.push({ client: person.client, ...(await readToLastForm(person.client, person.M01)) }))
  const forms = []
  const signCount = Math.min(signers.length, 250)
  await inBatches(signers.slice(0, signCount), async (person) => {
    let at = `/pledges/${person.PL1}/pages/1`
    while (at.includes('/pages/')) at = await person.client.post(at, hidden(await person.client.page(at)))
    forms.push({ client: person.client, path: at })
  })
  const journeyCount = Math.min(travellers.length, 120)
  return {
    yardstick: { once: (turn) => readers[turn % readers.length].client.page('/yardstick') },
    home: { once: (turn) => readers[turn % readers.length].client.page('/') },
    read: { once: (turn) => readers[turn % readers.length].client.page(`/learn/${readers[turn % readers.length].M01}/pages/1`) },
    test: {
      limit: ready.length, seconds: 60,
      once: async (turn) => {
        const { client, path, form } = ready[turn]
        await sitTest(client, await client.post(path, form))
      },
    },
    sign: {
      limit: forms.length, seconds: 60,
      once: async (turn) => {
        const { client, path } = forms[turn]
        const html = await client.page(path)
        const clauses = [...html.matchAll(/<input[^>]*name="clause"[^>]*value="([^"]+)"/g)].map(([, value]) => ['clause', value])
        const name = /登録された氏名：(.*?)。/.exec(html.replace(/<!-- -->/g, ''))[1]
        await client.page(await client.post(path, [...clauses, ['name', name], ['password', password]]))
      },
    },
    journey: {
      limit: journeyCount, seconds: 90,
      once: async (turn) => {
        const person = travellers[turn]
        const client = new Client(port)
        await client.post('/sign-in', { loginId: person.number, password })
        await client.page('/')
        await sitTest(client, await readAll(client, person.M01))
      },
    },
  }
}
