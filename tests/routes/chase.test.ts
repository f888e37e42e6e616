import { beforeAll, expect, it } from 'vitest'
import { listLastAsked } from '../../db/reminders.server'
import { action as chase } from '../../app/routes/team/chase'
import { action as companyChase } from '../../app/routes/contractor/chase'
import { action as hand, loader as papers } from '../../app/routes/team/papers'
import type { AskView } from '../../app/ui/asking'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('the page before asking', (engine) => {
  let world: World
  let manager: TestPerson, own: TestPerson, paper: TestPerson, done: TestPerson, worker: TestPerson, contact: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    const unit = await world.addUnit('S1', '仙台コールセンター')
    await world.addCompany('C1', '青葉設備', 'contractor')
    manager = await world.addPerson({ name: '山﨑 健一', role: 'unitHead', roleScope: { kind: 'unit', id: unit } })
    own = await world.addPerson({ name: '佐藤 健', mail: 'own@mail.internal', unit })
    paper = await world.addPerson({ name: '齋藤 ひより', unit })
    done = await world.addPerson({ unit })
    worker = await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'w@mail.internal', unit })
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'lead@mail.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C1') } })
    for (const one of [own, paper, worker]) await world.addAssignment(one, { kind: 'module', slug: 'M01', due: '2026-11-13' })
  })
  const post = (who: TestPerson, form: Record<string, string | string[]>, door = chase) => door(world.args(world.request('/team/chase', who, form))).catch((thrown: unknown) => thrown) as Promise<Response & { data?: { view: (AskView & { lead: string }) | null; refused: { refused: string } | null } }>
  const count = async (table: 'mail' | 'reminder' | 'ledger_entry' | 'command_key') => Number((await world.db.selectFrom(table).select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)

  it('groups by channel with reasons, writes nothing, and tells no minutes that somebody has left', async () => {
    const { data } = await post(manager, { e: [own, paper, done].map(({ engagementId }) => engagementId) })
    expect(data!.view!.groups.map(({ title }) => title)).toEqual(['本人にメールで　1人', '書面を手渡しで　1人', '今日は送りません　1人'])
    expect(data!.view!.when).toBe('今日 10時15分ごろ')
    expect(data!.view!.sample!.subject).toBe('【守秘】「通信の秘密」を守る仕事(約30分)・期限は11月13日(金)でした')
    expect(data!.view!.groups[2]!.lines[0]!.how).toBe('すべて終わっています。')
    expect([await count('mail'), await count('reminder'), await count('ledger_entry'), await count('command_key')]).toEqual([0, 0, 0, 0])
  })

  it('takes one alone when its own button was pressed, and nobody who is another’s', async () => {
    const { data } = await post(manager, { one: own.engagementId, e: [paper.engagementId, worker.engagementId] })
    expect(data!.view!.fields).toEqual([{ name: 'e', value: own.engagementId }])
    for (const [who, e] of [[manager, worker], [manager, contact], [manager, manager]] as const) expect((await post(who, { e: e.engagementId })).status).toBe(404)
    expect((await post(contact, { e: own.engagementId }, companyChase as unknown as typeof chase)).status).toBe(404)
    expect((await post(own, { e: paper.engagementId })).status).toBe(404)
    expect((await post(manager, {})).data!.refused!.refused).toBe('nobodyChosen')
    expect((await post(manager, { e: Array.from({ length: 201 }, (_, at) => `x${at}`) })).data!.refused!.refused).toBe('tooManyAtOnce')
  })

  it('wants a reason, sends once, and leads to the papers', async () => {
    const e = [own, paper, done].map(({ engagementId }) => engagementId)
    expect((await post(manager, { e, send: '1', key: 'k', note: ' ' })).data).toMatchObject({ trouble: { errors: { note: ['依頼の理由を書いてください。'] } } })
    for (let again = 0; again < 2; again++) expect((await post(manager, { e, send: '1', key: 'k', note: '声をかけてください。' })).headers.get('Location')).toBe('/team/papers?sent=1&papers=1')
    expect([await count('mail'), await count('reminder')]).toEqual([1, 2])
    const { data } = await post(manager, { e: own.engagementId })
    expect(data!.view!.groups[0]!.lines[0]!.how, 'the mail that waits already').toBe('登録のメール。すでにある今日 10時15分ごろの便に加えます。')
    const page = (await papers(world.args(world.request('/team/papers', manager)))) as Awaited<ReturnType<typeof papers>>
    expect(page.papers).toMatchObject([{ who: '齋藤 ひより', number: paper.number, asks: [{ due: '▲ 11月13日(金)まで' }] }])
    const handed = await hand(world.args(world.request('/team/papers', manager, { engagementId: paper.engagementId, day: '2026-11-20' }))) as Response
    expect(handed.headers.get('Location')).toBe('/team/papers?handed=1')
    expect(((await papers(world.args(world.request('/team/papers', manager)))) as Awaited<ReturnType<typeof papers>>).papers).toEqual([])
  })

  it('lets the company ask its own people', async () => {
    const { data } = await post(contact, { e: worker.engagementId }, companyChase as unknown as typeof chase)
    expect(data!.view!.sample!.lines.join('')).toContain('差出 青葉設備')
    await post(manager, { co: world.companyId('C1'), send: '1', key: 'co', note: '案内をお願いします。' })
    const asked = async () => [...(await listLastAsked(world.db, [worker.engagementId], contact.accountId)).values()]
    expect(await asked(), 'the contact was asked, the worker not yet').toEqual([])
    expect((await post(contact, { e: worker.engagementId, send: '1', key: 'c', note: 'お願いします。' }, companyChase as unknown as typeof chase)).headers.get('Location')).toBe('/company?asked=1')
    expect(await asked()).toEqual([world.now])
  })
})
