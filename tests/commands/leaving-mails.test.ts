import { beforeEach, expect, it } from 'vitest'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { composeLetter } from '../../app/content/request-letter.server'
import { addDays, DAY_MS, dayOf, HOUR_MS, startOf } from '../../app/domain/calendar'
import { mayLeave } from '../../app/domain/request-hours'
import { run as beginDepartures } from '../../app/jobs/begin-departures.server'
import { writeLetter } from '../../emails/letters'
import { onBothEngines } from '../support/database'
import { firstRequirements, NOW, World, type TestPerson } from '../support/world'

onBothEngines('mails before the end', (engine) => {
  let world: World
  let boss: TestPerson
  const today = dayOf(NOW)
  beforeEach(async () => {
    world = await World.make(engine, firstRequirements())
    await world.addCompany('C1', '青葉設備', 'contractor')
    await world.addCompany('C2', '若草設備', 'subcontractor', false, 'C1')
    await world.addCompany('A1', 'みほん人材', 'agency')
    boss = await world.addPerson({ name: '山﨑 健一', mail: 'boss@firm.internal' })
    await world.addPerson({ name: '森 あゆみ', kind: 'contractorWorker', company: 'C1', mail: 'mori@firm.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C1') } })
    await world.addPerson({ name: '丘 みどり', kind: 'contractorWorker', company: 'A1', mail: 'oka@firm.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('A1') } })
  })
  const morning = async () => beginDepartures(world.systemContext())
  const mails = async () => world.db.selectFrom('mail').selectAll().where('class', '=', 'request').orderBy('to_address').orderBy('template').execute()
  const sorts = async () => (await mails()).map(({ to_address: to, template, state }) => `${to.split('@')[0]} ${template}${state === 'waiting' ? '' : ` ${state}`}`)
  const letterTo = async (who: string, template: string) => {
    const mail = (await mails()).find((one) => one.to_address.startsWith(`${who}@`) && one.template === template)!
    return composeLetter(world.systemContext(), mail) as Promise<{ needless: string } | { to: string; props: { people: { who: string }[]; leaving: { who: string; open: string[]; returns: string[] }[] } }>
  }
  /** As the post does it: what each letter says is found, and kept. */
  const post = async () => {
    for (const mail of await mails()) if (mail.state === 'waiting') {
      const letter = await composeLetter(world.systemContext(), mail)
      await world.db.updateTable('mail').set('needless' in letter ? { state: 'needless', error: letter.needless, dedupe_key: mail.id } : { state: 'sent', sent_at: world.now, next_try_at: world.now, props: JSON.stringify(letter.props) }).where('id', '=', mail.id).execute()
    }
  }
  const onLeave = async (who: TestPerson, from: string, to: string) => {
    await world.db.insertInto('leave_period').values({ ...world.fact(from, to), engagement_id: who.engagementId, reason_code: 'sick' }).execute()
    await world.db.updateTable('engagement_current').set({ on_leave: 1 }).where('engagement_id', '=', who.engagementId).execute()
  }

  it('go once to person, 上長 and employer, within the hours, one a day to each, and to nobody after the end', async () => {
    const going = await world.addPerson({ name: '高橋 恵子', mail: 'going@firm.internal', supervisor: boss, to: addDays(today, 9) })
    const other = await world.addPerson({ mail: 'other@firm.internal', supervisor: boss, to: addDays(today, 12) })
    await world.addPerson({ mail: 'gone@firm.internal', supervisor: boss, to: addDays(today, -2) })
    await world.addPerson({ mail: 'worker@firm.internal', kind: 'contractorWorker', company: 'C1', supervisor: boss, to: addDays(today, 9) })
    await world.addPerson({ mail: 'agent@firm.internal', kind: 'dispatched', company: 'A1', to: addDays(today, 9) })
    await planAssignments(world.systemContext(), 'all')
    world.now = startOf('2026-11-21') + 20 * HOUR_MS
    await morning()
    expect(await morning()).toMatchObject({ told: 0 })
    expect(await sorts()).toEqual(['agent departure', 'boss leavers', 'going departure', 'mori companyRequest', 'oka companyRequest', 'other departure'])
    const entered = await mails()
    expect(entered.every(({ next_try_at: at }) => mayLeave(at, { from: 9, to: 18 }, world.app.library.calendar))).toBe(true)
    world.now = entered[0]!.next_try_at
    expect(await letterTo('going', 'departure')).toMatchObject({ to: 'going@firm.internal', props: { lastDay: addDays(today, 8), open: [{ title: expect.stringContaining('退職時') as string }], returns: expect.arrayContaining(['入館証・社員証・名札']) as string[] } })
    expect(await letterTo('boss', 'leavers')).toMatchObject({ props: { more: 0, people: [{ who: expect.stringContaining(going.number) as string }, { who: expect.stringContaining(other.number) as string }] } })
    await post()
    world.now += DAY_MS
    expect(await morning(), 'told is told').toMatchObject({ told: 0 })
    await world.db.updateTable('engagement_current').set({ valid_to: addDays(today, 20) }).where('engagement_id', '=', going.engagementId).execute()
    await morning()
    expect((await sorts()).filter((one) => one.startsWith('going')), 'another last day is told').toEqual(['going departure sent', 'going departure'])
    world.now = startOf(addDays(today, 21)) + 10 * HOUR_MS
    expect(await letterTo('going', 'departure').catch(() => null)).toMatchObject({ needless: 'gone' })
  })

  it('tell the employer what to take back, to explain and to certify; a lower tier without a contact through the one above; the worker and the 上長 nothing', async () => {
    const worker = await world.addPerson({ name: '田中 一郎', mail: 'worker@firm.internal', kind: 'contractorWorker', company: 'C2', supervisor: boss, to: addDays(today, 9) })
    await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3', due: '2026-11-25' })
    await world.addAssignment(worker, { kind: 'module', slug: 'M01', due: '2026-11-25' })
    const agent = await world.addPerson({ name: '北 太郎', kind: 'dispatched', company: 'A1', to: addDays(today, 9) })
    await world.addAssignment(agent, { kind: 'certificate', slug: 'PL2', due: '2026-11-25' })
    await world.addAssignment(agent, { kind: 'module', slug: 'M01', due: '2026-11-25' })
    await morning()
    expect(await sorts()).toEqual(['mori companyRequest', 'oka companyRequest'])
    const title = world.app.library.current('module', 'M01')!.meta.title
    const [mori, oka] = [await letterTo('mori', 'companyRequest'), await letterTo('oka', 'companyRequest')]
    expect(mori).toMatchObject({ props: { leaving: [{ who: `田中 一郎(${worker.number}・委託先従業者)`, open: ['誓約取得証明の提出', title], returns: expect.arrayContaining(['入館証・社員証・名札']) as string[] }] } })
    expect(oka, 'the operator itself trains the dispatched').toMatchObject({ props: { leaving: [{ who: `北 太郎(${agent.number}・派遣社員)`, open: ['誓約取得証明の提出'] }] } })
    const { text, subject } = await writeLetter('companyRequest', { ...(mori as { props: object }).props, door: 'https://x.example' } as never)
    expect(subject).toContain('終了する方の手続のお願い(1人)')
    expect(text).toContain('貴社から本人に説明してください')
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).execute()
    await world.db.updateTable('return_item').set({ done_on: today, noted_at: world.now }).execute()
    expect(await letterTo('mori', 'companyRequest')).toEqual({ needless: 'done' })
  })

  it('reach whoever was on leave when they were due, once back', async () => {
    const resting = await world.addPerson({ mail: 'resting@firm.internal', supervisor: boss, to: addDays(today, 15) })
    await planAssignments(world.systemContext(), [resting.engagementId])
    await onLeave(resting, addDays(today, -30), addDays(today, 4))
    await morning()
    expect(await sorts(), 'the 上長 hears of it all the same').toEqual(['boss leavers'])
    await post()
    world.now += 2 * DAY_MS
    expect(await morning()).toMatchObject({ told: 0 })
    world.now = startOf(addDays(today, 4)) + 6 * HOUR_MS
    await world.db.updateTable('engagement_current').set({ on_leave: 0 }).where('engagement_id', '=', resting.engagementId).execute()
    expect(await morning()).toMatchObject({ told: 1 })
    expect(await sorts()).toEqual(['boss leavers sent', 'resting departure'])
    expect(await morning()).toMatchObject({ told: 0 })
    await onLeave(resting, addDays(today, 4), addDays(today, 6))
    await post()
    expect(await sorts(), 'on leave again before it left').toEqual(['boss leavers sent', 'resting departure needless'])
    world.now = startOf(addDays(today, 6)) + 6 * HOUR_MS
    await world.db.updateTable('engagement_current').set({ on_leave: 0 }).where('engagement_id', '=', resting.engagementId).execute()
    await morning()
    await post()
    expect((await sorts()).slice(1)).toEqual(['resting departure needless', 'resting departure sent'])
    expect(await morning()).toMatchObject({ told: 0 })
  })

  it('go to the 所属長 of the nearest unit that has one, where nobody is the 上長', async () => {
    const above = await world.addUnit('D', '本社')
    const unit = await world.addUnit('D1', '仙台', above)
    const [bare, other] = [await world.addUnit('D2', '福岡', above), await world.addUnit('E', 'よその本部')]
    const heads: TestPerson[] = []
    for (const [mail, id] of [['top', above], ['near', unit], ['else', other]] as const) heads.push(await world.addPerson({ mail: `${mail}@firm.internal`, unit: id, role: 'unitHead', roleScope: { kind: 'unit', id } }))
    const led = await world.addPerson({ unit, supervisor: boss, to: addDays(today, 9) })
    const [first, second, third] = [await world.addPerson({ unit, to: addDays(today, 9) }), await world.addPerson({ unit: bare, to: addDays(today, 10) }), await world.addPerson({ unit, to: addDays(today, 11) })]
    await world.db.updateTable('engagement_current').set({ valid_to: addDays(today, 12) }).where('engagement_id', '=', heads[1]!.engagementId).execute()
    await world.addPerson({ kind: 'contractorWorker', company: 'C2', unit, to: addDays(today, 9) })
    await planAssignments(world.systemContext(), 'all')
    await morning()
    expect((await sorts()).filter((one) => one.endsWith('leavers'))).toEqual(['boss leavers', 'near leavers', 'top leavers'])
    const named = async (who: string) => ((await letterTo(who, 'leavers')) as { props: { people: { who: string }[] } }).props.people.map(({ who: words }) => /\((\d+)/.exec(words)![1])
    expect(await named('boss')).toEqual([led.number])
    expect(await named('near'), 'of the unit, without those who have a 上長').toEqual([first.number, third.number])
    expect(await named('top'), 'of a unit without one, and who is the 所属長 below').toEqual([second.number, heads[1]!.number])
    expect(await morning()).toMatchObject({ told: 0 })
    await onLeave(heads[1]!, today, addDays(today, 9))
    expect(await named('top'), 'and of whoever is on leave').toEqual([first.number, second.number, third.number, heads[1]!.number])
  })

  it('are in やさしい日本語 for whoever reads with ふりがな', async () => {
    const plain = await world.addPerson({ mail: 'plain@firm.internal', to: addDays(today, 9) })
    const easy = await world.addPerson({ mail: 'easy@firm.internal', to: addDays(today, 9) })
    await world.db.updateTable('account').set({ furigana: 1 }).where('id', '=', easy.accountId).execute()
    await planAssignments(world.systemContext(), [plain.engagementId, easy.engagementId])
    await morning()
    expect([await letterTo('plain', 'departure'), await letterTo('easy', 'departure')]).toMatchObject([{ props: { easy: false } }, { props: { easy: true } }])
  })
})
