import { beforeAll, expect, it } from 'vitest'
import { askApproval, type ApprovalToAsk } from '../../app/commands/ask-approval.server'
import { decideApproval } from '../../app/commands/decide-approval.server'
import { enterClass, previewClass } from '../../app/commands/enter-class.server'
import { planAssignments } from '../../app/commands/plan-assignments.server'
import { voidApproval } from '../../app/commands/void-approval.server'
import { withdrawApproval } from '../../app/commands/withdraw-approval.server'
import { composeLetter } from '../../app/content/request-letter.server'
import { OPEN_INSTANT, startOf } from '../../app/domain/calendar'
import { faultOfSettlement } from '../../app/domain/ledger/settled'
import { standingOf } from '../../app/domain/standing'
import { listOpenApprovals } from '../../db/approvals.server'
import { listPersonAssignments } from '../../db/person.server'
import { listSettledDuties } from '../../db/settled-check.server'
import { onBothEngines } from '../support/database'
import { SCAN } from '../support/approvals'
import { World, type TestPerson } from '../support/world'

onBothEngines('requests about duties', (engine) => {
  let world: World
  let [hr, otherHr, chief, manager, member, stranger, contact, worker, otherWorker]: TestPerson[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    const unit = await world.addUnit('S01', '仙台店')
    await world.addCompany('C01', 'みほんコールサービス株式会社', 'contractor')
    await world.addCompany('C02', 'れいサポート合同会社', 'subcontractor', false, 'C01')
    await world.addCompany('C03', '別の会社', 'contractor')
    ;[hr, otherHr, chief] = [await world.addPerson({ role: 'hr', unit, mail: 'a@b.internal' }), await world.addPerson({ role: 'hr', mail: 'c@b.internal' }), await world.addPerson({ role: 'chief', mail: 'd@b.internal' })]
    manager = await world.addPerson({ role: 'unitHead', roleScope: { kind: 'unit', id: unit }, unit })
    ;[member, stranger] = [await world.addPerson({ unit, name: '髙橋 美咲' }), await world.addPerson()]
    contact = await world.addPerson({ kind: 'contractorWorker', company: 'C01', mail: 'e@b.internal', role: 'companyContact', roleScope: { kind: 'company', id: world.companyId('C01') } })
    ;[worker, otherWorker] = [await world.addPerson({ kind: 'contractorWorker', company: 'C02', unit }), await world.addPerson({ kind: 'contractorWorker', company: 'C03', unit })]
  })
  const today = '2026-11-20'
  let period = 0
  const module = (who: TestPerson, due = '2026-11-30', slug = 'M05') => world.addAssignment(who, { kind: 'module', slug, due, period: `x${++period}` })
  const duty = (id: string) => world.db.selectFrom('assignment').select(['settled_at', 'settled_as', 'due_on']).where('id', '=', id).executeTakeFirstOrThrow()
  const how = (id: string) => world.db.selectFrom('assignment').select(['settled_version', 'settled_route']).where('id', '=', id).executeTakeFirstOrThrow()
  const version = () => world.app.library.current('module', 'M05')!.meta.version
  const fault = async (id: string) => faultOfSettlement((await listSettledDuties(world.db, [id]))[0]!)
  const deferral = (assignmentId: string): ApprovalToAsk => ({ assignmentId, kind: 'defer', reasonCode: 'businessTrip', note: '', wishedDueOn: '2026-12-10' })
  const onPaper = (assignmentId: string, on = '2026-11-18'): ApprovalToAsk => ({ assignmentId, kind: 'paper', reasonCode: 'onPaper', note: '', wishedDueOn: null, done: { on, minutes: 40, version: version(), name: '' }, scan: SCAN })
  const ask = async (who: TestPerson, given: ApprovalToAsk) => askApproval(await world.contextOf(who), given)
  const asked = async (who: TestPerson, given: ApprovalToAsk) => ((await ask(who, given)) as { requestId: string }).requestId
  const accept = async (who: TestPerson, requestId: string, dueOn: string | null = null) => decideApproval(await world.contextOf(who), { requestId, verdict: { is: 'accept', dueOn }, words: '' })
  const takeBack = async (who: TestPerson, requestId: string) => voidApproval(await world.contextOf(who), { requestId, words: '別の人の紙でした。' })
  const plan = (who: TestPerson) => planAssignments(world.systemContext(), [who.engagementId])
  const told = async (template: string) => (await world.db.selectFrom('mail').select('recipient_id').where('template', '=', template).orderBy('recipient_id').execute()).map((one) => one.recipient_id)
  const entries = async (type: string) => (await world.db.selectFrom('ledger_entry').select('id').where('type', '=', type).execute()).length

  it('are asked by a manager for the own line, by a company for its own, by HR; and by nobody for oneself or across', async () => {
    const of = { member: await module(member!), stranger: await module(stranger!), worker: await module(worker!), otherWorker: await module(otherWorker!), manager: await module(manager!), hr: await module(hr!), contact: await module(contact!) }
    for (const [who, id] of [[manager, of.stranger], [manager, of.worker], [manager, of.manager], [manager, 'nothing'], [contact, of.otherWorker], [contact, of.member], [contact, of.contact], [hr, of.hr], [member, of.stranger], [chief, of.member]] as const)
      expect(await ask(who!, deferral(id))).toEqual({ refused: 'notFound' })
    expect(await ask(manager!, onPaper(of.member))).toEqual({ refused: 'notFound' })
    expect(await ask(hr!, onPaper(of.worker))).toEqual({ refused: 'notFound' })
    expect(await ask(hr!, { ...onPaper(of.member), kind: 'equivalent', reasonCode: 'ownTraining' })).toEqual({ refused: 'notFound' })
    expect(await entries('approval.asked')).toBe(0)
    expect(await ask(manager!, deferral(of.member))).toMatchObject({ askedAs: 'manager' })
    expect(await ask(contact!, deferral(of.worker))).toMatchObject({ askedAs: 'company' })
    expect(await ask(hr!, deferral(of.stranger))).toMatchObject({ askedAs: 'hr' })
    expect(await ask(hr!, deferral(of.member))).toEqual({ refused: 'approvalWaiting' })
    expect(await duty(of.member)).toMatchObject({ due_on: '2026-11-30' })
    expect(await told('approvalAsked'), 'one a day, however much is asked').toEqual([chief, hr, otherHr].map((one) => one!.accountId).sort())
    const asks = await world.db.selectFrom('mail').select('next_try_at').where('template', '=', 'approvalAsked').execute()
    expect(asks.every(({ next_try_at: at }) => at === world.now + 15 * 60_000), 'leaves as requests do').toBe(true)
    const asksOf = async (who: TestPerson) => {
      const mail = await world.db.selectFrom('mail').selectAll().where('template', '=', 'approvalAsked').where('recipient_id', '=', who.accountId).executeTakeFirstOrThrow()
      return composeLetter(world.systemContext(), mail) as Promise<{ props: { requests: { person: string; asker: string }[]; more: number } } | { needless: string }>
    }
    expect(await asksOf(chief!)).toMatchObject({ props: { more: 0, requests: [{ person: expect.stringContaining('髙橋 美咲') as string, asker: expect.stringContaining(manager!.number) as string, kindWords: '猶予' }, { person: `従事者(${worker!.number}・委託先従業者)` }, { person: expect.stringContaining(stranger!.number) as string }] } })
    const ofHr = await asksOf(hr!)
    expect('props' in ofHr && ofHr.props.requests.length, 'not what one asked oneself').toBe(2)
    await world.db.updateTable('engagement_current').set({ on_leave: 1 }).where('engagement_id', '=', otherHr!.engagementId).execute()
    expect(await asksOf(otherHr!)).toEqual({ needless: 'gone' })
    await world.db.updateTable('engagement_current').set({ on_leave: 0 }).where('engagement_id', '=', otherHr!.engagementId).execute()
    expect(await listOpenApprovals(world.db, [member!.engagementId, worker!.engagementId])).toMatchObject([{ assignmentId: of.member, kind: 'defer', wishedDueOn: '2026-12-10' }, { assignmentId: of.worker }])
    expect(await entries('approval.asked')).toBe(3)
  })

  it('are decided by another, once, also with another day; planning leaves the day alone', async () => {
    await world.db.insertInto('handling_scope').values({ ...world.fact('2024-04-01'), engagement_id: member!.engagementId, category: 'communicationsSecrecy', system: '', purpose: '', access_level: '' }).execute()
    await plan(member!)
    const { id, due_on: due } = await world.db.selectFrom('assignment').select(['id', 'due_on']).where('engagement_id', '=', member!.engagementId).where('target_kind', '=', 'module').where('period', '=', 'entry').orderBy('due_on', 'desc').executeTakeFirstOrThrow()
    expect(due > today && due < '2026-12-19').toBe(true)
    const requestId = await asked(hr!, { ...deferral(id), wishedDueOn: '2026-12-24' })
    expect(await accept(hr!, requestId)).toEqual({ refused: 'approvalYouAsked' })
    expect(await accept(manager!, requestId)).toEqual({ refused: 'notFound' })
    const twice = await Promise.all([accept(chief!, requestId, '2026-12-19'), accept(otherHr!, requestId, '2026-12-19')])
    expect(twice).toContainEqual({ count: 1, left: 0, outcome: 'partly' })
    expect(twice).toContainEqual({ refused: 'approvalDecided' })
    expect(await duty(id)).toEqual({ settled_at: OPEN_INSTANT, settled_as: null, due_on: '2026-12-21' })
    await plan(member!)
    expect((await duty(id)).due_on).toBe('2026-12-21')
  })

  it('are told of by number to the offices, by name to the company, where the name is not to be shown', async () => {
    const said = async (requestId: string) => (await world.db.selectFrom('mail').select('props').where('dedupe_key', 'like', `approvalDecided ${requestId} %`).execute()).map(({ props }) => (JSON.parse(props) as { person: string }).person)
    const hidden = await world.addPerson({ kind: 'contractorWorker', company: 'C02', name: '秘密 次郎' })
    const [byHr, byCompany] = [await asked(hr!, deferral(await module(hidden))), await asked(contact!, deferral(await module(hidden)))]
    for (const id of [byHr, byCompany]) expect(await accept(chief!, id)).toMatchObject({ outcome: 'accepted' })
    expect(await said(byHr)).toEqual([expect.stringMatching(/^従事者\(/)])
    expect(await said(byCompany)).toEqual([expect.stringMatching(/^秘密 次郎\(/)])
  })

  it('are never decided about oneself, and go back with words', async () => {
    const id = await module(hr!)
    const requestId = await asked(manager!, deferral(id))
    expect(await accept(hr!, requestId)).toEqual({ refused: 'approvalAboutYou' })
    const back = async (words: string) => decideApproval(await world.contextOf(chief!), { requestId, verdict: { is: 'return', words }, words: '' })
    expect(await back(' ')).toEqual({ refused: 'approvalWords' })
    expect(await back('日程を確かめてください。')).toMatchObject({ outcome: 'returned' })
    expect(await duty(id)).toMatchObject({ due_on: '2026-11-30', settled_as: null })
    expect(await ask(manager!, deferral(id))).toHaveProperty('requestId')
  })

  it('are taken back by who asked, while they wait', async () => {
    const requestId = await asked(manager!, deferral(await module(member!)))
    expect(await withdrawApproval(await world.contextOf(hr!), { requestId })).toEqual({ refused: 'notFound' })
    expect(await withdrawApproval(await world.contextOf(manager!), { requestId })).toEqual({ requestId })
    expect(await withdrawApproval(await world.contextOf(manager!), { requestId })).toEqual({ refused: 'approvalDecided' })
    expect(await accept(chief!, requestId)).toEqual({ refused: 'approvalDecided' })
  })

  it('exempt a duty, which planning does not open again; voided by another approver it is', async () => {
    const id = await world.addAssignment(stranger!, { kind: 'module', slug: 'M01', period: 'entry' })
    const requestId = await asked(hr!, { ...deferral(id), kind: 'exempt', reasonCode: 'notHandling', wishedDueOn: null })
    expect(await accept(chief!, requestId)).toMatchObject({ outcome: 'accepted' })
    await plan(stranger!)
    expect(await duty(id)).toMatchObject({ settled_as: 'exempted' })
    expect(await fault(id)).toBeUndefined()
    await world.db.updateTable('assignment').set({ settled_as: 'completed' }).where('id', '=', id).execute()
    expect(await fault(id)).toBe('settledWithoutRecord')
    await world.db.updateTable('assignment').set({ settled_as: 'exempted' }).where('id', '=', id).execute()
    expect(await takeBack(chief!, requestId)).toEqual({ refused: 'approvalYouDecided' })
    expect(await takeBack(manager!, requestId)).toEqual({ refused: 'notFound' })
    const twice = await Promise.all([takeBack(otherHr!, requestId), takeBack(otherHr!, requestId)])
    expect(twice).toContainEqual({ dueOn: '2026-11-30' })
    expect(twice).toContainEqual({ refused: 'approvalPast' })
    expect(await duty(id)).toEqual({ settled_at: OPEN_INSTANT, settled_as: null, due_on: '2026-11-30' })
    const events = await world.db.selectFrom('assignment_event').select(['kind', 'requested_by', 'approved_by']).where('assignment_id', '=', id).orderBy('at').orderBy('id').execute()
    expect(await fault(id)).toBeUndefined()
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'exempted' }).where('id', '=', id).execute()
    expect(await fault(id), 'a decision that was taken back exempts nobody').toBe('settledWithoutRecord')
    await world.db.updateTable('assignment').set({ settled_at: OPEN_INSTANT, settled_as: null }).where('id', '=', id).execute()
    expect(events).toEqual([{ kind: 'exempt', requested_by: hr!.accountId, approved_by: chief!.accountId }, { kind: 'void', requested_by: null, approved_by: otherHr!.accountId }])
  })

  it('enter what was learned on paper on the day it was, so that late stays late; voided it can be learned again', async () => {
    const [inTime, late] = [await module(member!, '2026-11-19'), await module(member!, '2026-11-17')]
    const requests = [await asked(hr!, onPaper(inTime)), await asked(hr!, onPaper(late))]
    for (const requestId of requests) expect(await accept(chief!, requestId)).toMatchObject({ outcome: 'accepted' })
    const listed = async (id: string) => (await listPersonAssignments(world.db, member!.engagementId)).filter((one) => one.id === id)
    const mark = async (id: string) => (await listed(id)).map((one) => standingOf(one, { onLeave: false, ended: false }, today).mark)
    expect([await mark(inTime), await mark(late)]).toEqual([['done'], ['donelate']])
    expect(await world.db.selectFrom('completion').select(['route', 'minutes', 'completed_at', 'entered_by', 'approved_by', 'settle_slot']).where('assignment_id', '=', inTime).execute())
      .toEqual([{ route: 'paper', minutes: 40, completed_at: startOf('2026-11-18'), entered_by: hr!.accountId, approved_by: chief!.accountId, settle_slot: 1 }])
    expect(await how(inTime)).toEqual({ settled_version: '1.0', settled_route: 'paper' })
    expect(await fault(inTime)).toBeUndefined()
    expect(await takeBack(otherHr!, requests[1]!)).toEqual({ dueOn: '2026-11-17' })
    expect(await how(late)).toEqual({ settled_version: null, settled_route: null })
    expect(await takeBack(otherHr!, requests[0]!)).toEqual({ dueOn: '2026-11-19' })
    expect(await fault(inTime)).toBeUndefined()
    expect(await mark(inTime)).toEqual(['late'])
    const again = await asked(hr!, onPaper(inTime))
    expect(await accept(chief!, again)).toMatchObject({ outcome: 'accepted' })
    expect(await listed(inTime)).toMatchObject([{ completion: { minutes: 40 } }])
    expect(await world.db.selectFrom('completion').select('settle_slot').where('assignment_id', '=', inTime).orderBy('settle_slot').execute()).toEqual([{ settle_slot: null }, { settle_slot: 1 }])
  })

  it('keep a pledge signed on paper with its scan and a receipt, also where it was declined on screen', async () => {
    const id = await world.addAssignment(member!, { kind: 'pledge', slug: 'PL1', period: 'x' })
    const given: ApprovalToAsk = { assignmentId: id, kind: 'paperPledge', reasonCode: 'legacy', note: '', wishedDueOn: null, done: { on: '2024-04-01', minutes: 0, version: '', name: '高橋 美咲' }, scan: SCAN }
    const requestId = await asked(hr!, given)
    expect(await accept(chief!, requestId)).toMatchObject({ outcome: 'accepted' })
    expect(await duty(id)).toMatchObject({ settled_as: 'completed', settled_at: startOf('2024-04-01') })
    expect(await how(id)).toEqual({ settled_version: '', settled_route: 'paper' })
    expect(await fault(id)).toBeUndefined()
    const act = await world.db.selectFrom('pledge_act').selectAll().where('assignment_id', '=', id).executeTakeFirstOrThrow()
    expect(act).toMatchObject({ outcome: 'signed', evidence_grade: 'paper', version: '', name_typed: '高橋 美咲', name_registered: '髙橋 美咲', settle_slot: 1 })
    expect(act.receipt).toMatch(/^SH-2026-/)
    expect(await takeBack(otherHr!, requestId)).toHaveProperty('dueOn')
    expect(await duty(id)).toMatchObject({ settled_as: null })
    expect(await fault(id)).toBeUndefined()
    expect(await accept(chief!, await asked(hr!, given))).toMatchObject({ outcome: 'accepted' })
  })

  it('take an employer’s equivalent training, and say so when the person was quicker', async () => {
    const [id, quick] = [await module(worker!), await module(worker!)]
    const given = (assignmentId: string): ApprovalToAsk => ({ ...onPaper(assignmentId), kind: 'equivalent', reasonCode: 'ownTraining', note: '自社の研修' })
    expect(await ask(contact!, { ...given(id), scan: undefined } as ApprovalToAsk)).toEqual({ refused: 'scanMissing' })
    const requests = [await asked(contact!, given(id)), await asked(contact!, given(quick))]
    expect(await accept(contact!, requests[0]!)).toEqual({ refused: 'notFound' })
    expect(await accept(hr!, requests[0]!)).toMatchObject({ outcome: 'accepted' })
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('id', '=', quick).execute()
    expect(await accept(hr!, requests[1]!)).toEqual({ refused: 'approvalSettled' })
  })

  it('enter a class for all who count, with one sheet, decided together', async () => {
    const fresh = [await world.addPerson(), await world.addPerson(), await world.addPerson(), await world.addPerson({ kind: 'contractorWorker', company: 'C01' })]
    const [a, b, c] = [await module(fresh[0]!), await module(fresh[1]!), await module(fresh[2]!)]
    await module(fresh[3]!)
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('id', '=', c).execute()
    const held = { slug: 'M05', done: { on: '2026-11-18', minutes: 50, version: version(), name: '' }, numbers: [...fresh.map(({ number }) => number), hr!.number, '999999'] }
    const context = await world.contextOf(hr!)
    expect(await previewClass(context, held)).toMatchObject([{ not: null }, { not: null }, { not: 'settled' }, { not: 'employers' }, { not: 'self' }, { not: 'unknown' }])
    expect(await previewClass(await world.contextOf(chief!), held)).toEqual({ refused: 'notFound' })
    expect(await enterClass(context, { ...held, scan: SCAN, numbers: ['999999'] })).toEqual({ refused: 'nobodyInClass' })
    const entered = await enterClass(context, { ...held, scan: SCAN })
    expect(entered).toMatchObject({ count: 2, left: 4 })
    const { requestId } = entered as { requestId: string }
    expect(await accept(hr!, requestId)).toEqual({ refused: 'approvalYouAsked' })
    expect(await accept(chief!, requestId)).toEqual({ count: 2, left: 0, outcome: 'accepted' })
    for (const id of [a, b]) expect(await duty(id)).toMatchObject({ settled_as: 'completed', settled_at: startOf('2026-11-18') })
    expect(await previewClass(context, held)).toMatchObject([{ not: 'settled' }, { not: 'settled' }, {}, {}, {}, {}])
  })

  it('give back the day before when a deferral is taken back, but not when the day was given again since', async () => {
    const id = await module(member!)
    const first = await asked(hr!, deferral(id))
    await accept(chief!, first)
    const second = await asked(hr!, { ...deferral(id), wishedDueOn: '2026-12-24' })
    await accept(chief!, second)
    expect(await takeBack(otherHr!, first)).toEqual({ refused: 'approvalPast' })
    expect(await takeBack(otherHr!, second)).toEqual({ dueOn: '2026-12-10' })
    await plan(member!)
    expect((await duty(id)).due_on).toBe('2026-12-10')
  })
})
