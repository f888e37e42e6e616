import { beforeAll, expect, it } from 'vitest'
import { declinePledge } from '../../app/commands/decline-pledge.server'
import { OPEN_INSTANT } from '../../app/domain/calendar'
import { findSuspension } from '../../db/pledges.server'
import { onBothEngines } from '../support/database'
import { readPledge, signRead } from '../support/pledges'
import { World, type TestPerson } from '../support/world'

onBothEngines('not signing a pledge', (engine) => {
  let world: World
  let person: TestPerson
  beforeAll(async () => {
    world = await World.make(engine)
    await world.addCompany('K1', 'みほんコールサービス株式会社', 'contractor')
    person = await world.addPerson({ password: true })
  })
  const duty = (id: string) => world.db.selectFrom('assignment').select(['settled_at', 'settled_as']).where('id', '=', id).executeTakeFirstOrThrow()
  const acts = (id: string) => world.db.selectFrom('pledge_act').select(['outcome', 'note', 'settle_slot']).where('assignment_id', '=', id).orderBy('id').execute()

  it('stops the due date for a question, once, and still lets the person sign', async () => {
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })
    const context = await world.contextOf(person)
    const ask = (words: string) => declinePledge(context, { assignmentId: id, outcome: 'question', words })
    expect(await ask('第7条に、会社が認めた端末も入りますか。')).toEqual({ outcome: 'question' })
    expect(await findSuspension(world.db, id)).toEqual({ at: world.now, reasonCode: 'question' })
    await ask('第7条に、会社が認めた端末も入りますか。')
    await ask('もう一つあります。')
    expect((await acts(id)).map(({ note }) => note)).toEqual(['第7条に、会社が認めた端末も入りますか。', 'もう一つあります。'])
    expect(await world.db.selectFrom('assignment_event').select('kind').where('assignment_id', '=', id).execute()).toEqual([{ kind: 'suspend' }])
    expect(await duty(id)).toEqual({ settled_at: OPEN_INSTANT, settled_as: null })
    expect(await signRead(context, id, await readPledge(world, context, id))).toHaveProperty('receipt')
    expect(await declinePledge(context, { assignmentId: id, outcome: 'declined', words: '' })).toEqual({ refused: 'pledgeSettled' })
  })

  it('settles one\'s own pledge as declined, without a sanction and without the words in the evidence', async () => {
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1', period: 'again' })
    const context = await world.contextOf(person)
    expect(await declinePledge(context, { assignmentId: id, outcome: 'later', words: '家族に相談します。' })).toEqual({ outcome: 'later' })
    expect(await duty(id)).toEqual({ settled_at: OPEN_INSTANT, settled_as: null })
    const [first, second] = await Promise.all([1, 2].map(() => declinePledge(context, { assignmentId: id, outcome: 'declined', words: '第11条に納得できません。' })))
    expect([first, second]).toEqual([{ outcome: 'declined' }, { outcome: 'declined' }])
    expect(await duty(id)).toEqual({ settled_at: world.now, settled_as: 'declined' })
    expect((await acts(id)).map(({ outcome, settle_slot }) => [outcome, settle_slot])).toEqual([['later', null], ['declined', null]])
    const payloads = await world.db.selectFrom('ledger_payload').select('bytes').execute()
    expect(payloads.map(({ bytes }) => new TextDecoder().decode(bytes)).join()).not.toContain('納得')
  })

  it('does not bind: whoever declined signs later, and both stand in the record', async () => {
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1', period: 'changed mind' })
    const context = await world.contextOf(person)
    await declinePledge(context, { assignmentId: id, outcome: 'declined', words: '' })
    const later = { ...context, now: world.now + 86_400_000 }
    const signed = await signRead(later, id, await readPledge(world, later, id))
    expect(signed).toHaveProperty('receipt')
    expect(await duty(id)).toEqual({ settled_at: later.now, settled_as: 'completed' })
    expect((await acts(id)).map(({ outcome, settle_slot }) => [outcome, settle_slot])).toEqual([['declined', null], ['signed', 1]])
    expect(await signRead(later, id, [])).toEqual(signed)
    expect(await declinePledge(later, { assignmentId: id, outcome: 'declined', words: 'やはり' })).toEqual({ refused: 'pledgeSettled' })
    const types = await world.db.selectFrom('ledger_entry').select('type').where('subject_engagement_id', '=', person.engagementId).orderBy('id', 'desc').limit(2).execute()
    expect(types.map(({ type }) => type)).toEqual(['pledge.signed', 'pledge.notSigned'])
  })

  it('signs nothing that ended, was withdrawn or is exempted', async () => {
    const context = await world.contextOf(person)
    for (const as of ['ended', 'withdrawn', 'exempted'] as const) {
      const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL1', period: as })
      const clauses = await readPledge(world, context, id)
      await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: as }).where('id', '=', id).execute()
      expect(await signRead(context, id, clauses)).toEqual({ refused: 'pledgeSettled' })
    }
  })

  it('leaves the employer\'s certificate open, and tells nobody else\'s pledge from none', async () => {
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'K1' })
    const id = await world.addAssignment(worker, { kind: 'certificate', slug: 'PL3' })
    const context = await world.contextOf(worker)
    expect(await declinePledge(context, { assignmentId: id, outcome: 'declined', words: 'x' })).toEqual({ outcome: 'declined' })
    expect(await duty(id)).toEqual({ settled_at: OPEN_INSTANT, settled_as: null })
    expect(await declinePledge(await world.contextOf(person), { assignmentId: id, outcome: 'question', words: 'x' })).toEqual({ refused: 'notFound' })
  })
})
