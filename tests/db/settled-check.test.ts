import { uuidv7 } from 'uuidv7'
import { expect, it } from 'vitest'
import { OPEN_INSTANT } from '../../app/domain/calendar'
import { faultOfSettlement } from '../../app/domain/ledger/settled'
import { eachSettledDuty, listSettledDuties } from '../../db/settled-check.server'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

const HASH = 'a'.repeat(64)

onBothEngines('duties beside the records that settle them', (engine) => {
  it('are all of them, each once, however many there are', async () => {
    const world = await World.make(engine)
    const person = await world.addPerson()
    const id = await world.addAssignment(person, { kind: 'module', slug: 'M01' })
    const { id: _, period: __, ...like } = await world.db.selectFrom('assignment').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const more = Array.from({ length: 1_000 }, (_, at) => ({ ...like, id: uuidv7(), period: `x${at}` }))
    for (let at = 0; at < more.length; at += 500) await world.db.insertInto('assignment').values(more.slice(at, at + 500)).execute()
    const seen: string[] = []
    for await (const duty of eachSettledDuty(world.db)) seen.push(duty.id)
    expect(seen).toEqual([id, ...more.map((one) => one.id)].sort())
  })

  it('of a pledge towards an employer have neither version nor way: both are the employer’s', async () => {
    const world = await World.make(engine)
    await world.addCompany('K1', '青葉設備', 'contractor')
    const worker = await world.addPerson({ kind: 'contractorWorker', company: 'K1' })
    const signed = async (addressee: string) => {
      const id = await world.addAssignment(worker, { kind: 'pledge', slug: 'PL3', period: addressee.slice(-8) })
      await world.db.insertInto('pledge_act').values({
        id: uuidv7(), assignment_id: id, outcome: 'signed', template: 'PL3', version: '1.0', track: 'ja', addressee_company_id: addressee, statement_sha256: HASH, pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: '',
        auth_method: 'password', credential_origin: 'initial', evidence_grade: 'ownTerminal', signed_at: 5, signed_at_text: '', address: '', agent: '', note: '', receipt: uuidv7(), settle_slot: 1,
      }).execute()
      await world.db.updateTable('assignment').set({ settled_at: 5, settled_as: 'completed' }).where('id', '=', id).execute()
      return faultOfSettlement((await listSettledDuties(world.db, [id]))[0]!)
    }
    expect(await signed(world.companyId('K1'))).toBeUndefined()
    expect(await signed(world.companyId())).toBe('settledOtherwise')
    await world.db.updateTable('assignment').set({ settled_at: OPEN_INSTANT, settled_as: null }).execute()
    for await (const duty of eachSettledDuty(world.db)) expect(faultOfSettlement(duty)).toBe('recordNotSettled')
  })

  it('are exempt or not signed by the last thing that was decided', async () => {
    const world = await World.make(engine)
    const person = await world.addPerson()
    const [exempt, declined] = [await world.addAssignment(person, { kind: 'module', slug: 'M01' }), await world.addAssignment(person, { kind: 'pledge', slug: 'PL1' })]
    const settle = (id: string, settled_as: 'exempted' | 'declined') => world.db.updateTable('assignment').set({ settled_at: 5, settled_as }).where('id', '=', id).execute()
    const fault = async (id: string) => faultOfSettlement((await listSettledDuties(world.db, [id]))[0]!)
    await settle(exempt, 'exempted')
    // a later event may have the smaller id
    const decided = (kind: 'exempt' | 'void', at: number, id: string) => world.db.insertInto('assignment_event').values({ id: `00000000-0000-7000-8000-00000000000${id}`, assignment_id: exempt, kind, new_due_on: null, reason_code: '', note: '', requested_by: null, approved_by: null, at, refs: '{}' }).execute()
    for (const [kind, at, id, found] of [['exempt', 1, '9', undefined], ['void', 2, '8', 'settledWithoutRecord'], ['exempt', 3, '7', undefined]] as const) {
      await decided(kind, at, id)
      expect(await fault(exempt), `${kind} at ${at}`).toBe(found)
    }
    await settle(declined, 'declined')
    for (const [outcome, found] of [['question', 'settledWithoutRecord'], ['later', 'settledWithoutRecord'], ['declined', undefined], ['explainedDeclined', undefined], ['unreachable', undefined]] as const) {
      await world.db.deleteFrom('pledge_act').execute()
      await world.db.insertInto('pledge_act').values({
        id: uuidv7(), assignment_id: declined, outcome, template: 'PL1', version: '1.0', track: 'ja', addressee_company_id: world.companyId(), statement_sha256: HASH, pages_shown: '[]', clauses_ticked: '[]', name_typed: '', name_registered: '',
        auth_method: 'password', credential_origin: '', evidence_grade: 'ownTerminal', signed_at: 5, signed_at_text: '', address: '', agent: '', note: '', receipt: uuidv7(), settle_slot: null,
      }).execute()
      expect(await fault(declined), outcome).toBe(found)
    }
  })
})
