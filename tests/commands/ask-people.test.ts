import { beforeEach, expect, it } from 'vitest'
import { askPeople, planAsking } from '../../app/commands/ask-people.server'
import { noteHanded } from '../../app/commands/note-handed.server'
import { composeLetter } from '../../app/content/request-letter.server'
import type { AskedFrom } from '../../app/domain/reminder'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('asking people', (engine) => {
  let world: World
  let manager: TestPerson, own: TestPerson, sent: TestPerson, paper: TestPerson, stranger: TestPerson, agencyContact: TestPerson, worker: TestPerson, contact: TestPerson
  let unit: string
  beforeEach(async () => {
    world = await World.make(engine)
    unit = await world.addUnit('S1', '仙台コールセンター')
    await world.addCompany('H1', 'みほん人材', 'agency')
    await world.addCompany('C1', '青葉設備', 'contractor')
    manager = await world.addPerson({ name: '山﨑 健一', role: 'unitHead', roleScope: { kind: 'unit', id: unit } })
    own = await world.addPerson({ mail: 'own@mail.internal', unit })
    sent = await world.addPerson({ kind: 'dispatched', company: 'H1', mail: 'sent@mail.internal', unit })
    paper = await world.addPerson({ unit })
    stranger = await world.addPerson({ mail: 'else@mail.internal' })
    agencyContact = await world.addPerson({ company: 'H1', kind: 'contractorWorker', name: '森 あゆみ', mail: 'mori@mail.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('H1') } })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'w@mail.internal', unit })
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'lead@mail.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C1') } })
    for (const one of [own, paper, stranger, worker]) await world.addAssignment(one, { kind: 'module', slug: 'M01', due: '2026-11-13' })
    await world.addAssignment(sent, { kind: 'certificate', slug: 'PL2' })
  })
  const ask = async (by: TestPerson, people: TestPerson[], given: { companyIds?: string[]; key?: string; from?: AskedFrom; shareIds?: string[] } = {}) =>
    askPeople(await world.contextOf(by), { engagementIds: people.map(({ engagementId }) => engagementId), companyIds: given.companyIds ?? [], note: '声をかけてください。', shareIds: given.shareIds ?? [], key: given.key ?? 'k1', from: given.from ?? 'operator' })
  const mails = () => world.db.selectFrom('mail').select(['to_address', 'template', 'id', 'recipient_id', 'props']).where('class', '=', 'request').orderBy('to_address').execute()
  const reminders = () => world.db.selectFrom('reminder').selectAll().execute()

  it('goes through the channel of each: mail, paper, 派遣元, and once however often the form comes', async () => {
    const asked = await ask(manager, [own, sent, paper])
    expect(asked).toEqual({ mailed: 1, papers: 1, through: 1, companies: 0, nobody: 0 })
    expect(await ask(manager, [own, sent, paper])).toEqual(asked)
    await Promise.all([ask(manager, [own], { key: 'k2' }), ask(manager, [own], { key: 'k2' })])
    expect((await mails()).map(({ to_address: to, template }) => `${to} ${template}`)).toEqual(['mori@mail.internal companyRequest', 'own@mail.internal request'])
    expect((await reminders()).map(({ channel, recipient_kind: kind, result, sent_by: by }) => `${channel} ${kind} ${result} ${by === manager.accountId}`).sort()).toEqual(['mail companyContact  true', 'mail person  true', 'mail person  true', 'paper person toHand true'])
    expect(await world.db.selectFrom('ledger_entry').select('id').where('type', '=', 'reminder.requested').execute()).toHaveLength(2)
    const [agency] = await mails()
    expect(await composeLetter(world.systemContext(), agency!)).toMatchObject({ to: 'mori@mail.internal', props: { people: [{ open: '誓約取得証明' }], companies: [], askers: [{ words: '声をかけてください。' }] } })
  })

  it('never reaches beyond the line, nor a contractor’s worker', async () => {
    expect(await ask(manager, [own, stranger])).toEqual({ refused: 'notFound' })
    expect(await ask(manager, [worker])).toEqual({ refused: 'notFound' })
    expect(await ask(manager, [manager])).toEqual({ refused: 'notFound' })
    expect(await ask(own, [paper])).toEqual({ refused: 'notFound' })
    expect(await mails()).toEqual([])
    expect(await reminders()).toEqual([])
  })

  it('asks a company for figures only, through its 会社側担当者', async () => {
    expect(await ask(manager, [], { companyIds: [world.companyId('C1')] })).toMatchObject({ companies: 1 })
    const [mail] = await mails()
    const letter = await composeLetter(world.systemContext(), mail!)
    expect(letter).toMatchObject({ to: 'lead@mail.internal', props: { companies: [{ name: '青葉設備', people: 2, open: 1, late: 1 }], people: [] } })
    expect(JSON.stringify(letter)).not.toContain(worker.number)
    expect(await ask(manager, [], { companyIds: [world.companyId('H1')], key: 'k3' })).toEqual({ refused: 'notFound' })
  })

  it('lets the 会社側担当者 ask the own people in the own company’s name', async () => {
    expect(await ask(contact, [worker], { from: 'employer' })).toMatchObject({ mailed: 1 })
    const [mail] = await mails()
    expect(await composeLetter(world.systemContext(), mail!)).toMatchObject({ to: 'w@mail.internal', props: { site: '青葉設備', contact: '青葉設備の責任者' } })
    expect(await ask(contact, [own], { from: 'employer', key: 'k4' })).toEqual({ refused: 'notFound' })
    expect(await ask(agencyContact, [worker], { from: 'employer', key: 'k5' })).toEqual({ refused: 'notFound' })
  })

  it('goes to a lower tier’s own 会社側担当者, and to the person where it has none', async () => {
    await world.addCompany('C2', '下請設備', 'subcontractor', false, 'C1')
    const below = await world.addPerson({ kind: 'contractorWorker', company: 'C2', mail: 'b@mail.internal' })
    await world.addAssignment(below, { kind: 'module', slug: 'M01' })
    expect(await ask(contact, [below], { from: 'employer' })).toMatchObject({ mailed: 1, through: 0 })
    await world.addPerson({ kind: 'contractorWorker', company: 'C2', mail: 'b-lead@mail.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C2') } })
    expect(await ask(contact, [below], { from: 'employer', key: 'k6' })).toMatchObject({ mailed: 0, through: 1 })
  })

  it('tells beforehand that today’s mail has gone, and shares with the 派遣元 when asked to', async () => {
    await world.addAssignment(sent, { kind: 'module', slug: 'M01' })
    await ask(manager, [own, sent], { shareIds: [sent.engagementId] })
    expect((await mails()).map(({ to_address: to }) => to)).toEqual(['mori@mail.internal', 'own@mail.internal', 'sent@mail.internal'])
    await world.db.updateTable('mail').set({ state: 'sent' }).execute()
    const planned = await planAsking(await world.contextOf(manager), { engagementIds: [own.engagementId], companyIds: [] }, 'operator')
    expect(planned).toMatchObject([{ by: 'mail', hadToday: true, leavesAt: Date.parse('2026-11-24T09:00:00+09:00') }])
  })

  it('notes when a paper was handed over, by whoever answers for the person', async () => {
    await ask(manager, [paper])
    expect(await noteHanded(await world.contextOf(contact), { engagementId: paper.engagementId, day: '2026-11-20', from: 'employer' })).toEqual({ refused: 'notFound' })
    expect(await noteHanded(await world.contextOf(manager), { engagementId: paper.engagementId, day: '2026-11-21', from: 'operator' })).toMatchObject({ refused: 'handedWhen' })
    expect(await noteHanded(await world.contextOf(manager), { engagementId: paper.engagementId, day: '2026-11-20', from: 'operator' })).toEqual({ reminders: 1 })
    expect((await reminders())[0]).toMatchObject({ result: 'handed 2026-11-20' })
    expect(await noteHanded(await world.contextOf(manager), { engagementId: paper.engagementId, day: '2026-11-20', from: 'operator' })).toEqual({ refused: 'notFound' })
  })
})
