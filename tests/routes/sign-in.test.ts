import { beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.server'
import { alignLoginsOf } from '../../db/engagements.server'
import { HOUR_MS, MINUTE_MS } from '../../app/domain/calendar'
import { findViewer } from '../../app/http/session.server'
import { readSettings } from '../../app/settings.server'
import * as root from '../../app/root'
import * as notice from '../../app/routes/account/notice'
import * as signIn from '../../app/routes/account/sign-in'
import * as signOut from '../../app/routes/account/sign-out'
import * as stillHere from '../../app/routes/account/still-here'
import { onBothEngines } from '../support/database'
import { PASSWORD, World, type TestPerson } from '../support/world'

type Answer = Response | { data: { refused: { refused: string; facts?: { seconds: number } } | null }; init: { status: number } }

onBothEngines('signing in', (engine) => {
  let world: World
  let misaki: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    misaki = await world.addPerson({ password: true, mail: 'misaki@sample.example', notice: false })
    await inTransaction(world.db, (tx) => alignLoginsOf(tx, [misaki.personId]))
  })

  const enter = async (form: Record<string, string>, { path = '/sign-in', from = '127.0.0.1', cookie = '', settings = world.app.settings } = {}): Promise<Answer> => {
    const request = world.request(path, undefined, form)
    if (cookie) request.headers.set('Cookie', cookie)
    if (settings.baseUrl.protocol === 'https:') request.headers.set('Origin', settings.baseUrl.origin)
    const args = world.args(request) as { context: { app: object; address: string } }
    return signIn.action({ ...args, context: { ...args.context, app: { ...world.app, settings }, address: from } } as never) as Promise<Answer>
  }
  const refusedAs = (answer: Answer) => (answer instanceof Response ? `entered ${answer.headers.get('Location')}` : answer.data.refused?.refused)
  const cookieOf = (answer: Answer) => (answer as Response).headers.get('Set-Cookie')!
  const right = { loginId: '', password: PASSWORD }
  const viewerWith = (cookie: string) => findViewer(world.app, new Request('http://localhost:3000/', { headers: { Cookie: cookie.split(';')[0]! } }), world.now)

  it('takes number or mail, whatever its width and case', async () => {
    for (const loginId of [misaki.number, ' ０００００１ ']) expect(refusedAs(await enter({ ...right, loginId }))).toBe('entered /')
    expect(refusedAs(await enter({ ...right, loginId: 'Misaki@Sample.example' }))).toBe('entered /')
  })

  it('goes on only to our own pages', async () => {
    expect(refusedAs(await enter({ ...right, loginId: misaki.number }, { path: '/sign-in?next=%2Frecords' }))).toBe('entered /records')
    for (const next of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/%09/evil.example'])
      expect(refusedAs(await enter({ ...right, loginId: misaki.number }, { path: `/sign-in?next=${encodeURIComponent(next)}` }))).toMatch(/^entered \/(?![/\\])/)
  })

  it('says the same of a wrong password, an unknown number and an account without password', async () => {
    const invited = await world.addPerson()
    for (const loginId of [misaki.number, '999999', invited.number, 'nobody@sample.example']) expect(refusedAs(await enter({ loginId, password: 'ちがうことば-12345' }))).toBe('wrongLogin')
  })

  it('gives a fresh token each time and ends the session that was there (session fixation)', async () => {
    const first = cookieOf(await enter({ ...right, loginId: misaki.number }))
    const planted = cookieOf(await enter({ ...right, loginId: misaki.number }, { cookie: first.split(';')[0]! }))
    expect(planted.split(';')[0]).not.toBe(first.split(';')[0])
    expect(await viewerWith(first)).toBeNull()
    expect(await viewerWith(planted)).not.toBeNull()
    const chosen = cookieOf(await enter({ ...right, loginId: misaki.number }, { cookie: 'shuhi=chosen-by-somebody-else' }))
    expect(chosen).not.toContain('chosen-by-somebody-else')
    expect(await viewerWith('shuhi=chosen-by-somebody-else')).toBeNull()
  })

  it('keeps of the token its hash only', async () => {
    const token = cookieOf(await enter({ ...right, loginId: misaki.number })).split(';')[0]!.split('=')[1]!
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(JSON.stringify(await world.db.selectFrom('session').selectAll().execute())).not.toContain(token)
  })

  it('sets a __Host- Secure cookie exactly when the address is https', async () => {
    expect(cookieOf(await enter({ ...right, loginId: misaki.number }))).toMatch(/^shuhi=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
    const secure = await enter({ ...right, loginId: misaki.number }, { settings: readSettings({ BASE_URL: 'https://shuhi.sample.example' }) })
    expect(cookieOf(secure)).toMatch(/^__Host-shuhi=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  })

  it('refuses a form from elsewhere', async () => {
    for (const origin of ['https://evil.example', 'null', 'http://localhost:3001']) {
      const request = world.request('/sign-in', undefined, { ...right, loginId: misaki.number })
      request.headers.set('Origin', origin)
      await expect(signIn.action(world.args(request))).rejects.toMatchObject({ status: 403 })
    }
    const bare = world.request('/sign-in', undefined, { ...right, loginId: misaki.number })
    bare.headers.delete('Origin')
    await expect(signIn.action(world.args(bare))).rejects.toMatchObject({ status: 403 })
  })

  it('slows a login after wrong passwords, and nobody else', async () => {
    const [slow, other] = [await world.addPerson({ password: true }), await world.addPerson({ password: true })]
    const from = '192.0.2.7'
    const answers = []
    for (let tries = 0; tries < 6; tries++) answers.push(refusedAs(await enter({ loginId: slow.number, password: `まちがい-${tries}-0000` }, { from })))
    expect(answers).toEqual([...Array<string>(5).fill('wrongLogin'), 'slowDown'])
    const waiting = (await enter({ loginId: slow.number, password: PASSWORD }, { from })) as Exclude<Answer, Response>
    expect(waiting.init.status).toBe(429)
    expect(waiting.data.refused!.facts!.seconds).toBeGreaterThan(0)
    expect(refusedAs(await enter({ loginId: other.number, password: PASSWORD }, { from }))).toBe('entered /')
    world.now += MINUTE_MS
    expect(refusedAs(await enter({ loginId: slow.number, password: PASSWORD }, { from }))).toBe('entered /')
    expect(refusedAs(await enter({ loginId: slow.number, password: 'まちがい-再び' }, { from }))).toBe('wrongLogin')
  })

  it('lets no more through when many tries come at once', async () => {
    const target = await world.addPerson({ password: true })
    const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => enter({ loginId: target.number, password: `どれか一つ-${at}-はず` }, { from: '192.0.2.9' })))
    expect(answers.filter((answer) => refusedAs(answer) === 'wrongLogin').length).toBeLessThanOrEqual(5)
  })

  it('lets nobody keep another out: wrong tries from elsewhere only slow the right one', async () => {
    const target = await world.addPerson({ password: true })
    for (let at = 0; at < 9; at++) await enter({ loginId: target.number, password: 'あてずっぽう-12' }, { from: '203.0.113.5' })
    expect(refusedAs(await enter({ loginId: target.number, password: PASSWORD }, { from: '203.0.113.5' }))).toBe('slowDown')
    await world.db.updateTable('throttle').set({ failures: 22 }).where('bucket', '=', `login:${target.accountId}`).execute()
    const began = performance.now()
    expect(refusedAs(await enter({ loginId: target.number, password: PASSWORD }, { from: '192.0.2.77' }))).toBe('entered /')
    expect(performance.now() - began).toBeGreaterThan(300)
  })

  it('counts number and mail of one account as one login', async () => {
    const target = await world.addPerson({ password: true, mail: 'one@sample.example' })
    await inTransaction(world.db, (tx) => alignLoginsOf(tx, [target.personId]))
    const answers = []
    for (const loginId of ['one@sample.example', target.number, 'One@Sample.example', target.number, target.number, 'one@sample.example']) answers.push(refusedAs(await enter({ loginId, password: 'あてずっぽう-12' }, { from: '203.0.113.6' })))
    expect(answers).toEqual([...Array<string>(5).fill('wrongLogin'), 'slowDown'])
  })

  it('never shuts out a shop: an address with hundreds of failures still signs in', async () => {
    const from = '198.51.100.9'
    const colleague = await world.addPerson({ password: true })
    await world.db.insertInto('throttle').values({ bucket: `address:${from}`, failures: 5000, refilled_at: world.now }).execute()
    expect(refusedAs(await enter({ loginId: colleague.number, password: PASSWORD }, { from }))).toBe('entered /')
  })

  it('closes to those whose engagement has not begun, has ended, or whose account is disabled', async () => {
    for (const person of [await world.addPerson({ password: true, from: '2027-04-01' }), await world.addPerson({ password: true, to: '2026-11-01' })])
      expect(refusedAs(await enter({ loginId: person.number, password: PASSWORD }))).toBe('notInForce')
    const disabled = await world.addPerson({ password: true })
    await world.db.updateTable('account').set({ disabled_at: 1 }).where('id', '=', disabled.accountId).execute()
    expect(refusedAs(await enter({ loginId: disabled.number, password: PASSWORD }))).toBe('notInForce')
    expect(await findViewer(world.app, world.request('/', disabled), world.now)).toBeNull()
  })

  describe('the session', () => {
    it('ends after an hour without use, and after twelve in all', async () => {
      const person = await world.addPerson({ password: true })
      const alive = async (now: number) => (await findViewer(world.app, world.request('/', person), now)) !== null
      const start = world.now
      expect(await alive(start + 61 * MINUTE_MS)).toBe(false)
      for (let at = start; at < start + 12 * HOUR_MS; at += 50 * MINUTE_MS) expect(await alive(at)).toBe(true)
      expect(await alive(start + 12 * HOUR_MS)).toBe(false)
    })

    it('ends sooner on a shared terminal, unless somebody says 続ける', async () => {
      const person = await world.addPerson({ password: true })
      const cookie = cookieOf(await enter({ loginId: person.number, password: PASSWORD, shared: 'on' }))
      const asked = new Request('http://localhost:3000/still-here', { method: 'POST', headers: { Cookie: cookie.split(';')[0]!, Origin: 'http://localhost:3000', Host: 'localhost:3000' }, body: new URLSearchParams() })
      world.now += 4 * MINUTE_MS
      await stillHere.action(world.args(asked))
      world.now += 4 * MINUTE_MS
      expect((await viewerWith(cookie))?.sharedTerminal).toBe(true)
      world.now += 5 * MINUTE_MS
      expect(await viewerWith(cookie)).toBeNull()
    })

    it('ends with signing out, and the cookie is taken back', async () => {
      const person = await world.addPerson({ password: true })
      const answer = (await signOut.action(world.args(world.request('/sign-out', person, {})))) as Response
      expect([answer.headers.get('Location'), answer.headers.get('Set-Cookie')]).toEqual(['/sign-in?left=1', 'shuhi=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'])
      expect(await findViewer(world.app, world.request('/', person), world.now)).toBeNull()
    })
  })

  describe('the notice of purposes', () => {
    it('stands before everything else, is recorded once, and stays readable', async () => {
      const person = await world.addPerson({ notice: false })
      const version = world.app.library.notice.version
      await expect(stillHere.loader(world.args(world.request('/still-here', person)))).resolves.toBeInstanceOf(Response)
      const shown = await notice.loader(world.args(world.request('/notice?next=%2Frecords', person)))
      expect([shown.ask, shown.version, shown.next]).toEqual([true, version, '/records'])
      expect(shown.pages.map(({ html }) => html).join('')).toContain('目的')
      const old = (await notice.action(world.args(world.request('/notice?next=%2Frecords', person, { version: '0.1' })))) as Response
      expect(old.headers.get('Location')).toBe('/notice?next=%2Frecords')
      for (let press = 0; press < 2; press++) {
        const answer = (await notice.action(world.args(world.request('/notice?next=%2Frecords', person, { version })))) as Response
        expect(answer.headers.get('Location')).toBe('/records')
      }
      const entries = await world.db.selectFrom('ledger_entry').select('at').where('type', '=', 'account.noticeShown').where('subject_engagement_id', '=', person.engagementId).execute()
      expect(entries).toEqual([{ at: world.now }])
      const later = await notice.loader(world.args(world.request('/notice', person)))
      expect([later.ask, later.shownAt]).toEqual([false, expect.stringContaining('2026年11月20日')])
    })

    it('is open to those who are not signed in', async () => {
      expect((await notice.loader(world.args(world.request('/notice')))).signedIn).toBe(false)
      expect((await root.loader(world.args(world.request('/notice')))).name).toBeNull()
    })
  })
})
