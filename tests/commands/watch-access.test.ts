import { beforeEach, expect, it } from 'vitest'
import { openRecord } from '../../app/commands/open-record.server'
import { beginDossiers } from '../../app/commands/take-dossier.server'
import { recordAccess } from '../../app/commands/record-access.server'
import type { SignedInContext } from '../../app/context'
import { isRefusal } from '../../app/domain/refusal'
import { DAY_MS } from '../../app/domain/calendar'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('the alarm of many records', (engine) => {
  let world: World
  let hr: TestPerson
  let people: TestPerson[]
  let signedIn: SignedInContext
  beforeEach(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ role: 'hr' })
    await world.addPerson({ role: 'auditLead', mail: 'auditor@shuhi.test' })
    signedIn = await world.contextOf(hr)
    people = []
    for (let at = 0; at < 5; at++) people.push(await world.addPerson())
  })
  const contextOf = async (): Promise<SignedInContext> => ({ ...signedIn, now: world.now, settings: { ...world.app.settings, accessAlarmPeople: 3 } })
  const open = async (person: TestPerson) => openRecord(await contextOf(), { engagementId: person.engagementId, reason: 'procedure', words: '' })
  const alarms = () => world.db.selectFrom('access_alarm').select(['actor_account_id', 'day', 'people']).execute()
  const mails = () => world.db.selectFrom('mail').select(['template', 'class', 'to_address', 'props']).execute()
  const evidence = async () => (await world.db.selectFrom('ledger_entry').select('type').where('type', '=', 'access.alarmed').execute()).length

  it('comes with the first person above the setting, once a day, and tells the 監査責任者 without naming whose', async () => {
    for (const person of people.slice(0, 3)) await open(person)
    await open(people[0]!)
    expect(await alarms()).toEqual([])
    await open(people[3]!)
    expect(await alarms()).toEqual([{ actor_account_id: hr.accountId, day: '2026-11-20', people: 4 }])
    await open(people[4]!)
    expect(await alarms(), 'its number grows').toEqual([{ actor_account_id: hr.accountId, day: '2026-11-20', people: 5 }])
    const sent = await mails()
    expect(sent).toMatchObject([{ template: 'accessAlarm', class: 'receipt', to_address: 'auditor@shuhi.test' }])
    expect(JSON.parse(sent[0]!.props)).toMatchObject({ number: hr.number, people: 4, most: 3, day: '2026-11-20' })
    for (const person of people) expect(sent[0]!.props).not.toContain(person.number)
    expect(await evidence()).toBe(1)
    world.now += DAY_MS / 2
    await open(people[0]!)
    expect(await alarms(), 'another day counts anew').toHaveLength(1)
  })

  it('counts a person once, whatever of theirs is opened or taken, and oneself never', async () => {
    await open(hr)
    for (const person of people.slice(0, 3)) {
      await open(person)
      await recordAccess(await contextOf(), { act: 'download', subjectKind: 'dossier', subjectId: person.engagementId, reason: '手続', bytes: new Uint8Array([1]) })
    }
    expect(await alarms()).toEqual([])
  })

  it('counts everybody in what is taken in bulk', async () => {
    await recordAccess(await contextOf(), { act: 'export', subjectKind: 'completions', subjectId: 'workforce', reason: '検査', bytes: new Uint8Array([1]), subjects: { people: 1_000 } })
    expect(await alarms()).toMatchObject([{ people: 1_000 }])
    expect(await mails()).toHaveLength(1)
  })

  it('counts everybody whose dossier is taken, each once', async () => {
    await open(people[0]!)
    const chief = await world.addPerson({ role: 'chief' })
    const context: SignedInContext = { ...(await world.contextOf(chief)), settings: { ...world.app.settings, accessAlarmPeople: 3 } }
    const taken = await beginDossiers(context, { purpose: 'audit', words: '検査', subjects: { chosen: people.map(({ engagementId }) => engagementId) }, after: '' })
    expect(isRefusal(taken)).toBe(false)
    expect(await alarms()).toEqual([{ actor_account_id: chief.accountId, day: '2026-11-20', people: 5 }])
  })

  it('is one alarm and one mail when two open at once', async () => {
    for (const person of people.slice(0, 2)) await open(person)
    await Promise.all([open(people[2]!), open(people[3]!)])
    expect(await alarms()).toMatchObject([{ people: 4 }])
    expect(await mails()).toHaveLength(1)
    expect(await evidence()).toBe(1)
  })

  it('is no alarm of the command line', async () => {
    await recordAccess({ ...world.systemContext(), settings: { ...world.app.settings, accessAlarmPeople: 3 }, systemUser: 'root' }, { act: 'export', subjectKind: 'roster', subjectId: '', reason: '夜間', bytes: new Uint8Array([1]), subjects: { rows: 9 } })
    expect(await alarms()).toEqual([])
  })
})
