import { beforeAll, describe, expect, it } from 'vitest'
import { accountFirstAdmin, accountSlip } from '../../app/cli/account.server'
import { giveRole, type AskedRole } from '../../app/commands/appoint.server'
import { redeemCode } from '../../app/commands/redeem-code.server'
import { findViewer } from '../../app/http/session.server'
import * as start from '../../app/routes/account/start'
import * as appointments from '../../app/routes/people/appointments'
import * as slips from '../../app/routes/people/slips'
import { inTransaction, insertRows } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const TODAY = '2026-11-20'

onBothEngines('roles', (engine) => {
  let world: World
  let hr: TestPerson
  let chief: TestPerson
  let admin: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    ;[hr, chief, admin] = [await world.addPerson({ role: 'hr' }), await world.addPerson({ role: 'chief' }), await world.addPerson({ role: 'systemAdministrator' })]
    await world.addCompany('H', '派遣の会社', 'agency')
    await world.addCompany('A', '青葉設備', 'contractor')
    await world.addCompany('A1', '青葉下請', 'subcontractor', false, 'A')
    await world.addCompany('B', '別の会社', 'contractor')
    await inTransaction(world.db, async (tx) => {
      await insertRows(tx, 'org_unit', [{ id: 'unit-1', code: 'S01' }])
      await insertRows(tx, 'org_unit_version', [{ ...world.fact('2020-04-01'), unit_id: 'unit-1', parent_unit_id: null, name: '仙台店', kind: 'shop', head_number: '' }])
    })
  })

  const asked = (number: string, role: AskedRole['role'], more: Partial<AskedRole> = {}): AskedRole => ({ number, role, scopeCode: '', from: TODAY, lastDay: '', ...more })
  const give = async (by: TestPerson, what: AskedRole) => {
    const answer = await giveRole(await world.contextOf(by), what)
    return 'refused' in answer ? answer.refused : 'given'
  }
  const rolesOf = async (person: TestPerson, now = world.now) => {
    const viewer = await findViewer(world.app, world.request('/', person), now)
    return viewer?.roles.map(({ role }) => role) ?? null
  }

  it('line roles come from HR or the chief, office roles from the system administrator', async () => {
    const person = await world.addPerson()
    const line = ['unitHead', 'protectionManager', 'protectionDeputy'] as const
    const office = ['hr', 'chief', 'auditLead', 'systemAdministrator'] as const
    for (const by of [hr, chief]) {
      for (const role of office) expect(await give(by, asked(person.number, role))).toBe('notYourRoleToGive')
      expect(await give(admin, asked(person.number, line[0], { scopeCode: 'S01' }))).toBe('notYourRoleToGive')
    }
    expect(await give(hr, asked(person.number, 'protectionManager', { scopeCode: 'S01' }))).toBe('given')
    expect(await give(chief, asked(person.number, 'protectionDeputy', { scopeCode: 'S01' }))).toBe('given')
    expect(await give(admin, asked(person.number, 'auditLead'))).toBe('given')
  })

  it('nobody appoints oneself', async () => {
    expect(await give(hr, asked(hr.number, 'unitHead', { scopeCode: 'S01' }))).toBe('notToOneself')
    expect(await give(admin, asked(admin.number, 'hr'))).toBe('notToOneself')
  })

  it('is refused with the reason', async () => {
    const [person, worker, later] = [await world.addPerson(), await world.addPerson({ kind: 'contractorWorker', company: 'A' }), await world.addPerson({ from: '2027-01-01' })]
    expect(await give(hr, asked('999999', 'unitHead', { scopeCode: 'S01' }))).toBe('numberUnknown')
    expect(await give(hr, asked(person.number, 'unitHead', { scopeCode: 'NO' }))).toBe('scopeUnknown')
    expect(await give(hr, asked(person.number, 'unitHead'))).toBe('scopeMissing')
    expect(await give(hr, asked(worker.number, 'unitHead', { scopeCode: 'S01' }))).toBe('roleNotForContract')
    expect(await give(hr, asked(later.number, 'unitHead', { scopeCode: 'S01' }))).toBe('appointmentOutsideService')
    expect(await give(hr, asked(later.number, 'unitHead', { scopeCode: 'S01', from: '2027-01-01' }))).toBe('given')
    expect(await give(hr, asked(person.number, 'unitHead', { scopeCode: 'S01', lastDay: '2026-11-19' }))).toBe('appointmentEndsFirst')
    expect(await give(hr, asked(person.number, 'unitHead', { scopeCode: 'S01', lastDay: '2026-12-31' }))).toBe('given')
    expect(await give(hr, asked(person.number, 'unitHead', { scopeCode: 'S01', from: '2026-12-31' }))).toBe('alreadyAppointed')
    expect(await give(hr, asked(person.number, 'unitHead', { scopeCode: 'S01', from: '2027-01-01' }))).toBe('given')
  })

  it('a 会社側担当者 speaks for the own company and those below', async () => {
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'A' })
    const below = await world.addPerson({ kind: 'contractorWorker', company: 'A1' })
    const dispatched = await world.addPerson({ kind: 'dispatched', company: 'H' })
    const own = await world.addPerson()
    const contact = (person: TestPerson, scopeCode: string) => give(hr, asked(person.number, 'companyContact', { scopeCode }))
    expect([await contact(worker, 'A'), await contact(worker, 'A1'), await contact(dispatched, 'H')]).toEqual(['given', 'given', 'given'])
    expect([await contact(worker, 'B'), await contact(below, 'A'), await contact(own, 'A'), await contact(own, '')]).toEqual(['contactOfAnotherCompany', 'contactOfAnotherCompany', 'contactOfAnotherCompany', 'scopeMissing'])
  })

  it('a new role ends the sessions, holds from its first day, and is one change set and one entry', async () => {
    const person = await world.addPerson()
    expect(await give(admin, asked(person.number, 'hr', { from: '2026-11-21' }))).toBe('given')
    expect(await rolesOf(person)).toBeNull()
    const fact = await world.db.selectFrom('appointment as a').innerJoin('change_set as c', 'c.id', 'a.recorded_by').select(['a.valid_from', 'c.actor_account_id', 'c.kind']).where('a.engagement_id', '=', person.engagementId).execute()
    expect(fact).toEqual([{ valid_from: '2026-11-21', actor_account_id: admin.accountId, kind: 'edit' }])
    expect(await world.db.selectFrom('ledger_entry').select('type').where('subject_engagement_id', '=', person.engagementId).execute()).toEqual([{ type: 'appointment.given' }])
  })

  describe('on the screen', () => {
    const post = async (by: TestPerson, form: Record<string, string>) =>
      (await appointments.action(world.args(world.request('/people/appointments', by, form)))) as Response | { data: { refused: { refused: string } | null; giving: object | null; ending: { id: string } | null; trouble: { errors: object } | null } }
    const list = async (by: TestPerson, path = '/people/appointments') => appointments.loader(world.args(world.request(path, by)))

    it('is looked at first, then given; and ended the same way, at once or later', async () => {
      const person = await world.addPerson({ name: '山﨑 健一' })
      const form = { number: person.number, role: 'unitHead', scopeCode: 'S01', from: TODAY, lastDay: '' }
      const preview = await post(hr, { step: 'preview', ...form })
      expect(preview).toMatchObject({ data: { giving: { number: person.number, name: '山﨑 健一', scope: '仙台店' } } })
      expect((await list(hr, `/people/appointments?q=${person.number}`)).appointments).toEqual([])
      expect(((await post(hr, { step: 'give', ...form })) as Response).headers.get('Location')).toBe('/people/appointments?done=given')
      const [held] = (await list(hr, `/people/appointments?q=${person.number}`)).appointments
      expect(held).toMatchObject({ name: '山﨑 健一', role: 'unitHead', scope: '仙台店', mayEnd: true })
      expect(await post(hr, { step: 'previewEnd', id: held!.id, lastDay: '2026-12-31' })).toMatchObject({ data: { ending: { id: held!.id } } })
      expect(((await post(hr, { step: 'end', id: held!.id, lastDay: '2026-12-31' })) as Response).status).toBe(303)
      const [shorter] = (await list(hr, `/people/appointments?q=${person.number}`)).appointments
      expect(shorter).toMatchObject({ lastDay: '2026-12-31' })
      await expect(post(hr, { step: 'end', id: held!.id, lastDay: '2026-12-30' }), 'what was superseded is not there').rejects.toMatchObject({ status: 404 })
      expect(await post(hr, { step: 'end', id: shorter!.id, lastDay: '2027-03-31' })).toMatchObject({ data: { refused: { refused: 'endsLater' } } })
      await post(hr, { step: 'end', id: shorter!.id, lastDay: '2026-11-19' })
      expect((await list(hr, `/people/appointments?q=${person.number}`)).appointments).toEqual([])
    })

    it('lists numbers and roles to the system administrator, and names only whom one is about to appoint', async () => {
      const [person, minor] = [await world.addPerson({ name: '秘密 太郎' }), await world.addPerson({ name: '若葉 花', under18Until: '2026-12-31' })]
      const preview = await post(admin, { step: 'preview', number: person.number, role: 'hr', scopeCode: '', from: TODAY, lastDay: '' })
      expect(preview).toMatchObject({ data: { giving: { number: person.number, name: '秘密 太郎', kind: '正社員', minor: false } } })
      const previewOf = async (form: Record<string, string>) => post(admin, { step: 'preview', number: minor.number, role: 'hr', scopeCode: '', from: TODAY, lastDay: '', ...form })
      expect([await previewOf({}), await previewOf({ from: '2027-01-01' })]).toMatchObject([{ data: { giving: { minor: true } } }, { data: { giving: { minor: false } } }])
      expect(JSON.stringify([await previewOf({ role: 'unitHead', scopeCode: 'S01' }), await list(admin)])).not.toMatch(/試験|太郎|若葉|正社員/)
      expect((await list(hr)).appointments.some(({ name }) => name !== null)).toBe(true)
    })

    it('offers units and companies, and tells what is wrong at its field', async () => {
      const person = await world.addPerson()
      const { places } = await list(hr)
      expect(places!.units).toContainEqual({ code: 'S01', name: '仙台店' })
      expect(places!.companies).toContainEqual({ code: 'A', name: '青葉設備' })
      expect((await list(admin)).places).toBeNull()
      const form = { step: 'preview', number: person.number, role: 'unitHead', scopeCode: '', from: TODAY, lastDay: '' }
      for (const [wrong, field] of [[{}, 'scopeCode'], [{ number: '999999' }, 'number'], [{ scopeCode: 'S01', lastDay: '2026-11-19' }, 'lastDay'], [{ number: hr.number, scopeCode: 'S01' }, 'number']] as const)
        expect(await post(hr, { ...form, ...wrong })).toMatchObject({ data: { trouble: { errors: { [field]: [expect.any(String)] } } } })
    })

    it('ends no role that is not one’s to give, nor one’s own', async () => {
      const mine = (await list(admin, `/people/appointments?q=${admin.number}`)).appointments[0]!
      expect(mine.mayEnd).toBe(false)
      expect(await post(admin, { step: 'end', id: mine.id, lastDay: TODAY })).toMatchObject({ data: { refused: { refused: 'notToOneself' } } })
      expect(await post(hr, { step: 'end', id: mine.id, lastDay: TODAY })).toMatchObject({ data: { refused: { refused: 'notYourRoleToGive' } } })
    })

    it('is paged by key: every role once', async () => {
      const seen: string[] = []
      for (let path: string | null = '/people/appointments'; path; ) {
        const page = await list(hr, path)
        seen.push(...page.appointments.map(({ id }) => id))
        path = page.next
      }
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThan(5)
    })

    it('says what is wrong with a form', async () => {
      expect(await post(hr, { step: 'preview', number: '', role: 'unitHead', from: '2026-02-30' })).toMatchObject({ data: { trouble: { errors: { number: [expect.any(String)], from: [expect.any(String)] } } } })
    })
  })

  describe('slips on the screen', () => {
    it('lists who has not begun, makes slips with a QR code, and keeps the code out of every address', async () => {
      const person = await world.addPerson({ name: '葛󠄀城 花' })
      const shown = await slips.loader(world.args(world.request(`/people/slips?q=${person.number}`, hr)))
      expect(shown.people).toMatchObject([{ number: person.number, name: '葛󠄀城 花', started: false, mine: true }])
      const made = (await slips.action(world.args(world.request('/people/slips', hr, { person: person.engagementId, how: 'slip' })))) as { data: { slips: { code: string; qr: { size: number } }[]; address: string } }
      expect(made.data.slips).toHaveLength(1)
      expect(made.data.slips[0]!.qr.size).toBeGreaterThan(20)
      expect(made.data.address).toBe('http://localhost:3000/start')
      const entered = (await start.action(world.args(world.request('/start', undefined, { number: person.number, code: made.data.slips[0]!.code, password: 'かぜの-まちの-ねこ' })))) as Response
      expect(entered.headers.get('Location')).toBe('/')
      expect((await slips.loader(world.args(world.request(`/people/slips?q=${person.number}`, hr)))).people).toEqual([])
      expect((await slips.loader(world.args(world.request(`/people/slips?who=all&q=${person.number}`, hr)))).people).toHaveLength(1)
    })

    it('prints a slip before the first day, which opens nothing until then and holds as long afterwards', async () => {
      const joiner = await world.addPerson({ from: '2026-12-10' })
      const late = await world.addPerson({ from: '2026-12-21' })
      const listed = async (number: string) => (await slips.loader(world.args(world.request(`/people/slips?q=${number}`, hr)))).people
      expect(await listed(joiner.number)).toMatchObject([{ number: joiner.number, mine: true, begins: '2026-12-10' }])
      expect(await listed(late.number), '31 days ahead').toEqual([])
      const send = async (how: string) => (await slips.action(world.args(world.request('/people/slips', hr, { person: joiner.engagementId, how })))) as { data: { refused: { refused: string } | null; slips: { code: string; begins: string | null; until: string }[] } }
      expect((await send('mail')).data.refused).toMatchObject({ refused: 'inviteFromFirstDay' })
      const [slip] = (await send('slip')).data.slips
      expect(slip).toMatchObject({ begins: '2026年12月10日(木)', until: expect.stringContaining('2026年12月23日') })
      const enter = async (at: number) => redeemCode({ ...world.systemContext(), now: at }, { number: joiner.number, code: slip!.code, password: 'かぜの-まちの-ねこ', shared: false })
      expect(await enter(Date.parse('2026-12-09T23:59:00+09:00'))).toMatchObject({ refused: 'notInForce' })
      expect(await enter(Date.parse('2026-12-23T23:59:00+09:00'))).toMatchObject({ token: expect.any(String) })
    })

    it('shows a 会社側担当者 own people only', async () => {
      const contact = await world.addPerson({ kind: 'contractorWorker', company: 'A', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('A') } })
      const shown = await slips.loader(world.args(world.request('/people/slips?who=all', contact)))
      expect(new Set(shown.people.map(({ company }) => company))).toEqual(new Set(['青葉設備', '青葉下請']))
      await expect(slips.action(world.args(world.request('/people/slips', contact, { person: hr.engagementId, how: 'slip' })))).rejects.toMatchObject({ status: 404 })
    })
  })
})

