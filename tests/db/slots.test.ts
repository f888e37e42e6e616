import { beforeAll, expect, it } from 'vitest'
import { createAttempt } from '../../db/attempts.server'
import { inTransaction } from '../../db/database.server'
import { failureOf } from '../../db/dialect.server'
import { recordPledgeAct } from '../../db/pledges.server'
import { onBothEngines } from '../support/database'
import { World } from '../support/world'

/** What commands decide under a lock, the database refuses once more by itself: on a cluster a row lock is local (traps.md). */
onBothEngines('the slots of an assignment', (engine) => {
  let world: World
  let assignmentId: string
  beforeAll(async () => {
    world = await World.make(engine)
    assignmentId = await world.addAssignment(await world.addPerson(), { kind: 'pledge', slug: 'PL1' })
  })
  const failure = (work: Promise<unknown>) => work.then(() => 'none', (error: unknown) => failureOf(error))

  it('hold one open attempt', async () => {
    const open = (ordinal: number) => inTransaction(world.db, (tx) =>
      createAttempt(tx, { id: world.app.newId(), assignmentId, ordinal, moduleVersion: '1', bankVersion: '1', seed: '00', extraMinutes: 0, openedAt: world.now, closesAt: null }, []))
    expect(await failure(open(1))).toBe('none')
    expect(await failure(open(2))).toBe('duplicate')
  })

  it('hold one signature, whatever else was answered', async () => {
    const act = (outcome: 'signed' | 'question', slot: 1 | null) => inTransaction(world.db, (tx) =>
      recordPledgeAct(tx, {
        id: world.app.newId(), assignment_id: assignmentId, outcome, template: 'PL1', version: '1', track: 'ja', addressee_company_id: world.companyId(), statement_sha256: '0'.repeat(64), pages_shown: '[]', clauses_ticked: '[]',
        name_typed: '', name_registered: '', auth_method: 'password', credential_origin: '', evidence_grade: 'ownTerminal', signed_at: world.now, signed_at_text: '', address: '', agent: '', note: '', receipt: `SH-${world.app.newId()}`, settle_slot: slot,
      }))
    expect(await failure(act('question', null))).toBe('none')
    expect(await failure(act('question', null))).toBe('none')
    expect(await failure(act('signed', 1))).toBe('none')
    expect(await failure(act('signed', 1))).toBe('duplicate')
  })
})
