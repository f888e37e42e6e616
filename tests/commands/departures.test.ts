import { beforeEach, expect, it } from 'vitest'
import { finishReturnItems } from '../../app/commands/finish-return-item.server'
import { addReturnItem, beginReturnList } from '../../app/commands/list-return-items.server'
import { noteContactTry } from '../../app/commands/note-contact-try.server'
import { noteExitOutcome } from '../../app/commands/note-exit-outcome.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { voidReturnItem } from '../../app/commands/void-return-item.server'
import { enterRequest } from '../../app/commands/enter-request.server'
import { noteDeath, voidDeath } from '../../app/commands/note-death.server'
import { claimDueMails } from '../../app/commands/send-mail.server'
import { addDays, DAY_MS, dayOf, HOUR_MS, startOf } from '../../app/domain/calendar'
import { run as beginDepartures } from '../../app/jobs/begin-departures.server'
import { loader as departure } from '../../app/routes/people/departure'
import { loader as departures } from '../../app/routes/people/departures'
import { loader as letter } from '../../app/routes/people/departure-letter'
import { inTransaction, insertRows } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { firstRequirements, NOW, World, type TestPerson } from '../support/world'

onBothEngines('退職・終了', (engine) => {
  let world: World
  let hr: TestPerson
  let leaver: TestPerson
  let pledge: string
  const today = dayOf(NOW)
  beforeEach(async () => {
    world = await World.make(engine, firstRequirements())
    hr = await world.addPerson({ role: 'hr' })
    leaver = await world.addPerson({ name: '高橋 恵子', to: addDays(today, 11), password: true })
    await inTransaction(world.db, (tx) => insertRows(tx, 'handling_scope', [{ ...world.fact('2024-04-01'), engagement_id: leaver.engagementId, category: 'communicationsSecrecy', system: '応対管理システム', purpose: '', access_level: '' }]))
    await planAssignments(world.systemContext(), 'all')
    pledge = (await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', leaver.engagementId).where('target_slug', '=', 'PL6').executeTakeFirstOrThrow()).id
  })
  const items = () => world.db.selectFrom('return_item').selectAll().where('engagement_id', '=', leaver.engagementId).orderBy('id').execute()
  const look = async () => departures(world.args(world.request('/people/departures', hr)))
  const row = async () => {
    const { left, soon } = await look()
    return [...left, ...soon].find(({ engagementId }) => engagementId === leaver.engagementId)
  }
  const later = async (days: number) => {
    world.now += days * DAY_MS
    await world.db.updateTable('session').set({ expires_at: world.now + DAY_MS, last_seen_at: world.now }).execute()
  }
  const tried = async (onDay: string, note = '留守番電話') => noteContactTry(await world.contextOf(hr), { engagementId: leaver.engagementId, assignmentId: pledge, onDay, channel: 'phone', note })
  const noted = async (outcome: 'explainedDeclined' | 'unreachable', note = '', by = hr) => noteExitOutcome(await world.contextOf(by), { engagementId: leaver.engagementId, assignmentId: pledge, outcome, note })
  const evidence = async () => (await world.db.selectFrom('ledger_entry').select('type').where('subject_engagement_id', '=', leaver.engagementId).orderBy('id').execute()).map(({ type }) => type)

  it('gives whoever leaves within 20 days a list, once, with a permission for each system, and whoever was ended late as well', async () => {
    const late = await world.addPerson({ to: addDays(today, -3) })
    const far = await world.addPerson({ to: addDays(today, 22) })
    expect(await beginDepartures(world.systemContext())).toMatchObject({ lists: 2 })
    expect(await beginDepartures(world.systemContext())).toMatchObject({ lists: 0 })
    expect((await items()).map(({ words }) => words).at(-1)).toBe('応対管理システムの権限の停止')
    expect(await world.db.selectFrom('return_item').select('id').where('engagement_id', '=', late.engagementId).execute()).not.toEqual([])
    expect(await world.db.selectFrom('return_item').select('id').where('engagement_id', '=', far.engagementId).execute()).toEqual([])
    const one = await row()
    expect(one).toMatchObject({ lastDay: addDays(today, 10), departure: { next: 'handList', pledge: 'open', returns: { done: 0 } } })
    expect((await look()).left.map(({ engagementId }) => engagementId)).toEqual([late.engagementId])
  })

  it('shows what else is open, what leaving waives, and after the end what has ended; it speaks of no training that there is not', async () => {
    const open = await world.db.selectFrom('assignment').select(['id', 'target_slug', 'due_on']).where('engagement_id', '=', leaver.engagementId).where('period', '!=', 'exit').orderBy('due_on').execute()
    expect(open.length).toBeGreaterThan(1)
    await world.db.updateTable('assignment').set({ due_on: addDays(today, 5) }).where('id', 'in', open.map(({ id }) => id)).execute()
    await world.db.updateTable('assignment').set({ due_on: addDays(today, 60) }).where('id', '=', open.at(-1)!.id).execute()
    await world.openRecord(hr, leaver.engagementId)
    const page = async () => departure(world.args(world.request('/x', hr), { engagementId: leaver.engagementId }))
    const before = await page()
    expect(before.remaining.waived).toMatchObject([{ dueOn: addDays(today, 60) }])
    expect([before.remaining.due.length, before.remaining.ended]).toEqual([open.length - 1, []])
    expect([...before.remaining.due, ...before.remaining.waived].map(({ title }) => title).join()).not.toContain('退職時')
    expect(before.hasExitTraining).toBe(false)
    expect((await row())!.departure.remaining).toEqual({ due: open.length - 1, waived: 1, ended: 0 })
    await later(12)
    await planAssignments(world.systemContext(), 'all')
    await world.openRecord(hr, leaver.engagementId)
    expect((await page()).remaining).toMatchObject({ due: [], waived: [], ended: open.map(() => ({ standing: { mark: 'none', ended: true } })) })
  })

  it('stays after the end while something is left, and goes when all is done, whatever became of the pledge', async () => {
    const context = await world.contextOf(hr)
    await beginReturnList(context, leaver.engagementId)
    expect(await beginReturnList(context, leaver.engagementId)).toEqual({ listed: 0 })
    const added = (await addReturnItem(context, { engagementId: leaver.engagementId, kind: 'thing', words: '店舗の鍵', key: 'a' })) as { id: string }
    expect(await addReturnItem(context, { engagementId: leaver.engagementId, kind: 'thing', words: '店舗の鍵', key: 'a' }), 'the same form').toEqual(added)
    expect(await voidReturnItem(context, { engagementId: (await world.addPerson()).engagementId, itemId: added.id })).toMatchObject({ refused: 'notFound' })
    const [badge, ...others] = (await items()).map(({ id }) => id)
    await voidReturnItem(context, { engagementId: leaver.engagementId, itemId: added.id })
    expect(await finishReturnItems(context, { engagementId: leaver.engagementId, itemIds: [badge!], onDay: addDays(today, 1) })).toMatchObject({ refused: 'doneInFuture' })
    expect(await finishReturnItems(context, { engagementId: leaver.engagementId, itemIds: others.filter((id) => id !== added.id), onDay: today })).toEqual({ done: others.length - 1 })
    expect(await finishReturnItems(context, { engagementId: leaver.engagementId, itemIds: others, onDay: addDays(today, -1) })).toEqual({ done: 0 })
    await later(12)
    expect(await noted('explainedDeclined', '退職の面談で説明')).toHaveProperty('receipt')
    const { leftCount, left } = await look()
    expect(leftCount).toBe(1)
    expect(left).toMatchObject([{ name: '高橋 恵子', departure: { next: 'checkReturns', pledge: 'explainedDeclined', returns: { open: ['入館証・社員証・名札'] }, access: { stoppedOn: today } } }])
    await finishReturnItems(await world.contextOf(hr), { engagementId: leaver.engagementId, itemIds: [badge!], onDay: dayOf(world.now) })
    expect(await look()).toMatchObject({ leftCount: 0, left: [] })
    expect(await evidence()).toEqual(['return.listed', 'return.listed', 'return.voided', 'return.done', 'pledge.exitNoted', 'return.done'])
  })

  it('calls somebody 連絡不能 only after tries on two days; the tries stand in what is kept', async () => {
    expect(await noted('unreachable')).toMatchObject({ refused: 'triesNeeded' })
    await tried(today)
    await tried(today)
    await tried(today, '話し中')
    expect(await world.db.selectFrom('contact_try').select('id').execute()).toHaveLength(2)
    expect(await noted('unreachable')).toMatchObject({ refused: 'triesNeeded', facts: { days: 1 } })
    expect(await tried(addDays(today, 1))).toMatchObject({ refused: 'tryOutside' })
    await later(1)
    await tried(addDays(today, 1))
    const done = (await noted('unreachable', '二度電話した')) as { receipt: string }
    expect(await noted('unreachable')).toMatchObject({ refused: 'outcomeNoted' })
    const act = await world.db.selectFrom('pledge_act').selectAll().where('receipt', '=', done.receipt).executeTakeFirstOrThrow()
    expect(act).toMatchObject({ outcome: 'unreachable', settle_slot: null, note: '二度電話した' })
    const { bytes } = await world.db.selectFrom('blob').select('bytes').where('sha256', '=', act.statement_sha256).executeTakeFirstOrThrow()
    expect((JSON.parse(new TextDecoder().decode(bytes)) as { tries: object[] }).tries).toHaveLength(3)
    expect((await row())!.departure).toMatchObject({ pledge: 'unreachable' })
  })

  it('leaves a signature open to whoever thinks it over', async () => {
    await noted('explainedDeclined')
    const own = await world.contextOf(leaver)
    const signed = await signRead(own, pledge, await readPledge(world, own, pledge))
    expect(signed).toHaveProperty('receipt')
    expect((await row())!.departure.pledge).toBe('signed')
    expect(await noted('explainedDeclined')).toMatchObject({ refused: 'pledgeSettled' })
  })

  it('is nobody’s own to decide, and no one’s without the act', async () => {
    await world.addRole(leaver, 'hr')
    expect(await noted('explainedDeclined', '', leaver)).toMatchObject({ refused: 'ownDeparture' })
    expect(await noted('explainedDeclined', '', await world.addPerson({ role: 'chief' }))).toMatchObject({ refused: 'notFound' })
    expect(await items()).toEqual([])
    await beginReturnList(await world.contextOf(hr), leaver.engagementId)
    const own = await world.contextOf(leaver)
    const { id } = (await items())[0]!
    expect(await addReturnItem(own, { engagementId: leaver.engagementId, kind: 'thing', words: '鍵', key: 'b' })).toMatchObject({ refused: 'ownDeparture' })
    expect(await finishReturnItems(own, { engagementId: leaver.engagementId, itemIds: [id], onDay: today })).toMatchObject({ refused: 'ownDeparture' })
    expect(await voidReturnItem(own, { engagementId: leaver.engagementId, itemId: id })).toMatchObject({ refused: 'ownDeparture' })
    expect((await items())[0]).toMatchObject({ done_on: null, voided_at: null })
  })

  it('of somebody who died is an ordinary end: nothing is sent, asked or handed over from then on, and the records stay (A32)', async () => {
    await world.db.updateTable('engagement_version').set({ mail: 'late@firm.internal' }).where('engagement_id', '=', leaver.engagementId).execute()
    await beginReturnList(await world.contextOf(hr), leaver.engagementId)
    const duty = await world.addAssignment(leaver, { kind: 'module', slug: 'U1', due: addDays(today, 3) })
    const ask = () => inTransaction(world.db, (tx) => enterRequest(tx, world.systemContext(), { engagementId: leaver.engagementId, assignmentIds: [duty], reasonCode: 'manager' }))
    await ask()
    await tried(today)
    const waiting = async () => (await world.db.selectFrom('mail').select('state').where('to_address', '=', 'late@firm.internal').execute()).map(({ state }) => state)
    expect(await waiting()).toEqual(['waiting', 'waiting'])
    for (const who of [leaver, await world.addPerson({ role: 'chief' })]) expect(await noteDeath(await world.contextOf(who), leaver.engagementId)).toMatchObject({ refused: 'notFound' })
    expect(await Promise.all([noteDeath(await world.contextOf(hr), leaver.engagementId), noteDeath(await world.contextOf(hr), leaver.engagementId)])).toEqual([{ personId: leaver.personId }, { personId: leaver.personId }])
    expect((await evidence()).filter((type) => type === 'person.died')).toHaveLength(1)
    await expect(world.contextOf(leaver), 'signed out').rejects.toThrow()
    world.now = startOf('2026-11-24') + 10 * HOUR_MS
    await world.db.updateTable('session').set({ expires_at: world.now + DAY_MS, last_seen_at: world.now }).execute()
    expect(await claimDueMails(world.systemContext(), 'x')).toMatchObject({ claimed: [] })
    expect(await waiting()).toEqual(['needless', 'needless'])
    expect(await world.db.selectFrom('reminder').select('result').execute()).toEqual([{ result: 'gone' }])
    expect(await ask()).toMatchObject({ by: 'nobody', why: 'gone' })
    expect(await beginDepartures(world.systemContext())).toMatchObject({ told: 0 })
    expect(await noted('explainedDeclined')).toMatchObject({ refused: 'personDied' })
    expect(await tried(dayOf(world.now))).toMatchObject({ refused: 'personDied' })
    await world.openRecord(hr, leaver.engagementId)
    expect(await letter(world.args(world.request('/x', hr), { engagementId: leaver.engagementId })).catch((thrown: unknown) => thrown)).toMatchObject({ status: 404 })
    expect((await row())!.departure).toMatchObject({ died: true, pledge: 'notAsked', next: 'checkAccess' })
    await finishReturnItems(await world.contextOf(hr), { engagementId: leaver.engagementId, itemIds: (await items()).map(({ id }) => id), onDay: dayOf(world.now) })
    await later(12)
    expect(await look(), 'nothing is left to chase').toMatchObject({ leftCount: 0, left: [] })
    expect(await world.db.selectFrom('assignment').select('id').where('id', '=', pledge).execute(), 'kept').toHaveLength(1)
    expect(await voidDeath(await world.contextOf(hr), leaver.engagementId)).toEqual({ personId: leaver.personId })
    expect((await row())!.departure).toMatchObject({ died: false, pledge: 'open' })
    expect(await world.db.selectFrom('account').select('disabled_at').where('id', '=', leaver.accountId).executeTakeFirstOrThrow()).toEqual({ disabled_at: null })
  })

  it('writes a letter that hinders nothing, and none to whom another employs', async () => {
    await world.openRecord(hr, leaver.engagementId)
    const written = await letter(world.args(world.request('/x', hr), { engagementId: leaver.engagementId }))
    expect(written.paragraphs.join('')).toMatch(/公益通報.*妨げません/)
    expect(written.paragraphs.join('')).not.toMatch(/懲戒|損害賠償|違約|\{\{/)
    await world.addCompany('A', '派遣元', 'agency')
    const agent = await world.addPerson({ kind: 'dispatched', company: 'A', to: addDays(today, 5) })
    await world.openRecord(hr, agent.engagementId)
    expect(await letter(world.args(world.request('/x', hr), { engagementId: agent.engagementId })).catch((thrown: unknown) => thrown)).toMatchObject({ status: 404 })
  })
})
