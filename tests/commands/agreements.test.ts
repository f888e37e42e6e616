import { beforeAll, beforeEach, expect, it } from 'vitest'
import { endAgreement } from '../../app/commands/end-agreement.server'
import { handOutConfirmation } from '../../app/commands/hand-out-confirmation.server'
import { recordWrittenAgreement } from '../../app/commands/record-agreement.server'
import { signPledge } from '../../app/commands/sign-pledge.server'
import type { SignedInContext } from '../../app/context'
import { DAY_MS, OPEN_INSTANT } from '../../app/domain/calendar'
import * as agreements from '../../app/routes/people/agreements'
import { findOwnPledge } from '../../db/pledges.server'
import { inTransaction, insertRows } from '../../db/database.server'
import { onBothEngines } from '../support/database'
import { World, type TestPerson } from '../support/world'

onBothEngines('the written agreement of a 派遣元', (engine) => {
  let world: World
  let hr: TestPerson
  let context: SignedInContext
  let turn = 0
  let [first, second]: string[] = []
  beforeAll(async () => {
    world = await World.make(engine)
    hr = await world.addPerson({ role: 'hr' })
    context = await world.contextOf(hr)
    await world.addCompany('K1', '委託先', 'contractor')
  })
  // two agencies of their own for every test
  beforeEach(async () => {
    turn++
    for (const code of [`A${turn}`, `B${turn}`]) await world.addCompany(code, `派遣元${code}`, 'agency')
    ;[first, second] = [world.companyId(`A${turn}`), world.companyId(`B${turn}`)]
  })
  const agree = (companyId: string | undefined, agreedOn = '2026-11-20') => recordWrittenAgreement(context, { companyId: companyId!, agreedOn, scan: { type: 'application/pdf', bytes: new TextEncoder().encode('%PDF-agreed') } })
  const listed = async () => {
    const { agencies } = await agreements.loader(world.args(world.request('/people/agreements', hr)))
    return agencies.filter(({ companyId }) => companyId === first || companyId === second).map(({ code, agreedOn }) => `${code} ${agreedOn}`)
  }
  const dispatched = (company = `A${turn}`, more: object = {}) => world.addPerson({ kind: 'dispatched', company, ...more })
  const confirmations = async (...people: TestPerson[]) => {
    const rows = await world.db.selectFrom('assignment').select(['engagement_id', 'due_on', 'settled_at', 'settled_as']).where('target_slug', '=', 'PL2-B').execute()
    return people.map(({ engagementId }) => rows.filter((row) => row.engagement_id === engagementId).map((row) => `${row.due_on} ${Number(row.settled_at) === OPEN_INSTANT ? 'open' : row.settled_as}`).join())
  }
  const payloads = async (type: string, companyId: string | undefined) =>
    (await world.db.selectFrom('ledger_payload as p').innerJoin('ledger_entry as l', 'l.id', 'p.entry_id').select('p.bytes').where('l.type', '=', type).orderBy('l.id').execute())
      .map(({ bytes }) => JSON.parse(new TextDecoder().decode(bytes)) as { company: string; people: number; template: string }).filter(({ company }) => company === companyId)

  it('holds for its own company, one at a time; the list shows the one that holds, of agencies only', async () => {
    await agree(first, '2026-11-01')
    await agree(second, '2026-11-02')
    expect(await endAgreement(context, first!)).toEqual({ ended: true })
    expect(await listed()).toEqual([`A${turn} null`, `B${turn} 2026-11-02`])
    await agree(first, '2026-11-19')
    expect(await listed()).toEqual([`A${turn} 2026-11-19`, `B${turn} 2026-11-02`])
    const { agencies } = await agreements.loader(world.args(world.request('/people/agreements', hr)))
    expect(agencies.map(({ name }) => name)).not.toContain('委託先')
    expect(await agree(world.companyId('K1'))).toEqual({ refused: 'notFound' })
  })

  it('is not recorded before its day, nor twice, nor ended twice; what is recorded is evidence', async () => {
    expect(await agree(first, '2026-11-21')).toEqual({ refused: 'agreedInFuture' })
    const both = await Promise.all([agree(first), agree(first, '2026-11-19')])
    expect(both.filter((one) => 'refused' in one)).toEqual([{ refused: 'agreementHeld' }])
    expect(await payloads('agreement.recorded', first)).toHaveLength(1)
    expect(await agree('00000000-0000-7000-8000-000000000000')).toEqual({ refused: 'notFound' })
    const sets = async () => (await world.db.selectFrom('change_set').select('note').where('note', '=', '派遣元の合意の終わり').execute()).length
    const before = await sets()
    const ended = await Promise.all([endAgreement(context, first!), endAgreement(context, first!)])
    expect(ended).toContainEqual({ refused: 'notFound' })
    expect(await payloads('agreement.ended', first)).toMatchObject([{ people: 0 }])
    // where nobody has it open, nothing is changed; where somebody has, the change says why
    expect(await sets()).toBe(before)
    await dispatched(`B${turn}`)
    await agree(second)
    await handOutConfirmation(context, second!)
    await endAgreement(context, second!)
    expect(await sets()).toBe(before + 1)
  })

  it('is recorded of who is a 派遣元 today, not of who was one', async () => {
    await inTransaction(world.db, async (tx) => {
      await tx.updateTable('company_version').set({ valid_to: '2026-11-01' }).where('company_id', '=', first!).execute()
      await insertRows(tx, 'company_version', [{ ...world.fact('2026-11-01'), company_id: first!, name: '今は委託先', kind: 'contractor', parent_company_id: null }])
    })
    expect(await agree(first)).toEqual({ refused: 'notFound' })
  })

  it('lets the 確認書 be given to the 派遣社員 at work of that company, whatever else they sign', async () => {
    const [one, other, gone, elsewhere, regular] = [await dispatched(), await dispatched(), await dispatched(undefined, { to: '2026-11-20' }), await dispatched(`B${turn}`), await world.addPerson({ kind: 'contractorWorker', company: `A${turn}` })]
    await world.addAssignment(other, { kind: 'certificate', slug: 'PL2' })
    await world.addAssignment(other, { kind: 'pledge', slug: 'PL4' })
    await agree(second)
    expect(await handOutConfirmation(context, first!)).toEqual({ refused: 'agreementMissing' })
    await agree(first)
    expect(await handOutConfirmation(context, first!)).toEqual({ people: 2 })
    expect(await confirmations(one, other, gone, elsewhere, regular)).toEqual(['2026-12-07 open', '2026-12-07 open', '', '', ''])
    expect(await payloads('confirmation.handedOut', first)).toMatchObject([{ people: 2, template: 'PL2-B' }])
    expect(await handOutConfirmation(context, first!)).toEqual({ people: 0 })
  })

  it('tells whoever supervises them at once', async () => {
    const leader = await world.addPerson()
    const one = await dispatched(undefined, { supervisor: leader })
    await agree(first)
    await handOutConfirmation(context, first!)
    expect(await world.db.selectFrom('line_member').select('next_due').where('engagement_id', '=', one.engagementId).execute()).toContainEqual({ next_due: '2026-12-07' })
    await endAgreement(context, first!)
    expect(await world.db.selectFrom('line_member').select('next_due').where('engagement_id', '=', one.engagementId).execute()).not.toContainEqual({ next_due: '2026-12-07' })
  })

  it('holds from its own day on', async () => {
    const person = await dispatched()
    const id = await world.addAssignment(person, { kind: 'pledge', slug: 'PL2-B' })
    await agree(first)
    const agreedOn = async (day: string) => (await findOwnPledge(world.db, id, person.personId, day))!.agreed
    expect([await agreedOn('2026-11-19'), await agreedOn('2026-11-20')]).toEqual([false, true])
    expect(await handOutConfirmation({ ...context, now: context.now - DAY_MS }, first!)).toEqual({ refused: 'agreementMissing' })
  })

  it('takes back what is not signed when it ends, and gives it again under a new one', async () => {
    const [signed, open, elsewhere] = [await dispatched(), await dispatched(), await dispatched(`B${turn}`)]
    for (const companyId of [first, second]) {
      await agree(companyId)
      await handOutConfirmation(context, companyId!)
    }
    await world.db.updateTable('assignment').set({ settled_at: world.now, settled_as: 'completed' }).where('engagement_id', '=', signed.engagementId).execute()
    const others = [await world.addAssignment(open, { kind: 'certificate', slug: 'PL2' }), await world.addAssignment(open, { kind: 'pledge', slug: 'PL4' }), await world.addAssignment(open, { kind: 'certificate', slug: 'PL2-B' })]
    await endAgreement(context, first!)
    expect((await world.db.selectFrom('assignment').select('settled_as').where('id', 'in', others).execute()).map((row) => row.settled_as)).toEqual([null, null, null])
    await world.db.deleteFrom('assignment').where('id', 'in', others).execute()
    expect(await confirmations(signed, open, elsewhere)).toEqual(['2026-12-07 completed', '2026-12-07 withdrawn', '2026-12-07 open'])
    expect(await payloads('agreement.ended', first)).toMatchObject([{ people: 1 }])
    const later = { ...context, now: context.now + 7 * DAY_MS }
    await recordWrittenAgreement(later, { companyId: first!, agreedOn: '2026-11-25', scan: { type: 'application/pdf', bytes: new TextEncoder().encode('%PDF-agreed') } })
    expect(await handOutConfirmation(later, first!)).toEqual({ people: 1 })
    expect(await confirmations(signed, open)).toEqual(['2026-12-07 completed', '2026-12-11 open'])
  })

  it('is not signed by another person in its place', async () => {
    const [one, other] = [await dispatched(), await dispatched(undefined, { password: true })]
    await agree(first)
    await handOutConfirmation(context, first!)
    const { id } = await world.db.selectFrom('assignment').select('id').where('engagement_id', '=', one.engagementId).where('target_slug', '=', 'PL2-B').executeTakeFirstOrThrow()
    expect(await signPledge(await world.contextOf(other), { assignmentId: id, ticked: [], nameTyped: '', password: '', memo: '', guardian: '' })).toEqual({ refused: 'notFound' })
  })
})
