import { beforeAll, describe, expect, it } from 'vitest'
import { inTransaction } from '../../db/database.server'
import { createSession } from '../../db/sessions.server'
import { issueSlips, inviteByMail, resetsQueued, type Slip } from '../../app/commands/issue-code.server'
import { makeMailedCode } from '../../app/commands/send-mail.server'
import { DAY_MS, HOUR_MS } from '../../app/domain/calendar'
import { printedCode } from '../../app/domain/sign-in-code'
import { findViewer, newSessionToken } from '../../app/http/session.server'
import * as forgot from '../../app/routes/account/forgot'
import * as password from '../../app/routes/account/password'
import * as sessions from '../../app/routes/account/sessions'
import * as signIn from '../../app/routes/account/sign-in'
import * as start from '../../app/routes/account/start'
import * as slipsPage from '../../app/routes/people/slips'
import { onBothEngines } from '../support/database'
import { PASSWORD, World, type TestPerson } from '../support/world'

type Refused = { data: { refused: { refused: string } | null; trouble: { errors: Record<string, string[]> } | null }; init: { status: number } }
const NEW = 'あたらしい-かさと-まど'

onBothEngines('codes', (engine) => {
  let world: World
  let hr: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ role: 'hr' })
    await world.addCompany('A', '青葉設備', 'contractor', false)
    await world.addCompany('A1', '青葉下請', 'subcontractor', false, 'A')
    await world.addCompany('B', '別の会社', 'contractor', false)
  })

  const slipFor = async (person: TestPerson, by = hr) => ((await issueSlips(await world.contextOf(by), [person.engagementId])) as Slip[])[0]!.code
  const mailed = (person: TestPerson, purpose: 'invite' | 'reset' = 'reset') => makeMailedCode(world.systemContext(), { recipient_id: person.accountId, props: '{"issuedBy":null}' }, purpose)
  const redeem = async (form: { number: string; code: string; password?: string; shared?: string }, path = '/start') =>
    (await start.action(world.args(world.request(path, undefined, { password: NEW, ...form })))) as Response | Refused
  const outcome = (answer: Response | Refused) => (answer instanceof Response ? 'in' : (answer.data.refused?.refused ?? Object.keys(answer.data.trouble!.errors).join()))
  const signInWith = async (person: TestPerson, word: string) => outcome((await signIn.action(world.args(world.request('/sign-in', undefined, { loginId: person.number, password: word })))) as Response | Refused)

  it('a slip opens once, with the number, however it is typed; the password is set and somebody is in', async () => {
    const person = await world.addPerson()
    const code = await slipFor(person)
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{12}$/)
    expect(outcome(await redeem({ number: '999999', code }))).toBe('code')
    expect(outcome(await redeem({ number: hr.number, code }))).toBe('code')
    const answer = await redeem({ number: person.number, code: printedCode(code).toLowerCase() })
    expect(outcome(answer)).toBe('in')
    expect((answer as Response).headers.get('Set-Cookie')).toMatch(/^shuhi=/)
    expect(outcome(await redeem({ number: person.number, code }))).toBe('code')
    expect(await signInWith(person, NEW)).toBe('in')
  })

  it('of two who use the same code at once one gets in', async () => {
    const person = await world.addPerson()
    const code = await slipFor(person)
    const answers = await Promise.all([redeem({ number: person.number, code }), redeem({ number: person.number, code })])
    expect(answers.map(outcome).sort()).toEqual(['code', 'in'])
  })

  it('a slip lives fourteen days, a mailed code seventy-two hours', async () => {
    const [one, two] = [await world.addPerson(), await world.addPerson()]
    const [slip, { code }] = [await slipFor(one), await mailed(two)]
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/)
    const now = world.now
    world.now = now + 72 * HOUR_MS
    expect(outcome(await redeem({ number: two.number, code }))).toBe('code')
    world.now = now + 14 * DAY_MS - 1
    expect(outcome(await redeem({ number: one.number, code: slip }))).toBe('in')
    world.now = now
    expect(outcome(await redeem({ number: two.number, code: (await mailed(two, 'invite')).code }))).toBe('in')
  })

  it('printing again revokes the earlier slip; using one revokes every other', async () => {
    const person = await world.addPerson()
    const [first, second] = [await slipFor(person), await slipFor(person)]
    const letter = await mailed(person)
    expect(outcome(await redeem({ number: person.number, code: first }))).toBe('code')
    expect(outcome(await redeem({ number: person.number, code: second }))).toBe('in')
    expect(outcome(await redeem({ number: person.number, code: letter.code }))).toBe('code')
  })

  it('is kept as a hash, with who issued it, and is told in the ledger', async () => {
    const person = await world.addPerson()
    const code = await slipFor(person)
    expect(JSON.stringify(await world.db.selectFrom('sign_in_code').selectAll().execute())).not.toContain(code)
    expect(await world.db.selectFrom('sign_in_code').select(['issued_by', 'purpose']).where('account_id', '=', person.accountId).executeTakeFirst()).toEqual({ issued_by: hr.accountId, purpose: 'slip' })
    await redeem({ number: person.number, code })
    const told = await world.db.selectFrom('ledger_entry').select('type').where('subject_engagement_id', '=', person.engagementId).orderBy('id').execute()
    expect(told.map(({ type }) => type)).toEqual(['account.codeIssued', 'account.passwordSet'])
    const payload = await world.db.selectFrom('ledger_entry as e').innerJoin('ledger_payload as p', 'p.entry_id', 'e.id').select('p.bytes').where('e.subject_engagement_id', '=', person.engagementId).where('e.type', '=', 'account.passwordSet').executeTakeFirstOrThrow()
    expect(JSON.parse(Buffer.from(payload.bytes).toString())).toMatchObject({ purpose: 'slip', issuedBy: hr.accountId })
  })

  it('ends all sessions of the account, and nobody else’s', async () => {
    const person = await world.addPerson({ password: true })
    const { idHash, token } = newSessionToken()
    await inTransaction(world.db, (tx) => createSession(tx, { idHash, accountId: person.accountId, at: world.now, expiresAt: world.now + HOUR_MS, shared: false, address: '', agent: '', authMethod: 'password' }))
    await redeem({ number: person.number, code: await slipFor(person) })
    for (const held of [person, { ...person, token }]) expect(await findViewer(world.app, world.request('/', held), world.now)).toBeNull()
    expect(await findViewer(world.app, world.request('/', hr), world.now)).not.toBeNull()
    expect(await signInWith(person, PASSWORD)).toBe('wrongLogin')
  })

  it('is not used up by a password that is not taken', async () => {
    const person = await world.addPerson({ name: '髙橋 美咲', mail: 'misaki.t@sample.example' })
    const code = await slipFor(person)
    for (const word of ['みじかい', 'password2026', `${person.number}abcd`, 'misaki.t1234']) expect(outcome(await redeem({ number: person.number, code, password: word }))).toBe('password')
    expect(outcome(await redeem({ number: person.number, code }))).toBe('in')
  })

  it('is told in the list while it opens, so that nobody ends a paper unknowingly', async () => {
    const [person, none] = [await world.addPerson(), await world.addPerson()]
    const rows = async () => {
      const { people } = await slipsPage.loader(world.args(world.request(`/people/slips?q=${person.number}`, hr)))
      const other = await slipsPage.loader(world.args(world.request(`/people/slips?q=${none.number}`, hr)))
      return [people[0]?.slip, other.people[0]?.slip]
    }
    expect(await rows()).toEqual([null, null])
    const code = await slipFor(person)
    const name = (await world.contextOf(hr)).viewer.name
    expect(await rows()).toEqual([`利用票あり(11月20日(金)、${name} ${hr.number})`, null])
    await world.db.updateTable('sign_in_code').set({ expires_at: world.now }).where('account_id', '=', person.accountId).execute()
    expect(await rows()).toEqual([null, null])
    const again = await slipFor(person)
    expect(again).not.toBe(code)
    expect(outcome(await redeem({ number: person.number, code: again }))).toBe('in')
    expect((await slipsPage.loader(world.args(world.request(`/people/slips?who=all&q=${person.number}`, hr)))).people[0]).toMatchObject({ slip: null, started: true })
  })

  it('is read from the form only, and guessed slowly', async () => {
    const person = await world.addPerson()
    const code = await slipFor(person)
    const queried = await start.loader(world.args(world.request(`/start?code=${code}&number=${person.number}`)))
    expect(queried).toBeNull()
    expect(outcome(await redeem({ number: person.number, code: '' }, `/start?code=${code}`))).toBe('code')
    const answers: string[] = []
    for (let tries = 0; tries < 7; tries++) answers.push(outcome(await redeem({ number: person.number, code: 'ABCDEFGH' })))
    expect(answers).toContain('slowDown')
    expect(outcome(await redeem({ number: person.number, code }))).toBe('slowDown')
    const now = world.now
    world.now += HOUR_MS
    expect(outcome(await redeem({ number: person.number, code }))).toBe('in')
    world.now = now
  })

  describe('who may issue', () => {
    it('会社側担当者 for the own company and below, and for nobody else', async () => {
      const contact = await world.addPerson({ kind: 'contractorWorker', company: 'A', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('A') } })
      const own = await world.addPerson({ kind: 'contractorWorker', company: 'A' })
      const below = await world.addPerson({ kind: 'contractorWorker', company: 'A1', name: '下請の人' })
      const context = await world.contextOf(contact)
      const slips = (await issueSlips(context, [own.engagementId, below.engagementId])) as Slip[]
      expect(slips.map(({ number }) => number)).toEqual([own.number, below.number])
      expect(slips[1]!.name).toBe('下請の人')
      for (const foreign of [hr, await world.addPerson({ kind: 'contractorWorker', company: 'B' }), { engagementId: 'not-there' }]) {
        expect(await issueSlips(context, [own.engagementId, foreign.engagementId])).toBeUndefined()
        expect(await inviteByMail(context, [foreign.engagementId])).toBeUndefined()
      }
    })

    it('会社側担当者 never for somebody to whom people report; HR does', async () => {
      const id = await world.addCompany('H', '派遣の会社', 'agency')
      const contact = await world.addPerson({ kind: 'dispatched', company: 'H', role: 'companyContact', roleScope: { kind: 'company', id } })
      const [chief, worker] = [await world.addPerson({ kind: 'dispatched', company: 'H', mail: 'chief@h.internal' }), await world.addPerson({ kind: 'contractorWorker', company: 'H' })]
      for (const supervisor of [chief, worker]) await world.addPerson({ supervisor })
      expect(await issueSlips(await world.contextOf(contact), [chief.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await inviteByMail(await world.contextOf(contact), [chief.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await issueSlips(await world.contextOf(hr), [chief.engagementId])).toHaveLength(1)
      // Who is not of the operator's organisation leads nobody in it, whatever number stands there.
      expect((await world.contextOf(chief)).viewer.roles).toMatchObject([{ role: 'supervisor' }])
      expect((await world.contextOf(worker)).viewer.roles).toEqual([])
    })

    it('会社側担当者 for those of the own company and below, and for no one who is it of another', async () => {
      const contactOf = (company: string, of = company) => world.addPerson({ kind: 'contractorWorker', company, role: 'companyContact', roleScope: { kind: 'company', id: world.companyId(of) } })
      const [contact, colleague, below, elsewhere] = [await contactOf('A'), await contactOf('A'), await contactOf('A1'), await contactOf('A', 'B')]
      const context = await world.contextOf(contact)
      expect(await issueSlips(context, [colleague.engagementId, below.engagementId])).toHaveLength(2)
      expect(await issueSlips(context, [elsewhere.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await inviteByMail(context, [elsewhere.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await issueSlips(await world.contextOf(below), [below.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await issueSlips(await world.contextOf(hr), [elsewhere.engagementId])).toHaveLength(1)
    })

    it('HR for all, by number only where the name is not for the operator; never for oneself or a system administrator', async () => {
      const worker = await world.addPerson({ kind: 'contractorWorker', company: 'B', name: '見せない人' })
      const admin = await world.addPerson({ role: 'systemAdministrator' })
      const context = await world.contextOf(hr)
      expect(((await issueSlips(context, [worker.engagementId])) as Slip[])[0]).toMatchObject({ name: null, number: worker.number, companyName: '別の会社' })
      expect(await issueSlips(context, [hr.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await issueSlips(context, [admin.engagementId])).toMatchObject({ refused: 'notYoursToVouch' })
      expect(await issueSlips(context, [])).toMatchObject({ refused: 'nobodyChosen' })
      expect(await issueSlips(context, [(await world.addPerson({ to: '2026-11-01' })).engagementId])).toBeUndefined()
    })

    it('invites by mail whoever has an address; a contractor’s worker only through the employer', async () => {
      const [with_, without, fictional, worker] = [await world.addPerson({ mail: 'in@mail.internal' }), await world.addPerson(), await world.addPerson({ mail: 'nobody@shop.test' }), await world.addPerson({ kind: 'contractorWorker', company: 'A', mail: 'w@aoba.internal' })]
      expect(await inviteByMail(await world.contextOf(hr), [with_.engagementId, without.engagementId, fictional.engagementId])).toEqual({ invited: 1, without: 2 })
      expect(await inviteByMail(await world.contextOf(hr), [worker.engagementId])).toMatchObject({ refused: 'inviteThroughCompany' })
      const contact = await world.addPerson({ kind: 'contractorWorker', company: 'A', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('A') } })
      expect(await inviteByMail(await world.contextOf(contact), [worker.engagementId])).toEqual({ invited: 1, without: 0 })
      const mails = await world.db.selectFrom('mail').select(['to_address', 'props', 'class']).orderBy('id').execute()
      expect(mails.map((mail) => [mail.to_address, (JSON.parse(mail.props) as { site: string }).site, mail.class])).toEqual([['in@mail.internal', 'サンプル通信株式会社', 'code'], ['w@aoba.internal', '青葉設備', 'code']])
    })
  })

  it('forgetting is answered the same for everybody, and mails whoever has an address, once', async () => {
    const [with_, without, gone] = [await world.addPerson({ mail: 'forgot@sample.example' }), await world.addPerson(), await world.addPerson({ mail: 'gone@sample.example', to: '2026-11-01' })]
    const ask = async (loginId: string) => JSON.stringify(await forgot.action(world.args(world.request('/forgot', undefined, { loginId })))).replaceAll(loginId, '·')
    const answers = [await ask(with_.number), await ask(without.number), await ask(gone.number), await ask('nobody@nowhere.example'), await ask(with_.number)]
    expect(new Set(answers).size).toBe(1)
    const queued = () => world.db.selectFrom('mail').select(['to_address', 'template', 'props']).where('template', '=', 'reset').execute()
    expect(await queued(), 'the answer is given before anything is looked up').toEqual([])
    await resetsQueued()
    const mails = await queued()
    expect(mails.map(({ to_address }) => to_address)).toEqual(['forgot@sample.example'])
    expect(mails[0]!.props).not.toMatch(/code/i)
  })

  it('a changed password asks the old one, ends every session and goes on under a new token', async () => {
    const person = await world.addPerson({ password: true })
    const change = async (form: Record<string, string>) => (await password.action(world.args(world.request('/password', person, form)))) as Response | Refused
    const wrong = await change({ current: 'ちがう-ことば-9', password: NEW })
    expect(outcome(wrong)).toBe('current')
    expect(JSON.stringify(wrong)).toContain('いまのパスワードが違います')
    expect(outcome(await change({ current: PASSWORD, password: PASSWORD }))).toBe('password')
    expect(outcome(await change({ current: PASSWORD, password: 'qwertyuiop' }))).toBe('password')
    const changed = (await change({ current: PASSWORD, password: NEW })) as Response
    const token = /^shuhi=([\w-]+)/.exec(changed.headers.get('Set-Cookie')!)![1]!
    expect(token).not.toBe(person.token)
    expect(await findViewer(world.app, world.request('/', person), world.now)).toBeNull()
    expect(await findViewer(world.app, world.request('/', { ...person, token }), world.now)).not.toBeNull()
    expect([await signInWith(person, PASSWORD), await signInWith(person, NEW)]).toEqual(['wrongLogin', 'in'])
  })

  it('one’s own sessions are listed and ended; another person’s are not found', async () => {
    const person = await world.addPerson({ password: true })
    await signInWith(person, PASSWORD)
    const mine = await sessions.loader(world.args(world.request('/sessions', person)))
    expect(mine.sessions.map(({ here }) => here).sort()).toEqual([false, true])
    const end = (session: string) => sessions.action(world.args(world.request('/sessions', person, { session }))) as Promise<Response>
    const foreign = (await world.db.selectFrom('session').select('id_hash').where('account_id', '=', hr.accountId).executeTakeFirstOrThrow()).id_hash
    await expect(end(foreign)).rejects.toMatchObject({ status: 404 })
    expect(await findViewer(world.app, world.request('/', hr), world.now)).not.toBeNull()
    expect((await end('others')).headers.get('Location')).toBe('/sessions?ended=1')
    expect((await sessions.loader(world.args(world.request('/sessions', person)))).sessions).toHaveLength(1)
    const last = (await end(mine.sessions.find(({ here }) => here)!.id)).headers
    expect([last.get('Location'), last.get('Set-Cookie')]).toEqual(['/sign-in?left=1', expect.stringContaining('Max-Age=0')])
    expect(await findViewer(world.app, world.request('/', person), world.now)).toBeNull()
  })
})
