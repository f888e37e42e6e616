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
})