onBothEngines('the first administrator', (engine) => {
  it('is made once, from the terminal, and starts with the code it prints', async () => {
    const world = await World.make(engine)
    await world.addCompany('A', '青葉設備', 'contractor')
    const [person, worker, gone] = [await world.addPerson(), await world.addPerson({ kind: 'contractorWorker', company: 'A' }), await world.addPerson({ to: '2026-11-01' })]
    const run = async (verb: typeof accountFirstAdmin, ...argv: string[]) => {
      const lines: string[] = []
      const exit = await verb(argv, world.systemContext(), { out: (line) => lines.push(line), err: (line) => lines.push(`! ${line}`) })
      return { exit, text: lines.join('\n') }
    }
    expect(await run(accountFirstAdmin)).toMatchObject({ exit: 2, text: expect.stringContaining('使い方') })
    expect((await run(accountFirstAdmin, person.number, 'more')).exit).toBe(2)
    for (const number of ['999999', worker.number, gone.number]) expect((await run(accountFirstAdmin, number)).exit).toBe(1)
    const made = await run(accountFirstAdmin, person.number)
    expect(made.exit).toBe(0)
    expect((await run(accountFirstAdmin, person.number)).exit).toBe(1)
    const code = /コード: ([\w-]{14})/.exec(made.text)![1]!
    const second = /コード: ([\w-]{14})/.exec((await run(accountSlip, person.number)).text)![1]!
    const enter = async (one: string) => (await start.action(world.args(world.request('/start', undefined, { number: person.number, code: one, password: 'かぜの-まちの-ねこ' })))) as Response
    expect(await enter(code)).not.toBeInstanceOf(Response)
    const token = /^shuhi=([\w-]+)/.exec((await enter(second)).headers.get('Set-Cookie')!)![1]!
    const viewer = await findViewer(world.app, world.request('/', { ...person, token }), world.now)
    expect(viewer?.roles).toMatchObject([{ role: 'systemAdministrator', scopeKind: 'all' }])
  })
})
