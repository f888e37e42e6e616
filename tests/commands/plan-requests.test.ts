import { beforeEach, expect, it } from 'vitest'
import { planDigests, planRequests } from '../../app/commands/plan-requests.server'
import { composeLetter } from '../../app/content/request-letter.server'
import { HOUR_MS, startOf } from '../../app/domain/calendar'
import { inTransaction } from '../../db/database.server'
import { refreshLine } from '../../db/line-members.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('the day’s requests', (engine) => {
  let world: World
  let unit: string
  const duty = (person: TestPerson, due: string, slug = 'M01') => world.addAssignment(person, { kind: 'module', slug, due })
  const mails = () => world.db.selectFrom('mail').selectAll().orderBy('to_address').execute()
  beforeEach(async () => {
    world = await World.make(engine)
    world.now = startOf('2026-11-24') + 5 * HOUR_MS
    unit = await world.addUnit('S1', '仙台コールセンター')
  })

  it('go 14, 7 and 1 working days before, 1 after, then weekly, to whoever may be asked, once', async () => {
    // from 11-24 (Tue): +1 = 25, +7 = 12-03, +14 = 12-14; the working day before is 11-20, the fifth before that 11-13
    const dues: Record<string, string> = { d25: '2026-11-25', d26: '2026-11-26', d1203: '2026-12-03', d1214: '2026-12-14', d1120: '2026-11-20', d1113: '2026-11-13', d1119: '2026-11-19' }
    for (const [name, due] of Object.entries(dues)) await duty(await world.addPerson({ mail: `${name}@mail.internal` }), due)
    await world.addCompany('C1', '青葉設備', 'contractor')
    await duty(await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'worker@mail.internal' }), '2026-11-25')
    await duty(await world.addPerson(), '2026-11-25')
    const away = await world.addPerson({ mail: 'away@mail.internal' })
    await duty(away, '2026-11-25')
    await world.db.insertInto('leave_period').values({ ...world.fact('2026-11-01', '2026-12-31'), engagement_id: away.engagementId, reason_code: 'childcare' }).execute()
    expect(await planRequests(world.systemContext(), '2026-11-23')).toEqual({ requests: 5, withoutMail: 1 })
    expect((await mails()).map(({ to_address: to }) => to.split('@')[0])).toEqual(['d1113', 'd1120', 'd1203', 'd1214', 'd25'])
    expect((await mails()).every(({ next_try_at: at }) => at === startOf('2026-11-24') + 9 * HOUR_MS)).toBe(true)
    await planRequests(world.systemContext(), '2026-11-23')
    expect(await mails()).toHaveLength(5)
    expect((await world.db.selectFrom('reminder').select(['reason_code', 'sent_by']).execute()).map(({ reason_code: why, sent_by: by }) => `${why} ${by}`).sort()).toEqual(['after1 null', 'before1 null', 'before14 null', 'before7 null', 'weekly null'])
  })

  it('makes up for days on which no server ran, and rests on days off', async () => {
    await duty(await world.addPerson({ mail: 'missed@mail.internal' }), '2026-11-24')
    expect(await planRequests(world.systemContext(), '2026-11-23')).toMatchObject({ requests: 0 })
    expect(await planRequests(world.systemContext(), '2026-11-19')).toMatchObject({ requests: 1 })
    world.now = startOf('2026-11-28') + 9 * HOUR_MS
    expect(await planRequests(world.systemContext(), '2026-11-20')).toEqual({ requests: 0, withoutMail: 0 })
  })

  it('brings managers and companies one digest a week, only when something is open', async () => {
    await world.addCompany('C1', '青葉設備', 'contractor')
    const head = await world.addPerson({ mail: 'head@mail.internal', role: 'unitHead', roleScope: { kind: 'unit', id: unit } })
    const boss = await world.addPerson({ mail: 'boss@mail.internal' })
    await world.addPerson({ mail: 'idle@mail.internal', role: 'unitHead', roleScope: { kind: 'unit', id: await world.addUnit('S2', '空の課') } })
    await duty(await world.addPerson({ unit, supervisor: boss, name: '佐藤 健' }), '2026-11-13')
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'C1', unit })
    await duty(worker, '2026-11-13')
    await world.addPerson({ kind: 'contractorWorker', company: 'C1', mail: 'lead@mail.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C1') } })
    expect(await planDigests(world.systemContext(), '2026-11-23')).toEqual({ digests: 3 })
    await planDigests(world.systemContext(), '2026-11-23')
    const all = await mails()
    expect(all.map(({ to_address: to, template, class: kind }) => `${to} ${template} ${kind}`)).toEqual(['boss@mail.internal managerDigest digest', 'head@mail.internal managerDigest digest', 'lead@mail.internal companyDigest digest'])
    const letters = await Promise.all(all.map((mail) => composeLetter(world.systemContext(), mail)))
    expect(letters[0]).toMatchObject({ props: { open: 1, late: 1, people: [{ days: 11 }] } })
    expect(JSON.stringify(letters[1]), 'a contractor’s people are not in a manager’s letter').not.toContain(worker.number)
    expect(letters[2]).toMatchObject({ props: { open: 1, companies: [{ name: '青葉設備', people: 2, open: 1 }] } })
    expect(await world.db.selectFrom('appointment').select('id').where('engagement_id', '=', head.engagementId).execute()).toHaveLength(1)
    world.now = startOf('2026-11-25') + 5 * HOUR_MS
    expect(await planDigests(world.systemContext(), '2026-11-24')).toEqual({ digests: 0 })
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).execute()
    await inTransaction(world.db, async (tx) => refreshLine(tx, (await tx.selectFrom('engagement').select('id').execute()).map(({ id }) => id), '2026-11-25'))
    expect(await composeLetter(world.systemContext(), all[0]!)).toEqual({ needless: 'done' })
  })
})
