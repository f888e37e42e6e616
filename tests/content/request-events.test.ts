import { beforeEach, expect, it } from 'vitest'
import { askPeople } from '../../app/commands/ask-people.server'
import { makeDossier } from '../../app/commands/dossier-file.server'
import { claimDueMails, noteSent } from '../../app/commands/send-mail.server'
import { requestEvents } from '../../app/content/request-events.server'
import { dayOf, HOUR_MS, MINUTE_MS, OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { outcomeWords } from '../../app/domain/reminder-words'
import { leavesIn } from '../../app/domain/request-hours'
import { listReminders } from '../../db/team.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'
import { readZip } from '../support/zip'

onBothEngines('督促記録', (engine) => {
  let world: World
  let manager: TestPerson, person: TestPerson
  const FRIDAY_EVENING = startOf('2026-11-20') + 19 * HOUR_MS
  beforeEach(async () => {
    world = await World.make(engine)
    const unit = await world.addUnit('S1', '仙台コールセンター')
    manager = await world.addPerson({ name: '山﨑 健一', role: 'unitHead', roleScope: { kind: 'unit', id: unit } })
    person = await world.addPerson({ mail: 'own@mail.internal', unit })
    await world.addAssignment(person, { kind: 'module', slug: 'M01', due: '2026-11-27' })
  })
  const at = (instant: number) => void (world.now = instant)
  const ask = async (key: string) => askPeople({ ...(await world.contextOf(manager)), now: world.now }, { engagementIds: [person.engagementId], companyIds: [], note: '声をかけてください。', shareIds: [], key, from: 'operator' })
  const told = async (before = OPEN_INSTANT) => requestEvents(await listReminders(world.db, person.engagementId, 9, before), dayOf(world.now), () => '上長', () => 'M01').map(({ text }) => text)
  const listed = async (knownAt = world.now) => {
    const { bytes } = (await makeDossier(world.systemContext(), [person.engagementId], knownAt))!
    return { bytes, last: new TextDecoder().decode(readZip(bytes)['督促.csv']).trim().split('\r\n').at(-1)! }
  }
  const send = async () => {
    const { claimed } = await claimDueMails(world.systemContext(), 'w')
    const asked = new Set((await world.db.selectFrom('reminder').select('assignment_id').execute()).map(({ assignment_id: id }) => id))
    for (const mail of claimed) await noteSent(world.systemContext(), mail, 'w', 'm', { to: mail.to_address, props: {}, asked })
    return claimed.length
  }

  it('says with which mails it goes, then when it was sent; by an earlier day it still waits', async () => {
    await ask('k1')
    expect(await told()).toEqual(['上長から本人へ(メール・今日(11月20日(金) 10時15分)の便に入れた)　M01'])
    at(FRIDAY_EVENING)
    await world.db.updateTable('mail').set({ state: 'sent' }).execute()
    await world.db.deleteFrom('reminder').execute()
    await world.db.updateTable('session').set({ last_seen_at: world.now, expires_at: world.now + 99 * HOUR_MS }).execute()
    await ask('k2')
    const waits = '翌営業日(11月24日(火) 9時)の便に入れた'
    expect(await told()).toEqual([`上長から本人へ(メール・${waits})　M01`])
    const friday = await listed()
    expect(friday.last).toMatch(new RegExp(`,,${waits.replaceAll(/[()]/g, '\\$&')}$`))

    at(startOf('2026-11-24') + 9 * HOUR_MS + 2 * MINUTE_MS)
    const before = world.now
    expect(await send()).toBe(1)
    expect(await told()).toEqual(['上長から本人へ(メール・11月24日(火) 9時02分に送りました)　M01'])
    expect(await told(before)).toEqual([`上長から本人へ(メール・${waits})　M01`])
    expect((await listed()).last).toMatch(/,2026-11-24T09:02:00[^,]*,11月24日\(火\) 9時02分に送りました$/)
    const again = await listed(FRIDAY_EVENING)
    expect(again.last).toBe(friday.last)
    expect(Buffer.from(again.bytes).equals(Buffer.from(friday.bytes))).toBe(true)
  })

  it('names the day by how it was placed, and keeps to it whatever moves the mail', async () => {
    const { calendar } = world.systemContext().library
    const nine = (day: string) => startOf(day) + 9 * HOUR_MS
    expect(['2026-11-20', '2026-11-24', '2026-11-25'].map((day) => leavesIn(FRIDAY_EVENING, nine(day), calendar))).toEqual(['sameDay', 'nextBusinessDay', 'later'])
    const one = { at: FRIDAY_EVENING, leavesAt: nine('2026-11-25'), leavesIn: 'later' as const, result: '', resultAt: null }
    expect(outcomeWords(one, '2026-11-20')).toBe('11月25日(水) 9時の便に入れた')
    expect(outcomeWords({ ...one, leavesAt: FRIDAY_EVENING, leavesIn: 'sameDay' })).toBe('当日(11月20日(金) 19時)の便に入れた')
    expect(outcomeWords({ ...one, result: 'fictional' }, '2026-11-20')).toBe('11月25日(水) 9時の便に入れた(架空の宛先のため、送りません)')
    expect(outcomeWords({ ...one, result: 'givenUp', resultAt: 1 }, '2026-11-20')).toBe('届きませんでした')
    await ask('k1')
    const before = await told()
    await world.db.updateTable('mail').set({ next_try_at: nine('2026-11-26'), day: '2026-11-26' }).execute()
    expect(await told()).toEqual(before)
  })
})
