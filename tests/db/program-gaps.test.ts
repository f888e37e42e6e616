import { beforeAll, expect, it } from 'vitest'
import { refreshCoverage } from '../../app/commands/refresh-coverage.server'
import { planningRules } from '../../app/content/planning-rules'
import { addDays, startOf, type Day } from '../../app/domain/calendar'
import { countedScopes } from '../../app/domain/coverage-scope'
import { EXIT_STATES, exitCoverage, exitPeriod, type ExitState } from '../../app/domain/exit-coverage'
import * as exits from '../../app/routes/program/exits'
import * as figures from '../../app/routes/program/figures'
import * as overview from '../../app/routes/program/overview'
import * as units from '../../app/routes/program/units'
import { inTransaction, insertRows } from '../../db/database.server'
import { countExits, findExitCounts, listExits } from '../../db/exits.server'
import { findHealth } from '../../db/program-health.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

const TODAY = '2026-11-20'

onBothEngines('who is asked, who chases, and who left', (engine) => {
  let world: World
  let [chief, head, member, lone, reported]: TestPerson[] = []
  let [top, below, other]: string[] = []
  const get = (path: string) => world.args(world.request(path, chief))
  const ask = (assignment: string, at: string, reason = 'chase') => inTransaction(world.db, (tx) => insertRows(tx, 'reminder', [{ id: world.app.newId(), assignment_id: assignment, sent_by: null, recipient_kind: 'person', recipient_id: chief!.accountId, channel: 'slip', reason_code: reason, requested_at: startOf(at), mail_id: null, leaves_at: null, leaves_in: null, result: 'toHand', result_at: null, note: '' }]))

  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('A1', '派遣元', 'agency')
    await world.addCompany('C1', '委託先', 'contractor')
    top = await world.addUnit('U1', '本部')
    below = await world.addUnit('U2', '支店', top)
    other = await world.addUnit('U3', '工場')
    chief = await world.addPerson({ role: 'chief', unit: other })
    head = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: top }, unit: top })
    member = await world.addPerson({ unit: below })
    lone = await world.addPerson({ unit: other })
    reported = await world.addPerson({ unit: other, supervisor: lone })
    await world.addPerson({ kind: 'contractorWorker', company: 'C1' })
  })

  it('finds whom nobody chases: neither a 上長 nor a 所属長 above, oneself not counted, contractors never', async () => {
    await world.addPerson({ unit: other, to: '2026-11-01' })
    const gone = await world.addPerson({ unit: other, to: '2026-11-01' })
    const left = await world.addPerson({ supervisor: gone })
    const { people, counts } = await units.loader(get('/program/units?view=nobody'))
    expect(people.map(({ number }) => number).sort()).toEqual([chief!, head!, lone!, left].map(({ number }) => number).sort())
    expect(people.map(({ number }) => number)).not.toContain(reported!.number)
    expect(counts.nobody).toBe(`${people.length}/6人`)
    await refreshCoverage(world.systemContext(), { force: true })
    const health = await findHealth(world.db)
    expect(health.get('nobody')).toBe(people.length)
    for (const [part, whole] of [['nobody', 'people'], ['noSupervisor', 'people'], ['noHead', 'units'], ['noProtection', 'units'], ['silentCompanies', 'companies'], ['givenUpMails', 'mails'], ['withoutTemplate', 'registered']] as const) expect(health.get(part), part).toBeLessThanOrEqual(health.get(whole)!)
    expect(health.get('people')).toBe(6)
  })

  it('says of each unit when somebody there was last asked, from the tables and as of a past day', async () => {
    const duty = async (person: TestPerson | undefined) => world.addAssignment(person!, { kind: 'module', slug: 'M01', period: 'FY2026', due: '2026-11-10', opens: '2026-10-01' })
    const [one, two] = [await duty(member), await duty(lone)]
    await ask(one, '2026-11-12')
    await ask(one, '2026-11-16')
    await ask(two, '2026-11-18', 'granted')
    world.now += 120_000
    expect((await refreshCoverage(world.systemContext())).counted, 'a request is reason to count anew').toBeGreaterThan(0)
    const scope = countedScopes(planningRules(world.app.library, TODAY), TODAY).find(({ key }) => key === 'module-M01-FY2026')!
    const askedIn = async (query: string) => Object.fromEntries((await overview.loader(get(`/program?scope=${scope.key}${query}`))).units.map(({ name, askedAt }) => [name, askedAt]))
    expect(await askedIn('')).toMatchObject({ 支店: startOf('2026-11-16'), 工場: null })
    expect(await askedIn('&on=2026-11-14')).toMatchObject({ 支店: startOf('2026-11-12') })
    const csv = await (await figures.loader(get(`/program/figures?scope=${scope.key}`))).text()
    expect(csv.split('\r\n').find((line) => line.includes('支店'))).toMatch(/,2026-11-16,2026-11-20$/)
  })

  it('counts those who left by how they answered: parts make the whole, tables say what the facts say, lists hold the people', async () => {
    const leave = async (last: Day, answer: 'signed' | 'explainedDeclined' | 'unreachable' | 'question' | 'exempted' | null, kind: 'regular' | 'dispatched' = 'regular') => {
      const person = await world.addPerson({ kind, ...(kind === 'dispatched' && { company: 'A1' }), unit: below, to: addDays(last, 1) })
      if (answer === null && kind === 'dispatched') return
      const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL6', period: 'exit', due: last, opens: last })
      const at = startOf('2026-11-17')
      await inTransaction(world.db, async (tx) => {
        if (answer === 'exempted') await tx.updateTable('assignment').set({ settled_at: at, settled_as: 'exempted' }).where('id', '=', id).execute()
        else if (answer !== null) {
          await tx.insertInto('blob').values({ sha256: 'e'.repeat(64), media_type: 'text/plain', size: 1, bytes: new Uint8Array([1]) }).execute().catch(() => undefined)
          await insertRows(tx, 'pledge_act', [{ id: world.app.newId(), assignment_id: id, outcome: answer, template: 'PL6', version: '1.0', track: 'ja', addressee_company_id: world.companyId(), statement_sha256: 'e'.repeat(64), pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: '', auth_method: '', credential_origin: '', evidence_grade: '', signed_at: at, signed_at_text: '', address: '', agent: '', note: '', receipt: id.slice(-12), settle_slot: answer === 'signed' ? 1 : null }])
          if (answer !== 'question') await tx.updateTable('assignment').set({ settled_at: at, settled_as: answer === 'signed' ? 'completed' : 'declined' }).where('id', '=', id).execute()
        }
      })
    }
    await world.db.insertInto('blob').values({ sha256: 'e'.repeat(64), media_type: 'text/plain', size: 1, bytes: new Uint8Array([1]) }).execute()
    const before = exitCoverage(await countExits(world.db, ['PL6-b', 'PL6'], exitPeriod(TODAY, world.app.library.calendar)), exitPeriod(TODAY, world.app.library.calendar))
    for (const answer of ['signed', 'signed', 'explainedDeclined', 'unreachable', 'question', 'exempted', null] as const) await leave('2026-11-15', answer)
    await leave('2026-11-14', null, 'dispatched')
    await leave('2026-03-30', 'signed') // of the year before
    await leave('2026-11-20', 'signed') // still here today
    await refreshCoverage(world.systemContext(), { force: true })
    const period = exitPeriod(TODAY, world.app.library.calendar)
    const counted = exitCoverage(await findExitCounts(world.db), period)
    expect(counted).toEqual(exitCoverage(await countExits(world.db, ['PL6-b', 'PL6'], period), period))
    expect({ ...counted, none: counted.none - before.none, all: counted.all - before.all }).toEqual({ all: 8, target: 6, signed: 2, declined: 1, unreachable: 1, open: 2, none: 2 })
    expect(counted.target).toBe((Object.keys(EXIT_STATES) as ExitState[]).reduce((sum, state) => sum + counted[state], 0))
    expect(counted.all).toBe(counted.target + counted.none)
    for (const state of [...Object.keys(EXIT_STATES), 'none'] as ExitState[]) {
      const seen: string[] = []
      for (let after = ''; ; ) {
        const page = await listExits(world.db, ['PL6-b', 'PL6'], period, state, { after, limit: 2, today: TODAY })
        seen.push(...page.map(({ number }) => number))
        if (page.length < 2) break
        after = page.at(-1)!.key
      }
      expect(new Set(seen).size, state).toBe(counted[state])
      expect(seen).toHaveLength(counted[state])
    }
    const shown = await exits.loader(get('/program/exits?on=2026-11-16'))
    expect(shown.counts, 'nobody had answered yet').toMatchObject({ target: 7, signed: 0, open: 7 })
    expect(((await overview.loader(get('/program?scope=exit')).catch((thrown: unknown) => thrown)) as Response).headers.get('Location')).toBe('/program/exits')
  })
})
